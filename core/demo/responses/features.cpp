#include "demo/responses/features.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cortograph::demo {

namespace {

constexpr std::size_t fine = 64; ///< pixels a side of the halved picture
constexpr std::size_t stride = fine / places;
constexpr double pi = std::numbers::pi;
constexpr std::array<double, frequencyCount> periods{4.5, 9}; ///< pixels of the halved picture

/// Returns an index inside the picture for one that may be beyond its border, by mirroring.
std::size_t mirrored(int at, std::size_t size) {
  const int last = static_cast<int>(size) - 1;
  const int inside = at < 0 ? -at : at > last ? 2 * last - at : at;
  return static_cast<std::size_t>(std::clamp(inside, 0, last));
}

/// One channel of the halved picture, fine × fine.
using Plane = std::vector<float>;

struct Planes {
  Plane luminance; ///< with mean 0
  Plane redGreen;
  Plane blueYellow;
};

Planes planesOf(const Picture& picture) {
  Planes planes{Plane(fine * fine), Plane(fine * fine), Plane(fine * fine)};
  const int step = picture.width / static_cast<int>(fine);
  const float share = 1.0F / (255.0F * static_cast<float>(step * step));
  float mean = 0;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t* p = picture.pixel(x, y);
      const auto red = static_cast<float>(p[0]);
      const auto green = static_cast<float>(p[1]);
      const auto blue = static_cast<float>(p[2]);
      const std::size_t at =
          static_cast<std::size_t>(y / step) * fine + static_cast<std::size_t>(x / step);
      const float luma = (0.299F * red + 0.587F * green + 0.114F * blue) * share;
      planes.luminance[at] += luma;
      planes.redGreen[at] += (red - green) * share;
      planes.blueYellow[at] += (blue - 0.5F * (red + green)) * share;
      mean += luma / static_cast<float>(fine * fine);
    }
  }
  for (float& value : planes.luminance) {
    value -= mean;
  }
  return planes;
}

/// A Gabor filter as the product of a complex filter along x and one along y.
struct Gabor {
  std::vector<float> realX, imaginaryX, realY, imaginaryY; ///< 2 · reach + 1 taps
};

Gabor gabor(double period, double angle) {
  const double deviation = period * 0.42;
  const int reach = static_cast<int>(std::ceil(2.5 * deviation));
  double sum = 0;
  for (int tap = -reach; tap <= reach; ++tap) {
    sum += std::exp(-tap * tap / (2 * deviation * deviation));
  }
  Gabor filter;
  for (int tap = -reach; tap <= reach; ++tap) {
    const double window = std::exp(-tap * tap / (2 * deviation * deviation)) / sum;
    const double alongX = 2 * pi / period * std::cos(angle) * tap;
    const double alongY = 2 * pi / period * std::sin(angle) * tap;
    filter.realX.push_back(static_cast<float>(window * std::cos(alongX)));
    filter.imaginaryX.push_back(static_cast<float>(window * std::sin(alongX)));
    filter.realY.push_back(static_cast<float>(window * std::cos(alongY)));
    filter.imaginaryY.push_back(static_cast<float>(window * std::sin(alongY)));
  }
  return filter;
}

using EdgeFilters = std::array<Gabor, orientationCount * frequencyCount>;
const EdgeFilters& edgeFilters() {
  static const EdgeFilters filters = [] {
    EdgeFilters made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i] = gabor(periods[i / orientationCount],
                      pi * static_cast<double>(i % orientationCount) / orientationCount);
    }
    return made;
  }();
  return filters;
}

/// Writes the filter's energy into one feature of the map.
void addEnergy(const Plane& plane, const Gabor& filter, std::size_t into, FeatureMap& map) {
  const int reach = static_cast<int>(filter.realX.size() / 2);
  std::vector<std::array<float, 2>> row(fine);
  for (std::size_t y = 0; y < places; ++y) {
    std::fill(row.begin(), row.end(), std::array<float, 2>{});
    for (std::size_t tap = 0; tap < filter.realY.size(); ++tap) {
      const int from = static_cast<int>(y * stride) + static_cast<int>(tap) - reach;
      const float* source = plane.data() + fine * mirrored(from, fine);
      for (std::size_t x = 0; x < fine; ++x) {
        row[x][0] += filter.realY[tap] * source[x];
        row[x][1] += filter.imaginaryY[tap] * source[x];
      }
    }
    for (std::size_t x = 0; x < places; ++x) {
      float real = 0;
      float imaginary = 0;
      for (std::size_t tap = 0; tap < filter.realX.size(); ++tap) {
        const int from = static_cast<int>(x * stride) + static_cast<int>(tap) - reach;
        const auto& [r, i] = row[mirrored(from, fine)];
        real += r * filter.realX[tap] - i * filter.imaginaryX[tap];
        imaginary += r * filter.imaginaryX[tap] + i * filter.realX[tap];
      }
      map[y * places + x][into] = real * real + imaginary * imaginary;
    }
  }
}

/// Blurs a map with a Gaussian; the deviation is in places and the border is mirrored.
FeatureMap blurred(const FeatureMap& map, double deviation) {
  const int reach = std::max(1, static_cast<int>(std::ceil(2.5 * deviation)));
  std::vector<float> weights;
  double sum = 0;
  for (int tap = -reach; tap <= reach; ++tap) {
    sum += std::exp(-tap * tap / (2 * deviation * deviation));
  }
  for (int tap = -reach; tap <= reach; ++tap) {
    weights.push_back(static_cast<float>(std::exp(-tap * tap / (2 * deviation * deviation)) / sum));
  }
  const auto along = [&](const FeatureMap& from, std::size_t pitch, std::size_t other) {
    FeatureMap to(from.size());
    for (std::size_t line = 0; line < places; ++line) {
      for (std::size_t i = 0; i < places; ++i) {
        Features& out = to[line * other + i * pitch];
        for (int tap = -reach; tap <= reach; ++tap) {
          const std::size_t at = mirrored(static_cast<int>(i) + tap, places);
          const Features& in = from[line * other + at * pitch];
          const float weight = weights[static_cast<std::size_t>(tap + reach)];
          for (std::size_t f = 0; f < feature::count; ++f) {
            out[f] += weight * in[f];
          }
        }
      }
    }
    return to;
  };
  return along(along(map, 1, places), places, 1);
}

float meanEdge(const Features& at) {
  float sum = 0;
  for (std::size_t f = feature::edge; f < feature::bend; ++f) {
    sum += at[f];
  }
  return sum / static_cast<float>(feature::bend - feature::edge);
}

/// Turns energies into amplitudes divided by the contrast around.
void normalize(FeatureMap& map) {
  constexpr double poolPlaces = 5;
  constexpr float semiSaturation = 0.0006F; ///< a third of the mean energy
  const FeatureMap pool = blurred(map, poolPlaces);
  for (std::size_t i = 0; i < map.size(); ++i) {
    const float around = semiSaturation + meanEdge(pool[i]);
    for (std::size_t f = feature::edge; f < feature::bend; ++f) {
      // Natural contrast falls with frequency, so fine energy is raised to the level of coarse
      // energy.
      const float level = f < orientationCount ? 3.0F : 1.0F;
      map[i][f] = std::sqrt(level * map[i][f] / around);
    }
  }
}

/// Adds the features that are computed from edges: bends and contours.
void addSecondOrder(FeatureMap& map) {
  constexpr double surroundPlaces = 2.2;
  const FeatureMap surround = blurred(map, surroundPlaces);
  for (std::size_t i = 0; i < map.size(); ++i) {
    Features& at = map[i];
    const float* coarse = at.data() + feature::edge + orientationCount;
    for (std::size_t o = 0; o < orientationCount; ++o) {
      at[feature::bend + o] = std::sqrt(coarse[o] * coarse[(o + 1) % orientationCount]);
    }
    for (std::size_t f = 0; f < frequencyCount; ++f) {
      float here = 0;
      float around = 0;
      for (std::size_t o = 0; o < orientationCount; ++o) {
        here += at[feature::edge + f * orientationCount + o];
        around += surround[i][feature::edge + f * orientationCount + o];
      }
      at[feature::contour + f] = std::abs(here - around) / orientationCount;
    }
  }
}

void addColor(const Planes& planes, FeatureMap& map) {
  constexpr float halfFull = 0.2F; ///< opponent contrast with half of the full response
  for (std::size_t y = 0; y < places; ++y) {
    for (std::size_t x = 0; x < places; ++x) {
      const std::size_t pixel = y * stride * fine + x * stride;
      const float redGreen = std::abs(planes.redGreen[pixel]);
      const float blueYellow = std::abs(planes.blueYellow[pixel]);
      const float around = halfFull + redGreen + blueYellow;
      map[y * places + x][feature::color] = redGreen / around;
      map[y * places + x][feature::color + 1] = blueYellow / around;
    }
  }
}

constexpr double firstDeviation = 1.6; ///< deviation of the narrowest field, in places
constexpr double widening = 1.6;       ///< factor from level to level
constexpr std::size_t levelCount = 5;

} // namespace

FeatureMap featuresOf(const Picture& picture, double& contrast) {
  const Planes planes = planesOf(picture);
  FeatureMap map(places * places);
  for (std::size_t i = 0; i < edgeFilters().size(); ++i) {
    addEnergy(planes.luminance, edgeFilters()[i], feature::edge + i, map);
  }
  contrast = 0;
  for (const Features& at : map) {
    contrast += meanEdge(at) / static_cast<double>(map.size());
  }
  normalize(map);
  addSecondOrder(map);
  addColor(planes, map);
  return map;
}

Fields::Fields(FeatureMap map) {
  levels_.reserve(levelCount);
  // The squared deviations of successive blurs add up.
  double before = 0;
  double deviation = firstDeviation;
  for (std::size_t level = 0; level < levelCount; ++level) {
    map = blurred(map, std::sqrt(deviation * deviation - before * before));
    levels_.push_back(map);
    before = deviation;
    deviation *= widening;
  }
}

Features Fields::at(double x, double y, double deviation) const {
  // Features were measured at pixels 0, 2, 4, …; the coordinate -1 is the left edge of pixel 0.
  const auto place = [](double at) {
    return std::clamp((at + 1) / 2 * places - 0.25, 0.0, static_cast<double>(places) - 1.001);
  };
  const double column = place(x);
  const double row = place(y);
  const double level =
      std::clamp(std::log(deviation / 2 * places / firstDeviation) / std::log(widening),
                 0.0,
                 static_cast<double>(levelCount) - 1.001);
  Features sum{};
  for (std::size_t corner = 0; corner < 8; ++corner) {
    const auto share = [&](double at, std::size_t bit, std::size_t& index) {
      const double whole = std::floor(at);
      const bool next = (corner >> bit & 1U) != 0;
      index = static_cast<std::size_t>(whole) + (next ? 1 : 0);
      return next ? at - whole : 1 - (at - whole);
    };
    std::size_t atColumn = 0;
    std::size_t atRow = 0;
    std::size_t atLevel = 0;
    const double weight =
        share(column, 0, atColumn) * share(row, 1, atRow) * share(level, 2, atLevel);
    const Features& value = levels_[atLevel][atRow * places + atColumn];
    for (std::size_t f = 0; f < feature::count; ++f) {
      sum[f] += static_cast<float>(weight) * value[f];
    }
  }
  return sum;
}

} // namespace cortograph::demo
