#pragma once

#include <filesystem>

namespace cortograph::hdf5 {

/// Returns whether the HDF5 library can walk through a file without a crash or a hang. Files in the
/// old layout have no checksums over their metadata, and some damage to these crashes the library.
/// Therefore a child process walks through such a file first: all groups, attributes, indices of
/// chunks, and small arrays. Files with checksums are not walked through. The caller holds the
/// library. Cost: a fork, and one read of the metadata.
[[nodiscard]] bool survives(const std::filesystem::path& file);

} // namespace cortograph::hdf5
