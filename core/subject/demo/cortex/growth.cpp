#include "subject/demo/cortex/growth.h"

#include "subject/demo/cortex/contact.h"
#include "subject/demo/cortex/crossing.h"

#include <algorithm>
#include <cstdlib>

namespace cortograph::demo {

namespace {

double knob(const char* name, double value) {
  const char* s = std::getenv(name);
  return s ? std::atof(s) : value;
}

struct Settings {
  double thicknessMm = knob("THICK", 2.6);
  double stretch = knob("STRETCH", 1.62); ///< linear
  double sulcalGapMm = knob("GAP", 1.5);
  double gyralCoreMm = knob("CORE", 1.8);
  double membrane = knob("MEMBRANE", 0.12);
  double bending = knob("BEND", 0.15);
  double damping = knob("DAMP", 0.8);
  double foundation = knob("FOUND", 0.005);
  double push = knob("PUSH", 0.05);
  double primary = knob("PRIMARY", 0.05);
};

/// Moves the middle of the sheet; pial and white lie half a thickness off it.
class Simulation {
public:
  Simulation(const Topology& topology,
             const Points& hull,
             const HullField& skull,
             const Pattern& pattern,
             const Settings& settings)
      : topology_(&topology), skull_(&skull), pattern_(&pattern), settings_(settings),
        middle_(hull.size()) {
    anchor_ = hull;
    for (std::size_t i = 0; i < hull.size(); ++i) {
      middle_[i] = hull[i];
      for (const std::int32_t n : topology.of(i)) {
        const auto j = static_cast<std::size_t>(n);
        const double wall = (pattern.medialWall[i] + pattern.medialWall[j]) / 2;
        restMm_.push_back(length(hull[j] - hull[i]));
        growth_.push_back((settings.stretch - 1) * (1 - wall));
      }
    }
  }

  void start(Points middle) { middle_ = std::move(middle); anchor_ = middle_; }
  [[nodiscard]] const Points& middle() const { return middle_; }

  /// `share` of the growth, 0 .. 1, from `from` to `to`.
  void run(int steps, double from, double to) {
    Points velocity(middle_.size());
    Keeper keeper({topology_}, middle_);
    for (int step = 0; step < steps; ++step) {
      const double time = static_cast<double>(step) / steps;
      const double share = from + (to - from) * std::clamp((time - knob("T0",0.1)) / (knob("T1",0.8)-knob("T0",0.1)), 0.0, 1.0);
      outward_ = normals(*topology_, middle_);
      smooth(*topology_, outward_, 0.5, 1);
      for (Vec3& n : outward_) n = normalized(n);
      force_.assign(middle_.size(), {});
      addSprings(share);
      addBending();
      addPull(share);
      for (std::size_t i = 0; i < middle_.size(); ++i) {
        velocity[i] = velocity[i] * settings_.damping + force_[i];
        const double speed = length(velocity[i]);
        if (speed > vmax_) {
          velocity[i] = velocity[i] * (vmax_ / speed);
        }
        middle_[i] = middle_[i] + velocity[i];
      }
      separate(step % 5 == 0);
      stayInside();
      if (step % every_ == every_ - 1) {
        keeper.keep(middle_);
      }
    }
  }

private:
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
      force_[i] = force_[i] + sum * settings_.membrane;
    }
  }

  [[nodiscard]] Points bows(const Points& points) const {
    Points bow(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      Vec3 mean;
      for (const std::int32_t j : topology_->of(i)) {
        mean = mean + points[static_cast<std::size_t>(j)];
      }
      bow[i] = mean * (1.0 / static_cast<double>(topology_->of(i).size())) - points[i];
    }
    return bow;
  }

  void addBending() {
    const Points twice = bows(bows(middle_));
    for (std::size_t i = 0; i < middle_.size(); ++i) {
      force_[i] = force_[i] - twice[i] * settings_.bending;
    }
  }

  void addPull(double share) {
    const double early = std::clamp(knob("EARLYA",2) - knob("EARLYB",2.2) * share, knob("LATE", 0.25), 1.0);
    for (std::size_t i = 0; i < middle_.size(); ++i) {
      const auto [distance, out] = skull_->sample(middle_[i]);
      const double wall = pattern_->medialWall[i];
      double pull = settings_.foundation * (-distance - settings_.thicknessMm / 2) * (1 + 40 * wall);
      pull -= (1 - wall) * (settings_.push * early * pattern_->sulcal[i] +
                            settings_.primary * std::max(early, lateP_) * pattern_->primary[i]);
      const Vec3 home = anchor_[i] - middle_[i];
      const Vec3 along = home - out * dot(home, out);
      force_[i] = force_[i] + out * pull + along * tang_;
    }
  }

  /// Pushes pairs apart along their normals: outside a sulcus must stay open, inside a gyrus must
  /// hold two cortices and the white matter between.
  void separate(bool again) {
    const double sulcus = settings_.sulcalGapMm + settings_.thicknessMm;
    const double gyrus = settings_.gyralCoreMm + settings_.thicknessMm;
    if (again) {
      pairs_ = opposedPairs(*topology_, middle_, outward_, std::max(sulcus, gyrus) + reach_);
    }
    for (const auto& [a, b] : pairs_) {
      const auto i = static_cast<std::size_t>(a);
      const auto j = static_cast<std::size_t>(b);
      const Vec3 axis = normalized(outward_[i] - outward_[j]);
      const double open = dot(middle_[j] - middle_[i], axis);
      const Vec3 way = middle_[j] - middle_[i];
      const double aside = (dot(way, way) - open * open) / (aside_ * aside_);
      if (aside >= 1) {
        continue;
      }
      const double lacks = (open > 0 ? sulcus : gyrus) * std::sqrt(1 - aside) - std::abs(open);
      if (lacks > 0) {
        const Vec3 shift = axis * (kc_ * std::min(lacks, 1.0) * (open > 0 ? 1 : -1));
        middle_[i] = middle_[i] - shift;
        middle_[j] = middle_[j] + shift;
      }
    }
  }

  void stayInside() {
    for (std::size_t i = 0; i < middle_.size(); ++i) {
      const auto [distance, out] = skull_->sample(middle_[i]);
      const double over = distance + settings_.thicknessMm / 2;
      if (over > 0) {
        middle_[i] = middle_[i] - out * std::min(over, 0.6);
      }
    }
  }

  const Topology* topology_;
  const HullField* skull_;
  const Pattern* pattern_;
  Settings settings_;
  Points middle_;
  Points anchor_;
  Points outward_;
  Points force_;
  std::vector<double> restMm_; ///< of topology.neighbour
  std::vector<double> growth_;
  Pairs pairs_;
  double aside_ = knob("ASIDE", 3.5);
  double reach_ = knob("REACH", 1);
  double kc_ = knob("KC", 0.1);
  int every_ = (int)knob("EVERY",4);
  double vmax_ = knob("VMAX",0.2);
  double lateP_ = knob("LATEP", 0.5);
  double tang_ = knob("TANG", 0.01);
};

Sheet sheetOf(const Topology& topology, const Points& middle, double thickness) {
  Points out = normals(topology, middle);
  smooth(topology, out, 0.5, 2);
  Sheet sheet{middle, middle};
  for (std::size_t i = 0; i < middle.size(); ++i) {
    const Vec3 n = normalized(out[i]) * (thickness / 2);
    sheet.pial[i] = middle[i] + n;
    sheet.white[i] = middle[i] - n;
  }
  return sheet;
}

/// New vertices on a circle through the old ones rather than on the chord.
Points between(const Topology& coarse, const Points& points, const Topology& fine) {
  Points bow(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    Vec3 mean;
    for (const std::int32_t j : coarse.of(i)) {
      mean = mean + points[static_cast<std::size_t>(j)];
    }
    bow[i] = points[i] - mean * (1.0 / static_cast<double>(coarse.of(i).size()));
  }
  Points finer = points;
  finer.resize(fine.size());
  for (std::size_t i = points.size(); i < fine.size(); ++i) {
    Vec3 sum;
    for (const std::int32_t j : fine.of(i)) {
      const auto parent = static_cast<std::size_t>(j);
      if (parent < points.size()) {
        sum = sum + points[parent] + bow[parent] * knob("BOW", 0.4);
      }
    }
    finer[i] = sum * 0.5;
  }
  return finer;
}

} // namespace

Sheet grow(const Topology& topology,
           const Points& hull,
           const HullField& skull,
           const Pattern& pattern) {
  Simulation simulation(topology, hull, skull, pattern, {});
  simulation.run(static_cast<int>(knob("STEPS", 900)), 0, 1);
  return sheetOf(topology, simulation.middle(), 2.6);
}

Sheet refine(const Topology& coarse,
             const Sheet& sheet,
             const Topology& fine,
             const Points& fineHull,
             const HullField& skull,
             const Pattern& finePattern) {
  Settings settings;
  settings.sulcalGapMm = knob("FGAP", 1.0);
  settings.gyralCoreMm = knob("FCORE", 1.4);
  Simulation simulation(fine, fineHull, skull, finePattern, settings);
  Points middle = sheet.pial;
  for (std::size_t i = 0; i < middle.size(); ++i) {
    middle[i] = (sheet.pial[i] + sheet.white[i]) * 0.5;
  }
  simulation.start(between(coarse, middle, fine));
  simulation.run(static_cast<int>(knob("FSTEPS", 60)), 1, 1);
  return sheetOf(fine, simulation.middle(), 2.6);
}

} // namespace cortograph::demo
