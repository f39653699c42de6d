#pragma once

#include "analysis/cluster_match.h"
#include "base/picture.h"
#include "brain/cortex.h"
#include "kinds/map_kind.h"
#include "viewer/picture/camera.h"
#include "viewer/picture/grid.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

using CortexPointer = std::shared_ptr<const Cortex>;

/// The look of a row.
struct Look {
  ShapeMix shape = Shape::inflated;
  /// The columns, as parseKind() reads them. "layer-weight:3" shows layer 3, "layer-weight" the
  /// layer of Style.
  std::vector<std::string> kinds{"layer", "space"};
  bool operator==(const Look&) const = default;
};

/// The state `kept` stands for a map of a stopped training, on disk but not saved by the user.
enum class RowState { saved, unsaved, kept, training };

/// The most characters of a row's title: of a longer one the middle is left out.
inline constexpr std::size_t longestTitle = 120;

/// A row of the grid: an open map, or data without a map.
struct MapRow {
  int id = 0;
  std::string title;          ///< as shownText() gives it
  std::filesystem::path file; ///< empty: not saved yet
  RowState state = RowState::saved;
  std::shared_ptr<const BrainMap> map;
  std::shared_ptr<const VertexData> data;          ///< instead of a map; null for a map
  CortexPointer cortex;                            ///< null when no surfaces of its mesh are open
  std::shared_ptr<const Probe> probe;              ///< null when there is no prediction
  std::shared_ptr<const AlignedClusters> clusters; ///< under the reference's labels; may be null
  std::shared_ptr<const BrainMap> clustersOf;      ///< the reference that they are matched to
  bool builtIn = false;                            ///< belongs to the demo shown at the start
  bool shown = true;
  Look look;
  bool operator==(const MapRow&) const = default; ///< compares pointers
};

/// The image that every shown map is probed with.
struct ProbeImage {
  std::filesystem::path file;
  std::string name;
  std::shared_ptr<const Picture> picture; ///< null when it was not read, as in commands
  bool operator==(const ProbeImage&) const = default;
};

/// A pane, named by its map and what is painted.
struct PaneName {
  int row = 0;      ///< id
  std::string kind; ///< as in Look::kinds
  bool operator==(const PaneName&) const = default;
};

/// A marked vertex in one pane, or in all panes without a mark of their own.
struct Pin {
  VertexOf vertex;
  std::optional<PaneName> pane;
  bool operator==(const Pin&) const = default;
};

/// The state that the window shows, as a value without widgets or VTK objects. Copies are cheap,
/// because they share maps, cortices and pictures.
struct Document {
  std::vector<MapRow> rows;
  std::vector<CortexPointer> cortices; ///< open cortices, the newest last
  std::optional<ProbeImage> probe;
  Look look;                        ///< for new rows and for a bare cortex
  std::optional<int> reference;     ///< row for comparisons; nothing: the first shown
  std::optional<PaneName> enlarged; ///< the only pane to show, if it exists
  Style style;
  Camera camera{.view = View::posterior, .shared = {}, .own = {}}; ///< shows the visual cortex
  std::vector<Pin> pins;
  bool pinsLinked = true; ///< whether a pin belongs to all panes
  std::optional<VertexSelection> selection;
  int nextId = 1; ///< above the id of every row
  bool operator==(const Document&) const = default;
};

/// Returns the grid of a document: a row of panes for each shown map that has a cortex, or else the
/// newest cortex alone. A pane whose kind the map lacks shows the bare cortex with a note. Maps
/// show the newest data on their cortex; rows of data show the kinds that need no map, or else the
/// data.
[[nodiscard]] GridState gridOf(const Document& document);

/// A region of a shown map, and whether it is outlined.
struct RegionChoice {
  std::string name;
  std::string group;
  bool outlined = false;
  bool operator==(const RegionChoice&) const = default;
};
/// Returns the regions of the shown maps, group by group, in the maps' order.
[[nodiscard]] std::vector<RegionChoice> regionsOf(const Document& document);
/// Switches the outlines of these regions on or off.
void outlineRegions(Document& document, const std::vector<std::string>& names, bool outlined);
/// Selects a region of the first shown map that has it; does nothing when none has.
void selectRegion(Document& document, const std::string& name);

/// Returns the newest open cortex that a map fits; null when there is none.
[[nodiscard]] CortexPointer cortexFor(const VertexSet& vertices,
                                      const std::vector<CortexPointer>& cortices);

/// Adds a cortex, in place of one from the same folder, and gives it to the rows that lack one. A
/// cortex from a folder hides the built-in demo.
void addCortex(Document& document, CortexPointer cortex);
/// Replaces a cortex that was read in part by the whole one.
void replaceCortex(Document& document, const CortexPointer& part, const CortexPointer& whole);
/// Appends a row with the document's look, or replaces the row of the same file. Returns its id,
/// which is the given row's when that is not 0. When another row has the same title, the file's
/// name or a number is added to it. A user's map that is not on a built-in mesh hides the built-in
/// demo.
int addMap(Document& document, MapRow row);
/// Appends a row of data, or replaces the data of the same files. Data hide the built-in demo.
int addData(Document& document, std::shared_ptr<const VertexData> data, CortexPointer cortex);
/// Returns the newest open cortex that the data fit; null when there is none. Built-in cortices are
/// not considered, because data come from real brains.
[[nodiscard]] CortexPointer cortexFor(const VertexData& data,
                                      const std::vector<CortexPointer>& cortices);
void removeRow(Document& document, int id);
/// Moves a row to this position among the rows.
void moveRow(Document& document, int id, std::size_t place);
[[nodiscard]] MapRow* findRow(Document& document, int id);
[[nodiscard]] const MapRow* findRow(const Document& document, int id);

/// Sets the shape of one row or, without `id`, of all present and future rows.
void setShape(Document& document, std::optional<int> id, const ShapeMix& shape);
/// Sets the shape by its position on the slider: 0 folded .. 0.5 inflated .. 1 flat, for each row
/// according to the shapes of its cortex.
void setUnfolding(Document& document, std::optional<int> id, double place);
[[nodiscard]] double unfoldingOf(const Document& document, std::optional<int> id);
void setKindShown(Document& document, std::optional<int> id, const std::string& kind, bool shown);
/// Returns the look of a row, or of the document.
[[nodiscard]] const Look& lookOf(const Document& document, std::optional<int> id);
/// Returns the shapes that a row can have or, without `id`, those that every shown cortex has.
[[nodiscard]] std::vector<Shape> shapesOf(const Document& document, std::optional<int> id);

/// Renumbers the channel clusters of maps that show them, to match the reference's: equal colours
/// then stand for similar sets of vertices. Cheap when nothing has changed.
void matchClusters(Document& document);
/// Sets the range of a kind's colours. Throws what requireRange() throws, and then changes nothing.
void setRange(Document& document, const std::string& kind, const RangeChoice& range);
/// Returns the shown kinds whose colours have a range, in the table's order.
[[nodiscard]] std::vector<std::string> rangedKinds(const Document& document);
/// Marks a vertex, in the picked pane or, when pins are linked, in all panes.
void pinVertex(Document& document, const Picked& picked);
/// Links the pins, so that the newest one belongs to all panes, or unlinks them.
void linkPins(Document& document, bool linked);
/// Shows only the pane at this position of the grid, or all panes again.
void toggleEnlarged(Document& document, int row, int column);

/// Sets the image, removes the predictions for the previous one, and shows the prediction column.
void setProbe(Document& document, ProbeImage image);
/// Removes the image and hides the prediction column.
void clearProbe(Document& document);

/// Returns whether anything that is shown is simulated.
[[nodiscard]] bool showsSimulated(const Document& document);
/// Rows whose maps would be lost.
[[nodiscard]] std::vector<int> unsavedRows(const Document& document);

} // namespace cortograph
