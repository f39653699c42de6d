#include "app/panels/range_box.h"

#include "base/number_words.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>

#include <cmath>
#include <utility>

namespace cortograph {

namespace {

double numberIn(const QLineEdit& field) {
  bool isNumber = false;
  const double number = field.text().trimmed().replace(',', '.').toDouble(&isNumber);
  return isNumber ? number : std::nan("");
}

QLineEdit* makeField(const char* name, const QString& hint, QWidget* parent) {
  auto* field = new QLineEdit(parent);
  field->setObjectName(name);
  field->setPlaceholderText(hint);
  field->setAccessibleName(hint);
  return field;
}

} // namespace

RangeBox::RangeBox(QWidget* parent) : QWidget(parent) {
  setObjectName("rangeBox");
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  kind_ = new QComboBox(this);
  kind_->setObjectName("rangeKindCombo");
  kind_->setToolTip(tr("Kind of picture whose range of colours is chosen"));
  kind_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  connect(kind_, &QComboBox::activated, this, &RangeBox::showChosen);
  mode_ = new QComboBox(this);
  mode_->setObjectName("rangeModeCombo");
  mode_->setToolTip(tr("The usual range, the range of all shown data, the range of each pane's "
                       "own data, or a range between two given numbers"));
  mode_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  for (const auto& [mode, text] : {std::pair{RangeMode::usual, tr("usual")},
                                   std::pair{RangeMode::data, tr("of the data")},
                                   std::pair{RangeMode::own, tr("each its own")},
                                   std::pair{RangeMode::given, tr("given")}}) {
    mode_->addItem(text, static_cast<int>(mode));
  }
  connect(mode_, &QComboBox::activated, this, &RangeBox::chooseMode);
  low_ = makeField("rangeLow", tr("low"), this);
  high_ = makeField("rangeHigh", tr("high"), this);
  for (QLineEdit* field : {low_, high_}) {
    connect(field, &QLineEdit::editingFinished, this, [this, field] {
      if (field->isModified()) {
        chooseEnds();
      }
    });
  }
  grid->addWidget(kind_, 0, 0);
  grid->addWidget(mode_, 0, 1);
  grid->addWidget(low_, 1, 0);
  grid->addWidget(high_, 1, 1);
}

void RangeBox::showRanges(const std::vector<std::string>& kinds, const Ranges& ranges) {
  ranges_ = ranges;
  const QSignalBlocker quiet(kind_);
  const QVariant chosen = kind_->currentData();
  kind_->clear();
  for (const std::string& name : kinds) {
    const std::string_view title = mapKindNamed(name).title;
    kind_->addItem(QString::fromUtf8(title), QString::fromStdString(name));
  }
  kind_->setCurrentIndex(std::max(0, kind_->findData(chosen)));
  setEnabled(!kinds.empty());
  showChosen();
}

void RangeBox::showChosen() {
  const auto found = ranges_.find(kind());
  const RangeChoice range = found == ranges_.end() ? RangeChoice{} : found->second;
  mode_->setCurrentIndex(mode_->findData(static_cast<int>(range.mode)));
  const bool given = range.mode == RangeMode::given;
  for (const auto& [field, end] : {std::pair{low_, range.low}, std::pair{high_, range.high}}) {
    if (!field->isModified()) { // keeps what is being typed
      field->setText(given ? QString::number(end, 'g', 6) : QString());
    }
  }
}

void RangeBox::chooseMode() {
  const auto mode = static_cast<RangeMode>(mode_->currentData().toInt());
  if (mode == RangeMode::given) {
    low_->setFocus(); // nothing changes until both ends are typed
    chooseEnds();
  } else {
    low_->clear();
    high_->clear();
    Q_EMIT rangeChosen(kind(), {.mode = mode});
  }
}

void RangeBox::chooseEnds() {
  if (!low_->text().isEmpty() && !high_->text().isEmpty()) {
    low_->setModified(false);
    high_->setModified(false);
    Q_EMIT rangeChosen(
        kind(), {.mode = RangeMode::given, .low = numberIn(*low_), .high = numberIn(*high_)});
  }
}

std::string RangeBox::kind() const {
  return kind_->currentData().toString().toStdString();
}

} // namespace cortograph
