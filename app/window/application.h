#pragma once

#include <QApplication>

namespace cortograph {

/// The application of the window. An exception from a slot becomes a message instead of ending the
/// program.
class Application : public QApplication {
  Q_OBJECT

public:
  using QApplication::QApplication;

  /// Delivers an event. Emits failed() for an exception, or writes it to stderr when failed() is
  /// not connected.
  bool notify(QObject* receiver, QEvent* event) override;

Q_SIGNALS:
  void failed(const QString& sentence);

private:
  void tell(const QString& sentence);
};

} // namespace cortograph
