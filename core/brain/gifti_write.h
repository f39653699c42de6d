#pragma once

#include "brain/surface.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// GIFTI files, gzipped base64, float32 and int32, whole or absent. The side is recorded as
/// AnatomicalStructurePrimary, so that a reader can tell it without the name; `subject`, when
/// given, as SubjectID. Throw Error{file}. https://www.nitrc.org/projects/gifti
void writeSurface(const std::filesystem::path& file,
                  const Surface& surface,
                  Side side,
                  Shape shape,
                  const std::string& subject = {});

/// One number a vertex; `name` says what it is: "curvature".
void writeVertexData(const std::filesystem::path& file,
                     const std::vector<float>& values,
                     Side side,
                     const std::string& name);

} // namespace cortograph
