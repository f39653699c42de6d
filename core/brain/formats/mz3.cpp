#include "base/byte_reader.h"
#include "base/error.h"
#include "base/gzip.h"
#include "brain/format.h"

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t headerSize = 16;

/// Bits of what a file holds, in this order.
enum Attribute : std::uint16_t {
  hasFaces = 1,
  hasVertices = 2,
  hasColors = 4,
  hasFloats = 8,
  hasDoubles = 16
};

struct Header {
  std::uint16_t attributes = 0;
  std::uint32_t faces = 0;
  std::uint32_t vertices = 0;

  [[nodiscard]] bool has(Attribute attribute) const { return (attributes & attribute) != 0; }
};

/// Takes the header, and what it says to skip.
Header takeHeader(ByteReader& bytes) {
  bytes.takeBytes(2); // "MZ"
  Header header;
  header.attributes = bytes.take<std::uint16_t>();
  header.faces = bytes.take<std::uint32_t>();
  header.vertices = bytes.take<std::uint32_t>();
  bytes.takeBytes(bytes.take<std::uint32_t>());
  return header;
}

void takeSurface(ByteReader& bytes, const Header& header, Surface& surface) {
  if (header.has(hasFaces)) {
    bytes.requireLeft(header.faces, sizeof(Triangle));
    surface.triangles.resize(header.faces);
    for (Triangle& triangle : surface.triangles) {
      for (std::int32_t& vertex : triangle) {
        vertex = bytes.take<std::int32_t>();
      }
    }
  }
  if (header.has(hasVertices)) {
    bytes.requireLeft(header.vertices, sizeof(Point));
    surface.verticesRas.resize(header.vertices);
    for (Point& point : surface.verticesRas) {
      for (float& coordinate : point) {
        coordinate = bytes.take<float>();
      }
    }
  }
}

/// Takes columns of numbers of type T as long as whole ones follow.
template <class T> void takeColumns(ByteReader& bytes, std::size_t vertices, BrainFile& result) {
  while (vertices > 0 && bytes.left() / sizeof(T) >= vertices) {
    std::vector<float>& values = result.columns.emplace_back().values;
    values.reserve(vertices);
    for (std::size_t i = 0; i < vertices; ++i) {
      values.push_back(static_cast<float>(bytes.take<T>()));
    }
  }
}

BrainFile readMz3(const fs::path& file) {
  const std::string unpacked = readUnpacked(file);
  ByteReader bytes(std::as_bytes(std::span(unpacked)), std::endian::little, file);
  const Header header = takeHeader(bytes);
  BrainFile result{.shape = {header.vertices}, .type = "float32"};
  Surface surface;
  takeSurface(bytes, header, surface);
  if (header.has(hasVertices)) {
    result.shape.push_back(3);
    result.surface = std::move(surface);
  }
  if (header.has(hasColors)) {
    constexpr std::size_t colorSize = 4;
    bytes.takeBytes(header.vertices * colorSize);
    result.notes.emplace_back("the colours of the vertices are not read");
  }
  if (header.has(hasDoubles)) {
    result.type = "float64";
    takeColumns<double>(bytes, header.vertices, result);
  } else if (header.has(hasFloats)) {
    takeColumns<float>(bytes, header.vertices, result);
  }
  if (!result.surface && result.columns.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " holds neither vertices nor numbers of vertices, but a mesh or "
                                "vertex data are expected; save it again.");
  }
  return result;
}

bool recognizesMz3(const fs::path& file) {
  const std::string start = firstBytes(file, headerSize);
  constexpr unsigned known = 127;
  return start.size() == headerSize && start.starts_with("MZ") &&
         static_cast<unsigned char>(start[2]) <= known && start[2] != 0 && start[3] == 0;
}

} // namespace

namespace formats {

const Format& mz3();

const Format& mz3() {
  static const Format format{
      .name = "mz3",
      .title = "Surfice meshes and vertex data",
      .endings = {".mz3"},
      .specification = "https://github.com/neurolabusc/surf-ice/tree/master/mz3",
      .contents = {FormatContent::surface, FormatContent::vertexData},
      .recognizes = &recognizesMz3,
      .read = &readMz3,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
