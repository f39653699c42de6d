#pragma once

#include "base/array.h"
#include "brain/formats/gifti_xml.h"
#include "brain/surface.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// The content of a GIFTI file, private to formats/gifti.cpp.
namespace cortograph::gifti {

enum class Role { points, triangles, labels, values };

struct DataArray {
  Role role = Role::values;
  std::string name;     ///< from its metadata; may be empty
  Array<double> values; ///< row-major whatever the file's order; every type fits exactly but int64
};

struct Content {
  std::vector<DataArray> arrays; ///< at least one, none empty
  std::vector<Label> labels;
  std::optional<Side> side; ///< from AnatomicalStructurePrimary
  std::string subject;      ///< from SubjectID
};

/// Whether the file, gzipped or not, begins as GIFTI does; never throws.
[[nodiscard]] bool recognises(const std::filesystem::path& path);

/// Reads a file, gzipped or not, with ASCII, base64, gzipped base64 or external values of either
/// byte order. External files must lie in the file's own folder. An array of more or fewer values
/// than it promises is warned of and read, as nibabel does; what is damaged is refused, never
/// filled in. Throws Error{file, format, unsupported}.
[[nodiscard]] Content read(const std::filesystem::path& path);

} // namespace cortograph::gifti
