#include "base/byte_reader.h"

#include "base/error.h"

#include <string>

namespace cortograph {

std::string_view ByteReader::takeLine() {
  const std::string_view rest(reinterpret_cast<const char*>(bytes_.data()) + at_, left());
  const std::string_view line = rest.substr(0, rest.find('\n'));
  at_ += std::min(line.size() + 1, rest.size());
  return line;
}

void ByteReader::requireLeft(std::size_t count, std::size_t itemSize) const {
  if (left() / itemSize < count) {
    throw Error(ErrorKind::format,
                file_.string() + " is damaged or cut short: from byte " + std::to_string(at_) +
                    " on, " + std::to_string(count) + " x " + std::to_string(itemSize) +
                    " bytes are expected, but " + std::to_string(left()) +
                    " follow; copy the file again.");
  }
}

} // namespace cortograph
