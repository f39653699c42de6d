#include "compute/cosine_means.h"

#include "compute/compute.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <limits>
#include <string>

namespace cortograph {

namespace {

void report(const Control& control, const char* what, std::int64_t done, std::int64_t total) {
  control.cancel.throwIfCanceled();
  control.report({.what = std::string("clustering channels, ") + what,
                  .done = static_cast<double>(done),
                  .total = static_cast<double>(total),
                  .unit = what,
                  .secondsLeft = std::nullopt});
}

/// Returns the index at which the sum of the weights exceeds `share` of the total: a weighted draw.
std::int64_t drawn(const std::vector<float>& weights, double share) {
  double sum = 0;
  for (const float weight : weights) {
    sum += static_cast<double>(weight);
  }
  const double wanted = share * sum;
  double reached = 0;
  std::size_t last = 0; // the result even if rounding puts `wanted` beyond the end
  for (std::size_t i = 0; i < weights.size(); ++i) {
    reached += static_cast<double>(weights[i]);
    if (weights[i] > 0) {
      last = i;
      if (reached > wanted) {
        break;
      }
    }
  }
  return static_cast<std::int64_t>(last);
}

/// Calls `work(first, count)` for blocks of the rows, in parallel.
template <class Work> void forBlocks(std::int64_t rows, const Work& work) {
  constexpr std::int64_t blockRows = 512; // 512 × 1,000 cosines fit into the cache
  inParallel((rows + blockRows - 1) / blockRows, [&](std::int64_t block) {
    const std::int64_t first = block * blockRows;
    work(first, std::min(blockRows, rows - first));
  });
}

/// Lowers each distance, 1 - cosine, to that from a new centre if it is nearer. Distances of up to
/// 1e-6 count as 0.
void approach(const torch::Tensor& rows,
              const torch::Tensor& center,
              std::vector<float>& distances) {
  constexpr float sameDirection = 1e-6F;
  forBlocks(rows.size(0), [&](std::int64_t first, std::int64_t count) {
    const torch::Tensor cosines = torch::mv(rows.narrow(0, first, count), center);
    const float* cosine = cosines.data_ptr<float>();
    float* distance = distances.data() + first;
    for (std::int64_t i = 0; i < count; ++i) {
      const float fresh = 1 - cosine[i];
      distance[i] = std::min(distance[i], fresh > sameDirection ? fresh : 0.0F);
    }
  });
}

/// Draws the rows to start from, C × D, each weighted by 1 - cosine to the nearest one drawn so
/// far.
torch::Tensor
startingCenters(const torch::Tensor& rows, int count, SplitMix& random, const Control& control) {
  std::vector<float> distances(static_cast<std::size_t>(rows.size(0)), 1.0F);
  std::vector<std::int64_t> chosen;
  while (static_cast<int>(chosen.size()) < count &&
         std::any_of(distances.begin(), distances.end(), [](float d) { return d > 0; })) {
    report(control, "centres", static_cast<std::int64_t>(chosen.size()), count);
    chosen.push_back(drawn(distances, random.uniform()));
    approach(rows, rows[chosen.back()], distances);
    distances[static_cast<std::size_t>(chosen.back())] = 0;
  }
  return rows.index_select(0, torch::tensor(chosen, torch::kInt64));
}

/// Returns the index of the largest value, the first on ties. Works in lanes, so that the compiler
/// can vectorise it.
std::int32_t indexOfLargest(const float* values, std::int32_t count) {
  constexpr std::int32_t lanes = 16;
  std::array<float, lanes> largest{};
  std::array<std::int32_t, lanes> index{};
  largest.fill(-std::numeric_limits<float>::infinity());
  std::int32_t first = 0;
  for (; first + lanes <= count; first += lanes) {
    for (std::int32_t i = 0; i < lanes; ++i) {
      const bool larger = values[first + i] > largest[i];
      largest[i] = larger ? values[first + i] : largest[i];
      index[i] = larger ? first + i : index[i];
    }
  }
  for (std::int32_t i = 0; first + i < count; ++i) {
    if (values[first + i] > largest[i]) {
      largest[i] = values[first + i];
      index[i] = first + i;
    }
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < lanes; ++i) {
    if (largest[i] > largest[best] || (largest[i] == largest[best] && index[i] < index[best])) {
      best = i;
    }
  }
  return index[best];
}

/// Labels every row with its nearest centre, and returns whether any label changed.
bool assign(const torch::Tensor& rows,
            const torch::Tensor& centers,
            std::vector<std::int32_t>& label,
            const Control& control) {
  const torch::Tensor across = centers.t();
  std::atomic<bool> changed{false};
  forBlocks(rows.size(0), [&](std::int64_t first, std::int64_t count) {
    control.cancel.throwIfCanceled();
    const torch::Tensor cosines = torch::mm(rows.narrow(0, first, count), across);
    for (std::int64_t i = 0; i < count; ++i) {
      const float* row = cosines.data_ptr<float>() + i * centers.size(0);
      const std::int32_t nearest = indexOfLargest(row, static_cast<std::int32_t>(centers.size(0)));
      std::int32_t& now = label[static_cast<std::size_t>(first + i)];
      if (now != nearest) {
        now = nearest;
        changed = true;
      }
    }
  });
  return changed;
}

/// Moves each centre to the direction of its rows' sum; a centre without rows, or whose rows cancel
/// each other, stays.
void moveCenters(const torch::Tensor& rows,
                 const std::vector<std::int32_t>& label,
                 torch::Tensor& centers) {
  torch::Tensor sums = torch::zeros(centers.sizes(), torch::kFloat64);
  const std::int64_t width = rows.size(1);
  const float* row = rows.data_ptr<float>();
  for (const std::int32_t center : label) {
    double* sum = sums.data_ptr<double>() + center * width;
    for (std::int64_t d = 0; d < width; ++d) {
      sum[d] += static_cast<double>(row[d]);
    }
    row += width;
  }
  const torch::Tensor lengths = sums.norm(2, {1}, /*keepdim=*/true);
  centers =
      torch::where(lengths > 0, sums / lengths, centers.to(torch::kFloat64)).to(torch::kFloat32);
}

/// Removes the centres without rows and renumbers the labels; the order of the others is kept.
void dropEmptyCenters(CosineMeans& means) {
  std::vector<std::int32_t> number(static_cast<std::size_t>(means.centers.size(0)), -1);
  for (const std::int32_t center : means.label) {
    number[static_cast<std::size_t>(center)] = 0;
  }
  std::vector<std::int64_t> kept;
  for (std::size_t center = 0; center < number.size(); ++center) {
    if (number[center] == 0) {
      number[center] = static_cast<std::int32_t>(kept.size());
      kept.push_back(static_cast<std::int64_t>(center));
    }
  }
  for (std::int32_t& center : means.label) {
    center = number[static_cast<std::size_t>(center)];
  }
  means.centers = means.centers.index_select(0, torch::tensor(kept, torch::kInt64));
}

} // namespace

CosineMeans cosineMeans(const torch::Tensor& rows,
                        int count,
                        SplitMix random,
                        int mostIterations,
                        const Control& control) {
  const torch::NoGradGuard noGrad;
  CosineMeans means;
  means.label.assign(static_cast<std::size_t>(rows.size(0)), -1);
  means.centers = startingCenters(rows, count, random, control);
  for (; means.iterations < mostIterations; ++means.iterations) {
    report(control, "iterations", means.iterations, mostIterations);
    if (!assign(rows, means.centers, means.label, control)) {
      break;
    }
    moveCenters(rows, means.label, means.centers);
  }
  dropEmptyCenters(means);
  return means;
}

} // namespace cortograph
