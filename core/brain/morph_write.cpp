#include "brain/morph_write.h"

#include "base/pending_file.h"
#include "base/stored_number.h"

#include <cstdint>

namespace cortograph {

void writeMorph(const std::filesystem::path& file, const std::vector<float>& values) {
  std::string bytes = "\xFF\xFF\xFF";
  const auto append = [&bytes](auto number) { appendNumber(bytes, number, std::endian::big); };
  append(static_cast<std::int32_t>(values.size()));
  append(std::int32_t{0}); // triangles, which no reader uses
  append(std::int32_t{1}); // value per vertex
  for (const float value : values) {
    append(value);
  }
  writeWhole(file, bytes);
}

} // namespace cortograph
