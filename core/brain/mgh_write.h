#pragma once

#include "brain/volume.h"

#include <filesystem>
#include <vector>

namespace cortograph {

/// Writes numbers of vertices as an MGH file (https://surfer.nmr.mgh.harvard.edu/fswiki/FsTutorial/
/// MghFormat) of float32, vertices x 1 x 1 x columns, whole or not at all; gzipped when its name
/// ends in .mgz or .gz. `columns` holds at least one column, all of one length; `timeStep` is the
/// time between them in s, 0 when they are no series. Throws Error{file}.
void writeMgh(const std::filesystem::path& file,
              const std::vector<std::vector<float>>& columns,
              double timeStep = 0);

/// Writes a volume or a series of volumes in the same way.
void writeMgh(const std::filesystem::path& file, const Volume& volume, double timeStep = 0);

} // namespace cortograph
