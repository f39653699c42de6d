#pragma once

#include "kinds/range.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLineEdit;

namespace cortograph {

/// The range of one kind's colours: usual, of the data, each its own, or from low to high as it is
/// typed. Changes nothing itself but says what is wanted; what can't be is told by who hears it.
class RangeBox : public QWidget {
  Q_OBJECT

public:
  explicit RangeBox(QWidget* parent = nullptr);

  /// The kinds to choose from, and their ranges. Keeps the kind that was chosen, while it is there.
  void showRanges(const std::vector<std::string>& kinds, const Ranges& ranges);

Q_SIGNALS:
  /// `given` with ends that are no numbers has NaN.
  void rangeChosen(const std::string& kind, const cortograph::RangeChoice& range);

private:
  void showChosen();
  void chooseMode();
  void chooseEnds();
  [[nodiscard]] std::string kind() const;

  Ranges ranges_;
  QComboBox* kind_ = nullptr;
  QComboBox* mode_ = nullptr;
  QLineEdit* low_ = nullptr;
  QLineEdit* high_ = nullptr;
};

} // namespace cortograph
