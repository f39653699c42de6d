#include "brain/label_write.h"

#include "base/pending_file.h"

#include <array>
#include <charconv>

namespace cortograph {

namespace {

/// Returns a coordinate with three decimals, and a decimal point in every locale.
std::string inMicrometers(float mm) {
  std::array<char, 64> text{};
  const auto result = std::to_chars(
      text.data(), text.data() + text.size(), mm, std::chars_format::fixed, /*precision=*/3);
  return {text.data(), result.ptr};
}

} // namespace

void writeLabel(const std::filesystem::path& file,
                const std::vector<std::int32_t>& vertices,
                const std::vector<Point>& points,
                const std::string& subject) {
  std::string text = "#!ascii label  , from subject " + subject + " vox2ras=TkReg\n" +
                     std::to_string(vertices.size()) + "\n";
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    text += std::to_string(vertices[i]);
    for (const float coordinate : points.at(i)) {
      text += "  " + inMicrometers(coordinate);
    }
    text += " 0.0000000000\n"; // the statistic
  }
  writeWhole(file, text);
}

} // namespace cortograph
