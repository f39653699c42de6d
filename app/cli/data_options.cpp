#include "app/cli/data_options.h"

#include "base/error.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>

namespace cortograph {

CLI::Option* addDataFiles(CLI::App& app, DataOptions& options) {
  return app
      .add_option("--data",
                  options.files,
                  "Files with one number per vertex, for --show data or data:NAME; without --maps, "
                  "each gets a row")
      ->delimiter(',')
      ->option_text("lh.func.gii,rh.func.gii");
}

std::shared_ptr<const VertexData> dataNamed(const DataSets& sets, const std::string& name) {
  if (name.empty()) {
    return sets.empty() ? nullptr : sets.front();
  }
  std::string names;
  for (const auto& data : sets) {
    if (data->name == name) {
      return data;
    }
    names += (names.empty() ? "" : ", ") + data->name;
  }
  throw Error(ErrorKind::notFound,
              "There are no data \"" + name +
                  "\" among those of --data; there are: " + (names.empty() ? "none" : names) + ".");
}

std::shared_ptr<const Cortex> cortexOf(const VertexData& data,
                                       const std::filesystem::path& surfaces) {
  if (!surfaces.empty()) {
    auto cortex = readCortex(surfaces);
    requireFits(*cortex, data);
    return cortex;
  }
  if (auto cortex = cortexBeside(data)) {
    return cortex;
  }
  throw Error(ErrorKind::notFound,
              "No surfaces of " + inWords(data.mesh) + " lie beside the data " + data.name +
                  "; give their folder with --surfaces.");
}

} // namespace cortograph
