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

/// An opened map file.
struct OpenedMap {
  std::filesystem::path file;
  std::shared_ptr<const BrainMap> map;
  /// The cortex that the map lies on, built in or in the folder that the map records. Null when it
  /// lies on a known cortex, or on none.
  CortexPointer cortex;
};
/// Opened vertex data.
struct OpenedData {
  std::shared_ptr<const VertexData> data;
  CortexPointer cortex; ///< open, or in the files' folder; null when neither has their mesh
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

/// The files that were opened, surfaces first, and the errors of the others.
struct OpenedFiles {
  std::vector<Opened> opened;
  std::vector<Error> errors;
};

/// Functions that read some kinds of files.
struct FileReaders {
  CortexReader cortex = readCortex;
  SavedViewReader savedView; ///< empty: figures are opened as images
};

/// Opens files and folders that the user chose or dropped: maps, surfaces (a folder, or one of its
/// files), vertex data (left and right files of one name are merged), figures of this program,
/// images, files of weights and subject folders. They are recognised by their content. For each
/// file that can't be opened, the result holds an Error. `known` are the open cortices.
[[nodiscard]] OpenedFiles openFiles(const std::vector<std::filesystem::path>& files,
                                    const std::vector<CortexPointer>& known,
                                    const Control& control,
                                    const FileReaders& readers);

/// Opens what the program shows when no files were given: a built-in cortex and its maps.
[[nodiscard]] OpenedFiles openShipped(const Control& control);

/// Returns the error for a map, or for data, without a cortex to be drawn on.
[[nodiscard]] Error needsSurfaces(const std::filesystem::path& file, const VertexSet& vertices);
[[nodiscard]] Error needsSurfaces(const VertexData& data);

} // namespace cortograph
