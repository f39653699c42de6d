#pragma once

#include <QTest>

#include <string_view>

namespace cortograph::test {

/// A test class of a test program, named after its source: "npy" in npy_test.cpp.
struct TestCase {
  std::string_view source; ///< __FILE__
  int (*run)(int argc, char** argv) = nullptr;
};

/// Registers a test class with its program.
struct TestRegistration {
  explicit TestRegistration(TestCase test);
};

/// Runs all tests of a class, in an application of the given class.
template <class Test, class Application> int runTest(int argc, char** argv) {
  const Application application(argc, argv);
  Test test;
  return QTest::qExec(&test, argc, argv);
}

} // namespace cortograph::test

/// Adds a test class to the program that its source is built into, which runs it by `program NAME`.
/// The second argument is the class of application that the test needs.
#define CORTOGRAPH_TEST(Test, Application)                                                         \
  namespace {                                                                                      \
  const cortograph::test::TestRegistration                                                         \
      registered##Test({__FILE__, &cortograph::test::runTest<Test, Application>});                 \
  }
