#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// Computes SHA-256 as 64 lower-case hexadecimal digits, which Hugging Face shows for a file of
/// weights.
[[nodiscard]] std::string contentHash(std::span<const std::byte> bytes);
/// Computes the hash of several pieces one after the other.
[[nodiscard]] std::string contentHash(const std::vector<std::span<const std::byte>>& pieces);

/// Computes the hash of a file in one pass. Throws Error{file}.
[[nodiscard]] std::string contentHash(const std::filesystem::path& file);

} // namespace cortograph
