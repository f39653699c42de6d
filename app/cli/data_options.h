#pragma once

#include "brain/vertex_data.h"

#include <CLI/App.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// The options for vertex data.
struct DataOptions {
  std::vector<std::filesystem::path> files;
};
/// Adds --data.
CLI::Option* addDataFiles(CLI::App& app, DataOptions& options);

using DataSets = std::vector<std::shared_ptr<const VertexData>>;

/// Returns the data of this name; the first when the name is empty, null when there are no data at
/// all. Throws Error{notFound} that lists the known names.
[[nodiscard]] std::shared_ptr<const VertexData> dataNamed(const DataSets& sets,
                                                          const std::string& name);

/// Returns the cortex that data without a map are painted on: the one in the folder `surfaces` when
/// given, else the one beside the data's files. Throws Error{mismatch} when the data don't fit it,
/// Error{notFound} when there is none.
[[nodiscard]] std::shared_ptr<const Cortex> cortexOf(const VertexData& data,
                                                     const std::filesystem::path& surfaces);

} // namespace cortograph
