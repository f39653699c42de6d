#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// SHA-256 as 64 lower-case hexadecimal digits: the number Hugging Face shows for a weights file.
[[nodiscard]] std::string contentHash(std::span<const std::byte> bytes);
/// Of several pieces one after the other.
[[nodiscard]] std::string contentHash(const std::vector<std::span<const std::byte>>& pieces);

/// Reads the file once; throws Error{file}.
[[nodiscard]] std::string contentHash(const std::filesystem::path& file);

} // namespace cortograph
