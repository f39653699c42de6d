#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace cortograph::test {

/// The result of a run of the program; the status is -1 when it crashed or took longer than 280 s.
struct Outcome {
  int status = -1;
  QByteArray out;
  QByteArray error;

  [[nodiscard]] QJsonObject json() const;
};

/// Runs a program to its end, in an environment without the variables `without`.
[[nodiscard]] Outcome
runProgram(const QString& program, const QStringList& arguments, const QStringList& without = {});

} // namespace cortograph::test
