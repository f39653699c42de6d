#include "base/zip_unpack.h"

#include <zlib.h>

#include <limits>
#include <new>

namespace cortograph {

std::shared_ptr<const std::vector<std::byte>> unpacked(const PackedMember& member) {
  constexpr std::uint64_t mostGrowth = 1032; // of deflate
  constexpr std::uint64_t most = std::numeric_limits<uInt>::max();
  if (!member.deflated || member.size > most || member.bytes.size() > most ||
      member.size / mostGrowth > member.bytes.size()) {
    return nullptr;
  }
  auto plain = std::make_shared<std::vector<std::byte>>(member.size);
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    throw std::bad_alloc();
  }
  stream.next_in =
      reinterpret_cast<Bytef*>(const_cast<std::byte*>(member.bytes.data())); // NOLINT: zlib's way
  stream.avail_in = static_cast<uInt>(member.bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain->data());
  stream.avail_out = static_cast<uInt>(plain->size());
  const int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return status == Z_STREAM_END && stream.avail_out == 0 ? plain : nullptr;
}

} // namespace cortograph
