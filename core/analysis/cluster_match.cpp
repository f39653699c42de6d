#include "analysis/cluster_match.h"

#include "analysis/compare.h"
#include "analysis/statistics.h"
#include "base/error.h"
#include "map/parts.h"

#include <limits>

namespace cortograph {

namespace {

/// Solves the assignment problem of Kuhn and Munkres by shortest augmenting paths with potentials
/// (Jonker and Volgenant, "A shortest augmenting path algorithm…", Computing 1987). Rows and
/// columns count from 1; row 0 means none, and column 0 holds the row that is being added.
class Assigner {
public:
  /// `gain` must not have more rows than columns.
  explicit Assigner(const Array<std::int64_t>& gain)
      : gain_(gain),
        rowPotential_(gain.rows() + 1),
        columnPotential_(gain.rowSize() + 1),
        rowOf_(gain.rowSize() + 1) {}

  void add(std::size_t row) {
    rowOf_[0] = row;
    std::vector<std::int64_t> slack(rowOf_.size(), std::numeric_limits<std::int64_t>::max());
    std::vector<std::size_t> from(rowOf_.size());
    std::vector<bool> reached(rowOf_.size());
    std::size_t column = 0;
    while (rowOf_[column] != 0) {
      reached[column] = true;
      std::size_t next = 0;
      for (std::size_t j = 1; j < rowOf_.size(); ++j) {
        if (reached[j]) {
          continue;
        }
        if (const std::int64_t reduced = reducedCost(rowOf_[column], j); reduced < slack[j]) {
          slack[j] = reduced;
          from[j] = column;
        }
        next = next == 0 || slack[j] < slack[next] ? j : next;
      }
      shift(slack[next], reached, slack);
      column = next;
    }
    for (; column != 0; column = from[column]) {
      rowOf_[column] = rowOf_[from[column]];
    }
  }

  [[nodiscard]] std::size_t rowOf(std::size_t column) const { return rowOf_[column]; }

private:
  [[nodiscard]] std::int64_t reducedCost(std::size_t row, std::size_t column) const {
    return -gain_.row(row - 1)[column - 1] - rowPotential_[row] - columnPotential_[column];
  }

  void shift(std::int64_t by, const std::vector<bool>& reached, std::vector<std::int64_t>& slack) {
    for (std::size_t j = 0; j < rowOf_.size(); ++j) {
      if (reached[j]) {
        rowPotential_[rowOf_[j]] += by;
        columnPotential_[j] -= by;
      } else {
        slack[j] -= by;
      }
    }
  }

  const Array<std::int64_t>& gain_;
  std::vector<std::int64_t> rowPotential_;
  std::vector<std::int64_t> columnPotential_;
  std::vector<std::size_t> rowOf_;
};

Array<std::int64_t> transposed(const Array<std::int64_t>& array) {
  Array<std::int64_t> turned({array.rowSize(), array.rows()});
  for (std::size_t i = 0; i < array.rows(); ++i) {
    for (std::size_t j = 0; j < array.rowSize(); ++j) {
      turned.row(j)[i] = array.row(i)[j];
    }
  }
  return turned;
}

/// Labels of the vertices that both maps cluster.
struct SharedLabels {
  std::vector<std::int32_t> map;
  std::vector<std::int32_t> reference;
};

SharedLabels sharedLabels(const BrainMap& map, const BrainMap& reference) {
  SharedLabels labels;
  for (const auto& [here, there] : sharedVertices(map.vertices, reference.vertices)) {
    const std::int32_t label = map.clusters.label[here];
    const std::int32_t wanted = reference.clusters.label[there];
    if (label >= 0 && wanted >= 0) {
      labels.map.push_back(label);
      labels.reference.push_back(wanted);
    }
  }
  return labels;
}

} // namespace

std::vector<std::int32_t> largestAssignment(const Array<std::int64_t>& gain) {
  const bool tall = gain.rows() > gain.rowSize();
  const Array<std::int64_t> wide = tall ? transposed(gain) : gain;
  Assigner assigner(wide);
  for (std::size_t row = 1; row <= wide.rows(); ++row) {
    assigner.add(row);
  }
  std::vector<std::int32_t> columns(gain.rows(), -1);
  for (std::size_t column = 1; column <= wide.rowSize(); ++column) {
    if (const std::size_t row = assigner.rowOf(column); row != 0) {
      columns[(tall ? column : row) - 1] = static_cast<std::int32_t>((tall ? row : column) - 1);
    }
  }
  return columns;
}

AlignedClusters alignClusters(const BrainMap& map, const BrainMap& reference) {
  requireSameMesh(map, reference);
  const ChannelClusters& wanted = clustersOf(reference);
  AlignedClusters aligned{clustersOf(map)};
  const SharedLabels shared = sharedLabels(map, reference);
  if (shared.map.empty()) {
    throw Error(ErrorKind::mismatch,
                "No vertex is in a cluster of both the map " + map.title() + " and " +
                    reference.title() + "; choose maps of the same part of the cortex.");
  }
  Array<std::int64_t> overlap(
      {static_cast<std::size_t>(aligned.clusters.count), static_cast<std::size_t>(wanted.count)});
  for (std::size_t i = 0; i < shared.map.size(); ++i) {
    ++overlap.row(
        static_cast<std::size_t>(shared.map[i]))[static_cast<std::size_t>(shared.reference[i])];
  }
  aligned.vertices = shared.map.size();
  aligned.agreement = adjustedRand(shared.map, shared.reference);
  aligned.clusters.count = wanted.count;
  std::vector<std::int32_t> labels = largestAssignment(overlap);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::int64_t both =
        labels[i] < 0 ? 0 : overlap.row(i)[static_cast<std::size_t>(labels[i])];
    aligned.overlap += static_cast<std::size_t>(both);
    labels[i] = both > 0 ? labels[i] : aligned.clusters.count++;
  }
  for (std::int32_t& label : aligned.clusters.label) {
    label = label < 0 ? label : labels[static_cast<std::size_t>(label)];
  }
  return aligned;
}

} // namespace cortograph
