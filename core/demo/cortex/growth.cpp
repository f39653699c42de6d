#include "demo/cortex/growth.h"

#include "base/error.h"
#include "demo/cortex/contact.h"
#include "demo/cortex/crossing.h"

#include <algorithm>

namespace cortograph::demo {

namespace {

constexpr double thicknessMm = 2.6;
constexpr double stretch = 0.6;       ///< share by which lengths have grown at the end
constexpr double membrane = 0.12;     ///< share of a spring's error that one step corrects
constexpr double bending = 0.4;       ///< share of the bending error that one step corrects
constexpr double damping = 0.8;       ///< share of the speed that is left after a step
constexpr double foundation = 0.0015; ///< pull to the hull, per step and mm of depth
constexpr double tie = 0.001;         ///< pull to the start position, along the hull
constexpr double push = 0.05;         ///< mm per step, inwards in sulci and outwards on gyri
constexpr double primaryPush = 0.05;  ///< mm per step, further inwards in primary sulci
constexpr double longestStepMm = 0.2;
constexpr int checkEvery = 4; ///< steps between tests for crossings

/// The space that must stay free between the two walls of a sulcus and the two sides of a gyrus.
struct Clearance {
  double sulcusMm;
  double gyrusMm;
};

Points unitNormals(const Topology& topology, const Points& points, int smoothing) {
  Points outward = normals(topology, points);
  smooth(topology, outward, 0.5, smoothing);
  for (Vec3& normal : outward) {
    normal = normalized(normal);
  }
  return outward;
}

/// Returns, for each point, the vector to the mean of its neighbours.
Points bows(const Topology& topology, const Points& points) {
  Points bow(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    Vec3 mean;
    for (const std::int32_t j : topology.of(i)) {
      mean = mean + points[static_cast<std::size_t>(j)];
    }
    bow[i] = mean * (1.0 / static_cast<double>(topology.of(i).size())) - points[i];
  }
  return bow;
}

/// Simulates the middle of the sheet; the pial and white surfaces are half a thickness away from
/// it.
class Simulation {
public:
  Simulation(const Topology& topology,
             const Points& hull,
             const HullField& skull,
             const Pattern& pattern,
             Clearance clearance)
      : topology_(&topology), skull_(&skull), pattern_(&pattern), clearance_(clearance) {
    for (std::size_t i = 0; i < hull.size(); ++i) {
      for (const std::int32_t n : topology.of(i)) {
        const auto j = static_cast<std::size_t>(n);
        const double wall = (pattern.medialWall[i] + pattern.medialWall[j]) / 2;
        restMm_.push_back(length(hull[j] - hull[i]));
        growth_.push_back(stretch * (1 - wall));
      }
    }
  }

  /// Runs the simulation. `share(step)` returns the share of growth that is reached at a step.
  /// Throws Error{internal} if the sheet still crosses itself at the end.
  template <class Share>
  Points run(Points start, std::vector<const Topology*> kept, int steps, const Share& share) {
    middle_ = std::move(start);
    home_ = middle_;
    velocity_.assign(middle_.size(), {});
    Keeper keeper(std::move(kept), middle_);
    for (int step = 0; step < steps; ++step) {
      outward_ = unitNormals(*topology_, middle_, 1);
      move(share(step));
      if (step % 5 == 0) {
        pairs_ = opposedPairs(*topology_,
                              middle_,
                              outward_,
                              std::max(clearance_.sulcusMm, clearance_.gyrusMm) + thicknessMm + 1);
      }
      separate();
      stayInside();
      if (step % checkEvery == checkEvery - 1) {
        keeper.keep(middle_);
      }
    }
    keeper.keep(middle_);
    if (keeper.tolerated() > 0) {
      throw Error(ErrorKind::internal,
                  "The simulated cortex still crosses itself in " +
                      std::to_string(keeper.tolerated()) +
                      " places after its growth; change its seeds or its hull.");
    }
    return middle_;
  }

private:
  void move(double share) {
    force_.assign(middle_.size(), {});
    addSprings(share);
    addBending();
    addPull(share);
    for (std::size_t i = 0; i < middle_.size(); ++i) {
      velocity_[i] = velocity_[i] * damping + force_[i];
      const double speed = length(velocity_[i]);
      if (speed > longestStepMm) {
        velocity_[i] = velocity_[i] * (longestStepMm / speed);
      }
      middle_[i] = middle_[i] + velocity_[i];
    }
  }

  void addSprings(double share) {
    std::size_t edge = 0;
    for (std::size_t i = 0; i < middle_.size(); ++i) {
      Vec3 sum;
      for (const std::int32_t j : topology_->of(i)) {
        const Vec3 way = middle_[static_cast<std::size_t>(j)] - middle_[i];
        const double rest = restMm_[edge] * (1 + growth_[edge] * share);
        ++edge;
        sum = sum + way * (1 - rest / (length(way) + 1e-9));
      }
      force_[i] = force_[i] + sum * membrane;
    }
  }

  void addBending() {
    const Points twice = bows(*topology_, bows(*topology_, middle_));
    for (std::size_t i = 0; i < middle_.size(); ++i) {
      force_[i] = force_[i] - twice[i] * bending;
    }
  }

  /// Adds the pull of the white matter and the push of the folding pattern, which is strongest
  /// early in growth.
  void addPull(double share) {
    const double lead = std::clamp(2 - 2.2 * share, 0.25, 1.0);
    for (std::size_t i = 0; i < middle_.size(); ++i) {
      const auto [distance, out] = skull_->sample(middle_[i]);
      const double wall = pattern_->medialWall[i];
      const double sulcus = push * lead * pattern_->sulcal[i] +
                            primaryPush * std::max(lead, 0.5) * pattern_->primary[i];
      const double pull =
          foundation * (-distance - thicknessMm / 2) * (1 + 40 * wall) - (1 - wall) * sulcus;
      const Vec3 back = home_[i] - middle_[i];
      force_[i] = force_[i] + out * pull + (back - out * dot(back, out)) * tie;
    }
  }

  /// Pushes opposed pairs apart along their normals: a sulcus must stay open, and a gyrus must hold
  /// two layers of cortex and the white matter between them.
  void separate() {
    constexpr double asideMm = 3.5; ///< sideways distance beyond which points are not opposed
    constexpr double gain = 0.1;
    for (const auto& [a, b] : pairs_) {
      const auto i = static_cast<std::size_t>(a);
      const auto j = static_cast<std::size_t>(b);
      const Vec3 axis = normalized(outward_[i] - outward_[j]);
      const Vec3 way = middle_[j] - middle_[i];
      const double open = dot(way, axis);
      const double aside = (dot(way, way) - open * open) / (asideMm * asideMm);
      if (aside >= 1) {
        continue;
      }
      const double clear = (open > 0 ? clearance_.sulcusMm : clearance_.gyrusMm) + thicknessMm;
      const double lacks = clear * std::sqrt(1 - aside) - std::abs(open);
      if (lacks > 0) {
        const Vec3 shift = axis * (gain * std::min(lacks, 1.0) * (open > 0 ? 1 : -1));
        middle_[i] = middle_[i] - shift;
        middle_[j] = middle_[j] + shift;
      }
    }
  }

  void stayInside() {
    constexpr double mostMm = 0.6;
    for (Vec3& point : middle_) {
      const auto [distance, out] = skull_->sample(point);
      const double over = distance + thicknessMm / 2;
      if (over > 0) {
        point = point - out * std::min(over, mostMm);
      }
    }
  }

  const Topology* topology_;
  const HullField* skull_;
  const Pattern* pattern_;
  Clearance clearance_;
  Points middle_;
  Points home_;
  Points outward_;
  Points force_;
  Points velocity_;
  std::vector<double> restMm_; ///< rest lengths, parallel to topology.neighbor
  std::vector<double> growth_; ///< share by which each rest length grows
  Pairs pairs_;
};

/// Moves the middle of the sheet outwards (sign 1) or inwards (-1) by `distance`, or until it meets
/// itself.
Points layer(const Topology& coarse,
             const Topology& fine,
             const Points& middle,
             const std::vector<double>& distance,
             double sign) {
  constexpr int steps = 18;
  constexpr double stepMm = 0.1;
  constexpr double clearMm = 0.7;
  Points points = middle;
  Keeper keeper({&coarse, &fine}, middle);
  for (int step = 0; step < steps; ++step) {
    const Points outward = unitNormals(fine, points, 2);
    std::vector<double> move(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double way = dot(points[i] - middle[i], outward[i]) * sign;
      move[i] = std::clamp(distance[i] - way, 0.0, stepMm);
    }
    for (const auto& [a, b] : opposedPairs(fine, points, outward, 2 * clearMm)) {
      const auto i = static_cast<std::size_t>(a);
      const auto j = static_cast<std::size_t>(b);
      const double open = dot(points[j] - points[i], normalized(outward[i] - outward[j])) * sign;
      if (open > 0 && open < clearMm) {
        move[i] = 0;
        move[j] = 0;
      }
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
      points[i] = points[i] + outward[i] * (sign * move[i]);
    }
    smooth(fine, points, 0.06, 1);
    keeper.keep(points);
  }
  return points;
}

/// Returns half the thickness of each vertex. Crowns of gyri are thicker than the depths of sulci,
/// the occipital pole is thin, and the medial wall has no cortex.
std::vector<double>
halfThickness(const Topology& topology, const Points& middle, const std::vector<double>& wall) {
  std::vector<double> bend = meanCurvature(topology, middle);
  smooth(topology, bend, 0.5, 12);
  std::vector<double> half(middle.size());
  for (std::size_t i = 0; i < half.size(); ++i) {
    const double occipital = std::clamp((-60 - middle[i].y) / 40, 0.0, 1.0);
    const double thickness = 2.6 - 0.35 * std::tanh(8 * bend[i]) - 0.5 * occipital;
    half[i] = thickness / 2 * std::clamp(1 - 1.5 * wall[i], 0.0, 1.0);
  }
  return half;
}

} // namespace

Points grow(const Topology& topology,
            const Points& hull,
            const HullField& skull,
            const Pattern& pattern,
            int steps) {
  Simulation simulation(topology, hull, skull, pattern, {1.5, 1.8});
  // The pattern acts alone at first; then the sheet grows; then it comes to rest.
  return simulation.run(hull, {&topology}, steps, [](int step) {
    return std::clamp((static_cast<double>(step) / growthSteps - 0.2) / 0.6, 0.0, 1.0);
  });
}

Points settle(const Topology& coarse,
              const Topology& fine,
              const Points& hull,
              const HullField& skull,
              const Pattern& pattern,
              const Points& middle) {
  constexpr int steps = 60;
  Simulation simulation(fine, hull, skull, pattern, {1.0, 1.4});
  return simulation.run(middle, {&coarse, &fine}, steps, [](int) { return 1.0; });
}

Sheet thicken(const Topology& coarse,
              const Topology& fine,
              const Points& middle,
              const std::vector<double>& medialWall) {
  const std::vector<double> half = halfThickness(fine, middle, medialWall);
  return {layer(coarse, fine, middle, half, 1), layer(coarse, fine, middle, half, -1)};
}

} // namespace cortograph::demo
