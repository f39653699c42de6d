#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace cortograph {

/// A member that is compressed or encrypted.
struct PackedMember {
  std::span<const std::byte> bytes; ///< a view of the archive
  std::uint64_t size = 0;           ///< unpacked, according to the directory
  bool deflated = false;            ///< and not encrypted
};

struct ZipMembers {
  std::map<std::string, std::span<const std::byte>> stored; ///< views of the archive
  std::map<std::string, PackedMember> packed;
};

/// Finds the members of a zip archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT,
/// with the 64-bit records). Every offset is checked against the archive. Errors call the archive
/// `file`. Throws Error{format} when it is damaged or has two members of one name.
[[nodiscard]] ZipMembers zipMembers(const std::string& file, std::span<const std::byte> bytes);

} // namespace cortograph
