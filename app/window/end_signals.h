#pragma once

#include <QObject>

namespace cortograph {

/// Tells of SIGINT, SIGTERM and SIGHUP in the event loop; a second one ends the program at once.
/// One at a time, while a QApplication lives.
class EndSignals : public QObject {
  Q_OBJECT

public:
  explicit EndSignals(QObject* parent = nullptr);
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;
  EndSignals(EndSignals&&) = delete;
  EndSignals& operator=(EndSignals&&) = delete;
  ~EndSignals() override;

Q_SIGNALS:
  void received(int signal);

private:
  void receive();

  int readEnd_ = -1;
};

} // namespace cortograph
