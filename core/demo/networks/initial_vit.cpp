#include "base/random.h"
#include "demo/networks/demo_vit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace cortograph {

namespace {

Array<float> filled(ArrayShape shape, float value) {
  Array<float> array(std::move(shape));
  std::fill(array.values.begin(), array.values.end(), value);
  return array;
}

/// Fills the position embedding. The first half of the channels encodes the row, the second half
/// the column; the class token's embedding stays zero.
void fillPositions(const DemoVitSize& size, Array<float>& positions) {
  constexpr double strength = 0.5;
  const int pairs = size.width / 4;
  const std::size_t first = size.classToken ? 1 : 0;
  for (int place = 0; place < size.places(); ++place) {
    const std::array<int, 2> at{place / size.grid(), place % size.grid()};
    float* token = positions.values.data() +
                   (first + static_cast<std::size_t>(place)) * static_cast<std::size_t>(size.width);
    for (const int coordinate : at) {
      for (int i = 0; i < pairs; ++i) {
        const double angle = coordinate / std::pow(100.0, static_cast<double>(i) / pairs);
        *token++ = static_cast<float>(strength * std::sin(angle));
        *token++ = static_cast<float>(strength * std::cos(angle));
      }
    }
  }
}

double deviationOf(const std::string& name, const Array<float>& array, const DemoVitSize& size) {
  if (name == "cls_token") {
    return 0.1;
  }
  const double kept = 1 / std::sqrt(static_cast<double>(array.rowSize()));
  const bool added = name.ends_with("attn.proj.weight") || name.ends_with("mlp.fc2.weight");
  return added ? kept / std::sqrt(2.0 * size.depth) : kept;
}

} // namespace

DemoTensors emptyVit(const DemoVitSize& size) {
  const auto width = static_cast<std::size_t>(size.width);
  const auto patch = static_cast<std::size_t>(size.patch);
  const auto places = static_cast<std::size_t>(size.places());
  DemoTensors tensors;
  if (size.classToken) {
    tensors["cls_token"] = Array<float>({1, 1, width});
  }
  tensors["pos_embed"] = Array<float>({1, places + (size.classToken ? 1 : 0), width});
  tensors["patch_embed.proj.weight"] = Array<float>({width, 3, patch, patch});
  tensors["patch_embed.proj.bias"] = Array<float>({width});
  tensors["norm.weight"] = filled({width}, 1);
  tensors["norm.bias"] = Array<float>({width});
  for (int i = 0; i < size.depth; ++i) {
    const std::string at = "blocks." + std::to_string(i) + ".";
    for (const char* norm : {"norm1", "norm2"}) {
      tensors[at + norm + ".weight"] = filled({width}, 1);
      tensors[at + norm + ".bias"] = Array<float>({width});
    }
    tensors[at + "attn.qkv.weight"] = Array<float>({3 * width, width});
    tensors[at + "attn.qkv.bias"] = Array<float>({3 * width});
    tensors[at + "attn.proj.weight"] = Array<float>({width, width});
    tensors[at + "attn.proj.bias"] = Array<float>({width});
    tensors[at + "mlp.fc1.weight"] = Array<float>({4 * width, width});
    tensors[at + "mlp.fc1.bias"] = Array<float>({4 * width});
    tensors[at + "mlp.fc2.weight"] = Array<float>({width, 4 * width});
    tensors[at + "mlp.fc2.bias"] = Array<float>({width});
  }
  return tensors;
}

void startWithCosines(const DemoVitSize& size, Array<float>& patches) {
  struct Wave {
    int across;
    int down;
  };
  const auto side = static_cast<std::size_t>(size.patch);
  std::vector<Wave> waves;
  waves.reserve(side * side);
  for (int i = 0; i < size.patch * size.patch; ++i) {
    waves.push_back({i % size.patch, i / size.patch});
  }
  const auto square = [](const Wave& wave) {
    return wave.across * wave.across + wave.down * wave.down;
  };
  std::stable_sort(waves.begin(), waves.end(), [&](const Wave& a, const Wave& b) {
    return square(a) < square(b);
  });
  // Luminance gets half of the channels; the two opponent colours share the other half.
  constexpr std::array<std::array<double, 3>, 3> colors{
      {{0.58, 0.58, 0.58}, {1.4, -1.4, 0}, {-0.8, -0.8, 1.6}}};
  const auto width = static_cast<std::size_t>(size.width);
  for (std::size_t channel = 0; channel < width; ++channel) {
    const std::size_t half = width / 2;
    const std::size_t color = channel < half ? 0 : 1 + channel % 2;
    const Wave& wave = waves[color == 0 ? channel : (channel - half) / 2];
    // Natural amplitudes fall with frequency; this level makes all responses about equally large.
    const double level = 0.1 * (1 + 2 * std::sqrt(square(wave))) / static_cast<double>(size.patch);
    for (std::size_t rgb = 0; rgb < 3; ++rgb) {
      for (std::size_t y = 0; y < side; ++y) {
        for (std::size_t x = 0; x < side; ++x) {
          const auto turned = [&](std::size_t at, int count) {
            return std::cos(std::numbers::pi * (static_cast<double>(at) + 0.5) * count /
                            size.patch);
          };
          patches.values[((channel * 3 + rgb) * side + y) * side + x] = static_cast<float>(
              level * colors[color][rgb] * turned(x, wave.across) * turned(y, wave.down));
        }
      }
    }
  }
}

DemoTensors initialVit(const DemoVitSize& size, std::uint64_t seed) {
  DemoTensors tensors = emptyVit(size);
  fillPositions(size, tensors["pos_embed"]);
  SplitMix random(seed);
  for (auto& [name, array] : tensors) {
    const bool drawn = name == "cls_token" ||
                       (name.ends_with(".weight") && name.find("norm") == std::string::npos);
    if (drawn) {
      const double deviation = deviationOf(name, array, size);
      for (float& value : array.values) {
        value = static_cast<float>(deviation * random.normal());
      }
    }
  }
  return tensors;
}

} // namespace cortograph
