#include "base/resources.h"

#include "base/error.h"

#include <dlfcn.h>

#include <cstdlib>

namespace cortograph {

std::filesystem::path libraryFolder() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&libraryFolder), &info) == 0) {
    return {};
  }
  return std::filesystem::absolute(info.dli_fname).parent_path();
}

std::filesystem::path resourcePath(const std::string& relative) {
  std::vector<std::filesystem::path> roots;
  if (const char* given =
          std::getenv("CORTOGRAPH_RESOURCES")) { // NOLINT(concurrency-mt-unsafe): read only
    roots.emplace_back(given);
  }
  roots.push_back(libraryFolder() / "../share/cortograph");
  roots.push_back(libraryFolder() / "../../share/cortograph");
  roots.emplace_back(CORTOGRAPH_RESOURCE_DIR);
  for (const std::filesystem::path& root : roots) {
    if (std::filesystem::exists(root / relative)) {
      return (root / relative).lexically_normal();
    }
  }
  throw Error(ErrorKind::notFound,
              "The program's own file " + relative +
                  " is missing; install Cortograph again or set CORTOGRAPH_RESOURCES.");
}

} // namespace cortograph
