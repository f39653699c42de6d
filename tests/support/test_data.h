#pragma once

#include <QtTest>

#include <filesystem>
#include <string>

namespace cortograph::test {

/// A file or folder of the test material: $CORTOGRAPH_TEST_DATA, else ../shared/data beside the
/// project.
[[nodiscard]] std::filesystem::path dataPath(const std::string& relative);
/// The golden numbers beside it: ../fixtures.
[[nodiscard]] std::filesystem::path fixturePath(const std::string& relative);
/// Whether missing test material is a failure (CI=true) and not a skip.
[[nodiscard]] bool mustHaveMaterial();

} // namespace cortograph::test

/// First line of a test that reads test material.
#define CORTOGRAPH_NEED(path)                                                                      \
  do {                                                                                             \
    if (!std::filesystem::exists(path)) {                                                          \
      const QByteArray need =                                                                      \
          "test material is missing: " + QByteArray::fromStdString((path).string());               \
      if (cortograph::test::mustHaveMaterial()) {                                                  \
        QFAIL(need.constData());                                                                   \
      }                                                                                            \
      QSKIP(need.constData());                                                                     \
    }                                                                                              \
  } while (false)

/// The statement throws an Error of this kind whose line contains every text.
#define CORTOGRAPH_EXPECT_ERROR(statement, expectedKind, ...)                                      \
  do {                                                                                             \
    bool thrown = false;                                                                           \
    try {                                                                                          \
      statement;                                                                                   \
    } catch (const cortograph::Error& error) {                                                     \
      thrown = true;                                                                               \
      QCOMPARE(toString(error.kind()), toString(expectedKind));                                    \
      for (const char* text : {__VA_ARGS__}) {                                                     \
        QVERIFY2(QByteArray(error.what()).contains(text), error.what());                           \
      }                                                                                            \
    }                                                                                              \
    QVERIFY2(thrown, "no error was thrown by " #statement);                                        \
  } while (false)
