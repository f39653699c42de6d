#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

namespace cortograph {

/// The members of a zip archive that are stored uncompressed, by name, as views of the archive's
/// bytes. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, with the 64-bit records.
/// Every offset is checked against the archive. Throws Error{format}; Error{unsupported} for a
/// compressed or encrypted member. `file` stands for the archive in errors.
[[nodiscard]] std::map<std::string, std::span<const std::byte>>
zipMembers(const std::string& file, std::span<const std::byte> bytes);

} // namespace cortograph
