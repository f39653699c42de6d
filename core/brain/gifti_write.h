#pragma once

#include "brain/surface.h"
#include "brain/vertex_data.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// Writes a surface as a GIFTI file (https://www.nitrc.org/projects/gifti), whole or not at all, as
/// gzipped base64 of float32 and int32. The side is recorded as AnatomicalStructurePrimary, so that
/// readers need not look at the name; `subject`, when given, as SubjectID. Throws Error{file}.
void writeSurface(const std::filesystem::path& file,
                  const Surface& surface,
                  Side side,
                  Shape shape,
                  const std::string& subject = {});

/// Writes one number per vertex in the same way; `name` says what it is: "curvature".
void writeVertexData(const std::filesystem::path& file,
                     const std::vector<float>& values,
                     Side side,
                     const std::string& name);

/// Writes all columns of one side: numbers as float32, labels as int32 with their table, time
/// courses with their step. Labels without a value become 0. Throws also Error{mismatch} when the
/// side has no data.
void writeVertexData(const std::filesystem::path& file, const VertexData& data, Side side);

} // namespace cortograph
