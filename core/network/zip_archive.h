#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>

namespace cortograph {

struct ZipMembers {
  std::map<std::string, std::span<const std::byte>> stored; ///< views of the archive
  std::set<std::string> packed; ///< names of those that are compressed or encrypted
};

/// The members of a zip archive. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, with
/// the 64-bit records. Every offset is checked against the archive, and no name is there twice.
/// Throws Error{format}. `file` stands for the archive in errors.
[[nodiscard]] ZipMembers zipMembers(const std::string& file, std::span<const std::byte> bytes);

} // namespace cortograph
