#pragma once

#include "base/zip_archive.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace cortograph {

/// Unpacks a deflated member of a zip archive; null when it has another length than the archive
/// claims, or is not deflated data.
[[nodiscard]] std::shared_ptr<const std::vector<std::byte>> unpacked(const PackedMember& member);

} // namespace cortograph
