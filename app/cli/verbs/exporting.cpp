#include "app/cli/verb.h"
#include "brain/format.h"
#include "brain/label_write.h"
#include "engine/engine.h"
#include "kinds/kind_data.h"
#include "subject/find_cortex.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::filesystem::path map;
  std::filesystem::path out;
  std::vector<std::string> show; ///< kinds; empty: the encoder is written
  std::filesystem::path against; ///< reference map of differences
  std::string region;            ///< whose vertices are written as a FreeSurfer label
  std::filesystem::path surfaces;
};

/// Writes what kinds paint as vertex data.
void writeKinds(const Settings& settings, const Console& console) {
  requireWritableEnding(settings.out);
  MapSource source{.map = std::make_shared<const BrainMap>(readMap(settings.map)),
                   .probe = nullptr};
  if (!settings.against.empty()) {
    source.other = std::make_shared<const BrainMap>(readMap(settings.against));
  }
  std::vector<KindChoice> kinds;
  for (const std::string& typed : settings.show) {
    kinds.push_back(parseKind(typed));
  }
  const VertexData data = vertexDataOf(source, kinds);
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const std::filesystem::path& file : writeVertexData(settings.out, data)) {
    files.push_back(file.string());
  }
  nlohmann::ordered_json columns = nlohmann::ordered_json::array();
  for (const VertexColumn& column : data.columns) {
    columns.push_back(column.name);
  }
  console.print({{"out", files}, {"columns", columns}, {"vertices", source.map->size()}});
}

/// Writes the vertices of a region as FreeSurfer labels, one for each side that has some.
void writeRegion(const Settings& settings, const Console& console) {
  const BrainMap map = readMap(settings.map);
  const Region region = regionNamed(map.regions, settings.region);
  const auto cortex =
      findCortex(map.vertices, {settings.surfaces, textOf(map.attributes, "surfaces")});
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  for (const Side side : bothSides) {
    std::vector<std::int32_t> vertices;
    const std::vector<std::int32_t>& modeled = map.vertices.of(side);
    for (std::size_t n = 0; n < modeled.size(); ++n) {
      if (region.member[map.vertices.offset(side) + n] != 0) {
        vertices.push_back(modeled[n]);
      }
    }
    if (vertices.empty()) {
      continue;
    }
    const Hemisphere& hemisphere = cortex->hemisphere(side);
    const auto white = hemisphere.shapes.find(Shape::white);
    const Surface& surface =
        white != hemisphere.shapes.end() ? white->second : hemisphere.shapes.begin()->second;
    std::vector<Point> points;
    for (const std::int32_t vertex : vertices) {
      points.push_back(surface.verticesRas.at(static_cast<std::size_t>(vertex)));
    }
    const char* const prefix = side == Side::left ? "lh." : "rh.";
    const std::filesystem::path file =
        settings.out.parent_path() / (prefix + settings.out.filename().string());
    writeLabel(file, vertices, points, map.vertices.mesh.name);
    files.push_back(file.string());
  }
  console.print({{"out", files}, {"region", region.name}});
}

void run(const Settings& settings, const Console& console) {
  if (!settings.region.empty()) {
    writeRegion(settings, console);
    return;
  }
  if (!settings.show.empty()) {
    writeKinds(settings, console);
    return;
  }
  const BrainMap map = readMap(settings.map);
  loadEngine().exportStateDict(map, settings.out);
  console.print({{"out", settings.out.string()},
                 {"vertices", map.size()},
                 {"bytes", std::filesystem::file_size(settings.out)}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("map", settings->map, "Map of the encoder")->required()->option_text("M.h5");
  app.add_option("--out",
                 settings->out,
                 "File for the encoder's parameters, with the public implementation's names; with "
                 "--show a file of vertex data")
      ->required()
      ->option_text("F.safetensors|F.func.gii|F.label.gii|F.mgz|F.csv|F.npy");
  auto* show = app.add_option("--show", settings->show, "Kinds whose numbers to write")
                   ->delimiter(',')
                   ->option_text("KIND,KIND:LAYER");
  app.add_option("--against", settings->against, "Reference map for differences")
      ->option_text("M.h5")
      ->needs(show);
  app.add_option("--region",
                 settings->region,
                 "Region whose vertices to write as FreeSurfer labels, lh.F.label and rh.F.label")
      ->option_text("V1v")
      ->excludes(show);
  app.add_option("--surfaces",
                 settings->surfaces,
                 "Folder of the surfaces that give the labels' coordinates (default: the map's)")
      ->option_text("DIR");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& exporting() {
  static const Verb verb{
      .name = "export",
      .summary = "writes a map's encoder, or its numbers, for other programs",
      .declare = declare,
      .writes = {
          "safetensors", "gifti", "mgh", "freesurfer-annot", "freesurfer-morph", "npy", "csv"}};
  return verb;
}

} // namespace cortograph::verbs
