#include "demo/cortex/pattern.h"

#include "base/random.h"

#include <algorithm>
#include <limits>

namespace cortograph::demo {

namespace {

/// Returns the primary sulci as lines near the hull, mm.
const std::vector<Points>& primarySulci() {
  static const std::vector<Points> sulci{
      {{40, 26, -12}, {58, 4, -6}, {62, -22, 4}, {60, -42, 16}},   // lateral fissure
      {{58, 4, -24}, {65, -22, -9}, {63, -46, 8}, {54, -64, 24}},  // superior temporal
      {{61, -6, 18}, {52, -14, 44}, {38, -22, 63}, {10, -32, 76}}, // central
      {{58, 9, 20}, {47, 3, 44}, {30, -5, 62}},                    // precentral
      {{60, -26, 32}, {46, -36, 54}, {22, -46, 70}},               // postcentral
      {{46, -42, 50}, {33, -62, 48}, {24, -84, 32}},               // intraparietal
      {{26, 4, 66}, {24, 26, 54}, {20, 50, 32}},                   // superior frontal
      {{50, 12, 32}, {44, 30, 22}, {36, 48, 8}},                   // inferior frontal
      {{60, -8, -34}, {60, -38, -22}, {52, -62, -10}},             // inferior temporal
      {{26, -4, -36}, {28, -40, -26}, {22, -72, -16}},             // collateral
      {{50, -74, 6}, {36, -94, 4}},                                // lateral occipital
      {{1, -56, 2}, {1, -76, 2}, {6, -102, 0}},                    // calcarine
      {{1, -60, 6}, {1, -74, 22}, {2, -84, 38}},                   // parieto-occipital
      {{1, 42, -10}, {1, 50, 12}, {1, 36, 36}, {1, 4, 46}, {1, -28, 48}, {1, -42, 66}}, // cingulate
      {{8, 56, -14}, {8, 20, -18}},                                                     // olfactory
      {{26, 46, -14}, {24, 18, -20}},                                                   // orbital
  };
  return sulci;
}

std::size_t nearest(const Points& points, Vec3 place) {
  std::size_t best = 0;
  double bestDistance = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vec3 d = points[i] - place;
    const double distance = dot(d, d);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = i;
    }
  }
  return best;
}

/// Returns 1 for vertices on a primary sulcus, falling to 0 within some millimetres.
std::vector<double> nearSulci(const Points& hull) {
  constexpr double stepMm = 4;
  constexpr double widthMm = 3.2;
  std::vector<double> near(hull.size());
  for (const Points& line : primarySulci()) {
    for (std::size_t k = 0; k + 1 < line.size(); ++k) {
      const Vec3 way = line[k + 1] - line[k];
      const int steps = static_cast<int>(std::ceil(length(way) / stepMm));
      for (int s = 0; s <= steps; ++s) {
        const Vec3 on = hull[nearest(hull, line[k] + way * (static_cast<double>(s) / steps))];
        for (std::size_t i = 0; i < hull.size(); ++i) {
          const Vec3 d = hull[i] - on;
          const double square = dot(d, d) / (2 * widthMm * widthMm);
          if (square < 6) {
            near[i] = std::max(near[i], std::exp(-square));
          }
        }
      }
    }
  }
  return near;
}

/// Returns 1 for vertices in the middle of the medial wall, 0 outside.
std::vector<double> wallOf(const Points& hull) {
  std::vector<double> wall(hull.size());
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const double y = (hull[i].y + 2) / 36;
    const double z = (hull[i].z - 8) / 22;
    const double inside = 1 - std::sqrt(y * y + z * z);
    wall[i] = hull[i].x < 12 ? std::clamp(inside * 5 + 0.5, 0.0, 1.0) : 0.0;
  }
  return wall;
}

/// Diffuses values over the mesh. Weights depend on edge lengths, so that the width of the pattern
/// is in millimetres and not in edges.
class Diffusion {
public:
  Diffusion(const Topology& topology, const Points& points) : topology_(&topology) {
    weights_.reserve(topology.neighbor.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      for (const std::int32_t j : topology.of(i)) {
        const Vec3 edge = points[static_cast<std::size_t>(j)] - points[i];
        // The factor 2/3 belongs to the Laplacian of a hexagonal lattice.
        weights_.push_back(std::min(stepMm2 * 2.0 / 3.0 / dot(edge, edge), 0.15));
      }
    }
  }

  /// Blurs with a Gaussian of variance 2 · steps · stepMm2 (mm²).
  void operator()(std::vector<double>& values, int steps) {
    next_.resize(values.size());
    for (int step = 0; step < steps; ++step) {
      std::size_t edge = 0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        double flow = 0;
        for (const std::int32_t j : topology_->of(i)) {
          flow += weights_[edge++] * (values[static_cast<std::size_t>(j)] - values[i]);
        }
        next_[i] = values[i] + flow;
      }
      values.swap(next_);
    }
  }

private:
  static constexpr double stepMm2 = 0.9;
  const Topology* topology_;
  std::vector<double> weights_;
  std::vector<double> next_;
};

/// Returns the pattern: from -1 on gyral crowns to 1 in the depths of sulci.
std::vector<double> turingPattern(const Topology& topology,
                                  const Points& hull,
                                  const std::vector<double>& bias,
                                  std::uint64_t seed) {
  constexpr int rounds = 26;
  constexpr double gain = 9;
  SplitMix random(seed);
  Diffusion blur(topology, hull);
  std::vector<double> pattern(hull.size());
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    pattern[i] = 0.7 * random.normal() + 2 * bias[i];
  }
  for (int round = 0; round < rounds; ++round) {
    blur(pattern, 4);
    std::vector<double> wide = pattern;
    blur(wide, 9);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      pattern[i] = std::tanh(gain * (pattern[i] - wide[i]) + 1.2 * bias[i] - 0.05);
    }
  }
  blur(pattern, 1);
  return pattern;
}

} // namespace

Pattern foldingPattern(const Topology& topology, const Points& hull, std::uint64_t seed) {
  const std::vector<double> primary = nearSulci(hull);
  return {turingPattern(topology, hull, primary, seed), primary, wallOf(hull)};
}

} // namespace cortograph::demo
