#include "app/panels/trainings_dialog.h"

#include "app/session/shown.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace cortograph {

namespace {

/// Returns a training in words: "demo:gabor on demo, step 200 of 600, begun 2026-11-28 17:10".
QString describe(const KeptTraining& training) {
  const QLocale locale;
  const QString begun = QObject::tr("begun %1").arg(shown(training.begun));
  const QString what = training.request.subject.empty()
                           ? QObject::tr("training")
                           : QObject::tr("%1 on %2")
                                 .arg(shown(training.request.network.spec, longestName / 2),
                                      shown(training.request.subject, longestName / 2));
  if (training.done) {
    return QObject::tr("%1, done, not saved, %2").arg(what, begun);
  }
  const QString state = training.steps == 0 ? QObject::tr("can't be read")
                                            : QObject::tr("step %1 of %2")
                                                  .arg(locale.toString(training.step),
                                                       locale.toString(training.steps));
  return QObject::tr("%1, %2, %3").arg(what, state, begun);
}

} // namespace

TrainingsDialog::TrainingsDialog(QWidget* parent) : QDialog(parent) {
  setObjectName("trainingsDialog");
  setWindowTitle(tr("Unfinished trainings"));
  auto* layout = new QVBoxLayout(this);
  auto* words = new QLabel(
      tr("These trainings were stopped before their end, or their map was not saved."), this);
  words->setWordWrap(true);
  layout->addWidget(words);
  list_ = new QListWidget(this);
  list_->setObjectName("trainingsList");
  list_->setAccessibleName(windowTitle());
  list_->setTextElideMode(Qt::ElideMiddle);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setMinimumWidth(520);
  connect(list_, &QListWidget::currentRowChanged, this, &TrainingsDialog::allowButtons);
  layout->addWidget(list_);
  auto* buttons = new QHBoxLayout;
  layout->addLayout(buttons);
  resume_ = addButton(tr("&Go on"),
                      "resumeTrainingButton",
                      tr("Trains on from this step; the map is that of an unbroken training"),
                      &TrainingsDialog::resumeRequested);
  open_ = addButton(tr("&Open as map"),
                    "openTrainingButton",
                    tr("Shows the map of this step"),
                    &TrainingsDialog::openRequested);
  discard_ = addButton(tr("&Discard"),
                       "discardTrainingButton",
                       tr("Removes it from the disk for good"),
                       &TrainingsDialog::discardRequested);
  auto* later = new QPushButton(tr("&Later"), this);
  later->setObjectName("laterButton");
  later->setToolTip(tr("They stay: Train > Unfinished trainings…"));
  connect(later, &QPushButton::clicked, this, &QDialog::reject);
  for (QPushButton* button : {resume_, open_, discard_}) {
    buttons->addWidget(button);
  }
  buttons->addStretch(1);
  buttons->addWidget(later);
  later->setDefault(true);
  allowButtons();
}

QPushButton* TrainingsDialog::addButton(const QString& text,
                                        const char* name,
                                        const QString& tip,
                                        void (TrainingsDialog::*request)(const KeptTraining&)) {
  auto* button = new QPushButton(text, this);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAutoDefault(false);
  connect(button, &QPushButton::clicked, this, [this, request] {
    if (const std::optional<KeptTraining> training = selected()) {
      Q_EMIT(this->*request)(*training);
    }
  });
  return button;
}

void TrainingsDialog::showTrainings(const std::vector<KeptTraining>& trainings, bool running) {
  trainings_ = trainings;
  running_ = running;
  const int place = list_->currentRow();
  {
    const QSignalBlocker quiet(list_);
    list_->clear();
    for (const KeptTraining& training : trainings) {
      auto* item = new QListWidgetItem(describe(training), list_);
      item->setToolTip(asToolTip(shown(training.folder.string(), longestSentence)));
    }
    list_->setCurrentRow(std::min(std::max(place, 0), list_->count() - 1));
  }
  allowButtons();
}

std::optional<KeptTraining> TrainingsDialog::selected() const {
  const int row = list_->currentRow();
  return row < 0 ? std::nullopt : std::optional(trainings_[static_cast<std::size_t>(row)]);
}

void TrainingsDialog::allowButtons() {
  const std::optional<KeptTraining> training = selected();
  resume_->setEnabled(training && training->canResume() && !running_);
  open_->setEnabled(training.has_value());
  discard_->setEnabled(training.has_value());
}

} // namespace cortograph
