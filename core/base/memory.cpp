#include "base/memory.h"

#include <sys/resource.h>

#include <fstream>
#include <limits>
#include <string>

namespace cortograph {

double peakMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "VmHWM:") {
      double kibibytes = 0;
      status >> kibibytes;
      return kibibytes * 1024 / 1e6;
    }
  }
  // Without /proc. On Linux, getrusage would also count the process that started this one.
#if defined(__APPLE__)
  constexpr double unit = 1;
#else
  constexpr double unit = 1024;
#endif
  rusage usage{};
  return getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<double>(usage.ru_maxrss) * unit / 1e6
                                             : 0;
}

double availableMemory() {
  std::ifstream file("/proc/meminfo");
  for (std::string word; file >> word;) {
    if (word == "MemAvailable:") {
      double kibibytes = 0;
      file >> kibibytes;
      return kibibytes * 1024;
    }
  }
  return std::numeric_limits<double>::infinity();
}

} // namespace cortograph
