#pragma once

#include <QTest>

#include <string_view>

namespace cortograph::test {

/// One test class of a test program, known by the name of its source: "npy" of npy_test.cpp.
struct TestCase {
  std::string_view source; ///< __FILE__
  int (*run)(int argc, char** argv) = nullptr;
};

/// Lists a test class among those of its program.
struct TestRegistration {
  explicit TestRegistration(TestCase test);
};

/// Runs all tests of a class, inside an application of the given class.
template <class Test, class Application> int runTest(int argc, char** argv) {
  const Application application(argc, argv);
  Test test;
  return QTest::qExec(&test, argc, argv);
}

} // namespace cortograph::test

/// Adds a test class to the program that its source is built into, run by `program NAME`.
/// The second argument is the class of application that it needs.
#define CORTOGRAPH_TEST(Test, Application)                                                         \
  namespace {                                                                                      \
  const cortograph::test::TestRegistration                                                         \
      registered##Test({__FILE__, &cortograph::test::runTest<Test, Application>});                 \
  }
