#include "analysis/truth_measures.h"
#include "base/random.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>
#include <limits>
#include <numbers>

using namespace cortograph;

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

bool near(double found, double wanted) {
  return std::abs(found - wanted) < 1e-6;
}

/// A round patch of a sphere of radius 100 about -y, `side` times on a grid; the right hemisphere
/// its mirror image, moved along x.
struct Patch {
  VertexSet vertices{{.name = "made", .vertices = {10000, 10000}}, {}};
  std::vector<Point> points;
  std::vector<double> across; ///< from -1 to 1, place in the patch, mirrored on the right
  std::vector<double> up;

  explicit Patch(int side) {
    constexpr double reach = 0.6; // radians
    for (const Side hemisphere : bothSides) {
      for (int i = 0; i < side * side; ++i) {
        const double u = 2.0 * (i % side) / (side - 1) - 1;
        const double v = 2.0 * static_cast<int>(i / side) / (side - 1) - 1;
        if (std::hypot(u, v) > 1.0001) {
          continue;
        }
        const double angle = reach * std::hypot(u, v);
        const double turn = std::atan2(v, u);
        const double x = 100 * std::sin(angle) * std::cos(turn);
        const bool isLeft = hemisphere == Side::left;
        points.push_back({static_cast<float>(isLeft ? x : 300 - x),
                          static_cast<float>(-100 * std::cos(angle)),
                          static_cast<float>(100 * std::sin(angle) * std::sin(turn))});
        auto& own = vertices.ofSide.at(static_cast<std::size_t>(hemisphere));
        own.push_back(static_cast<std::int32_t>(own.size()));
        across.push_back(u);
        up.push_back(v);
      }
    }
  }
};

/// Which of `count` stripes a place from -1 to 1 lies in.
std::int32_t stripe(double place, int count) {
  return std::clamp(static_cast<std::int32_t>((place + 1) / 2 * count), 0, count - 1);
}

} // namespace

class TruthMeasuresTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void placesAreMatchedAmongMembers() {
    const Array<float> space({5, 2}, {0, 0, 0.5F, -0.5F, 1, 0.5F, -1, 1, 0.25F, none});
    const std::vector<float> x{0, 0.5F, 1, 1, 0};
    const std::vector<float> y{0.1F, -0.2F, 0.5F, -1, 0};
    const PlaceMatch match = matchPlaces(space, x, y, {1, 1, 1, 0, 0});
    QCOMPARE(match.vertices, std::size_t{3});
    QVERIFY(near(match.rX, 1));
    QVERIFY(match.rY > 0.9 && match.rY < 1);
    QVERIFY(near(match.displacement, 0.1)); // of 0.1, 0.3 and 0
    const PlaceMatch nobody = matchPlaces(space, x, y, {0, 0, 0, 0, 0});
    QCOMPARE(nobody.vertices, std::size_t{0});
    QVERIFY(std::isnan(nobody.rX) && std::isnan(nobody.displacement));
  }

  void expectedLayerIsAShareOfTheDepth() {
    const std::vector<float> expected =
        expectedLayer(Array<float>({4, 3}, {1, 0, 0, 0, 0, 1, 0.5F, 0, 0.5F, 0.5F, 0.5F, 0}));
    QCOMPARE(expected, (std::vector<float>{0, 1, 0.5F, 0.25F}));
    QVERIFY(std::isnan(expectedLayer(Array<float>({1, 1}, {1}))[0]));
  }

  void regionsHaveRanks() {
    QCOMPARE(hierarchyRank("V1v"), std::optional(0));
    QCOMPARE(hierarchyRank("V2"), std::optional(1));
    QCOMPARE(hierarchyRank("V3d"), std::optional(2));
    QCOMPARE(hierarchyRank("hV4"), std::optional(3));
    QCOMPARE(hierarchyRank("FFA-2"), std::optional(4));
    QCOMPARE(hierarchyRank("mTL-words"), std::optional(4));
    QCOMPARE(hierarchyRank("LO"), std::nullopt);
    QCOMPARE(hierarchyRank(""), std::nullopt);
  }

  void aHierarchyIsALineThroughTheRegions() {
    // V1 has more vertices than V2, which the line does not mind.
    const std::vector<std::string> names{
        "V1v", "V1d", "V1v", "V2v", "V3v", "hV4", "FFA-1", "PPA", "", "LO"};
    const std::vector<float> layers{0.1F, 0.1F, 0.1F, 0.2F, 0.3F, 0.4F, 0.4F, 0.6F, 1, 1};
    const Hierarchy found = hierarchyOf(layers, names);
    QVERIFY(near(found.layer[0], 0.1) && near(found.layer[3], 0.4) && near(found.layer[4], 0.5));
    QVERIFY(near(found.rise, 0.4));
    QVERIFY(near(found.slope, 0.1) && near(found.early, 0.1) && near(found.late, 0.5));
    QVERIFY(found.rho > 0.95 && found.rho < 1); // hV4 and FFA have the same layer
    const Hierarchy falling = hierarchyOf({0.9F, 0.5F, 0.1F}, {"V1v", "V2v", "V3v"});
    QVERIFY(near(falling.rho, -1) && near(falling.slope, -0.4));
    QVERIFY(std::isnan(falling.rise)); // no category area
    QVERIFY(std::isnan(hierarchyOf({0.5F, 0.6F}, {"", "LO"}).slope));
  }

  void theCeilingIsSharedOverMembersThatHaveBoth() {
    const std::vector<float> r2{0.3F, 0.1F, none, 0.9F, 0.5F};
    const std::vector<float> ceiling{0.5F, 0.3F, 0.9F, none, 0.5F};
    QVERIFY(near(shareOfCeiling(r2, ceiling, {1, 1, 1, 1, 0}), 0.5));
    QVERIFY(near(shareOfCeiling(r2, ceiling, {0, 0, 0, 0, 1}), 1));
    QVERIFY(std::isnan(shareOfCeiling(r2, ceiling, {0, 0, 1, 1, 0})));
    QVERIFY(std::isnan(shareOfCeiling(r2, {}, {1, 1, 1, 1, 1})));
  }

  void clustersThatAreTheRegionsAreToldFromChance() {
    std::vector<std::int32_t> cluster;
    std::vector<std::int32_t> random;
    std::vector<std::string> region;
    SplitMix dice(3);
    for (int n = 0; n < 300; ++n) {
      region.push_back(n % 10 == 0 ? "" : std::string(1, static_cast<char>('a' + n / 100)));
      cluster.push_back(n % 7 == 0 ? -1 : n / 100);
      random.push_back(dice.below(3));
    }
    const ClusterMatch same = matchClusters(cluster, region, 199, 1, {});
    QCOMPARE(same.vertices, std::size_t{232}); // neither without a cluster nor without a region
    QVERIFY(near(same.agreement, 1));
    QVERIFY(near(same.permutedP, 1 / 200.0));
    QCOMPARE(same.rotations, std::size_t{0});
    QVERIFY(std::isnan(same.rotatedP));
    const ClusterMatch chance = matchClusters(random, region, 199, 1, {});
    QVERIFY(std::abs(chance.agreement) < 0.02);
    QVERIFY(chance.permutedP > 0.05);
    QCOMPARE(matchClusters(random, region, 199, 1, {}).permutedP, chance.permutedP);
    QVERIFY(std::isnan(matchClusters({0, 0}, {"a", "b"}, 10, 1, {}).permutedP));
  }

  void rotationsKeepNeighborsTogether() {
    const Patch patch(31);
    const std::size_t n = patch.points.size();
    const Rotations rotations = sphereRotations(patch.vertices, patch.points, 60, 5);
    QCOMPARE(rotations.size(), std::size_t{60});
    const std::size_t left = patch.vertices.offset(Side::right);
    std::size_t mirrored = 0;
    for (const auto& onto : rotations) {
      QCOMPARE(onto.size(), n);
      std::size_t near = 0;
      for (std::size_t i = 0; i < n; ++i) {
        near += onto[i] >= 0 ? 1 : 0;
        QVERIFY(onto[i] < 0 || (static_cast<std::size_t>(onto[i]) < left) == (i < left));
        mirrored +=
            i < left && onto[i] >= 0 && onto[i + left] == onto[i] + static_cast<std::int32_t>(left)
                ? 1
                : 0;
        // Distances on the sphere stay, up to the grid's width of 4 mm a place.
        if (i > 0 && i != left && onto[i] >= 0 && onto[i - 1] >= 0) {
          const auto apart = [&patch](std::size_t a, std::size_t b) {
            const Point& p = patch.points[a];
            const Point& q = patch.points[b];
            return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
          };
          QVERIFY(std::abs(apart(i, i - 1) - apart(static_cast<std::size_t>(onto[i]),
                                                   static_cast<std::size_t>(onto[i - 1]))) < 12);
        }
      }
      QVERIFY(2 * near >= n);
    }
    QVERIFY(mirrored > 60 * left / 2);
    QCOMPARE(sphereRotations(patch.vertices, patch.points, 60, 5), rotations);
    QVERIFY(sphereRotations(patch.vertices, patch.points, 60, 6) != rotations);
  }

  void pointsOnNoSphereAreNotRotated() {
    Patch patch(9);
    for (Point& point : patch.points) {
      point[1] *= 1.3F; // an egg
      point[2] += 0.02F * point[0] * point[0];
    }
    QVERIFY(sphereRotations(patch.vertices, patch.points, 5, 1).empty());
    patch.vertices.mesh.name = unplacedMesh;
    QVERIFY(sphereRotations(patch.vertices, Patch(9).points, 5, 1).empty());
  }

  /// Stripes along one direction against regions along the other: smooth, and without relation.
  /// Dealing labels out anew is fooled by a slight slant, rotation is not.
  void smoothnessAloneDoesNotPassTheRotations() {
    const Patch patch(41);
    std::vector<std::string> region;
    std::vector<std::int32_t> own;
    std::vector<std::int32_t> slanted;
    for (std::size_t n = 0; n < patch.points.size(); ++n) {
      const std::int32_t ring = stripe(2 * std::hypot(patch.across[n], patch.up[n]) - 1, 3);
      const std::int32_t quarter = (patch.across[n] > 0 ? 1 : 0) + (patch.up[n] > 0.3 ? 2 : 0);
      region.push_back(std::string(1, static_cast<char>('a' + 4 * ring + quarter)));
      own.push_back(4 * ring + quarter);
      slanted.push_back(stripe((patch.across[n] + 2 * patch.up[n]) / 2.3, 7));
    }
    const Rotations rotations = sphereRotations(patch.vertices, patch.points, 300, 2);
    const ClusterMatch same = matchClusters(own, region, 99, 1, rotations);
    QVERIFY(near(same.agreement, 1));
    QVERIFY2(same.rotatedP < 0.05, qPrintable(QString::number(same.rotatedP)));
    QVERIFY(same.rotatedAgreement > 0.05 && same.rotatedAgreement < 0.6);
    const ClusterMatch smooth = matchClusters(slanted, region, 99, 1, rotations);
    QVERIFY(smooth.permutedP < 0.02);
    QVERIFY2(smooth.rotatedP > 0.05, qPrintable(QString::number(smooth.rotatedP)));
  }
};

CORTOGRAPH_TEST(TruthMeasuresTest, QCoreApplication)
#include "truth_measures_test.moc"
