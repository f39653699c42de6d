#include "app/panels/train_panel.h"

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

namespace cortograph {

namespace {

/// Returns the default subject; empty when there is no built-in one.
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
  start_ = new QPushButton(tr("S&tart"), this);
  start_->setObjectName("startButton");
  cancel_ = new QPushButton(tr("&Cancel"), this);
  cancel_->setObjectName("cancelButton");
  connect(start_, &QPushButton::clicked, this, &TrainPanel::startRequested);
  connect(cancel_, &QPushButton::clicked, this, &TrainPanel::cancelRequested);
  buttons->addWidget(start_);
  buttons->addWidget(cancel_);
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
  status_->setWordWrap(true);
  status_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  layout->addWidget(status_);
  layout->addStretch(1);
  setRunning(false);
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
  network_->lineEdit()->setPlaceholderText(tr("file of weights or a built-in name"));
  network_->setToolTip(
      tr("A file of weights as published by its authors, or one of the built-in networks"));
  browse = browseButton("browseNetwork", tr("Choose a file of weights"));
  connect(browse, &QToolButton::clicked, this, &TrainPanel::networkBrowseRequested);
  form->addRow(tr("&Network"), withBrowse(network_, browse));
  networkReading_ = new QLabel(fields_);
  networkReading_->setObjectName("networkReading");
  networkReading_->setWordWrap(true);
  networkReading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  form->addRow(networkReading_);
  heads_ = new QSpinBox(fields_);
  heads_->setObjectName("headsSpin");
  heads_->setRange(0, 256);
  heads_->setSpecialValueText(tr("not known"));
  heads_->setToolTip(tr("Number of attention heads of a block, which this file does not state"));
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
  steps_->setSpecialValueText(tr("as suits the subject"));
  steps_->setSingleStep(100);
  steps_->setGroupSeparatorShown(true);
  steps_->setValue(0);
  steps_->setToolTip(tr("Number of training steps, each with a batch of images"));
  form->addRow(tr("St&eps"), steps_);

  // Files dropped on a field are left to the window, which recognises them.
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
  r2_->setToolTip(tr("Mean over vertices, on images that the encoder is not trained on"));
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
  if (network_->currentText().trimmed() != namedNetwork_) {
    namedNetwork_.clear();
    form_->setRowVisible(networkReading_, false);
    form_->setRowVisible(heads_, false);
    heads_->setValue(0);
  }
}

void TrainPanel::showNetwork(const NetworkInfo& info) {
  QStringList facts{QString::fromStdString(info.name)};
  if (info.layers.empty()) {
    facts.append(tr("layers known when it runs"));
  } else {
    facts.append({tr("%1 layers").arg(info.depth()), tr("%1 channels").arg(info.width())});
  }
  if (info.heads > 0) {
    facts.append(tr("%1 heads").arg(info.heads));
  }
  facts.append(tr("%1 px").arg(QString::fromStdString(toString(info.image))));
  networkReading_->setText(facts.join(tr(" · ")));
  networkReading_->setToolTip(QString::fromStdString(info.evidence));
  form_->setRowVisible(networkReading_, true);
  form_->setRowVisible(heads_, info.heads == 0 && info.patch > 0);
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

void TrainPanel::setRunning(bool running) {
  running_ = running;
  fields_->setEnabled(!running);
  cancel_->setEnabled(running);
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

void TrainPanel::showProgress(const Progress& progress) {
  const QString what = QString::fromStdString(progress.what);
  status_->setText(what);
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
