#pragma once

#include <CLI/App.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace cortograph {

/// What a file is, by content, among the kinds that verbs write: "map", "tokens", "scores",
/// "responses", "simulated cortex", "figure", "npy", "csv", "safetensors", "mp4". Empty for any
/// other file; never throws.
[[nodiscard]] std::string writtenKind(const std::filesystem::path& file);

/// Throws Error{unsupported} when --out names a file that an input of the same command names too,
/// or that lies inside a folder which is an input. A file of another kind than these is refused
/// unless --force was given; an empty file is no one's.
void requireFreeOutput(const CLI::App& app, std::span<const std::string_view> kinds);

} // namespace cortograph
