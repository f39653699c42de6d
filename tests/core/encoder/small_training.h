#pragma once

#include "engine/engine.h"

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace cortograph::test {

inline constexpr int verticesOfSide = 40;
inline constexpr std::size_t images = 24;

inline std::shared_ptr<const Cortex> smallCortex() {
  auto cortex = std::make_shared<Cortex>();
  cortex->name = "small";
  for (const Side side : bothSides) {
    Surface sphere;
    for (int i = 0; i < verticesOfSide; ++i) {
      const double z = 1 - (2.0 * i + 1) / verticesOfSide;
      const double angle = 2.4 * i;
      const double radius = std::sqrt(1 - z * z);
      sphere.verticesRas.push_back({static_cast<float>(100 * radius * std::cos(angle)),
                                    static_cast<float>(100 * radius * std::sin(angle)),
                                    static_cast<float>(100 * z)});
    }
    Hemisphere& hemisphere = cortex->hemispheres.at(static_cast<std::size_t>(side));
    hemisphere.side = side;
    hemisphere.shapes[Shape::sphere] = std::move(sphere);
  }
  return cortex;
}

/// Pictures of one bright bar each, and responses that tell where it is.
inline Subject smallSubject() {
  constexpr int size = 32;
  Subject subject;
  subject.name = "small";
  subject.cortex = smallCortex();
  subject.vertices = {"small", {verticesOfSide, verticesOfSide}, {}};
  for (auto& side : subject.vertices.ofSide) {
    for (int i = 0; i < verticesOfSide; ++i) {
      side.push_back(i);
    }
  }
  Array<float> responses({images, subject.vertices.size()});
  for (std::size_t image = 0; image < images; ++image) {
    auto picture = std::make_shared<Picture>(size, size);
    const int bar = static_cast<int>(image * 5 % size);
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x) {
        std::uint8_t* pixel = picture->pixel(x, y);
        pixel[0] = pixel[1] = pixel[2] =
            static_cast<std::uint8_t>(std::abs(x - bar) < 3 ? 250 : 40 + y);
        pixel[3] = 255;
      }
    }
    subject.training.images.push_back({"bar " + std::to_string(image), {}, picture});
    for (std::size_t n = 0; n < subject.vertices.size(); ++n) {
      responses.row(image)[n] =
          static_cast<float>(std::sin(0.3 * bar + 0.1 * static_cast<double>(n)));
    }
  }
  subject.training.responses = Responses(std::move(responses));
  return subject;
}

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
