#pragma once

#include "brain/surface.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

namespace cortograph::test {

/// Returns a number as FreeSurfer stores it, most significant byte first.
template <class T> std::string bigEndian(T number) {
  auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(number);
  std::reverse(bytes.begin(), bytes.end());
  return {bytes.begin(), bytes.end()};
}
inline std::string threeBytes(std::uint32_t number) {
  return bigEndian(number).substr(1);
}
template <class T> std::string bigEndian(const std::vector<T>& numbers) {
  std::string bytes;
  for (const T number : numbers) {
    bytes += bigEndian(number);
  }
  return bytes;
}
inline std::string int32s(const std::vector<std::int32_t>& numbers) {
  return bigEndian(numbers);
}

/// Returns the bytes of a triangle surface.
inline std::string triangleFile(const Surface& surface, const std::string& footer = {}) {
  std::string bytes = "\xFF\xFF\xFE" + std::string("created by a test\n\n") +
                      int32s({static_cast<std::int32_t>(surface.verticesRas.size()),
                              static_cast<std::int32_t>(surface.triangles.size())});
  for (const Point& point : surface.verticesRas) {
    bytes += bigEndian(std::vector<float>(point.begin(), point.end()));
  }
  for (const Triangle& triangle : surface.triangles) {
    bytes += int32s({triangle.begin(), triangle.end()});
  }
  return bytes + footer;
}

/// Returns the bytes of a morph file of the new kind.
inline std::string morphFile(const std::vector<float>& values) {
  return "\xFF\xFF\xFF" + int32s({static_cast<std::int32_t>(values.size()), 4, 1}) +
         bigEndian(values);
}

/// Returns the bytes of a patch of the new kind; negative numbers are of its border.
inline std::string patchFile(const std::vector<std::int32_t>& stored,
                             const std::vector<Point>& points) {
  std::string bytes = int32s({-1, static_cast<std::int32_t>(stored.size())});
  for (std::size_t i = 0; i < stored.size(); ++i) {
    bytes +=
        bigEndian(stored[i]) + bigEndian(std::vector<float>(points[i].begin(), points[i].end()));
  }
  return bytes;
}

/// Returns a text as tables of colours store it.
inline std::string countedText(const std::string& text) {
  return bigEndian(static_cast<std::int32_t>(text.size() + 1)) + text + std::string(1, '\0');
}

/// Returns the bytes of an MGH file of this type, before its footer.
inline std::string mghFile(const std::array<std::int32_t, 4>& extent,
                           std::int32_t type,
                           const std::string& values,
                           const std::string& geometry = {}) {
  std::string header = int32s({1, extent[0], extent[1], extent[2], extent[3], type, 0});
  header += geometry.empty() ? bigEndian(std::int16_t{0}) : bigEndian(std::int16_t{1}) + geometry;
  header.resize(284, '\0');
  return header + values;
}

} // namespace cortograph::test
