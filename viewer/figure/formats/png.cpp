#include "viewer/figure/figure_format.h"

#include <algorithm>

namespace cortograph::figures {

namespace {

constexpr const char* sessionKey = "Cortograph";

void write(const std::filesystem::path& file,
           const Plate& plate,
           const FigureNote& note,
           double dotsPerInch) {
  writePng(file,
           plate.picture,
           {{"Software", "Cortograph"}, {"Comment", note.command}, {sessionKey, note.session}},
           dotsPerInch);
}

std::string session(const std::filesystem::path& file) {
  const PictureText text = readPngText(file);
  const auto found =
      std::ranges::find(text, sessionKey, [](const auto& entry) { return entry.first; });
  return found == text.end() ? std::string() : found->second;
}

} // namespace

const FigureFormat& png() {
  using namespace std::string_view_literals;
  static const FigureFormat format{
      .name = "png",
      .title = "PNG picture",
      .endings = {".png"},
      .recognizes = [](std::string_view start) { return start.starts_with("\x89PNG\r\n\x1A\n"sv); },
      .write = write,
      .session = session};
  return format;
}

} // namespace cortograph::figures
