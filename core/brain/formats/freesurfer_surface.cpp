#include "base/byte_reader.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "brain/format.h"
#include "brain/formats/freesurfer.h"

#include <array>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using freesurfer::Kind;
using freesurfer::takeThreeBytes;

std::vector<Point> takeFloatPoints(ByteReader& bytes, std::size_t count) {
  bytes.requireLeft(count, sizeof(Point));
  std::vector<Point> points(count);
  for (Point& point : points) {
    for (float& coordinate : point) {
      coordinate = bytes.take<float>();
    }
  }
  return points;
}

/// Takes coordinates in hundredths of a millimetre.
std::vector<Point> takeHundredths(ByteReader& bytes, std::size_t count) {
  bytes.requireLeft(count, 3 * sizeof(std::int16_t));
  std::vector<Point> points(count);
  for (Point& point : points) {
    for (float& coordinate : point) {
      coordinate = static_cast<float>(bytes.take<std::int16_t>() / 100.0);
    }
  }
  return points;
}

/// Takes quadrangles, each of which FreeSurfer splits into two triangles: along its other diagonal
/// when its first vertex is even.
std::vector<Triangle> takeQuadrangles(ByteReader& bytes, std::size_t count) {
  constexpr std::size_t corners = 4;
  bytes.requireLeft(count, corners * 3);
  std::vector<Triangle> triangles;
  triangles.reserve(2 * count);
  for (std::size_t i = 0; i < count; ++i) {
    std::array<std::int32_t, corners> quad{};
    for (std::int32_t& vertex : quad) {
      vertex = takeThreeBytes(bytes);
    }
    const auto [a, b, c, d] = quad;
    if (a % 2 == 0) {
      triangles.insert(triangles.end(), {{a, b, d}, {c, d, b}});
    } else {
      triangles.insert(triangles.end(), {{a, b, c}, {a, c, d}});
    }
  }
  return triangles;
}

/// The geometry of the volume that a surface was made from, in the footer.
struct VolumeGeometry {
  bool valid = false;
  std::array<Point3, 3> axes{{{-1, 0, 0}, {0, 0, -1}, {0, 1, 0}}}; ///< directions, RAS
  Point3 center{};                                                 ///< c_ras, mm
};

/// Reads three numbers; nothing when the text is anything else.
std::optional<Point3> threeIn(std::string_view text) {
  Point3 numbers{};
  for (double& number : numbers) {
    const auto found = numberIn<double>(takeWord(text));
    if (!found) {
      return std::nullopt;
    }
    number = *found;
  }
  return numbers;
}

/// Takes the footer's lines, such as "cras   = 0 29 -49"; not valid when they are something else.
VolumeGeometry takeGeometry(ByteReader& bytes) {
  VolumeGeometry geometry;
  constexpr int lines = 8;
  for (int line = 0; line < lines && bytes.left() > 0; ++line) {
    const std::string_view text = bytes.takeLine();
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      return {};
    }
    const std::string_view key = trimmed(text.substr(0, equals));
    const std::string_view value = trimmed(text.substr(equals + 1));
    if (key == "valid") {
      geometry.valid = value.starts_with('1');
    }
    for (std::size_t axis = 0; axis < 4; ++axis) {
      constexpr std::array<std::string_view, 4> keys{"xras", "yras", "zras", "cras"};
      if (key == keys.at(axis)) {
        const auto numbers = threeIn(value);
        if (!numbers) {
          return {};
        }
        (axis == 3 ? geometry.center : geometry.axes.at(axis)) = *numbers;
      }
    }
  }
  return geometry;
}

/// Takes the footer. Surface coordinates ("tkregister RAS") are those of a volume whose axes i, j,
/// k lead to the left, to inferior and to anterior, and whose centre is the origin.
std::optional<VoxelAffine> takeSurfaceToScanner(ByteReader& bytes) {
  constexpr std::int32_t scannerTag = 2;
  constexpr std::int32_t geometryTag = 20;
  if (bytes.left() < sizeof(std::int32_t)) {
    return std::nullopt;
  }
  std::int32_t tag = bytes.take<std::int32_t>();
  if (tag == scannerTag && bytes.left() >= 2 * sizeof(std::int32_t)) {
    if (bytes.take<std::int32_t>() != 0) {
      return identityAffine;
    }
    tag = bytes.take<std::int32_t>();
  }
  const VolumeGeometry geometry = tag == geometryTag ? takeGeometry(bytes) : VolumeGeometry();
  if (!geometry.valid) {
    return std::nullopt;
  }
  VoxelAffine affine = identityAffine;
  for (std::size_t row = 0; row < 3; ++row) {
    affine[row] = {-geometry.axes[0][row],
                   geometry.axes[2][row],
                   -geometry.axes[1][row],
                   geometry.center[row]};
  }
  return affine;
}

BrainFile readTriangles(ByteReader& bytes) {
  (void)bytes.takeLine(); // "created by … on …"
  (void)bytes.takeLine();
  const auto vertices = bytes.take<std::uint32_t>();
  const auto triangles = bytes.take<std::uint32_t>();
  BrainFile result{.type = "float32"};
  result.surface.emplace().verticesRas = takeFloatPoints(bytes, vertices);
  bytes.requireLeft(triangles, sizeof(Triangle));
  result.surface->triangles.resize(triangles);
  for (Triangle& triangle : result.surface->triangles) {
    for (std::int32_t& vertex : triangle) {
      vertex = bytes.take<std::int32_t>();
    }
  }
  result.surfaceToScanner = takeSurfaceToScanner(bytes);
  return result;
}

BrainFile readQuadrangles(ByteReader& bytes, Kind kind) {
  const auto vertices = static_cast<std::size_t>(takeThreeBytes(bytes));
  const auto quadrangles = static_cast<std::size_t>(takeThreeBytes(bytes));
  const bool isOld = kind == Kind::oldQuadrangles;
  BrainFile result{.type = isOld ? "int16" : "float32"};
  result.surface.emplace().verticesRas =
      isOld ? takeHundredths(bytes, vertices) : takeFloatPoints(bytes, vertices);
  result.surface->triangles = takeQuadrangles(bytes, quadrangles);
  return result;
}

BrainFile readFreesurferSurface(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  ByteReader bytes(mapped.bytes, std::endian::big, file);
  (void)takeThreeBytes(bytes);
  const Kind kind = freesurfer::kindOf(mapped.bytes);
  BrainFile result = kind == Kind::triangles ? readTriangles(bytes) : readQuadrangles(bytes, kind);
  result.shape = {result.surface->verticesRas.size(), 3};
  return result;
}

bool recognizesFreesurferSurface(const fs::path& file) {
  const Kind kind = freesurfer::kindOf(file);
  return kind == Kind::triangles || kind == Kind::newQuadrangles || kind == Kind::oldQuadrangles;
}

} // namespace

namespace formats {

const Format& freesurfer_surface();

const Format& freesurfer_surface() {
  static const Format format{
      .name = "freesurfer-surface",
      .title = "FreeSurfer surfaces",
      .endings = {".white", ".pial", ".inflated", ".sphere", ".orig", ".smoothwm"},
      .specification = "https://surfer.nmr.mgh.harvard.edu/fswiki/FileFormats",
      .contents = {FormatContent::surface},
      .recognizes = &recognizesFreesurferSurface,
      .read = &readFreesurferSurface,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
