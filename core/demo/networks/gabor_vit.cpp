#include "demo/networks/demo_vit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <string>
#include <utility>

namespace cortograph {

namespace {

constexpr int patch = gaborVit.patch;
constexpr int grid = gaborVit.image / gaborVit.patch;
constexpr int depth = gaborVit.depth;
constexpr int width = gaborVit.width;
constexpr int hidden = 4 * width;
constexpr int headWidth = width / gaborVit.heads;

constexpr int orientations = 6;
constexpr std::array<double, 3> wavelengths{4, 8, 16}; // pixels
constexpr int scales = static_cast<int>(wavelengths.size());

// The layout of the residual stream: the first channel of each kind and the number of channels.
constexpr int filterAt = 0; // scale, orientation, even or odd
constexpr int filters = scales * orientations * 2;
constexpr int colorAt = filterAt + filters; // luminance, red-green, blue-yellow
constexpr int colors = 3;
constexpr int energyAt = colorAt + colors; // scale, orientation; then the opponent colours
constexpr int energies = scales * orientations + 2;
constexpr int textureAt = energyAt + energies; // scale, pair of perpendicular orientations
constexpr int textures = scales * orientations / 2;
constexpr int meanColorAt = textureAt + textures;
constexpr int positionAt = meanColorAt + colors; // cosine and sine of x, then of y
constexpr int patchFlag = positionAt + 4;
constexpr int classFlag = patchFlag + 1;
constexpr int zero = width - 1; // always 0 before LayerNorm: afterwards it holds minus the mean
static_assert(classFlag < zero && energies <= headWidth);

// The amplitudes of the channels. The constant channels determine how much LayerNorm divides by
// local contrast.
constexpr double filterSize = 0.5;
constexpr double positionSize = 3;
constexpr double patchFlagSize = 4;
constexpr double classFlagSize = 7;
constexpr double typicalDeviation = 0.8; // deviation of a token's channels, LayerNorm's divisor

/// Sharpness of attention that stays on the token itself. Tokens n places apart get the weight
/// exp(-sharpness * (1 - cos(n pi / 8))); for n = 1, the factor of sharpness is 0.076.
constexpr double selfSharpness = 200;
constexpr std::array<double, depth> poolSharpness{0, 13, 6.5, 2.5, 0.7, 0};

class Matrix {
public:
  Matrix(int rows, int columns)
      : array_({static_cast<std::size_t>(rows), static_cast<std::size_t>(columns)}) {}

  float& operator()(int row, int column) {
    return array_.row(static_cast<std::size_t>(row))[static_cast<std::size_t>(column)];
  }
  /// Adds a weight on channel `column` as it was before LayerNorm subtracted the mean.
  void addCentered(int row, int column, double weight) {
    (*this)(row, column) += static_cast<float>(weight);
    (*this)(row, zero) -= static_cast<float>(weight);
  }
  [[nodiscard]] Array<float> take() { return std::move(array_); }

private:
  Array<float> array_;
};

using Kernel = std::array<double, static_cast<std::size_t>(patch) * patch>;

/// Returns a Gabor kernel: a cosine in a Gaussian window, with mean 0 and unit length.
Kernel gaborKernel(double wavelength, double orientation, double phase) {
  constexpr double center = (patch - 1) / 2.0;
  constexpr double sigma = 0.3 * patch;
  Kernel kernel{};
  Kernel window{};
  double sum = 0;
  double windowSum = 0;
  for (int y = 0; y < patch; ++y) {
    for (int x = 0; x < patch; ++x) {
      const auto i = static_cast<std::size_t>(y * patch + x);
      const double dx = x - center;
      const double dy = y - center;
      const double along = dx * std::cos(orientation) + dy * std::sin(orientation);
      window[i] = std::exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
      kernel[i] = window[i] * std::cos(2 * std::numbers::pi * along / wavelength + phase);
      sum += kernel[i];
      windowSum += window[i];
    }
  }
  double square = 0;
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    kernel[i] -= window[i] * sum / windowSum;
    square += kernel[i] * kernel[i];
  }
  for (double& value : kernel) {
    value /= std::sqrt(square);
  }
  return kernel;
}

/// Writes one filter of the patch embedding: a kernel with a weight for red, green and blue.
void addFilter(Array<float>& weights,
               int channel,
               const Kernel& kernel,
               const std::array<double, 3>& rgb,
               double size) {
  const auto row = weights.row(static_cast<std::size_t>(channel));
  for (std::size_t c = 0; c < rgb.size(); ++c) {
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      row[c * kernel.size() + i] = static_cast<float>(size * rgb[c] * kernel[i]);
    }
  }
}

Array<float> patchFilters() {
  Array<float> weights({width, 3, patch, patch});
  constexpr std::array<double, 3> luminance{0.299, 0.587, 0.114};
  // Contrast in photographs falls with frequency; these gains bring all scales to a similar size.
  constexpr std::array<double, scales> gain{2, 0.87, 0.37};
  int channel = filterAt;
  for (std::size_t s = 0; s < wavelengths.size(); ++s) {
    for (int o = 0; o < orientations; ++o) {
      for (const double phase : {0.0, std::numbers::pi / 2}) {
        const double orientation = std::numbers::pi * o / orientations;
        addFilter(weights,
                  channel++,
                  gaborKernel(wavelengths[s], orientation, phase),
                  luminance,
                  filterSize * gain[s]);
      }
    }
  }
  Kernel flat{};
  flat.fill(1.0 / static_cast<double>(flat.size()));
  addFilter(weights, colorAt, flat, luminance, filterSize);
  addFilter(weights, colorAt + 1, flat, {1, -1, 0}, 2 * filterSize);
  addFilter(weights, colorAt + 2, flat, {-0.5, -0.5, 1}, 2 * filterSize);
  return weights;
}

/// Encodes x and y as angles on half a circle, so that the dot product of two codes falls with
/// distance over the whole grid.
Array<float> positionEmbedding() {
  Array<float> embedding({1, 1 + grid * grid, width});
  for (int i = 0; i < grid * grid; ++i) {
    float* token = &embedding.values[static_cast<std::size_t>(1 + i) * width];
    const double x = std::numbers::pi * (i % grid) / grid;
    const double y = std::numbers::pi * (i / grid) / grid;
    token[positionAt] = static_cast<float>(positionSize * std::cos(x));
    token[positionAt + 1] = static_cast<float>(positionSize * std::sin(x));
    token[positionAt + 2] = static_cast<float>(positionSize * std::cos(y));
    token[positionAt + 3] = static_cast<float>(positionSize * std::sin(y));
    token[patchFlag] = static_cast<float>(patchFlagSize);
  }
  return embedding;
}

/// Sets where one head attends. Patches attend to each other with the score
/// -sharpness * (2 - cos dx - cos dy), and never to the class token. The class token attends only
/// to itself if `self`, else to all tokens equally.
void addHead(Matrix& qkv, int head, double sharpness, bool self) {
  const int query = head * headWidth;
  const int key = width + head * headWidth;
  const double scale =
      std::sqrt(static_cast<double>(headWidth)) * typicalDeviation * typicalDeviation;
  for (int i = 0; i < 4; ++i) {
    qkv.addCentered(query + i, positionAt + i, scale * sharpness / (positionSize * positionSize));
    qkv.addCentered(key + i, positionAt + i, 1);
  }
  qkv.addCentered(query + 4, patchFlag, -scale * 2 * sharpness / (patchFlagSize * patchFlagSize));
  qkv.addCentered(key + 4, patchFlag, 1);
  constexpr double never = 30;
  qkv.addCentered(query + 5, patchFlag, -scale * never / (patchFlagSize * classFlagSize));
  qkv.addCentered(key + 5, classFlag, 1);
  if (self) {
    qkv.addCentered(query + 6, classFlag, scale * never / (classFlagSize * classFlagSize));
    qkv.addCentered(key + 6, classFlag, 1);
  }
}

/// Makes a head read `count` channels from `from` on, and add their pooled values times `weight` to
/// the channels from `to` on.
void addValues(
    Matrix& qkv, Matrix& projection, int head, int from, int to, int count, double weight) {
  for (int i = 0; i < count; ++i) {
    qkv.addCentered(2 * width + head * headWidth + i, from + i, 1);
    projection(to + i, head * headWidth + i) += static_cast<float>(weight * typicalDeviation);
  }
}

/// Replaces most of a token's own values by the mean of its neighbourhood, with two heads: one adds
/// the mean and one subtracts the own values.
void addPooling(Matrix& qkv, Matrix& projection, int head, double sharpness, int at, int count) {
  constexpr double replaced = 0.9;
  addHead(qkv, head, sharpness, false);
  addValues(qkv, projection, head, at, at, count, replaced);
  addHead(qkv, head + 1, selfSharpness, true);
  addValues(qkv, projection, head + 1, at, at, count, -replaced);
}

/// Makes MLP units that compute |sum of weight × channel|, as pairs of opposite GELU units.
class MagnitudeUnits {
public:
  MagnitudeUnits(Matrix& fc1, Matrix& fc2) : fc1_(fc1), fc2_(fc2) {}

  void
  add(std::initializer_list<std::pair<int, double>> inputs, int output, double gain, double size) {
    for (const double sign : {1.0, -1.0}) {
      for (const auto& [channel, weight] : inputs) {
        fc1_.addCentered(unit_, channel, sign * gain * weight);
      }
      fc2_(output, unit_) += static_cast<float>(size);
      ++unit_;
    }
  }

private:
  Matrix& fc1_;
  Matrix& fc2_;
  int unit_ = 0;
};

void addEnergies(MagnitudeUnits& units) {
  constexpr double gain = 3;
  constexpr double size = 0.15;
  for (int i = 0; i < scales * orientations; ++i) {
    units.add({{filterAt + 2 * i, 1}}, energyAt + i, gain, size);
    units.add({{filterAt + 2 * i + 1, 1}}, energyAt + i, gain, size);
  }
  for (int i = 0; i < 2; ++i) {
    units.add({{colorAt + 1 + i, 1}}, energyAt + scales * orientations + i, gain, size);
  }
}

/// Computes how much the energies of two perpendicular orientations differ.
void addTextures(MagnitudeUnits& units) {
  constexpr double gain = 4;
  constexpr double size = 0.15;
  constexpr int half = orientations / 2;
  for (int i = 0; i < textures; ++i) {
    const int along = energyAt + i / half * orientations + i % half;
    units.add({{along, 1}, {along + half, -1}}, textureAt + i, gain, size);
  }
}

void fillBlock(DemoTensors& tensors, int block) {
  const std::string at = "blocks." + std::to_string(block) + ".";
  Matrix qkv(3 * width, width);
  Matrix projection(width, width);
  Matrix fc1(hidden, width);
  Matrix fc2(width, hidden);
  const double sharpness = poolSharpness[static_cast<std::size_t>(block)];
  MagnitudeUnits units(fc1, fc2);
  if (block == 0) {
    addValues(qkv, projection, 0, colorAt, meanColorAt, colors, 1); // no query: all tokens equal
    addEnergies(units);
  } else {
    addPooling(qkv, projection, 0, sharpness, energyAt, energies);
  }
  if (block == 2) {
    addTextures(units);
  } else if (block > 2) {
    addPooling(qkv, projection, 2, sharpness, textureAt, textures);
  }
  tensors[at + "attn.qkv.weight"] = qkv.take();
  tensors[at + "attn.proj.weight"] = projection.take();
  tensors[at + "mlp.fc1.weight"] = fc1.take();
  tensors[at + "mlp.fc2.weight"] = fc2.take();
}

} // namespace

DemoTensors gaborTensors() {
  DemoTensors tensors = emptyVit(gaborVit);
  tensors["patch_embed.proj.weight"] = patchFilters();
  tensors["pos_embed"] = positionEmbedding();
  tensors["cls_token"].values[classFlag] = static_cast<float>(classFlagSize);
  for (int block = 0; block < depth; ++block) {
    fillBlock(tensors, block);
  }
  return tensors;
}

} // namespace cortograph
