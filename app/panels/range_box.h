#pragma once

#include "kinds/range.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLineEdit;

namespace cortograph {

/// The widget for the range of a kind's colours: the usual one, that of the data, one per pane, or
/// typed numbers. Emits a signal for each choice instead of changing anything; the receiver reports
/// invalid choices.
class RangeBox : public QWidget {
  Q_OBJECT

public:
  explicit RangeBox(QWidget* parent = nullptr);

  /// Shows the kinds to choose from and their ranges. Keeps the chosen kind if it is among them.
  void showRanges(const std::vector<std::string>& kinds, const Ranges& ranges);

Q_SIGNALS:
  /// A range was chosen. An end of a given range is NaN when its text is not a number.
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
