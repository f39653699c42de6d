#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace cortograph {

/// Throws what these bytes are, when their beginning says that they are something people take for
/// weights: another framework's file, a web page, a Git LFS pointer, an archive, … `file` stands
/// for them in errors. Throws Error{format, unsupported}.
void refuseForeignFile(const std::string& file, std::span<const std::byte> bytes);

} // namespace cortograph
