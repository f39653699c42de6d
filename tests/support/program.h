#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace cortograph::test {

/// What a run of the program left; status -1 when it did not end by itself within five minutes.
struct Outcome {
  int status = -1;
  QByteArray out;
  QByteArray error;

  [[nodiscard]] QJsonObject json() const;
};

/// Runs a program to its end, in the environment less the variables `without`.
[[nodiscard]] Outcome
runProgram(const QString& program, const QStringList& arguments, const QStringList& without = {});

} // namespace cortograph::test
