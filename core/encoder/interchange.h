#pragma once

#include "jobs/map_jobs.h"

namespace cortograph {

/// Imports a FactorTopy state dict of the public implementation as a map with its parameters and
/// the selections at the subject's vertices. Names may share a prefix ("module.",
/// "state_dict.model."); buffers are skipped and listed in the log. Without a network, the map can
/// be painted but cannot predict. Throws Error{format, mismatch, notFound, unsupported}.
[[nodiscard]] BrainMap importEncoder(const ImportJob& job, const Control& control);

/// Writes the map's parameters with the public implementation's names, float32, as .safetensors,
/// whole or not at all. The metadata record the version, the network and its hash, grid, layers and
/// seed. Throws Error{unsupported} for any other extension, Error{file}, and what encoderOf()
/// throws.
void exportEncoder(const BrainMap& map, const std::filesystem::path& out);

} // namespace cortograph
