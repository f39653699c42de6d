#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;

namespace cortograph {

/// The bar above the scene in which all errors are shown, with selectable text. It does not block
/// the window; a new message is added below those that were not closed yet.
class MessageBar : public QFrame {
  Q_OBJECT

public:
  explicit MessageBar(QWidget* parent = nullptr);

  void showMessage(const QString& message);
  void clear();
  /// Returns the messages shown, the newest last; empty when the bar is closed.
  [[nodiscard]] const QStringList& messages() const { return messages_; }

private:
  static constexpr int mostMessages = 4;

  QLabel* text_ = nullptr;
  QStringList messages_;
};

} // namespace cortograph
