#include "support/program.h"

#include <QJsonDocument>
#include <QProcess>

namespace cortograph::test {

QJsonObject Outcome::json() const {
  return QJsonDocument::fromJson(out).object();
}

Outcome
runProgram(const QString& program, const QStringList& arguments, const QStringList& without) {
  constexpr int patience = 280'000; // ms
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  for (const QString& name : without) {
    environment.remove(name);
  }
  process.setProcessEnvironment(environment);
  process.start(program, arguments);
  if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit) {
    return {};
  }
  return {.status = process.exitCode(),
          .out = process.readAllStandardOutput(),
          .error = process.readAllStandardError()};
}

} // namespace cortograph::test
