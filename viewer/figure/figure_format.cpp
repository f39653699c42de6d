#include "viewer/figure/figure_format.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>
#include <fstream>

namespace cortograph {

const FigureFormat& figureFormatFor(const std::filesystem::path& file) {
  const std::string ending = lowerCase(file.extension().string());
  std::string known;
  for (const FigureFormatEntry entry : figureFormatTable()) {
    for (const std::string_view candidate : entry().endings) {
      if (candidate == ending) {
        return entry();
      }
      known += (known.empty() ? "" : ", ") + std::string(candidate);
    }
  }
  throw Error(ErrorKind::unsupported,
              "Figures can be written as " + known + "; give " + file.string() +
                  " one of these extensions.");
}

std::string sessionIn(const std::filesystem::path& file) {
  constexpr std::size_t enough = 1024;
  std::ifstream stream(file, std::ios::binary);
  std::string start(enough, '\0');
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  for (const FigureFormatEntry entry : figureFormatTable()) {
    if (entry().recognises(start)) {
      return entry().session(file);
    }
  }
  return {};
}

} // namespace cortograph
