#pragma once

#include "base/array.h"
#include "base/xml.h"
#include "brain/surface.h"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The content of a GIFTI file, private to formats/.
namespace cortograph::gifti {

using Metadata = std::map<std::string, std::string>;

enum class Role { points, triangles, labels, series, values };

/// A CoordinateSystemTransformMatrix element. It is read but not applied, as in other readers.
struct CoordinateTransform {
  std::string dataSpace;        ///< "NIFTI_XFORM_SCANNER_ANAT"; may be empty
  std::string transformedSpace; ///< "NIFTI_XFORM_TALAIRACH"; may be empty
  std::array<double, 16> matrix{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}; ///< row-major
};

struct DataArray {
  Role role = Role::values;
  std::string name;     ///< from its metadata; may be empty
  std::string type;     ///< of the stored numbers: "float32"
  Array<double> values; ///< row-major in any case; exact for every type except int64
  Metadata metadata;
  std::vector<CoordinateTransform> transforms;
};

struct Label {
  int key = 0;
  std::string name;
  std::optional<std::array<float, 4>> color; ///< red, green, blue, alpha, 0 to 1
};

/// Reads the key and the colour of a Label element, which CIFTI has too; its text is the name. The
/// colour may be missing, and so may the alpha of an opaque one.
[[nodiscard]] Label labelOf(const XmlAttributes& attributes, const XmlHandler& handler);

struct Content {
  std::vector<DataArray> arrays; ///< at least one, none empty
  std::vector<Label> labels;
  std::optional<Side> side; ///< from AnatomicalStructurePrimary
  std::string subject;      ///< from SubjectID
  Metadata metadata;        ///< of the whole file
};

/// Returns whether the file, gzipped or not, begins as GIFTI does. Never throws.
[[nodiscard]] bool recognizes(const std::filesystem::path& path);

/// Reads a file of GIFTI 1.0 (https://www.nitrc.org/projects/gifti), gzipped or not, in any
/// encoding and byte order. A wrong count (NumberOfDataArrays, Dim0) leads to a warning, and all
/// data present are read; a damaged file is refused. Values in another file are read only from the
/// folder of this one. Throws Error{file, format, unsupported}.
[[nodiscard]] Content read(const std::filesystem::path& path);

/// Reads a file's unpacked text in the same way; `path` stands for the file.
[[nodiscard]] Content readText(std::string_view text, const std::filesystem::path& path);

} // namespace cortograph::gifti
