#include "map/compact.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>
#include <numeric>

using namespace cortograph;
using test::smallMap;

namespace {

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isnan(a[i])) {
      largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
    }
  }
  return largest;
}

BrainMap fullMap() {
  BrainMap map = smallMap();
  map.layer.values[0] += 0.0123F; // no multiples of the step
  map.layer.values[1] -= 0.0123F;
  map.readoutWeight.values[0] = 0.1234567F;
  map.readoutWeight.values[1] = -1.9999999F; // rounds up into the next power of two
  return map;
}

} // namespace

class CompactTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void roundedMapsDifferLessThanPicturesShow() {
    const BrainMap map = fullMap();
    const BrainMap less = rounded(map);
    QVERIFY(largestDifference(map.layer.values, less.layer.values) <= 3.0 / 2048);
    QVERIFY(largestDifference(map.space.values, less.space.values) <= 1.0 / 2048);
    QVERIFY(largestDifference(map.r2, less.r2) <= 1.0 / 2048);
    for (std::size_t n = 0; n < less.size(); ++n) {
      const auto row = less.layer.row(n);
      QCOMPARE(std::accumulate(row.begin(), row.end(), 0.0F), 1.0F);
    }
    for (std::size_t i = 0; i < map.readoutWeight.values.size(); ++i) {
      const float before = map.readoutWeight.values[i];
      QVERIFY(std::abs(less.readoutWeight.values[i] - before) <= std::abs(before) / 2048);
    }
    QVERIFY(less.readoutWeight.values[0] != map.readoutWeight.values[0]);
    QCOMPARE(less.readoutWeight.values[1], -2.0F);
    QCOMPARE(less.parameters.size(), map.parameters.size());
    QVERIFY(std::isnan(less.r2[static_cast<std::size_t>(
        std::find_if(map.r2.begin(), map.r2.end(), [](float v) { return std::isnan(v); }) -
        map.r2.begin())]));
  }

  void roundingTwiceIsRoundingOnce() {
    const BrainMap once = rounded(fullMap());
    const BrainMap twice = rounded(once);
    QCOMPARE(twice.layer, once.layer);
    QCOMPARE(twice.space, once.space);
    QCOMPARE(twice.readoutWeight, once.readoutWeight);
    QCOMPARE(twice.parameters, once.parameters);
  }

  void aPictureIsReadBackWithoutReadout() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("picture.h5").toStdString();
    const BrainMap map = fullMap();
    writeMap(file, pictureOf(map));
    const BrainMap read = readMap(file);
    QVERIFY(map.hasReadout() && !read.hasReadout());
    QVERIFY(read.parameters.empty());
    QCOMPARE(read.layer, pictureOf(map).layer);
    QVERIFY(largestDifference(read.layer.values, map.layer.values) <=
            8.0 / 512); // a sum's share too
    QVERIFY(largestDifference(read.scale.values, map.scale.values) <= 1.0 / 512 + 1.0 / 2048);
    QCOMPARE(read.vertices, map.vertices);
    for (std::size_t n = 0; n < map.size(); ++n) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        QVERIFY(std::abs(read.coordinates[n][axis] - map.coordinates[n][axis]) <= 1.0F / 16);
      }
    }
    QCOMPARE(read.clusters.label, map.clusters.label);
    QCOMPARE(read.attributes.at("seed"), map.attributes.at("seed"));
  }
};

CORTOGRAPH_TEST(CompactTest, QCoreApplication)
#include "compact_test.moc"
