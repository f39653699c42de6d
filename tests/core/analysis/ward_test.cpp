#include "analysis/ward.h"
#include "base/random.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>
#include <limits>

using namespace cortograph;

namespace {

using Members = std::vector<std::size_t>;

double squaredDistanceOfMeans(const Array<double>& points, const Members& a, const Members& b) {
  double sum = 0;
  for (std::size_t k = 0; k < points.rowSize(); ++k) {
    const auto mean = [&](const Members& members) {
      double total = 0;
      for (const std::size_t i : members) {
        total += points.row(i)[k];
      }
      return total / static_cast<double>(members.size());
    };
    const double difference = mean(a) - mean(b);
    sum += difference * difference;
  }
  return sum;
}

/// The definition: again and again join the two clusters whose union adds least to the sum of
/// squares about the means.
std::vector<double>
plainHeights(const Array<double>& points, std::vector<Members>& clusters, int left) {
  std::vector<double> heights;
  while (static_cast<int>(clusters.size()) > left) {
    double least = std::numeric_limits<double>::infinity();
    std::size_t first = 0;
    std::size_t second = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      for (std::size_t j = i + 1; j < clusters.size(); ++j) {
        const auto a = static_cast<double>(clusters[i].size());
        const auto b = static_cast<double>(clusters[j].size());
        const double added =
            a * b / (a + b) * squaredDistanceOfMeans(points, clusters[i], clusters[j]);
        if (added < least) {
          least = added;
          first = i;
          second = j;
        }
      }
    }
    heights.push_back(std::sqrt(2 * least));
    clusters[first].insert(clusters[first].end(), clusters[second].begin(), clusters[second].end());
    clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(second));
  }
  return heights;
}

Array<double> randomPoints(std::size_t count, std::size_t width, unsigned seed) {
  SplitMix random(seed);
  Array<double> points({count, width});
  for (double& value : points.values) {
    value = random.normal();
  }
  return points;
}

/// The points of each group, in order of the groups' first point.
std::vector<Members> sorted(std::vector<Members> groups) {
  for (Members& group : groups) {
    std::ranges::sort(group);
  }
  std::ranges::sort(groups);
  return groups;
}

std::vector<Members> membersOf(const std::vector<int>& groups) {
  std::vector<Members> members(static_cast<std::size_t>(std::ranges::max(groups)) + 1);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    members[static_cast<std::size_t>(groups[i])].push_back(i);
  }
  return members;
}

} // namespace

class WardTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void fourPointsOnALine() {
    // 0 and 1 join first, then 4 and 6; the means 0.5 and 5, two points each, are 4.5 apart:
    // sqrt(2 * 2*2/(2+2) * 4.5²).
    const Array<double> points({4, 1}, {4, 0, 6, 1});
    const std::vector<WardMerge> merges = wardLinkage(points);
    QCOMPARE(merges.size(), std::size_t{3});
    QCOMPARE(merges[0].first, std::size_t{1});
    QCOMPARE(merges[0].second, std::size_t{3});
    QCOMPARE(merges[0].height, 1.0);
    QCOMPARE(merges[1].first, std::size_t{0});
    QCOMPARE(merges[1].second, std::size_t{2});
    QCOMPARE(merges[1].height, 2.0);
    QCOMPARE(merges[2].height, std::sqrt(2.0) * 4.5);
    QCOMPARE(wardClusters(points, 2), (std::vector<int>{0, 1, 0, 1}));
    QCOMPARE(wardClusters(points, 3), (std::vector<int>{0, 1, 2, 1}));
    QCOMPARE(wardClusters(points, 9), (std::vector<int>{0, 1, 2, 3}));
  }

  void theChainIsTheDefinition() {
    for (const auto& [count, width] :
         {std::pair<std::size_t, std::size_t>{60, 2}, {45, 7}, {2, 3}}) {
      for (unsigned seed = 0; seed < 5; ++seed) {
        const Array<double> points = randomPoints(count, width, seed);
        std::vector<Members> alone;
        for (std::size_t i = 0; i < count; ++i) {
          alone.push_back({i});
        }
        std::vector<Members> all = alone;
        const std::vector<double> heights = plainHeights(points, all, 1);
        const std::vector<WardMerge> merges = wardLinkage(points);
        QCOMPARE(merges.size(), heights.size());
        for (std::size_t i = 0; i < heights.size(); ++i) {
          QVERIFY(std::abs(merges[i].height - heights[i]) < 1e-9 * heights.back());
        }
        for (const int left : {2, 5, 20}) {
          std::vector<Members> groups = alone;
          plainHeights(points, groups, left);
          QCOMPARE(sorted(membersOf(wardClusters(points, left))), sorted(groups));
        }
      }
    }
  }

  void equalPointsStayTogether() {
    Array<double> points({12, 2});
    for (std::size_t i = 0; i < 12; ++i) {
      points.row(i)[0] = static_cast<double>(i % 3);
    }
    QCOMPARE(wardClusters(points, 3), (std::vector<int>{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}));
    QCOMPARE(wardClusters(Array<double>({5, 2}), 1), (std::vector<int>{0, 0, 0, 0, 0}));
  }

  void oneOrNoPoint() {
    QVERIFY(wardLinkage(Array<double>({0, 4})).empty());
    QVERIFY(wardClusters(Array<double>({0, 4}), 3).empty());
    QCOMPARE(wardClusters(Array<double>({1, 4}), 3), (std::vector<int>{0}));
  }
};

CORTOGRAPH_TEST(WardTest, QCoreApplication)
#include "ward_test.moc"
