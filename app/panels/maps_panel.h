#pragma once

#include "app/session/document.h"

#include <QWidget>

#include <optional>
#include <string>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QGroupBox;
class QListWidget;
class QListWidgetItem;
class QSlider;
class QSpinBox;
class QToolButton;

namespace cortograph {

class RangeBox;

/// The panel of open maps and of the way they are drawn. Shows a Document, and emits a signal for
/// each choice instead of changing it. Choices apply to all rows or to the selected one, according
/// to the field "For".
class MapsPanel : public QWidget {
  Q_OBJECT

public:
  explicit MapsPanel(QWidget* parent = nullptr);

  void showDocument(const Document& document);
  /// Returns the row that is selected in the list.
  [[nodiscard]] std::optional<int> selectedRow() const;
  void selectRow(int id);
  /// Returns the row that choices apply to; nothing: all rows.
  [[nodiscard]] std::optional<int> target() const;

Q_SIGNALS:
  void openRequested();
  void saveRequested();
  void removeRequested(int id);
  void rowShown(int id, bool shown);
  void rowMoved(int id, int place); ///< dragged to another position in the list
  void shapeChosen(cortograph::Shape shape);
  void unfolded(double place); ///< 0 folded, 0.5 inflated, 1 flat
  void layerChosen(int layer);
  /// The threshold of R2 was changed; nothing: no threshold.
  void thresholdChosen(std::optional<double> r2);
  void rangeChosen(const std::string& kind, const cortograph::RangeChoice& range);
  /// The map for comparisons was chosen; nothing: the first shown.
  void referenceChosen(std::optional<int> id);
  void kindToggled(const std::string& kind, bool shown);
  /// A slider was released, or the editing of a number finished; the next change is a new choice.
  void editingEnded();
  void viewChosen(cortograph::View view);
  void resetRequested();
  void exportRequested();
  /// Another row was selected, or "For" changed.
  void targetChanged();

private:
  QWidget* makeList();
  QGroupBox* makeLook();
  QWidget* makeKinds(QWidget* parent);
  void addChoices(QFormLayout& form);
  QWidget* makeShapes(QWidget* parent);
  QGroupBox* makeViews();
  void showRows(const Document& document);
  void showLook(const Document& document);
  void showComparison(const Document& document);
  void showThreshold(const std::optional<Threshold>& threshold);

  QListWidget* list_ = nullptr;
  QToolButton* save_ = nullptr;
  QToolButton* remove_ = nullptr;
  QComboBox* scope_ = nullptr;
  QComboBox* shape_ = nullptr;
  QSlider* unfolding_ = nullptr;
  QSpinBox* layer_ = nullptr;
  QDoubleSpinBox* threshold_ = nullptr;
  RangeBox* range_ = nullptr;
  QComboBox* reference_ = nullptr;
  std::vector<std::pair<std::string, QCheckBox*>> kinds_;
};

} // namespace cortograph
