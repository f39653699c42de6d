#include "analysis/cluster_match.h"
#include "base/error.h"
#include "base/random.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace cortograph;

namespace {

using Gains = Array<std::int64_t>;

/// Each row's column drawn from all orders of the columns, and of as many -1 as rows are left over.
std::int64_t bestOfAll(const Gains& gain) {
  std::vector<std::int32_t> columns(std::max(gain.rows(), gain.rowSize()));
  std::iota(columns.begin(), columns.end(), 0);
  std::int64_t best = std::numeric_limits<std::int64_t>::min();
  do {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < gain.rows(); ++i) {
      const auto column = static_cast<std::size_t>(columns[i]);
      sum += column < gain.rowSize() ? gain.row(i)[column] : 0;
    }
    best = std::max(best, sum);
  } while (std::next_permutation(columns.begin(), columns.end()));
  return best;
}

/// The sum of an assignment; fails the one that uses a column twice or leaves one over.
std::int64_t sumOf(const Gains& gain, const std::vector<std::int32_t>& columns) {
  std::vector<int> used(gain.rowSize());
  std::int64_t sum = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] >= 0) {
      const auto column = static_cast<std::size_t>(columns[i]);
      ++used[column];
      ++pairs;
      sum += gain.row(i)[column];
    }
  }
  const bool valid = columns.size() == gain.rows() &&
                     pairs == std::min(gain.rows(), gain.rowSize()) &&
                     std::all_of(used.begin(), used.end(), [](int times) { return times <= 1; });
  return valid ? sum : std::numeric_limits<std::int64_t>::min();
}

/// `first` is the mesh vertex of the first; all on the left.
BrainMap clustered(std::int32_t first, std::vector<std::int32_t> labels, int count) {
  BrainMap map;
  map.attributes["network_name"] = std::string("Net ") + std::to_string(first);
  map.vertices = {{.name = "tiny", .vertices = {100, 100}}, {}};
  map.vertices.ofSide[0].resize(labels.size());
  std::iota(map.vertices.ofSide[0].begin(), map.vertices.ofSide[0].end(), first);
  map.clusters = {std::move(labels), count, {{"seed", std::int64_t{7}}}};
  return map;
}

} // namespace

class ClusterMatchTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void assignmentIsTheBestOfAllPermutations() {
    SplitMix random(5);
    for (std::size_t rows = 1; rows <= 6; ++rows) {
      for (std::size_t columns = 1; columns <= 6; ++columns) {
        for (int trial = 0; trial < 20; ++trial) {
          Gains gain({rows, columns});
          const int most = trial % 2 == 0 ? 3 : 1000; // of small numbers many are alike
          for (std::int64_t& value : gain.values) {
            value = random.below(most);
          }
          QCOMPARE(sumOf(gain, largestAssignment(gain)), bestOfAll(gain));
        }
      }
    }
  }

  void greedyIsNotEnough() {
    const Gains gain({2, 2}, {10, 9, 9, 0});
    QCOMPARE(largestAssignment(gain), (std::vector<std::int32_t>{1, 0}));
  }

  void aHundredByAHundredFindsTheHiddenOrder() {
    Gains gain({100, 100});
    SplitMix random(9);
    for (std::size_t i = 0; i < 100; ++i) {
      for (std::size_t j = 0; j < 100; ++j) {
        gain.row(i)[j] = random.below(500);
      }
      gain.row(i)[i * 37 % 100] = 1000;
    }
    const std::vector<std::int32_t> columns = largestAssignment(gain);
    for (std::size_t i = 0; i < 100; ++i) {
      QCOMPARE(columns[i], static_cast<std::int32_t>(i * 37 % 100));
    }
  }

  void equalLabelsComeToMeanEqualVertices() {
    const BrainMap reference = clustered(0, {0, 0, 1, 1, 2, 2}, 3);
    const BrainMap map = clustered(0, {2, 2, 0, 0, 1, -1}, 3);
    const AlignedClusters aligned = alignClusters(map, reference);
    QCOMPARE(aligned.clusters.label, (std::vector<std::int32_t>{0, 0, 1, 1, 2, -1}));
    QCOMPARE(aligned.clusters.count, 3);
    QVERIFY(aligned.clusters.settings == map.clusters.settings);
    QCOMPARE(aligned.vertices, std::size_t{5});
    QCOMPARE(aligned.overlap, std::size_t{5});
    QCOMPARE(aligned.agreement, 1.0);
  }

  void clustersOverForNoneComeAfterTheReferences() {
    const BrainMap reference = clustered(0, {0, 0, 0, 1, 1, 1}, 2);
    // Two of cluster 0 and one of 2 lie in the reference's first; clusters 1 and 4 hold no vertex.
    const BrainMap map = clustered(0, {0, 0, 2, 3, 3, 3}, 5);
    const AlignedClusters aligned = alignClusters(map, reference);
    QCOMPARE(aligned.clusters.label, (std::vector<std::int32_t>{0, 0, 3, 1, 1, 1}));
    QCOMPARE(aligned.clusters.count, 5);
    QCOMPARE(aligned.overlap, std::size_t{5});
    // 4 pairs together in both, 4 and 6 in each, 15 in all: (4 - 1.6) / (5 - 1.6).
    QVERIFY(std::abs(aligned.agreement - 2.4 / 3.4) < 1e-12);
  }

  void clustersThatShareNoVertexAreNotMatched() {
    const BrainMap reference = clustered(0, {0, 0, 1, -1}, 2);
    const BrainMap map = clustered(0, {0, 0, 0, 1}, 2); // cluster 1 lies where none is
    const AlignedClusters aligned = alignClusters(map, reference);
    QCOMPARE(aligned.clusters.label, (std::vector<std::int32_t>{0, 0, 0, 2}));
    QCOMPARE(aligned.clusters.count, 3);
    QCOMPARE(aligned.overlap, std::size_t{2});
  }

  void mapsOfOtherVerticesMeetWhereBothAre() {
    const BrainMap reference = clustered(0, {0, 0, 1, 1, 1, 1}, 2);
    const BrainMap map = clustered(2, {1, 1, 1, 1, 0, 0}, 2); // on vertices 2 to 7
    const AlignedClusters aligned = alignClusters(map, reference);
    QCOMPARE(aligned.vertices, std::size_t{4});
    QCOMPARE(aligned.clusters.label, (std::vector<std::int32_t>{1, 1, 1, 1, 2, 2}));
    QVERIFY(std::isnan(aligned.agreement)); // one group alone on what both have
  }

  void randomMapsOverlapAsMuchAsAnyRelabelingCanMakeThem() {
    SplitMix random(11);
    for (int trial = 0; trial < 50; ++trial) {
      std::vector<std::int32_t> a(40);
      std::vector<std::int32_t> b(40);
      Gains gain({5, 4});
      for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] = random.below(5);
        b[i] = random.below(4);
        ++gain.row(static_cast<std::size_t>(a[i]))[static_cast<std::size_t>(b[i])];
      }
      const AlignedClusters aligned = alignClusters(clustered(0, a, 5), clustered(0, b, 4));
      QCOMPARE(static_cast<std::int64_t>(aligned.overlap), bestOfAll(gain));
      std::size_t equal = 0;
      for (std::size_t i = 0; i < a.size(); ++i) {
        equal += aligned.clusters.label[i] == b[i] ? 1 : 0;
      }
      QCOMPARE(equal, aligned.overlap);
    }
  }

  void whatCannotBeMatchedIsSaid() {
    const BrainMap map = clustered(0, {0, 1}, 2);
    BrainMap elsewhere = map;
    elsewhere.vertices.mesh.name = "large";
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(alignClusters(map, elsewhere)),
                            ErrorKind::mismatch,
                            "tiny, 100 vertices a side",
                            "large, 100 vertices a side");
    BrainMap plain = map;
    plain.clusters = {};
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(alignClusters(map, plain)), ErrorKind::unsupported, "cortograph cluster");
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(alignClusters(map, clustered(50, {0, 1}, 2))),
                            ErrorKind::mismatch,
                            "No vertex",
                            "Net 50");
  }
};

CORTOGRAPH_TEST(ClusterMatchTest, QCoreApplication)
#include "cluster_match_test.moc"
