#include "base/seal.h"
#include "support/program.h"
#include "support/test_case.h"

#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <fstream>

using namespace cortograph;
using namespace cortograph::test;

/// A process tries to break its own seal (seal_trial.cpp).
class SealTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase() {
    if (!canSealProcesses()) {
      QSKIP("This system can't seal processes.");
    }
  }

  void aSealedProcessCanOnlyCompute() {
    const QTemporaryDir folder;
    const QString there = folder.filePath("there");
    std::ofstream(there.toStdString()) << "kept";
    const Outcome outcome = runProgram(CORTOGRAPH_SEAL_TRIAL, {there, folder.filePath("missing")});
    QVERIFY2(outcome.status == 0, outcome.error.constData());
    QMap<QString, int> found;
    for (const QString& line : QString(outcome.out).split('\n', Qt::SkipEmptyParts)) {
      found[line.section(' ', 0, 0)] = line.section(' ', 1).toInt();
    }
    const QMap<QString, int> expected{{"thread-from-before", EPERM},
                                      {"inherited", EBADF},
                                      {"open-to-read", EPERM},
                                      {"open-to-write", EPERM},
                                      {"create", EPERM},
                                      {"truncate", EPERM},
                                      {"unlink", EPERM},
                                      {"mkdir", EPERM},
                                      {"chmod", EPERM},
                                      {"stat", EPERM},
                                      {"memfd", EPERM},
                                      {"socket", EPERM},
                                      {"socketpair", EPERM},
                                      {"fork", EPERM},
                                      {"execve", EPERM},
                                      {"kill", EPERM},
                                      {"ptrace", EPERM},
                                      {"io_uring", EPERM},
                                      {"setrlimit", EPERM},
                                      {"prctl", EPERM},
                                      {"threads", 0},
                                      {"terabyte", ENOMEM}};
    QCOMPARE(found, expected);
    QFile kept(there);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), QByteArray("kept"));
    QVERIFY(!QFile::exists(folder.filePath("missing")));
  }

  /// Looking whether it works seals nothing here.
  void lookingSealsNothing() {
    QVERIFY(canSealProcesses());
    const QTemporaryDir folder;
    std::ofstream file(folder.filePath("new").toStdString());
    QVERIFY(file.is_open());
  }
};

CORTOGRAPH_TEST(SealTest, QCoreApplication)
#include "seal_test.moc"
