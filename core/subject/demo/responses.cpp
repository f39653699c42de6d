#include "subject/demo/responses.h"

#include "subject/demo/parallel.h"

#include <complex>
#include <numbers>

namespace cortograph::demo {

namespace {

constexpr std::size_t orientations = 4;
constexpr std::size_t frequencies = 2; ///< fine, coarse
constexpr std::size_t channels = orientations * frequencies;
constexpr std::size_t fine = 64; ///< pixels of the halved picture
constexpr std::size_t grid = 32; ///< places where energy is measured
constexpr double pi = std::numbers::pi;

using Channels = std::array<float, channels>;

/// Energy at grid × grid places, channels together.
using EnergyMap = std::vector<Channels>;

/// Luminance, halved, less its mean.
std::vector<float> luminance(const Picture& picture) {
  std::vector<float> grey(fine * fine);
  const int step = picture.width / static_cast<int>(fine);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t* rgb = picture.pixel(x, y);
      const double luma = (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]) / 255.0;
      grey[static_cast<std::size_t>(y / step) * fine + static_cast<std::size_t>(x / step)] +=
          static_cast<float>(luma / (step * step));
    }
  }
  float mean = 0;
  for (const float value : grey) {
    mean += value / static_cast<float>(grey.size());
  }
  for (float& value : grey) {
    value -= mean;
  }
  return grey;
}

/// A Gabor filter is a product of one along x and one along y.
struct Gabor {
  std::vector<float> realX, imaginaryX, realY, imaginaryY; ///< 2 · reach + 1 taps
};

const std::array<Gabor, channels>& gabors() {
  static const std::array<Gabor, channels> filters = [] {
    std::array<Gabor, channels> made;
    for (std::size_t f = 0; f < frequencies; ++f) {
      const double period = f == 0 ? 4.5 : 9; // of the halved picture's pixels
      const double deviation = period * 0.42;
      const int reach = static_cast<int>(std::ceil(2.5 * deviation));
      for (std::size_t o = 0; o < orientations; ++o) {
        const double angle = pi * static_cast<double>(o) / orientations;
        Gabor& filter = made[f * orientations + o];
        double sum = 0;
        for (int tap = -reach; tap <= reach; ++tap) {
          sum += std::exp(-tap * tap / (2 * deviation * deviation));
        }
        for (int tap = -reach; tap <= reach; ++tap) {
          const double window = std::exp(-tap * tap / (2 * deviation * deviation)) / sum;
          const double alongX = 2 * pi / period * std::cos(angle) * tap;
          const double alongY = 2 * pi / period * std::sin(angle) * tap;
          filter.realX.push_back(static_cast<float>(window * std::cos(alongX)));
          filter.imaginaryX.push_back(static_cast<float>(window * std::sin(alongX)));
          filter.realY.push_back(static_cast<float>(window * std::cos(alongY)));
          filter.imaginaryY.push_back(static_cast<float>(window * std::sin(alongY)));
        }
      }
    }
    return made;
  }();
  return filters;
}

/// The pixel that mirrors one beyond the border.
std::size_t mirrored(int at) {
  const int last = static_cast<int>(fine) - 1;
  return static_cast<std::size_t>(at < 0 ? -at : at > last ? 2 * last - at : at);
}

EnergyMap energyOf(const std::vector<float>& grey) {
  EnergyMap energy(grid * grid);
  constexpr std::size_t stride = fine / grid;
  std::vector<std::array<float, 2>> rows(grid * fine);
  for (std::size_t c = 0; c < channels; ++c) {
    const Gabor& filter = gabors()[c];
    const int reach = static_cast<int>(filter.realX.size() / 2);
    rows.assign(rows.size(), {});
    for (std::size_t y = 0; y < grid; ++y) {
      for (std::size_t tap = 0; tap < filter.realY.size(); ++tap) {
        const float* source = grey.data() + fine * mirrored(static_cast<int>(y * stride) +
                                                            static_cast<int>(tap) - reach);
        for (std::size_t x = 0; x < fine; ++x) {
          rows[y * fine + x][0] += filter.realY[tap] * source[x];
          rows[y * fine + x][1] += filter.imaginaryY[tap] * source[x];
        }
      }
      for (std::size_t x = 0; x < grid; ++x) {
        float real = 0;
        float imaginary = 0;
        for (std::size_t tap = 0; tap < filter.realX.size(); ++tap) {
          const auto& [r, i] = rows[y * fine + mirrored(static_cast<int>(x * stride) +
                                                        static_cast<int>(tap) - reach)];
          real += r * filter.realX[tap] - i * filter.imaginaryX[tap];
          imaginary += r * filter.imaginaryX[tap] + i * filter.realX[tap];
        }
        energy[y * grid + x][c] = real * real + imaginary * imaginary;
      }
    }
  }
  return energy;
}

/// What a local vertex weighs: a window of the grid, a row and a column of it, and channels.
struct Field {
  std::size_t firstX = 0;
  std::size_t firstY = 0;
  std::vector<float> weightX;
  std::vector<float> weightY;
  Channels weight{};
};

std::vector<float> window(double centre, double deviation, std::size_t& first) {
  // Energy was measured at pixels 0, 2, 4 …; the place -1 is the left edge of pixel 0.
  const double at = (centre + 1) / 2 * grid - 0.25;
  const double width = deviation / 2 * grid;
  const double last = static_cast<double>(grid) - 1;
  const auto low = static_cast<std::size_t>(std::clamp(std::floor(at - 2.2 * width), 0.0, last));
  const auto high = static_cast<std::size_t>(std::clamp(std::ceil(at + 2.2 * width), 0.0, last));
  std::vector<float> weights;
  double sum = 0;
  for (std::size_t i = low; i <= high; ++i) {
    const double off = (static_cast<double>(i) - at) / width;
    weights.push_back(static_cast<float>(std::exp(-off * off / 2)));
    sum += weights.back();
  }
  for (float& weight : weights) {
    weight = static_cast<float>(weight / sum);
  }
  first = low;
  return weights;
}

Field fieldOf(const Tuning& tuning) {
  Field field;
  field.weightX = window(tuning.x, tuning.fieldRadius, field.firstX);
  field.weightY = window(tuning.y, tuning.fieldRadius, field.firstY);
  double sum = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    const double angle = pi * static_cast<double>(c % orientations) / orientations;
    // Natural contrast falls with frequency: fine energy is raised to the coarse one's level.
    const double frequency = c < orientations ? 3 * tuning.fineShare : 1 - tuning.fineShare;
    field.weight[c] = static_cast<float>(
        frequency * std::exp(tuning.orientationGain * std::cos(2 * (angle - tuning.orientation))));
    sum += field.weight[c];
  }
  for (float& weight : field.weight) {
    weight = static_cast<float>(weight / sum);
  }
  return field;
}

double drive(const Field& field, const EnergyMap& energy) {
  double sum = 0;
  for (std::size_t y = 0; y < field.weightY.size(); ++y) {
    Channels row{};
    const Channels* place = energy.data() + (field.firstY + y) * grid + field.firstX;
    for (const float weight : field.weightX) {
      for (std::size_t c = 0; c < channels; ++c) {
        row[c] += weight * (*place)[c];
      }
      ++place;
    }
    double rowDrive = 0;
    for (std::size_t c = 0; c < channels; ++c) {
      rowDrive += row[c] * field.weight[c];
    }
    sum += field.weightY[y] * rowDrive;
  }
  return sum;
}

double meanEnergy(const EnergyMap& energy) {
  double sum = 0;
  for (const Channels& place : energy) {
    for (const float value : place) {
      sum += value;
    }
  }
  return sum / static_cast<double>(energy.size() * channels);
}

double amountOf(const Scene& scene, const Tuning& tuning) {
  std::array<double, categoryCount> amount{};
  for (const Thing& thing : scene.things) {
    amount[static_cast<std::size_t>(categoryOf(thing.kind))] +=
        static_cast<double>(thing.pixels) / static_cast<double>(scene.mask.size());
  }
  double sum = 0;
  for (std::size_t c = 0; c < categoryCount; ++c) {
    sum += tuning.categories[c] * std::sqrt(amount[c]);
  }
  return sum;
}

} // namespace

Array<float> idealResponses(const std::vector<Scene>& scenes, const std::vector<Tuning>& tuning) {
  constexpr double semiSaturation = 0.0015; ///< of the order of the mean energy
  constexpr double globalShare = 14;        ///< about a quarter of the variance
  Array<float> responses({scenes.size(), tuning.size()});
  std::vector<Field> fields(tuning.size());
  for (std::size_t n = 0; n < tuning.size(); ++n) {
    if (tuning[n].local) {
      fields[n] = fieldOf(tuning[n]);
    }
  }
  inParallel(scenes.size(), [&](std::size_t image) {
    const EnergyMap energy = energyOf(luminance(scenes[image].picture));
    const double overall = meanEnergy(energy);
    const std::span<float> row = responses.row(image);
    for (std::size_t n = 0; n < tuning.size(); ++n) {
      const double response =
          tuning[n].local ? std::sqrt(drive(fields[n], energy) / (semiSaturation + overall))
                          : amountOf(scenes[image], tuning[n]) + globalShare * std::sqrt(overall);
      row[n] = static_cast<float>(response);
    }
  });
  return responses;
}

} // namespace cortograph::demo
