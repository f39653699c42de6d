#pragma once

#include "brain/parcellation.h"
#include "brain/vertex_data.h"
#include "brain/vertex_set.h"

#include <filesystem>
#include <vector>

namespace cortograph {

/// Makes regions of the N vertices from numbers of regions. These get their names from the data's
/// labels, else from the published atlas that the file's name states (atlasOf). Data of 0 and 1
/// become one region with the data's name ("lh.V1.label" is V1), other whole numbers "NAME-1",
/// "NAME-2", … Regions without a modelled vertex, and labels called unknown or "???", are left out.
/// The group of a region is its atlas, else its column. Data on a finer fsaverage apply, since the
/// first vertices of each are those of the coarser ones. Throws Error{mismatch} when the data lie
/// on another mesh, Error{format} when they are not whole numbers.
[[nodiscard]] Parcellation regionsOf(const VertexData& data, const VertexSet& vertices);

/// Reads files of regions: labels, masks, and atlases of numbers. Files of both sides with the same
/// name are merged. Throws what readVertexDataFiles() and regionsOf() throw, and Error{notFound}
/// when a file has no region with a modelled vertex.
[[nodiscard]] Parcellation readRegions(const std::vector<std::filesystem::path>& files,
                                       const VertexSet& vertices);

/// Adds regions to a parcellation. A region replaces the one of the same name and group.
void addRegions(Parcellation& parcellation, Parcellation more);

/// Computes the area of each region in mm²: each vertex has a third of the areas of its triangles,
/// as the mean of the white and the pial surface, or on the one that is there. NaN when a side with
/// vertices has neither.
[[nodiscard]] std::vector<double>
areasOf(const Parcellation& regions, const VertexSet& vertices, const Cortex& cortex);

} // namespace cortograph
