#include "brain/resample.h"

#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "brain/file_names.h"
#include "brain/format.h"
#include "brain/sphere_index.h"
#include "brain/subdivision.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <optional>

namespace cortograph::verbs {

namespace {

namespace fs = std::filesystem;

struct Settings {
  fs::path data;
  std::vector<std::string> from; ///< files of spheres, or the name of a nested mesh
  std::vector<std::string> to;
  std::vector<std::string> fromArea; ///< files of surfaces or of areas
  std::vector<std::string> toArea;
  std::vector<std::string> mask;
  std::optional<ResampleMethod> method;
  fs::path out;
};

std::optional<Side> sideNamed(const std::string& file) {
  return sideIn(nameWords(fs::path(file).filename().string()));
}

/// Returns the file of a side, or the only file when it does not name a side.
std::string fileOf(const std::vector<std::string>& files, Side side, const char* option) {
  const auto found =
      std::ranges::find_if(files, [side](const auto& file) { return sideNamed(file) == side; });
  if (found != files.end()) {
    return *found;
  }
  if (files.size() != 1 || sideNamed(files.front())) {
    throw Error(ErrorKind::notFound,
                std::string(option) + " names no file of the " + std::string(toString(side)) +
                    " side, but the data have this side; give lh.FILE,rh.FILE or the like.");
  }
  return files.front();
}

/// Returns the number of vertices of a side of the nested mesh with this name; 0 for other names.
std::size_t nestedSize(const std::string& name) {
  constexpr std::size_t finest = 163842;
  for (std::size_t size = finest; size != 0; size = coarserSize(size)) {
    if (standardMeshName(size) == name) {
      return size;
    }
  }
  return 0;
}

/// A sphere of one side, or the size of the nested mesh that stands for it.
struct Sphere {
  Surface surface; ///< empty for a nested mesh
  std::size_t size = 0;
};

Sphere sphereOf(const std::vector<std::string>& files, Side side, const char* option) {
  if (const std::size_t size = files.size() == 1 ? nestedSize(files.front()) : 0; size != 0) {
    return {.surface = {}, .size = size};
  }
  const std::string file = fileOf(files, side, option);
  return inContext("reading the sphere " + file, [&]() -> Sphere {
    SurfaceFile read = readSurface(file);
    if (read.side && *read.side != side) {
      throw Error(ErrorKind::mismatch,
                  file + " is a " + std::string(toString(*read.side)) +
                      " hemisphere, but the data are of the " + std::string(toString(side)) +
                      " one; give the sphere of the same side.");
    }
    requireSphere(read.surface);
    const std::size_t size = read.surface.verticesRas.size();
    return {.surface = std::move(read.surface), .size = size};
  });
}

/// Returns one column of a file's data on one side.
std::vector<float> columnOf(const std::string& file, Side side) {
  const VertexData data = readVertexData(file);
  if (!data.mesh.has(side)) {
    throw Error(ErrorKind::mismatch,
                file + " has no data of the " + std::string(toString(side)) +
                    " side; give the file of that side.");
  }
  return data.of(side);
}

/// Reads areas from a file of numbers, or computes them on a surface. Empty when no file is given.
std::vector<float> areasOf(const std::vector<std::string>& files, Side side, const char* option) {
  if (files.empty()) {
    return {};
  }
  const std::string file = fileOf(files, side, option);
  return readBrainFile(file).surface ? vertexAreas(readSurface(file).surface)
                                     : columnOf(file, side);
}

Resampling weightsOf(const Settings& settings, Side side, ResampleMethod method) {
  Sphere from = sphereOf(settings.from, side, "--from");
  Sphere to = sphereOf(settings.to, side, "--to");
  if (from.surface.verticesRas.empty() && to.surface.verticesRas.empty()) {
    return nestedResampling(from.size, to.size);
  }
  if (from.surface.verticesRas.empty()) {
    from.surface = coarsened(to.surface, from.size);
  } else if (to.surface.verticesRas.empty()) {
    to.surface = coarsened(from.surface, to.size);
  }
  ResampleAreas areas;
  if (method == ResampleMethod::adaptive) {
    areas = {.from = areasOf(settings.fromArea, side, "--from-area"),
             .to = areasOf(settings.toArea, side, "--to-area")};
  }
  return resampling(from.surface, to.surface, method, areas);
}

/// Takes the values away where the mask is not positive.
void applyMask(VertexData& data, Side side, const std::vector<float>& mask) {
  for (VertexColumn& column : data.columns) {
    std::vector<float>& values = column.values.at(static_cast<std::size_t>(side));
    if (mask.size() != values.size()) {
      throw Error(ErrorKind::mismatch,
                  "The mask has " + std::to_string(mask.size()) + " values, but the data have " +
                      std::to_string(values.size()) + "; give a mask on the mesh of the data.");
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!(mask[i] > 0)) {
        values[i] = std::numeric_limits<float>::quiet_NaN();
      }
    }
  }
}

ResampleMethod methodFor(const Settings& settings, const VertexData& data) {
  if (settings.method) {
    return *settings.method;
  }
  if (data.kind == VertexDataKind::labels) {
    return ResampleMethod::nearest;
  }
  const bool areas = !settings.fromArea.empty() && !settings.toArea.empty();
  return areas ? ResampleMethod::adaptive : ResampleMethod::barycentric;
}

void run(const Settings& settings, const Console& console) {
  requireWritableEnding(settings.out);
  VertexData data = readVertexData(settings.data);
  const ResampleMethod method = methodFor(settings, data);
  std::array<Resampling, 2> weights;
  for (const Side side : bothSides) {
    if (!data.mesh.has(side)) {
      continue;
    }
    if (!settings.mask.empty()) {
      applyMask(data, side, columnOf(fileOf(settings.mask, side, "--mask"), side));
    }
    weights.at(static_cast<std::size_t>(side)) = weightsOf(settings, side, method);
  }
  const VertexData result =
      inContext("resampling " + settings.data.string(), [&] { return resampled(data, weights); });
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const fs::path& file : writeVertexData(settings.out, result)) {
    files.push_back(file.string());
  }
  nlohmann::ordered_json sides = nlohmann::ordered_json::array();
  for (const Side side : bothSides) {
    if (!result.mesh.has(side)) {
      continue;
    }
    const auto& values = result.of(side);
    sides.push_back(
        {{"hemisphere", toString(side)},
         {"from", data.mesh.of(side)},
         {"to", result.mesh.of(side)},
         {"absent", std::ranges::count_if(values, [](float value) { return std::isnan(value); })}});
  }
  console.print({{"method", toString(method)},
                 {"out", files},
                 {"columns", result.columns.size()},
                 {"sides", sides}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("data", settings->data, "Numbers or labels of vertices, of one side or of both")
      ->required()
      ->option_text("FILE");
  const auto add = [&app](const char* name, std::vector<std::string>& files, const char* text) {
    return app.add_option(name, files, text)->delimiter(',')->option_text("LEFT,RIGHT");
  };
  add("--from",
      settings->from,
      "Registered sphere that the data lie on, for each side; or fsaverage3 … 6 or fsaverage, for "
      "a mesh that is nested in the other one")
      ->required();
  add("--to", settings->to, "Registered sphere to resample to, in the same way")->required();
  std::map<std::string, ResampleMethod> methods;
  for (const ResampleMethod method : allResampleMethods) {
    methods.emplace(toString(method), method);
  }
  app.add_option("--method",
                 settings->method,
                 "How new vertices take values (default: nearest for labels; for numbers adaptive "
                 "when areas are given, else barycentric)")
      ->transform(CLI::CheckedTransformer(methods))
      ->option_text("nearest|barycentric|adaptive");
  add("--from-area",
      settings->fromArea,
      "Areas of the old vertices, or a surface to compute them on, for the adaptive method");
  add("--to-area", settings->toArea, "Areas of the new vertices, in the same way");
  add("--mask", settings->mask, "Old vertices to use: those with positive values");
  app.add_option(
         "--out",
         settings->out,
         "File of vertex data to write; \"lh.\" and \"rh.\" are put before its name for data "
         "of both sides")
      ->required()
      ->option_text("F.func.gii|F.label.gii|F.mgz|F.annot|F.csv|F.npy");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& resample() {
  static const Verb verb{
      .name = "resample",
      .summary = "moves vertex data to another mesh, over registered spheres",
      .declare = declare,
      .writes = {"gifti", "mgh", "freesurfer-annot", "freesurfer-morph", "npy", "csv"}};
  return verb;
}

} // namespace cortograph::verbs
