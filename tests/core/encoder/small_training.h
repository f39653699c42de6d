#pragma once

#include "engine/engine.h"
#include "support/small_subject.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace cortograph::test {

inline constexpr std::size_t images = 24; ///< of smallSubject()

inline TrainJob smallJob() {
  TrainJob job;
  job.subject = smallSubject();
  job.network.spec = "demo:gabor";
  job.settings.steps = 12;
  job.settings.batch = 4;
  job.settings.bottleneck = 12;
  job.settings.validationShare = 0.25;
  job.compute.threads = 2;
  return job;
}

inline BrainMap train(const TrainJob& job) {
  return loadEngine().train(job, {}, {});
}

/// Largest difference over all values.
inline double distance(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = a.size() == b.size() ? 0 : std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
  }
  return largest;
}

} // namespace cortograph::test
