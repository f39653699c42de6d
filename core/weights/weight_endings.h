#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace cortograph {

/// How files of weights end, with their dot; what is inside is for the engine to say.
[[nodiscard]] std::span<const std::string_view> weightEndings();

/// Whether a file's name ends so, in any case.
[[nodiscard]] bool namesWeights(const std::filesystem::path& file);

} // namespace cortograph
