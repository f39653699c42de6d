#pragma once

#include "core/brain/nifti_bytes.h"

/// Small files of formats without real test material, written by hand from their specifications.
/// The mesh is a tetrahedron with the corners 0 0 0, 1 0 0, 0 1 0 and 0 0 1.5.
namespace cortograph::test {

inline const std::vector<double> cornerNumbers{0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1.5};
inline const std::vector<double> triangleNumbers{0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2};

/// What a .mz3 file holds: the sum of 1 faces, 2 vertices, 4 colours, 8 float32 and 16 float64.
inline std::string mz3Bytes(std::uint16_t attributes, const std::vector<double>& values) {
  std::string bytes = "MZ" + storedAs(attributes, false) + storedAs(std::uint32_t{4}, false) +
                      storedAs(std::uint32_t{4}, false) + storedAs(std::uint32_t{3}, false) + "???";
  if ((attributes & 1U) != 0) {
    bytes += storedAll<std::int32_t>(triangleNumbers);
  }
  if ((attributes & 2U) != 0) {
    bytes += storedAll<float>(cornerNumbers);
  }
  if ((attributes & 4U) != 0) {
    bytes += std::string(16, '\x7f');
  }
  return bytes + ((attributes & 16U) != 0 ? storedAll<double>(values) : storedAll<float>(values));
}

/// A PLY header with normals, colours, and an element of another program.
inline std::string plyHeader(const std::string& encoding) {
  return "ply\nformat " + encoding +
         " 1.0\ncomment made by hand\nelement camera 1\nproperty list uchar short pose\nproperty "
         "double zoom\nelement vertex 4\nproperty float x\nproperty float y\nproperty float "
         "z\nproperty uchar red\nelement face 4\nproperty list uchar int vertex_indices\nproperty "
         "int label\nend_header\n";
}

inline std::string plyText() {
  return plyHeader("ascii") +
         "2 7 -8 0.5\n0 0 0 255\n1 0 0 255\n0 1 0 255\n0 0 1.5 0\n3 0 2 1 9\n3 0 1 "
         "3 9\n3 1 2 3 9\n3 0 3 2 9\n";
}

inline std::string plyBinary(bool bigEndian) {
  std::string bytes = plyHeader(bigEndian ? "binary_big_endian" : "binary_little_endian") + '\2' +
                      storedAll<std::int16_t>({7, -8}, bigEndian) +
                      storedAll<double>({0.5}, bigEndian);
  for (std::size_t vertex = 0; vertex < 4; ++vertex) {
    const auto at = cornerNumbers.begin() + static_cast<std::ptrdiff_t>(3 * vertex);
    bytes += storedAll<float>({at, at + 3}, bigEndian) + '\xff';
  }
  for (std::size_t face = 0; face < 4; ++face) {
    const auto at = triangleNumbers.begin() + static_cast<std::ptrdiff_t>(3 * face);
    bytes += '\3' + storedAll<std::int32_t>({at, at + 3}, bigEndian) +
             storedAll<std::int32_t>({9}, bigEndian);
  }
  return bytes;
}

/// The faces count from 1, and backwards.
inline std::string objText() {
  return "# made by hand\no brain\nv 0 0 0\nv 1 0 0\nv 0 1 0 0.5 0.5 0.5\nv 0 0 1.5\nvn 0 0 1\nf 1 "
         "3 2\nf "
         "1//1 2//1 4//1\nf 2/1/1 3/1/1 4/1/1\nf -4 -1 -2\n";
}

/// MNE's time courses: from -100 ms on in steps of 2 ms.
inline std::string stcBytes(const std::vector<double>& vertices,
                            const std::vector<double>& values) {
  const auto times = static_cast<std::uint32_t>(values.size() / vertices.size());
  return storedAll<float>({-100, 2}, true) +
         storedAs(static_cast<std::uint32_t>(vertices.size()), true) +
         storedAll<std::uint32_t>(vertices, true) + storedAs(times, true) +
         storedAll<float>(values, true);
}

} // namespace cortograph::test
