#pragma once

#include "brain/parcellation.h"
#include "brain/vertex_set.h"
#include "subject/layouts/folder_description.h"

#include <array>
#include <cstddef>
#include <optional>

namespace cortograph {

/// The columns of a plain folder's responses: of each side, or of all when the files don't state
/// sides.
struct ResponseColumns {
  std::size_t all = 0;
  std::optional<std::array<std::size_t, 2>> ofSide;
};

/// Returns the vertices that the columns are of: those that the description lists, else all of
/// `mesh`, or of the mesh that the sides' numbers of columns suggest. Without any of these the
/// columns are voxels without a place. Throws Error{mismatch} when numbers disagree,
/// Error{notFound} when vertices are listed but their mesh is not known.
[[nodiscard]] VertexSet readVertices(const FolderDescription& description,
                                     const std::optional<MeshSpace>& mesh,
                                     const ResponseColumns& columns);

/// Reads the regions in a folder: NAME.npy and GROUP/NAME.npy, sorted by name, which hold 0 and 1
/// for each modelled vertex or for each of the mesh, left before right, or numbers of modelled
/// vertices; and files of labels, masks and atlases on the mesh. Throws Error{mismatch} that names
/// the file, and what readRegions() throws.
[[nodiscard]] Parcellation readRegionFolder(const std::filesystem::path& folder,
                                            const VertexSet& vertices);

} // namespace cortograph
