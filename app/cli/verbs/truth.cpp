#include "analysis/truth_report.h"
#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "base/number_words.h"
#include "base/pending_file.h"
#include "engine/engine.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>

namespace cortograph::verbs {

namespace {

using Json = nlohmann::ordered_json;

struct Settings {
  std::vector<std::filesystem::path> maps;
  std::string subject;
  std::filesystem::path out;
  bool regions = false;
  ScoreJob score;
  ClusterSettings clusters; ///< for maps that are not clustered yet
  ChanceSettings chance;
};

/// A map compared with the truth.
struct Comparison {
  std::filesystem::path map;
  std::string title;
  TruthReport report;
};

/// A number of a report, with its heading in the table and its name in JSON and CSV.
template <class Of> struct Column {
  const char* head;
  const char* name;
  int decimals;
  double (*value)(const Of&);
};

constexpr Column<TruthReport> columns[] = {
    {"x", "place_r_x", 2, [](const TruthReport& r) { return r.earlyPlace.rX; }},
    {"y", "place_r_y", 2, [](const TruthReport& r) { return r.earlyPlace.rY; }},
    {"off",
     "place_displacement",
     2,
     [](const TruthReport& r) { return r.earlyPlace.displacement; }},
    {"local", "local_roc_area", 2, [](const TruthReport& r) { return r.localRoc; }},
    {"V1", "layer_V1", 2, [](const TruthReport& r) { return r.hierarchy.layer[0]; }},
    {"V2", "layer_V2", 2, [](const TruthReport& r) { return r.hierarchy.layer[1]; }},
    {"V3", "layer_V3", 2, [](const TruthReport& r) { return r.hierarchy.layer[2]; }},
    {"hV4", "layer_hV4", 2, [](const TruthReport& r) { return r.hierarchy.layer[3]; }},
    {"cat.", "layer_category", 2, [](const TruthReport& r) { return r.hierarchy.layer[4]; }},
    {"rise", "layer_rise", 2, [](const TruthReport& r) { return r.hierarchy.rise; }},
    {"rho", "layer_rho", 2, [](const TruthReport& r) { return r.hierarchy.rho; }},
    {"early", "hierarchy_early", 2, [](const TruthReport& r) { return r.hierarchy.early; }},
    {"late", "hierarchy_late", 2, [](const TruthReport& r) { return r.hierarchy.late; }},
    {"slope", "hierarchy_slope", 3, [](const TruthReport& r) { return r.hierarchy.slope; }},
    {"R2", "r2_mean", 3, [](const TruthReport& r) { return r.r2; }},
    {"/ceil", "r2_of_ceiling", 2, [](const TruthReport& r) { return r.ofCeiling; }},
    {"local", "r2_of_ceiling_local", 2, [](const TruthReport& r) { return r.ofCeilingLocal; }},
    {"global", "r2_of_ceiling_global", 2, [](const TruthReport& r) { return r.ofCeilingGlobal; }},
    {"r", "r_noise_free", 2, [](const TruthReport& r) { return r.signalCorrelation; }},
    {"Rand",
     "clusters_adjusted_rand",
     3,
     [](const TruthReport& r) { return r.clusters.agreement; }},
    {"p", "clusters_p_permuted", 3, [](const TruthReport& r) { return r.clusters.permutedP; }},
    {"rot.",
     "clusters_rand_rotated",
     3,
     [](const TruthReport& r) { return r.clusters.rotatedAgreement; }},
    {"p rot.", "clusters_p_rotated", 3, [](const TruthReport& r) { return r.clusters.rotatedP; }}};

constexpr const char* legend =
    "x, y: r between selected and true places of the local vertices of V1-V3; off: median "
    "displacement, half images\n"
    "local: area under the ROC curve of 1 - scale for local vertices\n"
    "V1 ... cat.: mean expected layer, 0 first .. 1 last; rise: category areas minus V1; rho: "
    "Spearman's, with the rank\n"
    "early, late, slope: line through the regions' means\n"
    "/ceil: mean R2 / mean noise ceiling, then for local and global vertices; r: with the "
    "noise-free responses\n"
    "Rand: adjusted Rand index of channel clusters and true areas, p by permutation; rot.: mean "
    "and p by rotation of the sphere\n";

constexpr Column<TruthRegion> regionColumns[] = {
    {"expected layer, 0 first .. 1 last", "layer", 2, [](const TruthRegion& r) { return r.layer; }},
    {"scale, 0 local .. 1 global", "scale", 2, [](const TruthRegion& r) { return r.scale; }},
    {"mean R2", "r2_mean", 2, [](const TruthRegion& r) { return r.r2; }},
    {"R2 over noise ceiling", "r2_of_ceiling", 2, [](const TruthRegion& r) { return r.ofCeiling; }},
    {"median displacement of the place, half images",
     "place_displacement",
     2,
     [](const TruthRegion& r) { return r.placeError; }}};

Json number(double value) {
  return std::isnan(value) ? Json() : Json(value);
}

template <class Of, std::size_t Count>
void addTo(Json& json, const Of& values, const Column<Of> (&table)[Count]) {
  for (const Column<Of>& column : table) {
    json[column.name] = number(column.value(values));
  }
}

Json jsonOf(const Comparison& one, bool regions) {
  const TruthReport& report = one.report;
  Json json{{"map", one.map.string()}, {"title", one.title}};
  addTo(json, report, columns);
  const std::array<const char*, 3> early{"V1", "V2", "V3"};
  for (std::size_t i = 0; i < early.size(); ++i) {
    const PlaceMatch& place = report.place.at(i);
    json["place"][early.at(i)] = {{"vertices", place.vertices},
                                  {"r_x", number(place.rX)},
                                  {"r_y", number(place.rY)},
                                  {"displacement", number(place.displacement)}};
  }
  json["images"] = report.scores.images;
  json["clustered_vertices"] = report.clusters.vertices;
  json["rotations"] = report.clusters.rotations;
  for (const TruthRegion& region : report.regions) {
    if (regions) {
      Json& out = json["by_region"][region.name];
      out["vertices"] = region.vertices;
      addTo(out, region, regionColumns);
    }
  }
  return json;
}

/// The rows of a table of words; the first column is aligned left, the others right.
using Rows = std::vector<std::vector<std::string>>;

void printRows(const Rows& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].size());
    }
  }
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - row[i].size(), ' ');
      std::cout << (i == 0 ? row[i] + gap : "  " + gap + row[i]);
    }
    std::cout << '\n';
  }
}

std::string shown(double value, int decimals) {
  return std::isnan(value) ? "-" : inDecimals(value, decimals);
}

void printTable(const std::vector<Comparison>& all) {
  Rows rows{{""}};
  for (const auto& column : columns) {
    rows.front().emplace_back(column.head);
  }
  for (const Comparison& one : all) {
    rows.push_back({one.map.stem().string()});
    for (const auto& column : columns) {
      rows.back().push_back(shown(column.value(one.report), column.decimals));
    }
  }
  printRows(rows);
  std::cout << '\n' << legend;
}

/// Prints a table per number, with a row per map and a column per region.
void printRegions(const std::vector<Comparison>& all) {
  const std::vector<TruthRegion>& known = all.front().report.regions;
  for (const auto& column : regionColumns) {
    Rows rows{{column.head}};
    for (const TruthRegion& region : known) {
      rows.front().push_back(region.name);
    }
    for (const Comparison& one : all) {
      rows.push_back({one.map.stem().string()});
      for (const TruthRegion& region : known) {
        const auto& own = one.report.regions;
        const auto found = std::find_if(own.begin(), own.end(), [&region](const auto& candidate) {
          return candidate.name == region.name;
        });
        rows.back().push_back(found == own.end() ? "-"
                                                 : shown(column.value(*found), column.decimals));
      }
    }
    std::cout << '\n';
    printRows(rows);
  }
}

/// Quotes a text for CSV.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char letter : text) {
    out += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  }
  return out + "\"";
}

template <class Of, std::size_t Count> std::string namesOf(const Column<Of> (&table)[Count]) {
  std::string names;
  for (const Column<Of>& column : table) {
    names += std::string(",") + column.name;
  }
  return names;
}

template <class Of, std::size_t Count>
std::string valuesOf(const Of& values, const Column<Of> (&table)[Count]) {
  std::ostringstream out;
  out.precision(6);
  for (const Column<Of>& column : table) {
    out << ',' << column.value(values);
  }
  return out.str();
}

/// Writes a table with a row per map, or per map and region.
void writeCsv(const std::filesystem::path& file, const std::vector<Comparison>& all, bool regions) {
  PendingFile pending(file);
  std::ofstream stream(pending.temporary());
  stream << "map,title"
         << (regions ? ",region,vertices" + namesOf(regionColumns) : namesOf(columns)) << '\n';
  for (const Comparison& one : all) {
    const std::string head = quoted(one.map.string()) + "," + quoted(one.title);
    if (!regions) {
      stream << head << valuesOf(one.report, columns) << '\n';
      continue;
    }
    for (const TruthRegion& region : one.report.regions) {
      stream << head << ',' << region.name << ',' << region.vertices
             << valuesOf(region, regionColumns) << '\n';
    }
  }
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed; free some space or choose another folder.");
  }
  pending.commit();
}

Comparison compare(const std::filesystem::path& file, Settings& settings, const Control& control) {
  ScoreJob& score = settings.score;
  score.map = std::make_shared<const BrainMap>(readMap(file));
  Scores scores = loadEngine().score(score, control);
  const ChannelClusters clusters = score.map->clusters.label.empty()
                                       ? loadEngine().cluster({.map = score.map,
                                                               .settings = settings.clusters,
                                                               .compute = score.compute,
                                                               .command = {}},
                                                              control)
                                       : score.map->clusters;
  return {.map = file,
          .title = score.map->title(),
          .report =
              reportTruth(*score.map, score.subject, std::move(scores), clusters, settings.chance)};
}

void run(Settings& settings, const Console& console) {
  settings.score.subject = readSubjectOnItsMesh(settings.subject);
  requireTruth(settings.score.subject);
  std::vector<Comparison> all;
  for (const std::filesystem::path& file : settings.maps) {
    inContext("comparing " + file.string() + " with the truth",
              [&] { all.push_back(compare(file, settings, console.control())); });
  }
  if (!settings.out.empty()) {
    writeCsv(settings.out, all, settings.regions);
  }
  if (console.json) {
    Json result{{"subject", settings.score.subject.name},
                {"split", settings.score.images == ScoredImages::test ? "test" : "validation"},
                {"seed", settings.chance.seed}};
    for (const Comparison& one : all) {
      result["maps"].push_back(jsonOf(one, settings.regions));
    }
    console.print(result);
    return;
  }
  console.endProgress();
  printTable(all);
  if (settings.regions) {
    printRegions(all);
  }
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  ScoreJob& score = settings->score;
  score.images = ScoredImages::test;
  app.add_option("maps", settings->maps, "Maps of encoders")->required()->option_text("M.h5...");
  app.add_option("--subject", settings->subject, "Simulated subject: demo, or a folder")
      ->required();
  app.add_flag("--regions", settings->regions, "Also print the numbers of each area");
  app.add_option("--split", score.images, "The images to score on")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ScoredImages>{
          {"validation", ScoredImages::validation}, {"test", ScoredImages::test}}))
      ->option_text("validation|test");
  addNetworkOptions(app, score.network);
  app.get_option("--network")
      ->description("File of weights for all maps (default: the one that each records)");
  app.add_option(
         "--out", settings->out, "Table to write, with one row per map, or per map and area")
      ->option_text("T.csv");
  app.add_option("--seed", settings->chance.seed, "Random seed of permutations and rotations");
  addComputeOptions(app, score.compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& truth() {
  static const Verb verb{.name = "truth",
                         .summary = "compares maps with the truth of a simulated subject",
                         .declare = declare,
                         .writes = {"csv"}};
  return verb;
}

} // namespace cortograph::verbs
