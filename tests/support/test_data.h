#pragma once

#include <QtTest>

#include <filesystem>
#include <string>

namespace cortograph::test {

/// Returns the path of a file or folder of the test material, in $CORTOGRAPH_TEST_DATA or else in
/// ../shared/data beside the project.
[[nodiscard]] std::filesystem::path dataPath(const std::string& relative);
/// Returns the path of a file of golden numbers, in the folder fixtures beside the test material.
[[nodiscard]] std::filesystem::path fixturePath(const std::string& relative);
/// Returns whether a test without its material fails (CI=true) instead of being skipped.
[[nodiscard]] bool mustHaveMaterial();

} // namespace cortograph::test

/// Skips or fails the test when its material is missing. The first line of a test that needs some.
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

/// Checks that the statement throws an Error of this kind whose what() contains every text.
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
