#pragma once

#include "base/control.h"
#include "jobs/settings.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// Returns what `cortograph info` prints about a file, a folder or "demo": the kind, then the
/// properties of that kind. `network` gives properties that a file of weights lacks, and whether a
/// program may run to tell them; its spec is not used. `regions` are files of regions that are
/// added to those of a subject or map. Throws Error{format} when no part of the program can read
/// it.
[[nodiscard]] nlohmann::ordered_json describe(const std::string& spec,
                                              const NetworkSource& network,
                                              const std::vector<std::filesystem::path>& regions,
                                              const Control& control);

/// Returns the same about a subject: images, responses, vertices, regions, and how many vertices
/// can't be trained on. Throws what readSubjectOnItsMesh() throws.
[[nodiscard]] nlohmann::ordered_json
describeSubject(const std::string& spec,
                const std::vector<std::filesystem::path>& regions,
                const Control& control);

} // namespace cortograph
