#include "app/cli/verb.h"
#include "base/error.h"
#include "brain/format.h"
#include "brain/volume_sampling.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

namespace cortograph::verbs {

namespace {

namespace fs = std::filesystem;

struct Settings {
  fs::path volume;
  fs::path surfaces;
  VolumeSampling sampling;
  bool labels = false;
  fs::path out;
};

/// Labels are neither averaged nor interpolated.
VolumeSampling samplingOf(const Settings& settings) {
  VolumeSampling sampling = settings.sampling;
  if (settings.labels) {
    sampling.merge = DepthMerge::majority;
    sampling.read = VoxelRead::nearest;
  }
  return sampling;
}

void run(const Settings& settings, const Console& console) {
  requireWritableEnding(settings.out);
  const Volume volume = readVolume(settings.volume);
  const auto cortex = readCortex(settings.surfaces);
  VertexData data = inContext("sampling " + settings.volume.string(), [&] {
    return sampleOnCortex(volume, *cortex, samplingOf(settings));
  });
  data.name = settings.volume.filename().string();
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const fs::path& file : writeVertexData(settings.out, data)) {
    files.push_back(file.string());
  }
  nlohmann::ordered_json outside;
  for (const Side side : bothSides) {
    if (data.mesh.has(side)) {
      outside[std::string(toString(side))] =
          std::ranges::count_if(data.of(side), [](float value) { return std::isnan(value); });
    }
  }
  console.print({{"out", files},
                 {"mesh", data.mesh.name},
                 {"columns", data.columns.size()},
                 {"vertices", data.mesh.size()},
                 {"without_data", outside}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  VolumeSampling& sampling = settings->sampling;
  app.add_option("volume", settings->volume, "NIfTI, MGH or MGZ volume")
      ->required()
      ->option_text("V.nii.gz");
  app.add_option("--surfaces", settings->surfaces, "Folder with white and pial surfaces")
      ->required()
      ->option_text("DIR");
  auto* depths = app.add_option("--depths",
                                sampling.depths,
                                "Places between the white (0) and the pial surface (1) to read")
                     ->delimiter(',')
                     ->default_str("0,0.2,0.4,0.6,0.8,1");
  app.add_option("--mm",
                 sampling.distancesMm,
                 "Distances from the white surface in mm to read, instead of --depths")
      ->delimiter(',')
      ->option_text("0,1,2")
      ->excludes(depths);
  auto* merge = app.add_option("--merge", sampling.merge, "What becomes of a vertex's values")
                    ->transform(CLI::CheckedTransformer(
                        std::map<std::string, DepthMerge>{{"mean", DepthMerge::mean},
                                                          {"maximum", DepthMerge::maximum},
                                                          {"majority", DepthMerge::majority}}))
                    ->option_text("mean|maximum|majority")
                    ->default_str("mean");
  auto* read = app.add_option("--read", sampling.read, "How values between voxels are read")
                   ->transform(CLI::CheckedTransformer(std::map<std::string, VoxelRead>{
                       {"linear", VoxelRead::linear}, {"nearest", VoxelRead::nearest}}))
                   ->option_text("linear|nearest")
                   ->default_str("linear");
  app.add_flag("--labels",
               settings->labels,
               "The volume holds numbers of regions: the nearest voxels, by majority")
      ->excludes(merge)
      ->excludes(read);
  app.add_option("--out", settings->out, "File of vertex data to write")
      ->required()
      ->option_text("F.func.gii|F.mgz|F.csv|F.npy");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& sample() {
  static const Verb verb{.name = "sample",
                         .summary =
                             "samples a volume on the cortex, between white and pial surface",
                         .declare = declare,
                         .writes = {"gifti", "mgh", "freesurfer-morph", "npy", "csv"}};
  return verb;
}

} // namespace cortograph::verbs
