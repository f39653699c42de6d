#pragma once

#include "brain/vertex_data.h"

#include <CLI/App.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// Vertex data, as a command is given them.
struct DataOptions {
  std::vector<std::filesystem::path> files;
};
CLI::Option* addDataFiles(CLI::App& app, DataOptions& options); ///< --data

using DataSets = std::vector<std::shared_ptr<const VertexData>>;

/// The named one; the first when the name is empty, null when there is none at all. Throws
/// Error{notFound} with the names there are.
[[nodiscard]] std::shared_ptr<const VertexData> dataNamed(const DataSets& sets,
                                                          const std::string& name);

/// The cortex that data without a map are painted on: the folder's, else the one beside their
/// files. Throws Error{mismatch} unless they fit, Error{notFound} when there is none.
[[nodiscard]] std::shared_ptr<const Cortex> cortexOf(const VertexData& data,
                                                     const std::filesystem::path& surfaces);

} // namespace cortograph
