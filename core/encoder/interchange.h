#pragma once

#include "jobs/map_jobs.h"

namespace cortograph {

/// Opens a FactorTopy state dict of the public implementation as a map: its parameters, and what
/// they select at the subject's vertices. Names may have one prefix in common ("module.",
/// "state_dict.model."); buffers are passed over and named in the log. Without a network the map
/// can be painted, not predict. Throws Error{format, mismatch, notFound,
/// unsupported}.
[[nodiscard]] BrainMap importEncoder(const ImportJob& job, const Control& control);

/// Writes the map's parameters with the public implementation's names, float32, as .safetensors;
/// its metadata say version, network, its hash, grid, layers and seed. Whole or absent. Throws
/// Error{unsupported} for any other ending, Error{file}.
void exportEncoder(const BrainMap& map, const std::filesystem::path& out);

} // namespace cortograph
