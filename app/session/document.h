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

/// How a row is drawn.
struct Look {
  ShapeMix shape = Shape::inflated;
  /// Columns, by map kind name; "layer-weight:3" is of its own layer, "layer-weight" of the
  /// document's.
  std::vector<std::string> kinds{"layer", "space"};
  bool operator==(const Look&) const = default;
};

/// `kept`: on disk as a training that was stopped, but not yet saved by the user.
enum class RowState { saved, unsaved, kept, training };

/// The most characters of a row's title: of a longer one the middle is left out.
inline constexpr std::size_t longestTitle = 120;

/// An open map, or data without one: one row of the grid.
struct MapRow {
  int id = 0;
  std::string title;          ///< as shownText() gives it
  std::filesystem::path file; ///< empty: not saved yet
  RowState state = RowState::saved;
  std::shared_ptr<const BrainMap> map;
  std::shared_ptr<const VertexData> data;          ///< instead of a map; else null
  CortexPointer cortex;                            ///< null: no surfaces of its mesh are open
  std::shared_ptr<const Probe> probe;              ///< null: not probed
  std::shared_ptr<const AlignedClusters> clusters; ///< under the reference's labels; may be null
  std::shared_ptr<const BrainMap> clustersOf;      ///< the reference that they are matched to
  bool builtIn = false;                            ///< of the demo shown at the start
  bool shown = true;
  Look look;
  bool operator==(const MapRow&) const = default; ///< what is pointed to: the very same
};

/// The image that every shown map is probed with.
struct ProbeImage {
  std::filesystem::path file;
  std::string name;
  std::shared_ptr<const Picture> picture; ///< null: not read, as in commands
  bool operator==(const ProbeImage&) const = default;
};

/// A pane by its map and what is painted.
struct PaneName {
  int row = 0;      ///< id
  std::string kind; ///< as in Look::kinds
  bool operator==(const PaneName&) const = default;
};

/// A marked vertex: of one pane, or of all that have no mark of their own.
struct Pin {
  VertexOf vertex;
  std::optional<PaneName> pane;
  bool operator==(const Pin&) const = default;
};

/// What the window shows, as a value: no widget, no VTK object. Copies are cheap: they share maps,
/// cortices and pictures.
struct Document {
  std::vector<MapRow> rows;
  std::vector<CortexPointer> cortices; ///< the newest last
  std::optional<ProbeImage> probe;
  Look look;                        ///< of rows to come, and of a bare cortex
  std::optional<int> reference;     ///< row that differences are taken from; empty: the first shown
  std::optional<PaneName> enlarged; ///< shown alone, while it is there
  Style style;
  Camera camera{View::posterior, {}, {}}; ///< where the visual cortex is seen
  std::vector<Pin> pins;
  bool pinsLinked = true; ///< a pin is of every pane
  std::optional<VertexSelection> selection;
  int nextId = 1; ///< above every row's
  bool operator==(const Document&) const = default;
};

/// The picture of a document: a row of panes for each shown map that has its cortex; without one,
/// the newest cortex alone. A kind that a map cannot give yet shows the bare cortex and says so.
/// Maps show the newest data of their cortex; rows of data what needs no map, and the data at
/// least.
[[nodiscard]] GridState gridOf(const Document& document);

/// A region of a shown map.
struct RegionChoice {
  std::string name;
  std::string group;
  bool outlined = false;
  bool operator==(const RegionChoice&) const = default;
};
/// Group by group, in the maps' order.
[[nodiscard]] std::vector<RegionChoice> regionsOf(const Document& document);
/// Outlines these regions or no longer.
void outlineRegions(Document& document, const std::vector<std::string>& names, bool outlined);
/// Selects a region of the first shown map that has it; nothing changes when none has.
void selectRegion(Document& document, const std::string& name);

/// The newest open cortex that a map fits; null when there is none.
[[nodiscard]] CortexPointer cortexFor(const VertexSet& vertices,
                                      const std::vector<CortexPointer>& cortices);

/// Registers a cortex and gives it to the rows that waited for one. The same folder opened again
/// replaces the first. A cortex of the user's hides the built-in demo.
void addCortex(Document& document, CortexPointer cortex);
/// What was read in part is there whole now.
void replaceCortex(Document& document, const CortexPointer& part, const CortexPointer& whole);
/// Appends a row with the document's look; returns its id: the row's own, where it has one. A title
/// that another row has gets the file's name or a number. The same file opened again replaces its
/// row. A map of the user's that is not on the demo's cortex hides the built-in demo.
int addMap(Document& document, MapRow row);
/// Appends a row of data; the same files opened again replace theirs. Data hide the built-in demo.
int addData(Document& document, std::shared_ptr<const VertexData> data, CortexPointer cortex);
/// The newest open cortex that the data fit: data are of real brains, so none made by the program.
[[nodiscard]] CortexPointer cortexFor(const VertexData& data,
                                      const std::vector<CortexPointer>& cortices);
void removeRow(Document& document, int id);
/// To this place among the rows.
void moveRow(Document& document, int id, std::size_t place);
[[nodiscard]] MapRow* findRow(Document& document, int id);
[[nodiscard]] const MapRow* findRow(const Document& document, int id);

/// For one row, or for all rows and those to come when `id` is empty.
void setShape(Document& document, std::optional<int> id, const ShapeMix& shape);
/// 0 folded .. 0.5 inflated .. 1 flat, each row by what its own cortex has.
void setUnfolding(Document& document, std::optional<int> id, double place);
[[nodiscard]] double unfoldingOf(const Document& document, std::optional<int> id);
void setKindShown(Document& document, std::optional<int> id, const std::string& kind, bool shown);
/// The look of a row, or of the document.
[[nodiscard]] const Look& lookOf(const Document& document, std::optional<int> id);
/// Shapes that a row can take; with no id, those of every shown cortex.
[[nodiscard]] std::vector<Shape> shapesOf(const Document& document, std::optional<int> id);

/// Numbers the channel clusters of the shown maps as the reference's, where channels are shown, so
/// that equal colours mean equal vertices. Cheap when nothing has changed.
void matchClusters(Document& document);
/// Throws what requireRange() does; then nothing has changed.
void setRange(Document& document, const std::string& kind, const RangeChoice& range);
/// Kinds on show whose colours run over a range, in the table's order.
[[nodiscard]] std::vector<std::string> rangedKinds(const Document& document);
/// Marks a vertex, in the pane at this place of the grid or, where pins are linked, in all.
void pinVertex(Document& document, const Picked& picked);
/// The newest pin is of every pane from now on, or each pane has its own.
void linkPins(Document& document, bool linked);
/// Shows the pane at this place of the grid alone, or all again.
void toggleEnlarged(Document& document, int row, int column);

/// A new image: forgets the predictions for the last one and shows the prediction column.
void setProbe(Document& document, ProbeImage image);
/// Forgets the image and hides the prediction column.
void clearProbe(Document& document);

/// Whether anything on show was made by a simulation.
[[nodiscard]] bool showsSimulated(const Document& document);
/// Rows whose maps would be lost.
[[nodiscard]] std::vector<int> unsavedRows(const Document& document);

} // namespace cortograph
