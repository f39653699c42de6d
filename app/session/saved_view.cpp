#include "app/session/saved_view.h"

#include "app/session/grid.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/version.h"
#include "brain/format.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace cortograph {

using Json = nlohmann::ordered_json;

namespace {

constexpr int formatVersion = 2;

template <class Value>
Value named(const Json& json, std::optional<Value> (*find)(std::string_view) noexcept) {
  const auto name = json.get<std::string>();
  const std::optional<Value> value = find(name);
  if (!value) {
    throw Error(ErrorKind::format, "it names \"" + name + "\", which this program does not know");
  }
  return *value;
}

Json jsonOf(const ShapeMix& mix) {
  return {{"from", toString(mix.from)}, {"to", toString(mix.to)}, {"part", mix.part}};
}

ShapeMix mixOf(const Json& json) {
  return {named(json.at("from"), shapeNamed),
          named(json.at("to"), shapeNamed),
          json.at("part").get<float>()};
}

Json jsonOf(const Attitude& attitude) {
  return {{"turned", attitude.turned},
          {"fitted", attitude.fitted},
          {"zoom", attitude.zoom},
          {"pan", {attitude.panRight, attitude.panUp}}};
}

Attitude attitudeOf(const Json& json) {
  Attitude attitude;
  json.at("turned").get_to(attitude.turned);
  json.at("fitted").get_to(attitude.fitted);
  json.at("zoom").get_to(attitude.zoom);
  json.at("pan").at(0).get_to(attitude.panRight);
  json.at("pan").at(1).get_to(attitude.panUp);
  return attitude;
}

Json jsonOf(const Attitudes& attitudes) {
  return {{"solid", jsonOf(attitudes.solid)}, {"flat", jsonOf(attitudes.flat)}};
}

Attitudes attitudesOf(const Json& json) {
  return {attitudeOf(json.at("solid")), attitudeOf(json.at("flat"))};
}

Json jsonOf(const Camera& camera) {
  Json own = Json::array();
  for (const Attitudes& attitudes : camera.own) {
    own.push_back(jsonOf(attitudes));
  }
  return {{"view", toString(camera.view)}, {"shared", jsonOf(camera.shared)}, {"own", own}};
}

Camera cameraOf(const Json& json) {
  Camera camera{named(json.at("view"), viewNamed), attitudesOf(json.at("shared")), {}};
  for (const Json& attitudes : json.at("own")) {
    camera.own.push_back(attitudesOf(attitudes));
  }
  return camera;
}

Json jsonOf(const Outlines& outlines) {
  return {{"shown", outlines.shown},
          {"labels", outlines.labels},
          {"width", outlines.width},
          {"regions", outlines.regions ? Json(*outlines.regions) : Json()},
          {"color", outlines.color},
          {"casing", outlines.casing}};
}

Outlines outlinesOf(const Json& json) {
  Outlines outlines;
  json.at("shown").get_to(outlines.shown);
  json.at("labels").get_to(outlines.labels);
  json.at("width").get_to(outlines.width);
  if (!json.at("regions").is_null()) {
    outlines.regions = json.at("regions").get<RegionNames>();
  }
  json.at("color").get_to(outlines.color);
  json.at("casing").get_to(outlines.casing);
  return outlines;
}

Json jsonOf(const LegendStyle& legends) {
  return {{"shown", legends.shown},
          {"size", legends.size},
          {"place", toString(legends.place)},
          {"font", toString(legends.font)}};
}

LegendStyle legendsOf(const Json& json) {
  return {json.at("shown").get<bool>(),
          json.at("size").get<double>(),
          named(json.at("place"), legendPlaceNamed),
          named(json.at("font"), fontNamed)};
}

Json jsonOf(const std::optional<Threshold>& threshold) {
  return threshold ? Json{{"kind", threshold->kind},
                          {"value", threshold->value},
                          {"percentile", threshold->percentile},
                          {"strength", threshold->strength}}
                   : Json();
}

std::optional<Threshold> thresholdOf(const Json& json) {
  if (json.is_null()) {
    return std::nullopt;
  }
  return Threshold{json.at("kind").get<std::string>(),
                   json.at("value").get<double>(),
                   json.at("percentile").get<bool>(),
                   json.at("strength").get<double>()};
}

Json jsonOf(const std::optional<PaneName>& pane) {
  return pane ? Json{{"row", pane->row}, {"kind", pane->kind}} : Json();
}

std::optional<PaneName> paneNameOf(const Json& json) {
  if (json.is_null()) {
    return std::nullopt;
  }
  return PaneName{json.at("row").get<int>(), json.at("kind").get<std::string>()};
}

Json jsonOf(const Pin& pin) {
  return {{"side", toString(pin.vertex.side)},
          {"vertex", pin.vertex.vertex},
          {"pane", jsonOf(pin.pane)}};
}

Pin pinOf(const Json& json) {
  const Side side = json.at("side") == toString(Side::left) ? Side::left : Side::right;
  return {{side, json.at("vertex").get<std::int32_t>()}, paneNameOf(json.at("pane"))};
}

Json jsonOf(const std::optional<VertexSelection>& selection) {
  return selection ? Json{{"name", selection->name},
                          {"mesh", selection->meshSize},
                          {"vertices", selection->ofSide}}
                   : Json();
}

std::optional<VertexSelection> selectionOf(const Json& json) {
  if (json.is_null()) {
    return std::nullopt;
  }
  VertexSelection selection;
  json.at("name").get_to(selection.name);
  json.at("mesh").get_to(selection.meshSize);
  json.at("vertices").get_to(selection.ofSide);
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const std::vector<std::int32_t>& vertices = selection.ofSide.at(s);
    const bool onMesh =
        vertices.empty() || (vertices.front() >= 0 &&
                             static_cast<std::size_t>(vertices.back()) < selection.meshSize.at(s));
    if (!onMesh || !std::ranges::is_sorted(vertices)) {
      throw Error(ErrorKind::format, "it selects vertices that its mesh has not");
    }
  }
  return selection;
}

Json filesOf(const MapRow& row) {
  Json files = Json::array();
  for (const Side side : bothSides) {
    files.push_back(row.data ? row.data->files[static_cast<std::size_t>(side)].string() : "");
  }
  return files;
}

Json jsonOf(const MapRow& row, const SavedView& session) {
  const auto surfaces = session.surfacesOf.find(row.id);
  return {{"id", row.id},
          {"title", row.title},
          {"file", row.file.string()},
          {"data", filesOf(row)},
          {"surfaces", surfaces == session.surfacesOf.end() ? "" : surfaces->second.string()},
          {"shown", row.shown},
          {"kinds", row.look.kinds},
          {"shape", jsonOf(row.look.shape)}};
}

MapRow rowOf(const Json& json, SavedView& session) {
  MapRow row;
  json.at("id").get_to(row.id);
  json.at("title").get_to(row.title);
  row.file = json.at("file").get<std::string>();
  CortexData data;
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    data.files[s] = json.at("data").at(s).get<std::string>();
  }
  if (!data.files[0].empty() || !data.files[1].empty()) {
    row.data = std::make_shared<const CortexData>(std::move(data));
  }
  json.at("shown").get_to(row.shown);
  json.at("kinds").get_to(row.look.kinds);
  row.look.shape = mixOf(json.at("shape"));
  session.surfacesOf[row.id] = json.at("surfaces").get<std::string>();
  return row;
}

Document documentOf(const Json& json, SavedView& session) {
  Document document;
  for (const Json& row : json.at("rows")) {
    document.rows.push_back(rowOf(row, session));
    document.nextId = std::max(document.nextId, document.rows.back().id + 1);
  }
  json.at("layer").get_to(document.layer);
  if (!json.at("reference").is_null()) {
    document.reference = json.at("reference").get<int>();
  }
  document.arrangement = named(json.at("arrangement"), arrangementNamed);
  json.at("columns").get_to(document.columns);
  document.colors = {json.at("safe_colors").get<bool>(), named(json.at("vision"), visionNamed)};
  json.at("background").get_to(document.background);
  json.at("transparent").get_to(document.transparent);
  document.outlines = outlinesOf(json.at("outlines"));
  document.legends = legendsOf(json.at("legends"));
  json.at("titles").get_to(document.titles);
  json.at("linked").get_to(document.linked);
  document.threshold = thresholdOf(json.at("threshold"));
  for (const auto& [kind, range] : json.at("ranges").items()) {
    document.ranges[kind] = parseRange(kind + "=" + range.get<std::string>()).second;
  }
  for (const Json& pin : json.at("pins")) {
    document.pins.push_back(pinOf(pin));
  }
  json.at("pins_linked").get_to(document.pinsLinked);
  document.selection = selectionOf(json.at("selection"));
  document.enlarged = paneNameOf(json.at("enlarged"));
  if (!json.at("image").is_null()) {
    const std::filesystem::path image = json.at("image").get<std::string>();
    document.probe = ProbeImage{image, image.filename().string()};
  }
  return document;
}

} // namespace

SavedView savedViewOf(const Document& document,
                      std::vector<Camera> cameras,
                      std::string command,
                      const Control& control) {
  SavedView session{document, std::move(cameras), std::move(command), {}, {}};
  session.document.cortices.clear();
  const auto hash = [&](const std::filesystem::path& file) {
    control.cancel.throwIfCancelled();
    if (!file.empty() && !session.hashes.contains(file)) {
      session.hashes[file] = contentHash(file);
    }
  };
  const MapRow* reference = referenceOf(document);
  std::erase_if(session.document.rows, [&](const MapRow& row) {
    const bool isReference = reference != nullptr && row.id == reference->id;
    return !isDrawn(row) && !isReference && row.data == nullptr;
  });
  for (MapRow& row : session.document.rows) {
    hash(row.file);
    if (row.data != nullptr) {
      CortexData files; // without the numbers
      files.files = row.data->files;
      hash(files.files[0]);
      hash(files.files[1]);
      row.data = std::make_shared<const CortexData>(std::move(files));
    }
    if (row.cortex != nullptr && !row.cortex->folder.empty()) {
      session.surfacesOf[row.id] = row.cortex->folder;
      for (const auto& entry : std::filesystem::directory_iterator(row.cortex->folder)) {
        if (entry.is_regular_file() && hasSurfaceEnding(entry.path())) {
          hash(entry.path());
        }
      }
    }
    row.map = nullptr;
    row.cortex = nullptr;
    row.probe = nullptr;
    row.clusters = nullptr;
    row.clustersOf = nullptr;
  }
  if (document.probe) {
    hash(document.probe->file);
  }
  return session;
}

std::string toJson(const SavedView& session) {
  const Document& document = session.document;
  Json inputs = Json::array();
  for (const auto& [file, hash] : session.hashes) {
    inputs.push_back({{"file", file.string()}, {"sha256", hash}});
  }
  Json rows = Json::array();
  for (const MapRow& row : document.rows) {
    rows.push_back(jsonOf(row, session));
  }
  Json ranges = Json::object();
  for (const auto& [kind, range] : document.ranges) {
    ranges[kind] = toString(range);
  }
  Json pins = Json::array();
  for (const Pin& pin : document.pins) {
    pins.push_back(jsonOf(pin));
  }
  Json cameras = Json::array();
  for (const Camera& camera : session.cameras) {
    cameras.push_back(jsonOf(camera));
  }
  const Json json{
      {"cortograph_session", formatVersion},
      {"software", std::string("cortograph ") + softwareVersion},
      {"command", session.command},
      {"inputs", inputs},
      {"rows", rows},
      {"layer", document.layer},
      {"reference", document.reference ? Json(*document.reference) : Json()},
      {"arrangement", toString(document.arrangement)},
      {"columns", document.columns},
      {"safe_colors", document.colors.safe},
      {"vision", toString(document.colors.vision)},
      {"background", document.background},
      {"transparent", document.transparent},
      {"outlines", jsonOf(document.outlines)},
      {"legends", jsonOf(document.legends)},
      {"titles", document.titles},
      {"linked", document.linked},
      {"threshold", jsonOf(document.threshold)},
      {"ranges", ranges},
      {"pins", pins},
      {"pins_linked", document.pinsLinked},
      {"selection", jsonOf(document.selection)},
      {"enlarged", jsonOf(document.enlarged)},
      {"image", document.probe ? Json(document.probe->file.string()) : Json()},
      {"cameras", cameras},
  };
  return json.dump();
}

SavedView parseSavedView(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("cortograph_session") != formatVersion) {
      throw Error(ErrorKind::format, "it is of another version of the program");
    }
    SavedView session;
    session.document = documentOf(json, session);
    json.at("command").get_to(session.command);
    for (const Json& input : json.at("inputs")) {
      session.hashes[input.at("file").get<std::string>()] = input.at("sha256").get<std::string>();
    }
    for (const Json& camera : json.at("cameras")) {
      session.cameras.push_back(cameraOf(camera));
    }
    return session;
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::format,
                std::string("The description of what the figure shows can't be read (") +
                    error.what() + "); make the figure again with this program.");
  } catch (const Error& error) {
    throw Error(ErrorKind::format,
                "The description of what the figure shows can't be read: " + error.sentence() +
                    "; make the figure again with this program.");
  }
}

} // namespace cortograph
