#include "brain/volume_sampling.h"

#include "base/error.h"
#include "base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

namespace {

constexpr float noData = std::numeric_limits<float>::quiet_NaN();

/// One frame of a volume, read at points in voxel coordinates.
class Frame {
public:
  Frame(const Volume& volume, std::size_t frame)
      : volume_(volume), values_(volume.values.data() + frame * volume.voxels()) {}

  [[nodiscard]] float nearest(const Point3& voxel) const {
    std::array<std::size_t, 3> index{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double rounded = std::floor(voxel.at(axis) + 0.5);
      if (!(rounded >= 0 && rounded < static_cast<double>(volume_.extent.at(axis)))) {
        return noData;
      }
      index.at(axis) = static_cast<std::size_t>(rounded);
    }
    return values_[volume_.indexOf(index[0], index[1], index[2])];
  }

  [[nodiscard]] float linear(const Point3& voxel) const {
    std::array<std::array<std::size_t, 2>, 3> corners{};
    Point3 share{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto last = static_cast<double>(volume_.extent.at(axis)) - 1;
      if (!(voxel.at(axis) >= 0 && voxel.at(axis) <= last)) {
        return noData;
      }
      const double low = std::min(std::floor(voxel.at(axis)), std::max(0.0, last - 1));
      share.at(axis) = voxel.at(axis) - low;
      const auto first = static_cast<std::size_t>(low);
      corners.at(axis) = {first, last == 0 ? first : first + 1};
    }
    double sum = 0;
    for (std::size_t corner = 0; corner < 8; ++corner) {
      double weight = 1;
      std::array<std::size_t, 3> index{};
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const std::size_t end = corner >> axis & 1U;
        index.at(axis) = corners.at(axis).at(end);
        weight *= end == 1 ? share.at(axis) : 1 - share.at(axis);
      }
      if (weight != 0) { // a voxel without weight may be without data
        sum += weight * static_cast<double>(values_[volume_.indexOf(index[0], index[1], index[2])]);
      }
    }
    return static_cast<float>(sum);
  }

private:
  const Volume& volume_;
  const float* values_;
};

/// Returns the most frequent of values that are not empty.
float majorityOf(std::vector<float>& values) {
  std::ranges::sort(values);
  float best = values.front();
  std::size_t most = 0;
  for (auto first = values.begin(); first != values.end();) {
    const auto last = std::upper_bound(first, values.end(), *first);
    if (const auto count = static_cast<std::size_t>(last - first); count > most) {
      most = count;
      best = *first;
    }
    first = last;
  }
  return best;
}

float merged(std::vector<float>& values, DepthMerge merge) {
  std::erase_if(values, [](float value) { return std::isnan(value); });
  if (values.empty()) {
    return noData;
  }
  if (merge == DepthMerge::maximum) {
    return *std::ranges::max_element(values);
  }
  if (merge == DepthMerge::majority) {
    return majorityOf(values);
  }
  double sum = 0;
  for (const float value : values) {
    sum += value;
  }
  return static_cast<float>(sum / static_cast<double>(values.size()));
}

/// Returns the place of a sample on the line from white to pial.
Point3 placeAt(const Point& white, const Point& pial, double depth) {
  Point3 place{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double from = white.at(axis);
    place.at(axis) = from + depth * (static_cast<double>(pial.at(axis)) - from);
  }
  return place;
}

double thickness(const Point& white, const Point& pial) {
  return std::hypot(static_cast<double>(pial[0]) - white[0],
                    static_cast<double>(pial[1]) - white[1],
                    static_cast<double>(pial[2]) - white[2]);
}

const Surface& surfaceOf(const Hemisphere& hemisphere, Shape wanted, Shape other) {
  for (const Shape shape : {wanted, other}) {
    if (const auto found = hemisphere.shapes.find(shape); found != hemisphere.shapes.end()) {
      return found->second;
    }
  }
  throw Error(ErrorKind::notFound,
              "The " + std::string(toString(hemisphere.side)) +
                  " side has neither a white nor a pial surface, between which a volume is "
                  "sampled; add lh.white and lh.pial, or files like them, to the folder.");
}

} // namespace

std::vector<float> sampleVolume(const Volume& volume,
                                std::size_t frame,
                                const Surface& white,
                                const Surface& pial,
                                const VolumeSampling& sampling) {
  if (white.verticesRas.size() != pial.verticesRas.size()) {
    throw Error(ErrorKind::mismatch,
                "The white surface has " + std::to_string(white.verticesRas.size()) +
                    " vertices and the pial one " + std::to_string(pial.verticesRas.size()) +
                    "; give surfaces of the same person.");
  }
  const VoxelAffine toVoxel = sampling.surfaceToScanner
                                  ? product(inverse(volume.affine), *sampling.surfaceToScanner)
                                  : inverse(volume.affine);
  const Frame values(volume, frame);
  const bool byDistance = !sampling.distancesMm.empty();
  const std::vector<double>& places = byDistance ? sampling.distancesMm : sampling.depths;
  std::vector<float> result(white.verticesRas.size());
  constexpr int chunks = 64;
  const auto count = static_cast<std::int64_t>(result.size());
  inChunks(chunks, count, [&](int /*chunk*/, std::int64_t first, std::int64_t last) {
    std::vector<float> samples;
    for (auto vertex = static_cast<std::size_t>(first); vertex < static_cast<std::size_t>(last);
         ++vertex) {
      const Point& inner = white.verticesRas[vertex];
      const Point& outer = pial.verticesRas[vertex];
      const double length = byDistance ? thickness(inner, outer) : 1;
      samples.clear();
      for (const double place : places) {
        // Where both surfaces touch, all distances fall on one point.
        const double depth = length > 0 ? place / length : 0;
        const Point3 voxel = transformed(toVoxel, placeAt(inner, outer, depth));
        samples.push_back(sampling.read == VoxelRead::linear ? values.linear(voxel)
                                                             : values.nearest(voxel));
      }
      result[vertex] = merged(samples, sampling.merge);
    }
  });
  return result;
}

VertexData
sampleOnCortex(const Volume& volume, const Cortex& cortex, const VolumeSampling& sampling) {
  VertexData data{.name = "volume", .mesh = cortex.mesh};
  for (std::size_t frame = 0; frame < volume.frames; ++frame) {
    VertexColumn column{.name = std::to_string(frame + 1), .values = {}};
    for (const Side side : bothSides) {
      if (cortex.has(side)) {
        const Hemisphere& hemisphere = cortex.hemisphere(side);
        VolumeSampling placed = sampling;
        placed.surfaceToScanner = hemisphere.surfaceToScanner;
        column.values.at(static_cast<std::size_t>(side)) =
            sampleVolume(volume,
                         frame,
                         surfaceOf(hemisphere, Shape::white, Shape::pial),
                         surfaceOf(hemisphere, Shape::pial, Shape::white),
                         placed);
      }
    }
    data.columns.push_back(std::move(column));
  }
  return data;
}

} // namespace cortograph
