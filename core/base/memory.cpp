#include "base/memory.h"

#include <fstream>
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
  return 0;
}

} // namespace cortograph
