#pragma once

#include <QFrame>

namespace cortograph {

/// The list of keys, shown over the centre of its parent. Esc, a click, or the key that opened it
/// closes it.
class HelpOverlay : public QFrame {
  Q_OBJECT

public:
  explicit HelpOverlay(QWidget* parent);
  void toggle();

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

private:
  void placeInTheMiddle();
};

} // namespace cortograph
