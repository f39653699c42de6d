#include "app/panels/train_panel.h"

#include "app/session/shown.h"
#include "map/scores.h"
#include "subject/subject.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace cortograph {

namespace {

/// Returns the subject that is chosen first; empty when none comes with the program.
QString firstSubject() {
  const std::vector<std::string> names = builtInSubjects();
  return names.empty() ? QString() : QString::fromStdString(names.front());
}

bool isBuiltInSubject(const std::string& subject) {
  const std::vector<std::string> names = builtInSubjects();
  return std::ranges::find(names, subject) != names.end();
}

QString asDuration(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(std::max(seconds, 0.0)));
  if (whole < 60) {
    return QObject::tr("%1 s").arg(whole);
  }
  return QObject::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

QWidget* withBrowse(QWidget* field, QToolButton* browse) {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(field, 1);
  layout->addWidget(browse);
  row->setFocusProxy(field);
  return row;
}

QToolButton* browseButton(const QString& name, const QString& tip) {
  auto* browse = new QToolButton;
  browse->setText("…");
  browse->setObjectName(name);
  browse->setAccessibleName(tip);
  browse->setToolTip(tip);
  return browse;
}

} // namespace

TrainPanel::TrainPanel(QWidget* parent) : QWidget(parent) {
  setObjectName("trainPanel");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(10);

  fields_ = new QWidget(this);
  auto* form = new QFormLayout(fields_);
  form->setContentsMargins(0, 0, 0, 0);
  makeFields(form);
  layout->addWidget(fields_);

  auto* buttons = new QHBoxLayout;
  makeButtons(buttons);
  layout->addLayout(buttons);

  bar_ = new QProgressBar(this);
  bar_->setObjectName("trainBar");
  bar_->setAccessibleName(tr("Training progress"));
  layout->addWidget(bar_);
  auto* readings = new QFormLayout;
  makeReadings(readings);
  layout->addLayout(readings);
  status_ = new QLabel(this);
  status_->setObjectName("trainStatus");
  status_->setTextFormat(Qt::PlainText);
  status_->setWordWrap(true);
  status_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(status_);
  layout->addStretch(1);
  setRunning(false);
}

void TrainPanel::makeButtons(QHBoxLayout* row) {
  start_ = new QPushButton(tr("S&tart"), this);
  start_->setObjectName("startButton");
  keep_ = new QPushButton(tr("Stop and &keep"), this);
  keep_->setObjectName("keepButton");
  cancel_ = new QPushButton(tr("&Cancel"), this);
  cancel_->setObjectName("cancelButton");
  connect(start_, &QPushButton::clicked, this, &TrainPanel::startRequested);
  connect(keep_, &QPushButton::clicked, this, &TrainPanel::keepRequested);
  connect(cancel_, &QPushButton::clicked, this, &TrainPanel::cancelRequested);
  for (QPushButton* button : {start_, keep_, cancel_}) {
    // Three fit beside each other into the dock.
    button->setMinimumWidth(button->fontMetrics().horizontalAdvance(button->text()) + 12);
    row->addWidget(button);
  }
}

void TrainPanel::makeFields(QFormLayout* form) {
  subject_ = new QLineEdit(firstSubject(), fields_);
  subject_->setObjectName("subjectEdit");
  subject_->setToolTip(
      tr("A subject folder (Algonauts 2023 layout), or the name of a built-in subject"));
  QToolButton* browse = browseButton("browseSubject", tr("Choose a subject folder"));
  connect(browse, &QToolButton::clicked, this, &TrainPanel::subjectBrowseRequested);
  form->addRow(tr("S&ubject"), withBrowse(subject_, browse));

  surfaces_ = new QLineEdit(fields_);
  surfaces_->setObjectName("surfacesEdit");
  surfaces_->setPlaceholderText(tr("the subject's own"));
  surfaces_->setToolTip(tr("The folder of the surfaces that the subject's vertices lie on"));
  browse = browseButton("browseSurfaces", tr("Choose a folder of surfaces"));
  connect(browse, &QToolButton::clicked, this, &TrainPanel::surfacesBrowseRequested);
  form->addRow(tr("Sur&faces"), withBrowse(surfaces_, browse));

  network_ = new QComboBox(fields_);
  network_->setObjectName("networkCombo");
  network_->setEditable(true);
  network_->setInsertPolicy(QComboBox::NoInsert);
  network_->setMinimumContentsLength(12);
  network_->lineEdit()->setPlaceholderText(tr("weights file or a built-in name"));
  network_->setToolTip(
      tr("A weights file as its authors publish it, or one of the built-in networks"));
  browse = browseButton("browseNetwork", tr("Choose a weights file"));
  connect(browse, &QToolButton::clicked, this, &TrainPanel::networkBrowseRequested);
  form->addRow(tr("&Network"), withBrowse(network_, browse));
  networkReading_ = new QLabel(fields_);
  networkReading_->setObjectName("networkReading");
  networkReading_->setTextFormat(Qt::PlainText);
  networkReading_->setWordWrap(true);
  networkReading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  form->addRow(networkReading_);
  heads_ = new QSpinBox(fields_);
  heads_->setObjectName("headsSpin");
  heads_->setRange(0, 256);
  heads_->setSpecialValueText(tr("not told"));
  heads_->setToolTip(tr("Attention heads of a block, which these weights do not tell"));
  form->addRow(tr("&Heads"), heads_);
  form->setRowVisible(networkReading_, false);
  form->setRowVisible(heads_, false);
  form_ = form;
  connect(network_->lineEdit(), &QLineEdit::textChanged, this, &TrainPanel::forgetNetwork);
  connect(network_->lineEdit(), &QLineEdit::editingFinished, this, &TrainPanel::nameNetwork);
  connect(network_, &QComboBox::activated, this, &TrainPanel::nameNetwork);

  steps_ = new QSpinBox(fields_);
  steps_->setObjectName("stepsSpin");
  steps_->setRange(0, 1'000'000);
  steps_->setSpecialValueText(tr("what suits the subject"));
  steps_->setSingleStep(100);
  steps_->setGroupSeparatorShown(true);
  steps_->setValue(0);
  steps_->setToolTip(tr("Batches of images to train on"));
  form->addRow(tr("St&eps"), steps_);

  // The window recognises files that are dropped on a field.
  surfaces_->setAcceptDrops(false);
  for (QLineEdit* edit : {subject_, network_->lineEdit()}) {
    edit->setAcceptDrops(false);
    connect(edit, &QLineEdit::textChanged, this, &TrainPanel::allowStart);
  }
}

void TrainPanel::makeReadings(QFormLayout* form) {
  const auto reading = [this, form](const QString& title, const char* name) {
    auto* label = new QLabel("–", this);
    label->setObjectName(name);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(title, label);
    return label;
  };
  form->setContentsMargins(0, 0, 0, 0);
  step_ = reading(tr("Step"), "stepReading");
  loss_ = reading(tr("Loss"), "lossReading");
  r2_ = reading(tr("R² mean"), "r2Reading");
  r2_->setToolTip(tr("Mean over vertices, on images the encoder is not trained on"));
  timeLeft_ = reading(tr("Time left"), "timeReading");
}

void TrainPanel::setBuiltInNetworks(
    const std::vector<std::pair<std::string, std::string>>& networks) {
  const QString typed = network_->currentText();
  const QSignalBlocker sameText(network_->lineEdit());
  network_->clear();
  for (const auto& [name, title] : networks) {
    network_->addItem(QString::fromStdString(name));
    network_->setItemData(network_->count() - 1, QString::fromStdString(title), Qt::ToolTipRole);
  }
  if (!typed.isEmpty()) {
    network_->setEditText(typed);
  }
  accepted_ = {network_->currentText().trimmed(), {}, 0};
  allowStart();
}

void TrainPanel::setSubject(const QString& subject) {
  subject_->setText(subject);
}

void TrainPanel::setSurfaces(const QString& folder) {
  surfaces_->setText(folder);
}

void TrainPanel::setNetwork(const QString& network) {
  network_->setEditText(network);
  nameNetwork();
}

void TrainPanel::nameNetwork() {
  const QString network = network_->currentText().trimmed();
  if (!network.isEmpty() && network != namedNetwork_) {
    namedNetwork_ = network;
    Q_EMIT networkNamed(network);
  }
}

void TrainPanel::forgetNetwork() {
  if (network_->currentText().trimmed() == namedNetwork_) {
    return;
  }
  if (namedNetwork_ == accepted_.network) {
    accepted_.heads = heads_->value();
  }
  namedNetwork_.clear();
  showReading({});
  heads_->setValue(0);
}

void TrainPanel::showNetwork(const NetworkInfo& info) {
  accepted_ = {namedNetwork_, info, heads_->value()};
  showReading(info);
}

void TrainPanel::refuseNetwork(const QString& network) {
  if (network_->currentText().trimmed() != network) {
    return;
  }
  namedNetwork_ = accepted_.network;
  network_->setEditText(accepted_.network);
  heads_->setValue(accepted_.heads);
  showReading(accepted_.info);
}

void TrainPanel::showReading(const std::optional<NetworkInfo>& info) {
  form_->setRowVisible(networkReading_, info.has_value());
  form_->setRowVisible(heads_, info && info->heads == 0 && info->patch > 0);
  if (!info) {
    return;
  }
  QStringList facts{shown(info->name)};
  if (info->layers.empty()) {
    facts.append(tr("layers known when it runs"));
  } else {
    facts.append({tr("%1 layers").arg(info->depth()), tr("%1 channels").arg(info->width())});
  }
  if (info->heads > 0) {
    facts.append(tr("%1 heads").arg(info->heads));
  }
  facts.append(tr("%1 px").arg(QString::fromStdString(toString(info->image))));
  networkReading_->setText(facts.join(tr(" · ")));
  networkReading_->setToolTip(asToolTip(shown(info->evidence, longestSentence)));
}

TrainRequest TrainPanel::request() const {
  TrainRequest request;
  request.subject = subject_->text().trimmed().toStdString();
  if (!isBuiltInSubject(request.subject)) {
    request.surfaces = surfaces_->text().trimmed().toStdString();
  }
  request.network.spec = network_->currentText().trimmed().toStdString();
  request.network.heads = heads_->value();
  request.steps = steps_->value();
  return request;
}

void TrainPanel::showRequest(const TrainRequest& request) {
  subject_->setText(QString::fromStdString(request.subject));
  surfaces_->setText(QString::fromStdString(request.surfaces.string()));
  setNetwork(QString::fromStdString(request.network.spec));
  heads_->setValue(request.network.heads);
  steps_->setValue(request.steps);
}

void TrainPanel::setRunning(bool running) {
  running_ = running;
  fields_->setEnabled(!running);
  cancel_->setEnabled(running);
  setCanKeep(false);
  bar_->setRange(0, running ? 0 : 1);
  bar_->setValue(0);
  bar_->setTextVisible(running);
  if (running) {
    for (QLabel* reading : {step_, loss_, r2_, timeLeft_}) {
      reading->setText("–");
    }
    status_->clear();
  }
  allowStart();
}

void TrainPanel::setCanKeep(bool can) {
  keep_->setEnabled(can);
  keep_->setToolTip(can ? tr("Stop now; the map of the last validation is shown, and the training "
                             "can go on from there another time")
                        : tr("Possible from the first validation on"));
}

void TrainPanel::showProgress(const Progress& progress) {
  status_->setText(shown(progress.what));
  if (progress.total > 0) {
    bar_->setRange(0, static_cast<int>(progress.total));
    bar_->setValue(static_cast<int>(progress.done));
  } else {
    bar_->setRange(0, 0);
  }
  if (progress.secondsLeft) {
    timeLeft_->setText(asDuration(*progress.secondsLeft));
  }
}

void TrainPanel::showSnapshot(const TrainSnapshot& snapshot) {
  bar_->setRange(0, snapshot.steps);
  bar_->setValue(snapshot.step);
  const QLocale locale;
  step_->setText(
      tr("%1 of %2").arg(locale.toString(snapshot.step), locale.toString(snapshot.steps)));
  loss_->setText(locale.toString(snapshot.loss, 'f', 4));
  if (snapshot.r2Mean) {
    r2_->setText(locale.toString(*snapshot.r2Mean, 'f', 3));
  }
  timeLeft_->setText(asDuration(snapshot.secondsLeft));
}

void TrainPanel::showResult(const BrainMap& map) {
  const QLocale locale;
  if (!map.history.step.empty()) {
    const auto steps = numberOf<std::int64_t>(map.attributes, "steps").value_or(0);
    step_->setText(tr("%1 of %2")
                       .arg(locale.toString(static_cast<qlonglong>(map.history.step.back())),
                            locale.toString(static_cast<qlonglong>(steps))));
    loss_->setText(locale.toString(map.history.loss.back(), 'f', 4));
  }
  const double r2 = summarize(map.r2).mean;
  r2_->setText(std::isfinite(r2) ? locale.toString(r2, 'f', 3) : tr("–"));
  timeLeft_->setText(tr("–"));
}

void TrainPanel::showStatus(const QString& status) {
  status_->setText(status);
}

void TrainPanel::allowStart() {
  const TrainRequest wanted = request();
  // A built-in subject has its own surfaces.
  surfaces_->setEnabled(!isBuiltInSubject(wanted.subject));
  start_->setEnabled(!running_ && !wanted.subject.empty() && !wanted.network.spec.empty());
}

} // namespace cortograph
