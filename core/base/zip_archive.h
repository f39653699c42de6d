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
  std::uint64_t size = 0;           ///< unpacked, as the directory says
  bool deflated = false;            ///< and not encrypted
};

struct ZipMembers {
  std::map<std::string, std::span<const std::byte>> stored; ///< views of the archive
  std::map<std::string, PackedMember> packed;
};

/// The members of a zip archive. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, with
/// the 64-bit records. Every offset is checked against the archive, and no name is there twice.
/// Throws Error{format}. `file` stands for the archive in errors.
[[nodiscard]] ZipMembers zipMembers(const std::string& file, std::span<const std::byte> bytes);

} // namespace cortograph
