#include "viewer/figure/figure_format.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/plain_file.h"

#include <algorithm>
#include <fstream>

namespace cortograph {

const FigureFormat& figureFormatFor(const std::filesystem::path& file) {
  std::string known;
  for (const FigureFormatEntry entry : figureFormatTable()) {
    if (hasEnding(file, entry().endings)) {
      return entry();
    }
    for (const std::string_view ending : entry().endings) {
      known += (known.empty() ? "" : ", ") + std::string(ending);
    }
  }
  throw Error(ErrorKind::unsupported,
              "Figures can be written as " + known + "; give " + file.string() +
                  " one of these extensions.");
}

std::string sessionIn(const std::filesystem::path& file) {
  constexpr std::size_t enough = 1024;
  std::ifstream stream = openPlainFile(file);
  std::string start(enough, '\0');
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  for (const FigureFormatEntry entry : figureFormatTable()) {
    if (entry().recognizes(start)) {
      return entry().session(file);
    }
  }
  return {};
}

} // namespace cortograph
