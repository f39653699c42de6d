#include "demo/responses/responses.h"

#include "base/parallel.h"
#include "demo/responses/features.h"

#include <cmath>
#include <map>
#include <numbers>
#include <string_view>

namespace cortograph::demo {

namespace {

/// How an area weights the kinds of features; the sum is 1.
struct FeatureShares {
  float edge = 0;
  float bend = 0;
  float contour = 0;
  float color = 0;
};

const FeatureShares& featureSharesOf(const std::string& area) {
  static const std::map<std::string_view, FeatureShares> shares{
      {"V1", {.edge = 0.92F, .bend = 0, .contour = 0, .color = 0.08F}},
      {"V2", {.edge = 0.55F, .bend = 0.2F, .contour = 0.2F, .color = 0.05F}},
      {"V3", {.edge = 0.4F, .bend = 0.35F, .contour = 0.2F, .color = 0.05F}},
      {"hV", {.edge = 0.15F, .bend = 0.4F, .contour = 0.1F, .color = 0.35F}}};
  return shares.at(std::string_view(area).substr(0, 2));
}

/// Returns the weights that a vertex gives to the features. Orientations near its preferred one
/// weigh most.
Features weightsOf(const Tuning& tuning) {
  const FeatureShares& shares = featureSharesOf(tuning.area);
  Features weights{};
  const auto orientationShare = [&](double angle) {
    return std::exp(tuning.orientationGain * std::cos(2 * (angle - tuning.orientation)));
  };
  const auto fill = [&](std::size_t first, std::size_t count, float total, auto share) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      sum += share(i);
    }
    for (std::size_t i = 0; i < count; ++i) {
      weights[first + i] = static_cast<float>(total * share(i) / sum);
    }
  };
  const auto angleOf = [](double index) { return std::numbers::pi * index / orientationCount; };
  fill(feature::edge, orientationCount * frequencyCount, shares.edge, [&](std::size_t i) {
    const double frequency = i < orientationCount ? tuning.fineShare : 1 - tuning.fineShare;
    return frequency * orientationShare(angleOf(static_cast<double>(i % orientationCount)));
  });
  fill(feature::bend, orientationCount, shares.bend, [&](std::size_t i) {
    return orientationShare(angleOf(static_cast<double>(i) + 0.5));
  });
  fill(feature::contour, frequencyCount, shares.contour, [&](std::size_t i) {
    return i == 0 ? tuning.fineShare : 1 - tuning.fineShare;
  });
  // The preferred orientation also determines, arbitrarily, which colour axis weighs more.
  const double redGreen = 0.5 + 0.4 * std::cos(tuning.orientation);
  fill(feature::color, 2, shares.color, [&](std::size_t i) {
    return i == 0 ? redGreen : 1 - redGreen;
  });
  return weights;
}

double localResponse(const Tuning& tuning, const Features& weights, const Fields& fields) {
  const Features seen = fields.at(tuning.x, tuning.y, tuning.fieldRadius);
  double drive = 0;
  for (std::size_t f = 0; f < feature::count; ++f) {
    drive += static_cast<double>(weights[f]) * seen[f];
  }
  return drive;
}

double categoryResponse(const Tuning& tuning,
                        const std::array<double, categoryCount>& evidence,
                        double contrast) {
  constexpr double semiSaturation = 0.35;
  constexpr double competition = 0.25;
  constexpr double contrastShare = 1.2;
  double drive = 0;
  double all = 0;
  for (std::size_t c = 0; c < categoryCount; ++c) {
    drive += tuning.categories[c] * evidence[c];
    all += evidence[c];
  }
  return drive / (semiSaturation + competition * all) + contrastShare * std::sqrt(contrast);
}

/// Returns how strongly a setting counts as a place, 0..1.
double depthOf(Setting setting) {
  static constexpr std::array<double, settingCount> depths{0, 0, 1, 1, 0.85, 0.8, 0.75};
  return depths.at(static_cast<std::size_t>(setting));
}

} // namespace

std::array<double, categoryCount> evidenceOf(const Scene& scene) {
  const auto all = static_cast<double>(scene.mask.size());
  std::array<double, categoryCount> share{};
  double seen = 0;
  for (const Thing& thing : scene.things) {
    const double pixels = static_cast<double>(thing.pixels) / all;
    share[static_cast<std::size_t>(categoryOf(thing.kind))] += pixels;
    seen += pixels;
  }
  const double left = std::max(0.0, 1 - seen);
  share[static_cast<std::size_t>(Category::place)] += 0.35 * depthOf(scene.setting) * left;
  if (scene.setting == Setting::texture) {
    share[static_cast<std::size_t>(Category::texture)] += 0.35 * left;
  }
  for (double& value : share) {
    value = std::sqrt(value);
  }
  return share;
}

Array<float> idealResponses(const std::vector<Scene>& scenes, const std::vector<Tuning>& tuning) {
  Array<float> responses({scenes.size(), tuning.size()});
  std::vector<Features> weights(tuning.size());
  for (std::size_t n = 0; n < tuning.size(); ++n) {
    if (tuning[n].local) {
      weights[n] = weightsOf(tuning[n]);
    }
  }
  inParallel(scenes.size(), [&](std::size_t image) {
    double contrast = 0;
    const Fields fields(featuresOf(scenes[image].picture, contrast));
    const std::array<double, categoryCount> evidence = evidenceOf(scenes[image]);
    const std::span<float> row = responses.row(image);
    for (std::size_t n = 0; n < tuning.size(); ++n) {
      row[n] =
          static_cast<float>(tuning[n].local ? localResponse(tuning[n], weights[n], fields)
                                             : categoryResponse(tuning[n], evidence, contrast));
    }
  });
  return responses;
}

} // namespace cortograph::demo
