#pragma once

#include <CLI/App.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace cortograph {

/// Returns the kind of a file that a command has written, by its content: "map", "tokens",
/// "scores", "responses", "simulated cortex", "figure", "gifti", "npy", "csv", "safetensors",
/// "mp4". Empty for any other file. Never throws.
[[nodiscard]] std::string writtenKind(const std::filesystem::path& file);

/// Throws Error{unsupported} when --out would overwrite an input of the same command, or a file in
/// a folder that is an input. Also when it would overwrite a file that is not empty and not of one
/// of these kinds, unless --force was given.
void requireFreeOutput(const CLI::App& app, std::span<const std::string_view> kinds);

} // namespace cortograph
