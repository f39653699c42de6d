#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;

namespace cortograph {

/// The one place where problems are told: a bar above the scene with selectable text. It holds
/// nothing up; a new message is added below the ones that were not closed yet.
class MessageBar : public QFrame {
  Q_OBJECT

public:
  explicit MessageBar(QWidget* parent = nullptr);

  void showMessage(const QString& message);
  void clear();
  /// Newest last; empty when the bar is closed.
  [[nodiscard]] const QStringList& messages() const { return messages_; }

private:
  static constexpr int mostMessages = 4;

  QLabel* text_ = nullptr;
  QStringList messages_;
};

} // namespace cortograph
