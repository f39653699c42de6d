#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace cortograph {

/// Throws Error{format, unsupported} that says what a file is, when its first bytes show that it is
/// something often mistaken for weights: another framework's file, a web page, a Git LFS pointer,
/// an archive, … Returns when the bytes are not recognised. `file` names the file in errors.
void refuseForeignFile(const std::string& file, std::span<const std::byte> bytes);

} // namespace cortograph
