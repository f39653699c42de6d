#pragma once

#include "base/zip_archive.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace cortograph {

/// Unpacks a deflated member of a zip archive. Null when it is not as long as the archive says, or
/// is no deflated data.
[[nodiscard]] std::shared_ptr<const std::vector<std::byte>> unpacked(const PackedMember& member);

} // namespace cortograph
