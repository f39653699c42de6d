#pragma once

#include "brain/vertex_data.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cortograph {

/// How the vertices of one mesh take values from those of another. Both meshes have registered
/// spheres, on which equal places stand for equal places of the cortex.
enum class ResampleMethod {
  nearest,     ///< the value of the corner with the largest weight in the triangle around a vertex
  barycentric, ///< the mean of the three corners of that triangle
  adaptive     ///< as barycentric; where the new mesh is coarser, a mean of all old vertices nearby
};
inline constexpr std::array<ResampleMethod, 3> allResampleMethods{
    ResampleMethod::nearest, ResampleMethod::barycentric, ResampleMethod::adaptive};
[[nodiscard]] std::string_view toString(ResampleMethod method) noexcept; ///< "barycentric"

/// The old vertices of which each new vertex takes a weighted mean.
struct Resampling {
  std::size_t from = 0;           ///< number of old vertices
  std::vector<std::size_t> first; ///< to + 1 offsets into `vertex` and `weight`
  std::vector<std::int32_t> vertex;
  std::vector<float> weight; ///< positive; their sum for each new vertex is 1

  [[nodiscard]] std::size_t to() const { return first.size() - 1; }
};

/// The areas of the vertices of both meshes on the cortex, in mm².
struct ResampleAreas {
  std::vector<float> from;
  std::vector<float> to;
};

/// Computes the weights between two registered spheres. The adaptive method weighs the vertices by
/// their areas, so that the sum of values × areas hardly changes. Cost: 0.3 s for 163,842 vertices
/// each, half of it without the adaptive method. Throws Error{mismatch} when a surface is not a
/// sphere (requireSphere) or, for the adaptive method, when the areas are not one for each vertex.
/// Source of the adaptive method: ADAP_BARY_AREA of Connectome Workbench
/// (https://www.humanconnectome.org/software/workbench-command/-metric-resample).
[[nodiscard]] Resampling resampling(const Surface& from,
                                    const Surface& to,
                                    ResampleMethod method,
                                    const ResampleAreas& areas = {});

/// Returns the weights from a mesh to a coarser nested one (fsaverage to fsaverage5), which has its
/// first vertices. Throws Error{mismatch} when the new mesh is finer.
[[nodiscard]] Resampling nestedResampling(std::size_t from, std::size_t to);

/// Resamples the values of one side: numbers by the weighted mean, labels by the largest sum of
/// weights. Old vertices without a value (NaN) don't take part; a new vertex is NaN when none of
/// its old vertices has one. Throws Error{mismatch} when there is not one value for each old
/// vertex.
[[nodiscard]] std::vector<float> resampled(const Resampling& resampling,
                                           std::span<const float> values,
                                           VertexDataKind kind = VertexDataKind::numbers);

/// Resamples all columns of the sides that have data, each with the weights of its side.
[[nodiscard]] VertexData resampled(const VertexData& data,
                                   const std::array<Resampling, 2>& resamplings);

} // namespace cortograph
