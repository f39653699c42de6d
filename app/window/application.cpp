#include "app/window/application.h"

#include "app/jobs/outcome.h"
#include "app/session/shown.h"
#include "base/plain_text.h"

#include <QMetaMethod>

#include <exception>
#include <iostream>

namespace cortograph {

bool Application::notify(QObject* receiver, QEvent* event) {
  try {
    return QApplication::notify(receiver, event);
  } catch (...) {
    const Error error = currentError();
    if (error.kind() != ErrorKind::canceled) {
      tell(shown(error.what(), longestSentence));
    }
  }
  return true; // the event was delivered, although its receiver failed
}

void Application::tell(const QString& sentence) {
  try {
    if (isSignalConnected(QMetaMethod::fromSignal(&Application::failed))) {
      Q_EMIT failed(sentence);
      return;
    }
  } catch (const std::exception&) { // showing the message failed, too
  }
  std::cerr << "cortograph: " << onOneLine(sentence.toStdString()) << '\n';
}

} // namespace cortograph
