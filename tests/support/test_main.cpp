#include "support/test_case.h"

#include <cstdio>
#include <filesystem>
#include <vector>

namespace cortograph::test {

namespace {

std::vector<TestCase>& cases() {
  static std::vector<TestCase> list;
  return list;
}

/// Returns the name of a test: "npy" for "…/npy_test.cpp".
std::string nameOf(const TestCase& test) {
  const std::string stem = std::filesystem::path(test.source).stem().string();
  return stem.substr(0, stem.rfind("_test"));
}

} // namespace

TestRegistration::TestRegistration(TestCase test) {
  cases().push_back(test);
}

} // namespace cortograph::test

/// Runs the test class that the first argument names; Qt Test reads the other arguments.
int main(int argc, char** argv) {
  const std::string_view wanted = argc > 1 ? argv[1] : "";
  for (const cortograph::test::TestCase& test : cortograph::test::cases()) {
    if (cortograph::test::nameOf(test) == wanted) {
      argv[1] = argv[0];
      return test.run(argc - 1, argv + 1);
    }
  }
  std::fprintf(stderr, "Give one of these tests as the first argument:");
  for (const cortograph::test::TestCase& test : cortograph::test::cases()) {
    std::fprintf(stderr, " %s", cortograph::test::nameOf(test).c_str());
  }
  std::fprintf(stderr, "\n");
  return 2;
}
