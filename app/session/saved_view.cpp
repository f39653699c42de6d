#include "app/session/saved_view.h"

#include "app/session/grid.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/plain_text.h"
#include "base/version.h"
#include "brain/format.h"
#include "viewer/picture/json_place.h"
#include "viewer/picture/style_field.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

namespace cortograph {

namespace {

constexpr int formatVersion = 3;
constexpr int mostRows = 1'000'000; ///< the largest number of a row

// Writing.

Json jsonOf(const ShapeMix& mix) {
  return {{"from", toString(mix.from)}, {"to", toString(mix.to)}, {"part", mix.part}};
}

Json jsonOf(const Attitude& attitude) {
  return {{"turned", attitude.turned},
          {"fitted", attitude.fitted},
          {"zoom", attitude.zoom},
          {"pan", {attitude.panRight, attitude.panUp}}};
}

Json jsonOf(const Attitudes& attitudes) {
  return {{"solid", jsonOf(attitudes.solid)}, {"flat", jsonOf(attitudes.flat)}};
}

Json jsonOf(const Camera& camera) {
  Json own = Json::array();
  for (const Attitudes& attitudes : camera.own) {
    own.push_back(jsonOf(attitudes));
  }
  return {{"view", toString(camera.view)}, {"shared", jsonOf(camera.shared)}, {"own", own}};
}

Json jsonOf(const std::optional<PaneName>& pane) {
  return pane ? Json{{"row", pane->row}, {"kind", pane->kind}} : Json();
}

Json jsonOf(const Pin& pin) {
  return {{"side", toString(pin.vertex.side)},
          {"vertex", pin.vertex.vertex},
          {"pane", jsonOf(pin.pane)}};
}

Json jsonOf(const std::optional<VertexSelection>& selection) {
  return selection ? Json{{"name", selection->name},
                          {"mesh", selection->mesh.vertices},
                          {"mesh_name", selection->mesh.name},
                          {"mesh_triangulation", selection->mesh.triangulation},
                          {"mesh_told_by", selection->mesh.toldBy},
                          {"vertices", selection->ofSide}}
                   : Json();
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

// Reading. All errors are found here, not when the figure is drawn.

ShapeMix mixIn(const JsonPlace& json) {
  return {json["from"].choice(allShapes),
          json["to"].choice(allShapes),
          static_cast<float>(json["part"].number(0, 1))};
}

std::array<Rotation, 2> rotationsIn(const JsonPlace& json) {
  std::array<Rotation, 2> rotations{};
  const std::vector<JsonPlace> sides = json.elements(rotations.size());
  for (std::size_t s = 0; s < sides.size(); ++s) {
    const std::vector<JsonPlace> rows = sides[s].elements(3);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::vector<JsonPlace> numbers = rows[i].elements(3);
      for (std::size_t j = 0; j < numbers.size(); ++j) {
        rotations.at(s).at(i).at(j) = numbers[j].number(-1.001, 1.001);
      }
    }
  }
  return rotations;
}

Attitude attitudeIn(const JsonPlace& json) {
  const std::vector<JsonPlace> pan = json["pan"].elements(2);
  return {.turned = rotationsIn(json["turned"]),
          .fitted = rotationsIn(json["fitted"]),
          .zoom = json["zoom"].number(std::numeric_limits<double>::min(), 1e9),
          .panRight = pan[0].number(),
          .panUp = pan[1].number()};
}

Attitudes attitudesIn(const JsonPlace& json) {
  return {.solid = attitudeIn(json["solid"]), .flat = attitudeIn(json["flat"])};
}

Camera cameraIn(const JsonPlace& json) {
  Camera camera{
      .view = json["view"].choice(allViews), .shared = attitudesIn(json["shared"]), .own = {}};
  for (const JsonPlace& attitudes : json["own"].elements()) {
    camera.own.push_back(attitudesIn(attitudes));
  }
  return camera;
}

/// Reads a kind as it is typed, which must exist.
std::string kindIn(const JsonPlace& json) {
  const std::string typed = json.text();
  try {
    (void)parseKind(typed);
  } catch (const Error& error) {
    throw Error(ErrorKind::format, json.place() + ": " + error.sentence());
  }
  return typed;
}

int rowIn(const JsonPlace& json, const Document& document) {
  const int id = json.whole(1, mostRows);
  if (findRow(document, id) == nullptr) {
    json.refuse("the number of one of its rows");
  }
  return id;
}

std::optional<PaneName> paneNameIn(const JsonPlace& json, const Document& document) {
  if (json.isNull()) {
    return std::nullopt;
  }
  return PaneName{.row = rowIn(json["row"], document), .kind = kindIn(json["kind"])};
}

Pin pinIn(const JsonPlace& json, const Document& document) {
  return {.vertex = {.side = json["side"].choice(bothSides),
                     .vertex = json["vertex"].whole(0, std::numeric_limits<std::int32_t>::max())},
          .pane = paneNameIn(json["pane"], document)};
}

std::optional<VertexSelection> selectionIn(const JsonPlace& json) {
  constexpr int mostVertices = std::numeric_limits<std::int32_t>::max();
  if (json.isNull()) {
    return std::nullopt;
  }
  VertexSelection selection;
  selection.name = json["name"].text();
  const std::vector<JsonPlace> mesh = json["mesh"].elements(2);
  const std::vector<JsonPlace> hashes = json["mesh_triangulation"].elements(2);
  const std::vector<JsonPlace> sides = json["vertices"].elements(2);
  selection.mesh.name = json["mesh_name"].text();
  selection.mesh.toldBy = static_cast<MeshEvidence>(
      json["mesh_told_by"].whole(0, static_cast<int>(MeshEvidence::builtIn)));
  for (std::size_t s = 0; s < sides.size(); ++s) {
    const int size = mesh[s].whole(0, mostVertices);
    selection.mesh.vertices.at(s) = static_cast<std::size_t>(size);
    selection.mesh.triangulation.at(s) = hashes[s].text();
    std::vector<std::int32_t>& vertices = selection.ofSide.at(s);
    for (const JsonPlace& vertex : sides[s].elements()) {
      vertices.push_back(vertex.whole(0, mostVertices));
    }
    if (!std::ranges::is_sorted(vertices)) {
      sides[s].refuse("ascending numbers of vertices");
    }
    if (!vertices.empty() && vertices.back() >= size) {
      throw Error(ErrorKind::format,
                  sides[s].place() + ": it selects vertices that its mesh does not have");
    }
  }
  return selection;
}

MapRow rowIn(const JsonPlace& json, SavedView& session) {
  MapRow row;
  row.id = json["id"].whole(1, mostRows);
  if (findRow(session.document, row.id) != nullptr) {
    json["id"].refuse("a number that no other row has");
  }
  row.title = shownText(json["title"].text(), longestTitle);
  row.file = json["file"].text();
  VertexData data;
  const std::vector<JsonPlace> files = json["data"].elements(2);
  std::ranges::transform(files, data.files.begin(), &JsonPlace::text);
  if (!data.files[0].empty() || !data.files[1].empty()) {
    row.data = std::make_shared<const VertexData>(std::move(data));
  }
  row.shown = json["shown"].flag();
  row.look.kinds.clear();
  std::ranges::transform(json["kinds"].elements(), std::back_inserter(row.look.kinds), kindIn);
  row.look.shape = mixIn(json["shape"]);
  session.surfacesOf[row.id] = json["surfaces"].text();
  return row;
}

void readDocument(const JsonPlace& json, SavedView& session) {
  Document& document = session.document;
  for (const JsonPlace& row : json["rows"].elements()) {
    document.rows.push_back(rowIn(row, session));
    document.nextId = std::max(document.nextId, document.rows.back().id + 1);
  }
  if (!json["reference"].isNull()) {
    document.reference = rowIn(json["reference"], document);
  }
  document.style = styleIn(json["style"]);
  for (const JsonPlace& pin : json["pins"].elements()) {
    document.pins.push_back(pinIn(pin, document));
  }
  document.pinsLinked = json["pins_linked"].flag();
  document.selection = selectionIn(json["selection"]);
  document.enlarged = paneNameIn(json["enlarged"], document);
  if (!json["image"].isNull()) {
    const std::filesystem::path image = json["image"].text();
    document.probe =
        ProbeImage{.file = image, .name = image.filename().string(), .picture = nullptr};
  }
}

void requireFormat(const JsonPlace& json) {
  const int found = json["cortograph_session"].whole(1, mostRows);
  if (found != formatVersion) {
    throw Error(ErrorKind::format,
                "it has format " + std::to_string(found) + ", but this version reads format " +
                    std::to_string(formatVersion));
  }
}

/// Removes references to rows that were removed.
void removeLostReferences(Document& document) {
  const auto lost = [&document](int id) { return findRow(document, id) == nullptr; };
  std::erase_if(document.pins, [&lost](const Pin& pin) { return pin.pane && lost(pin.pane->row); });
  if (document.enlarged && lost(document.enlarged->row)) {
    document.enlarged.reset();
  }
  if (document.reference && lost(*document.reference)) {
    document.reference.reset();
  }
}

} // namespace

SavedView savedViewOf(const Document& document,
                      std::vector<Camera> cameras,
                      std::string command,
                      const Control& control) {
  SavedView session{.document = document,
                    .cameras = std::move(cameras),
                    .command = std::move(command),
                    .hashes = {},
                    .surfacesOf = {}};
  session.document.cortices.clear();
  const auto hash = [&](const std::filesystem::path& file) {
    control.cancel.throwIfCanceled();
    if (!file.empty() && !session.hashes.contains(file)) {
      session.hashes[file] = contentHash(file);
    }
  };
  const MapRow* reference = referenceOf(document);
  std::erase_if(session.document.rows, [&](const MapRow& row) {
    const bool isReference = reference != nullptr && row.id == reference->id;
    return !isDrawn(row) && !isReference && row.data == nullptr;
  });
  removeLostReferences(session.document);
  for (MapRow& row : session.document.rows) {
    hash(row.file);
    if (row.data != nullptr) {
      VertexData files; // without the numbers
      files.files = row.data->files;
      hash(files.files[0]);
      hash(files.files[1]);
      row.data = std::make_shared<const VertexData>(std::move(files));
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
      {"reference", document.reference ? Json(*document.reference) : Json()},
      {"style", toJson(document.style)},
      {"pins", pins},
      {"pins_linked", document.pinsLinked},
      {"selection", jsonOf(document.selection)},
      {"enlarged", jsonOf(document.enlarged)},
      {"image", document.probe ? Json(document.probe->file.string()) : Json()},
      {"cameras", cameras},
  };
  // Names of files may hold bytes that are not UTF-8.
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

SavedView parseSavedView(const std::string& text) {
  const auto refuse = [](std::string why) {
    why.erase(why.find_last_not_of('.') + 1); // it becomes a part of a sentence
    return Error(ErrorKind::format,
                 "The figure's description can't be read: " + why +
                     "; make the figure again with this program.");
  };
  try {
    const Json json = Json::parse(text);
    const JsonPlace whole(json);
    requireFormat(whole);
    SavedView session;
    readDocument(whole, session);
    session.command = whole["command"].text();
    for (const JsonPlace& input : whole["inputs"].elements()) {
      session.hashes[input["file"].text()] = input["sha256"].text();
    }
    for (const JsonPlace& camera : whole["cameras"].elements()) {
      session.cameras.push_back(cameraIn(camera));
    }
    return session;
  } catch (const Json::exception& error) {
    throw refuse(error.what());
  } catch (const Error& error) {
    throw refuse(error.sentence());
  }
}

} // namespace cortograph
