#include "analysis/truth_report.h"

#include "analysis/statistics.h"
#include "base/error.h"
#include "base/log.h"

#include <algorithm>
#include <utility>

namespace cortograph {

namespace {

using Members = std::vector<std::uint8_t>;

constexpr float leastLocal = 0.5F;

Members localOf(const Truth& truth, bool local) {
  Members member;
  for (const float value : truth.local) {
    member.push_back((value >= leastLocal) == local ? 1 : 0);
  }
  return member;
}

std::vector<std::string> wholeAreas(const Truth& truth) {
  std::vector<std::string> names;
  std::transform(truth.area.begin(), truth.area.end(), std::back_inserter(names), wholeRegion);
  return names;
}

/// Returns which vertices are in one of the named areas and in `within`.
Members membersOf(const std::vector<std::string>& areas,
                  const std::vector<std::string>& names,
                  const Members& within) {
  Members member = within;
  for (std::size_t n = 0; n < member.size(); ++n) {
    if (std::find(names.begin(), names.end(), areas[n]) == names.end()) {
      member[n] = 0;
    }
  }
  return member;
}

/// Lists the areas: those of the hierarchy by rank, then the others in order of appearance.
std::vector<std::string> namesIn(const std::vector<std::string>& areas) {
  std::vector<std::string> names;
  for (const std::string& area : areas) {
    if (!area.empty() && std::find(names.begin(), names.end(), area) == names.end()) {
      names.push_back(area);
    }
  }
  const auto rankOf = [](const std::string& name) {
    return hierarchyRank(name).value_or(hierarchyRanks);
  };
  std::stable_sort(names.begin(), names.end(), [rankOf](const auto& a, const auto& b) {
    return rankOf(a) < rankOf(b);
  });
  return names;
}

std::vector<TruthRegion> regionsOf(const BrainMap& map,
                                   const Truth& truth,
                                   const std::vector<std::string>& areas,
                                   const Scores& scores) {
  const Members all(map.size(), 1);
  const Members local = localOf(truth, true);
  const std::vector<float> layer = expectedLayer(map.layer);
  std::vector<TruthRegion> regions;
  for (const std::string& name : namesIn(areas)) {
    const Members member = membersOf(areas, {name}, all);
    regions.push_back(
        {.name = name,
         .vertices = static_cast<std::size_t>(std::count(member.begin(), member.end(), 1)),
         .layer = summarize(layer, member).mean,
         .scale = summarize(map.scale.values, member).mean,
         .r2 = summarize(scores.r2, member).mean,
         .ofCeiling = shareOfCeiling(scores.r2, scores.noiseCeiling, member),
         .placeError = matchPlaces(map.space, truth.x, truth.y, membersOf(areas, {name}, local))
                           .displacement});
  }
  return regions;
}

void warnOfOtherSubject(const BrainMap& map, const Subject& subject) {
  const std::string trained = textOf(map.attributes, "subject");
  if (!trained.empty() && trained != subject.name) {
    logWarning("The map " + map.title() + " was trained on " + trained +
               " but is compared with the truth of " + subject.name + ".");
  }
}

} // namespace

void requireTruth(const Subject& subject) {
  if (!subject.truth) {
    throw Error(ErrorKind::notFound,
                "The subject " + subject.name +
                    " has no truth to compare with, because it is not simulated; give a built-in "
                    "subject, or a "
                    "folder with truth/ or truth.npz.");
  }
}

TruthReport reportTruth(const BrainMap& map,
                        const Subject& whole,
                        Scores given,
                        const ChannelClusters& clusters,
                        const ChanceSettings& chance) {
  requireTruth(whole);
  const Subject subject = restrictToVertices(whole, map.vertices);
  warnOfOtherSubject(map, subject);
  const Truth& truth = *subject.truth;
  const Members local = localOf(truth, true);
  const Members global = localOf(truth, false);
  const std::vector<std::string> areas = wholeAreas(truth);
  TruthReport report;
  const std::array<std::string, 3> early{"V1", "V2", "V3"};
  const auto placeOf = [&](const std::vector<std::string>& names) {
    return matchPlaces(map.space, truth.x, truth.y, membersOf(areas, names, local));
  };
  for (std::size_t i = 0; i < early.size(); ++i) {
    report.place.at(i) = placeOf({early.at(i)});
  }
  report.earlyPlace = placeOf({early.begin(), early.end()});
  std::vector<float> locality;
  for (const float scale : map.scale.values) {
    locality.push_back(1 - scale);
  }
  report.localRoc = areaUnderRoc(locality, local);
  report.hierarchy = hierarchyOf(expectedLayer(map.layer), areas);

  report.scores = std::move(given);
  if (report.scores.noiseCeiling.empty()) {
    report.scores.noiseCeiling = truth.noiseCeiling;
  }
  const Scores& scores = report.scores;
  report.r2 = summarize(scores.r2).mean;
  report.ofCeiling = shareOfCeiling(scores.r2, scores.noiseCeiling, Members(map.size(), 1));
  report.ofCeilingLocal = shareOfCeiling(scores.r2, scores.noiseCeiling, local);
  report.ofCeilingGlobal = shareOfCeiling(scores.r2, scores.noiseCeiling, global);
  report.signalCorrelation = summarize(scores.signalCorrelation).mean;

  report.clusters =
      matchClusters(clusters.label,
                    areas,
                    chance.permutations,
                    chance.seed,
                    sphereRotations(map.vertices, map.coordinates, chance.rotations, chance.seed));
  report.regions = regionsOf(map, truth, areas, scores);
  return report;
}

} // namespace cortograph
