#pragma once

#include "app/session/document.h"
#include "app/session/open_figure.h"
#include "base/control.h"
#include "base/error.h"
#include "base/picture.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace cortograph {

struct OpenedMap {
  std::filesystem::path file;
  std::shared_ptr<const BrainMap> map;
  /// The cortex it was found to lie on: recorded in the map, or the demo's. Null: among those
  /// known, or none.
  CortexPointer cortex;
};
struct OpenedData {
  std::shared_ptr<const VertexData> data;
  CortexPointer cortex; ///< null: no open surfaces, nor those beside the files, are of its mesh
};
struct OpenedImage {
  std::filesystem::path file;
  std::shared_ptr<const Picture> picture;
};
struct OpenedNetwork {
  std::filesystem::path file;
};
struct OpenedSubject {
  std::filesystem::path folder;
};

using Opened = std::variant<CortexPointer,
                            OpenedMap,
                            OpenedData,
                            OpenedImage,
                            OpenedFigure,
                            OpenedNetwork,
                            OpenedSubject>;

/// What could be opened, surfaces first, and what could not.
struct OpenedFiles {
  std::vector<Opened> opened;
  std::vector<Error> errors;
};

/// How some files are read.
struct FileReaders {
  CortexReader cortex = readCortex;
  SavedViewReader savedView; ///< none: no figure is opened
};

/// Opens whatever was chosen or dropped: maps, surfaces (a folder, or one of its files), vertex
/// data (left and right files of one name are one), figures of this program, images, weights files,
/// subject folders, told by content. One that cannot be opened is an Error among the results; the
/// others still are opened. `known` are the cortices open already.
[[nodiscard]] OpenedFiles openFiles(const std::vector<std::filesystem::path>& files,
                                    const std::vector<CortexPointer>& known,
                                    const Control& control,
                                    const FileReaders& readers);

/// Throw Error{unsupported} where the folder does not hold a subject, or surfaces.
void requireSubject(const std::filesystem::path& folder);
void requireSurfaces(const std::filesystem::path& folder);

/// What the program shows when nothing was named: a cortex and maps that come with it.
[[nodiscard]] OpenedFiles openShipped(const Control& control);

/// What the user is told when a map has no cortex to be drawn on.
[[nodiscard]] Error needsSurfaces(const std::filesystem::path& file, const VertexSet& vertices);
[[nodiscard]] Error needsSurfaces(const VertexData& data);

} // namespace cortograph
