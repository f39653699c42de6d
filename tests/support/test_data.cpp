#include "support/test_data.h"

namespace cortograph::test {

std::filesystem::path dataPath(const std::string& relative) {
  const QString given = qEnvironmentVariable("CORTOGRAPH_TEST_DATA");
  const std::filesystem::path root =
      given.isEmpty() ? std::filesystem::path(CORTOGRAPH_SOURCE_DIR) / "../shared/data"
                      : std::filesystem::path(given.toStdString());
  return root.lexically_normal() / relative;
}

std::filesystem::path fixturePath(const std::string& relative) {
  return (dataPath("..") / "fixtures").lexically_normal() / relative;
}

bool mustHaveMaterial() {
  return qEnvironmentVariable("CI") == "true";
}

} // namespace cortograph::test
