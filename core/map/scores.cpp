#include "map/scores.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/hdf5.h"
#include "base/pending_file.h"
#include "base/quantile.h"
#include "base/version.h"
#include "map/vertex_index.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>

namespace cortograph {

namespace {

struct Column {
  const char* name;
  const char* meaning;
  const std::vector<float>* values; ///< N; empty: the column is left out
};

std::vector<Column> columnsOf(const Scores& scores) {
  return {{"r2", "1 - residual / total sum of squares, NaN where undefined", &scores.r2},
          {"r", "Pearson's correlation, NaN where undefined", &scores.correlation},
          {"noise_ceiling", "share of variance that can be explained", &scores.noiseCeiling},
          {"r2_normalised",
           "R2 over noise ceiling, NaN where the ceiling is too low",
           &scores.normalizedR2},
          {"r_noise_free",
           "Pearson's correlation with the simulated responses without noise, NaN where undefined",
           &scores.signalCorrelation}};
}

void writeHdf5(const std::filesystem::path& path,
               const Scores& scores,
               const VertexSet& vertices,
               const Attributes& attributes) {
  Hdf5File file = Hdf5File::create(path);
  file.setAttributes("/", attributes);
  file.setAttribute("/", "cortograph_kind", std::string("scores"));
  file.setAttribute("/", "schema", std::int64_t{1});
  file.setAttribute("/", "software_version", std::string(softwareVersion));
  writeVertexIndex(file, vertices);
  file.setAttribute("/", "images", static_cast<std::int64_t>(scores.images));
  for (const Column& column : columnsOf(scores)) {
    if (!column.values->empty()) {
      file.write(std::string("/score/") + column.name,
                 Array<float>({column.values->size()}, *column.values),
                 column.meaning);
    }
  }
  file.flush();
}

void writeCsv(const std::filesystem::path& path,
              const Scores& scores,
              const VertexSet& vertices,
              const Attributes& /*attributes*/) {
  std::vector<Column> columns = columnsOf(scores);
  std::erase_if(columns, [](const Column& column) { return column.values->empty(); });
  std::ofstream file(path);
  file << "vertex,hemisphere";
  for (const Column& column : columns) {
    file << ',' << column.name;
  }
  file << '\n';
  file.precision(std::numeric_limits<float>::max_digits10);
  const std::vector<std::int32_t> index = meshIndices(vertices);
  const std::vector<std::uint8_t> side = sidesOf(vertices);
  for (std::size_t n = 0; n < vertices.size(); ++n) {
    file << index[n] << ',' << (side[n] == 0 ? "left" : "right");
    for (const Column& column : columns) {
      file << ',' << (*column.values)[n];
    }
    file << '\n';
  }
  if (!file.flush()) {
    throw Error(ErrorKind::file,
                "The scores could not be written to " + path.string() +
                    "; check that the disk is not full.");
  }
}

using Write = decltype(&writeCsv);

Write writerFor(const std::filesystem::path& file) {
  if (hasEnding(file, ".csv")) {
    return &writeCsv;
  }
  if (hasEnding(file, ".h5")) {
    return &writeHdf5;
  }
  throw Error(ErrorKind::unsupported,
              "Scores can be written as .csv or .h5; give " + file.string() +
                  " one of these extensions.");
}

} // namespace

std::vector<float>
normalizeByCeiling(const std::vector<float>& r2, const std::vector<float>& ceiling, float least) {
  if (r2.size() != ceiling.size()) {
    throw Error(ErrorKind::mismatch,
                "The noise ceiling has " + std::to_string(ceiling.size()) +
                    " vertices, but the scores have " + std::to_string(r2.size()) + ".");
  }
  std::vector<float> normalized(r2.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t n = 0; n < r2.size(); ++n) {
    if (ceiling[n] > least) {
      normalized[n] = r2[n] / ceiling[n];
    }
  }
  return normalized;
}

ScoreSummary summarize(std::vector<float> values) {
  std::erase_if(values, [](float value) { return !std::isfinite(value); });
  if (values.empty()) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    return {.mean = none, .median = none, .shareAboveZero = none};
  }
  const auto count = static_cast<double>(values.size());
  const auto above =
      std::count_if(values.begin(), values.end(), [](float value) { return value > 0; });
  return {.mean = std::accumulate(values.begin(), values.end(), 0.0) / count,
          .median = median(values),
          .shareAboveZero = static_cast<double>(above) / count};
}

ScoreSummary summarize(const std::vector<float>& values, const std::vector<std::uint8_t>& member) {
  std::vector<float> own;
  for (std::size_t n = 0; n < values.size(); ++n) {
    if (member[n] != 0) {
      own.push_back(values[n]);
    }
  }
  return summarize(std::move(own));
}

void writeScores(const std::filesystem::path& file,
                 const Scores& scores,
                 const VertexSet& vertices,
                 const Attributes& attributes) {
  inContext("writing the scores " + file.string(), [&] {
    const Write write = writerFor(file);
    PendingFile pending(file);
    write(pending.temporary(), scores, vertices, attributes);
    pending.commit();
  });
}

void requireScoresEnding(const std::filesystem::path& file) {
  (void)writerFor(file);
}

} // namespace cortograph
