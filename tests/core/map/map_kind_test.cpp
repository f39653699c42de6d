#include "base/error.h"
#include "map/map_kind.h"
#include "support/small_map.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;

class MapKindTest : public QObject {
  Q_OBJECT
private:
  const MapSource source_{std::make_shared<BrainMap>(test::smallMap()), nullptr};

private Q_SLOTS:
  void entropyIsZeroWhenSureAndOneWhenUndecided() {
    const std::vector<float> entropy = layerEntropy(source_.map->layer);
    QCOMPARE(entropy[0], 0.0F);
    QCOMPARE(entropy[1], 1.0F);
    QCOMPARE(entropy[3], 0.5F); // two of four layers: log 2 / log 4
  }

  void layerIsCountedFromOneAndTiesGoToTheEarlier() {
    const VertexValues values = mapKindNamed("layer").values(source_);
    QCOMPARE(values.first, (std::vector<float>{1, 1, 4, 2, 3}));
    const std::vector<Axis> axes = mapKindNamed("layer").axes(source_);
    QCOMPARE(axes[0].low, 1.0F);
    QCOMPARE(axes[0].high, 4.0F);
  }

  void placeKeepsXAndYApart() {
    const VertexValues values = mapKindNamed("space").values(source_);
    QCOMPARE(values.first[3], 0.3F);
    QCOMPARE(values.second[3], -0.1F);
  }

  void clustersAreCountedFromOneAndColoursComeAgainAfterTwenty() {
    const VertexValues values = mapKindNamed("channel").values(source_);
    QCOMPARE(values.first[0], 1.0F);
    QCOMPARE(values.first[2], 3.0F);
    QVERIFY(std::isnan(values.first[3]));
    BrainMap many = test::smallMap();
    many.clusters = {{0, 19, 20, 39, 99}, 100, {}};
    const MapSource source{std::make_shared<BrainMap>(many), nullptr};
    QCOMPARE(mapKindNamed("channel").values(source).first, (std::vector<float>{1, 20, 1, 20, 20}));
    QCOMPARE(mapKindNamed("channel").inWords(source, 4), std::string("cluster 100 of 100"));
    QCOMPARE(mapKindNamed("channel").axes(source)[0].ticks.back(), 20.0F);
  }

  void wordsSayWhatIsSeen() {
    QCOMPARE(mapKindNamed("layer").inWords(source_, 0), std::string("layer 1 of 4, 100 % sure"));
    QCOMPARE(mapKindNamed("space").inWords(source_, 3), std::string("place 0.3 right, 0.1 up"));
    QCOMPARE(mapKindNamed("scale").inWords(source_, 1), std::string("84 % local"));
    QCOMPARE(mapKindNamed("channel").inWords(source_, 2), std::string("cluster 3 of 3"));
    QCOMPARE(mapKindNamed("channel").inWords(source_, 3), std::string("no cluster"));
    QCOMPARE(mapKindNamed("r2").inWords(source_, 0), std::string("R2 0.41 of 0.55"));
    QCOMPARE(mapKindNamed("r2").inWords(source_, 3), std::string("R2 no data of 0.50"));
  }

  void whatIsMissingIsSaid() {
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(mapKindNamed("prediction").values(source_)),
                            ErrorKind::unsupported,
                            "image");
    BrainMap unscored = test::smallMap();
    unscored.r2.clear();
    unscored.clusters = {};
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(mapKindNamed("channel").values(
                                {std::make_shared<BrainMap>(unscored), nullptr})),
                            ErrorKind::unsupported,
                            "cortograph cluster");
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(mapKindNamed("r2").values(
                                {std::make_shared<BrainMap>(unscored), nullptr})),
                            ErrorKind::unsupported,
                            "Test ViT");
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(mapKindNamed("weather")), ErrorKind::notFound, "layer", "space", "scale");
  }

  void everyKindOfOneAxisOrTwoHasAsManyValues() {
    const MapSource probed{source_.map, std::make_shared<Probe>(Probe{"cat", {0, 1, 2, 3, 4}})};
    for (const MapKindEntry entry : mapKindTable()) {
      const VertexValues values = entry().values(probed);
      QCOMPARE(values.first.size(), source_.map->size());
      QCOMPARE(entry().axes(probed).size(),
               values.second.empty() ? std::size_t{1} : std::size_t{2});
    }
  }
};

QTEST_GUILESS_MAIN(MapKindTest)
#include "map_kind_test.moc"
