#pragma once

#include <QApplication>

namespace cortograph {

/// The application of the window. What a slot throws ends nothing: it becomes a message.
class Application : public QApplication {
  Q_OBJECT

public:
  using QApplication::QApplication;

  /// Delivers the event; a failure is told by failed(), or on stderr as long as no one listens.
  bool notify(QObject* receiver, QEvent* event) override;

Q_SIGNALS:
  void failed(const QString& sentence);

private:
  void tell(const QString& sentence);
};

} // namespace cortograph
