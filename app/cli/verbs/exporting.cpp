#include "app/cli/verb.h"
#include "brain/format.h"
#include "engine/engine.h"
#include "kinds/kind_data.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::filesystem::path map;
  std::filesystem::path out;
  std::vector<std::string> show; ///< kinds; empty: the encoder is written
  std::filesystem::path against; ///< reference map of differences
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

void run(const Settings& settings, const Console& console) {
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
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& exporting() {
  static const Verb verb{
      .name = "export",
      .summary = "writes a map's encoder, or its numbers, for other programs",
      .declare = declare,
      .writes = {"safetensors", "gifti", "mgh", "freesurfer-annot", "npy", "csv"}};
  return verb;
}

} // namespace cortograph::verbs
