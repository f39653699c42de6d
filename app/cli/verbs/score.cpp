#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "brain/region_file.h"
#include "engine/engine.h"
#include "subject/noise_ceiling.h"
#include "subject/standardize.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <memory>

namespace cortograph::verbs {

namespace {

using Json = nlohmann::ordered_json;

struct Settings {
  std::filesystem::path map;
  std::string subject;
  std::filesystem::path noiseCeiling;
  std::filesystem::path ncsnr;
  std::string repeats;
  std::vector<std::filesystem::path> regions;
  std::optional<Standardization> standardization; ///< nothing: as in the map's training
  std::filesystem::path out;
  ScoreJob job;
};

/// Replaces the subject's noise ceiling by the one that the options give, if any.
void takeNoiseCeiling(const Settings& settings, Subject& subject) {
  if (!settings.noiseCeiling.empty()) {
    subject.noiseCeiling = readVertexValues(settings.noiseCeiling, "noise_ceiling");
  } else if (!settings.ncsnr.empty()) {
    subject.noiseCeiling =
        ceilingFromSnr(readVertexValues(settings.ncsnr, "ncsnr"), parseRepeats(settings.repeats));
  }
  if (const std::size_t found = subject.noiseCeiling.size();
      found != 0 && found != subject.vertices.size()) {
    throw Error(ErrorKind::mismatch,
                "The noise ceiling has " + std::to_string(found) + " vertices, but " +
                    subject.name + " has " + std::to_string(subject.vertices.size()) +
                    "; give one value per vertex, left before right.");
  }
}

/// Returns means and medians over the vertices of a region.
Json summaryOf(const Scores& scores, const std::vector<std::uint8_t>& member) {
  const ScoreSummary r2 = summarize(scores.r2, member);
  const ScoreSummary r = summarize(scores.correlation, member);
  Json out{{"vertices", std::count(member.begin(), member.end(), 1)},
           {"r2_mean", r2.mean},
           {"r2_median", r2.median},
           {"r2_share_above_zero", r2.shareAboveZero},
           {"r_mean", r.mean},
           {"r_median", r.median}};
  if (!scores.noiseCeiling.empty()) {
    const ScoreSummary normalized = summarize(scores.normalizedR2, member);
    out["noise_ceiling_mean"] = summarize(scores.noiseCeiling, member).mean;
    out["r2_normalised_mean"] = normalized.mean;
    out["r2_normalised_median"] = normalized.median;
  }
  return out;
}

void run(Settings& settings, const Console& console) {
  if (!settings.out.empty()) {
    requireScoresEnding(settings.out);
  }
  ScoreJob& job = settings.job;
  BrainMap map = readMap(settings.map);
  addRegions(map.regions, readRegions(settings.regions, map.vertices));
  job.map = std::make_shared<const BrainMap>(std::move(map));
  job.subject = readSubjectOnItsMesh(settings.subject);
  takeNoiseCeiling(settings, job.subject);
  const auto trained = standardizationNamed(textOf(job.map->attributes, "standardise"));
  const Standardization how =
      settings.standardization.value_or(trained.value_or(Standardization::none));
  if (how != Standardization::none) {
    job.subject = standardized(
        restrictToVertices(job.subject, job.map->vertices), how, console.control().cancel);
  }
  const Scores scores = loadEngine().score(job, console.control());
  const char* const images = job.images == ScoredImages::test ? "test" : "validation";
  Json result{{"split", images}, {"images", scores.images}, {"standardise", toString(how)}};
  result.update(summaryOf(scores, std::vector<std::uint8_t>(job.map->size(), 1)));
  for (const Region& region : job.map->regions) {
    result["by_region"][region.name] = summaryOf(scores, region.member);
  }
  if (!settings.out.empty()) {
    writeScores(settings.out,
                scores,
                job.map->vertices,
                {{"command", console.command},
                 {"split", images},
                 {"map", std::filesystem::absolute(settings.map).string()},
                 {"subject", job.subject.name},
                 {"standardise", std::string(toString(how))},
                 {"network_hash", textOf(job.map->attributes, "network_hash")}});
    result["out"] = settings.out.string();
  }
  console.print(result);
}

void addCeilingOptions(CLI::App& app, Settings& settings) {
  auto* ceiling = app.add_option("--noise-ceiling",
                                 settings.noiseCeiling,
                                 "Share of explainable variance of each of the subject's vertices, "
                                 "instead of the subject's own noise ceiling")
                      ->option_text("F.npy|.csv");
  auto* snr = app.add_option("--ncsnr",
                             settings.ncsnr,
                             "NSD's signal-to-noise ratio of each of the subject's vertices, from "
                             "which the noise ceiling is computed")
                  ->option_text("F.npy|.csv")
                  ->excludes(ceiling);
  auto* repeats =
      app.add_option("--repeats",
                     settings.repeats,
                     "How often each image was shown: 3, or 3x515,2x200 (times x images)")
          ->needs(snr);
  snr->needs(repeats);
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  ScoreJob& job = settings->job;
  app.add_option("map", settings->map, "Map of the encoder")->required()->option_text("M.h5");
  app.add_option("--subject", settings->subject, "Subject folder, or demo")->required();
  app.add_option("--split",
                 job.images,
                 "The images that the map's training held out, or the subject's test images")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ScoredImages>{
          {"validation", ScoredImages::validation}, {"test", ScoredImages::test}}))
      ->option_text("validation|test");
  addNetworkOptions(app, job.network);
  auto* network = app.get_option("--network");
  network->description("File of weights (default: the one that the map records)");
  app.add_option("--tokens", job.tokens, "File with the images' tokens, instead of the network")
      ->option_text("F.h5")
      ->excludes(network);
  addCeilingOptions(app, *settings);
  addRegionOption(app, settings->regions);
  addStandardizeOption(app, settings->standardization);
  app.get_option("--standardise")
      ->description("Z-score the responses (default: as in the map's training)");
  app.add_option("--out", settings->out, "File to write, with one row per vertex")
      ->option_text("F.csv|.h5");
  addComputeOptions(app, job.compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& score() {
  static const Verb verb{
      .name = "score",
      .summary = "scores a map's predictions by R2, r and noise ceiling, in total and by region",
      .declare = declare,
      .writes = {"csv", "scores"}};
  return verb;
}

} // namespace cortograph::verbs
