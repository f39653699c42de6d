#include "base/error.h"
#include "core/kinds/kind_values.h"
#include "kinds/map_kind.h"
#include "map/layer_choice.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;
using test::alike;
using test::firstOf;
using test::none;

namespace {

MapSource sourceOf(BrainMap map) {
  return {std::make_shared<BrainMap>(std::move(map)), nullptr};
}

/// Of two vertices a side, with curvature but no surfaces to speak of.
std::shared_ptr<const Cortex> twoVertices() {
  auto cortex = std::make_shared<Cortex>();
  for (Hemisphere& hemisphere : cortex->hemispheres) {
    hemisphere.shapes[Shape::pial].verticesRas.resize(2);
  }
  cortex->mesh = meshOf(cortex->hemispheres, "tiny", MeshEvidence::none);
  cortex->hemispheres[0].curvature = {-0.3F, 0.1F};
  cortex->hemispheres[1].curvature = {0.2F, 0.3F};
  return cortex;
}

/// Data in mm, on the cortex of two vertices a side.
MapSource sourceOf(const char* name, std::array<std::vector<float>, 2> values) {
  VertexData data = oneColumn(name, std::move(values));
  data.unit = "mm";
  MapSource source;
  source.data = std::make_shared<VertexData>(std::move(data));
  source.cortex = twoVertices();
  return source;
}

} // namespace

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
    QCOMPARE(axes[0].tickLabels, (std::vector<std::string>{"1", "2", "3", "4"}));
    QCOMPARE(axes[1].tickLabels, (std::vector<std::string>{"sure", "unsure"}));
  }

  void placeKeepsXAndYApart() {
    const VertexValues values = mapKindNamed("space").values(source_);
    QCOMPARE(values.first[3], 0.3F);
    QCOMPARE(values.second[3], -0.1F);
  }

  void clustersAreCountedFromOneAndHaveColorsOfTheirOwn() {
    const VertexValues values = mapKindNamed("channel").values(source_);
    QCOMPARE(values.first[0], 1.0F);
    QCOMPARE(values.first[2], 3.0F);
    QVERIFY(std::isnan(values.first[3]));
    BrainMap many = test::smallMap();
    many.clusters = {{0, 19, 20, 39, 99}, 100, {}};
    const MapSource source{std::make_shared<BrainMap>(many), nullptr};
    QCOMPARE(mapKindNamed("channel").values(source).first,
             (std::vector<float>{1, 20, 21, 40, 100}));
    QCOMPARE(mapKindNamed("channel").inWords(source, 4), std::string("cluster 100 of 100"));
    // Those of no vertex are not listed.
    QCOMPARE(mapKindNamed("channel").axes(source)[0].title, std::string("5 channel clusters"));
    QCOMPARE(mapKindNamed("channel").labeled(source),
             (std::vector<KindLabel>{
                 {"1", 1, 1}, {"20", 20, 1}, {"21", 21, 1}, {"40", 40, 1}, {"100", 100, 1}}));
    QCOMPARE(mapKindNamed("channel").labeled(source_),
             (std::vector<KindLabel>{{"1", 1, 2}, {"2", 2, 1}, {"3", 3, 1}}));
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

  void expectedLayerIsTheMeanOfTheNumbers() {
    QVERIFY(alike(firstOf("expected-layer", source_), {1, 2.5F, 4, 2.5F, 2.7F}));
    const Axis axis = mapKindNamed("expected-layer").axes(source_)[0];
    QCOMPARE(axis.low, 1.0F);
    QCOMPARE(axis.high, 4.0F);
    QCOMPARE(mapKindNamed("expected-layer").inWords(source_, 4),
             std::string("expected layer 2.7 of 4"));
    BrainMap flat = test::smallMap();
    flat.layer = Array<float>({5, 1}, {1, 1, 1, 1, 1});
    QCOMPARE(firstOf("expected-layer", sourceOf(flat)), std::vector<float>(5, 1.0F));
  }

  void layerWeightIsOfTheLayerAskedFor() {
    MapSource source = source_;
    source.layer = 3;
    const MapKind& kind = mapKindNamed("layer-weight");
    QCOMPARE(kind.values(source).first, (std::vector<float>{0, 0.25F, 0, 0.5F, 0.6F}));
    QCOMPARE(kind.axes(source)[0].title, std::string("weight of layer 3"));
    QCOMPARE(kind.inWords(source, 1), std::string("weight of layer 3: 0.25"));
    for (const int layer : {0, 5}) {
      source.layer = layer;
      CORTOGRAPH_EXPECT_ERROR(static_cast<void>(kind.values(source)),
                              ErrorKind::unsupported,
                              layer == 0 ? "no layer 0" : "no layer 5",
                              "1 to 4");
      QCOMPARE(kind.inWords(source, 1), "no layer " + std::to_string(layer));
    }
  }

  void ceilingAndWhatIsReachedOfIt() {
    QCOMPARE(firstOf("noise-ceiling", source_), (std::vector<float>{0.55F, 0.5F, 0.5F, 0.5F, 1}));
    QCOMPARE(mapKindNamed("noise-ceiling").inWords(source_, 0), std::string("noise ceiling 0.55"));
    BrainMap map = test::smallMap();
    map.r2 = {0.41F, 0.6F, -0.2F, none, 0.3F};
    map.noiseCeiling = {0.55F, 0.5F, 0.5F, 0.5F, 0.05F};
    const MapSource source = sourceOf(map);
    QVERIFY(alike(firstOf("normalised-r2", source), {0.41F / 0.55F, 1.2F, -0.4F, none, none}));
    const MapKind& kind = mapKindNamed("normalised-r2");
    QCOMPARE(kind.inWords(source, 0), std::string("normalised R2 0.75 (R2 0.41 of 0.55)"));
    QCOMPARE(kind.inWords(source, 1),
             std::string("normalised R2 1.20, above the noise ceiling (R2 0.60 of 0.50)"));
    QCOMPARE(kind.inWords(source, 4),
             std::string("normalised R2 no data, the noise ceiling is too low (R2 0.30 of 0.05)"));
    map.noiseCeiling.clear();
    const MapSource unknown = sourceOf(map);
    for (const char* name : {"noise-ceiling", "normalised-r2"}) {
      CORTOGRAPH_EXPECT_ERROR(
          static_cast<void>(firstOf(name, unknown)), ErrorKind::unsupported, "Test ViT", "show");
      QCOMPARE(mapKindNamed(name).inWords(unknown, 0), std::string("no noise ceiling"));
    }
  }

  void placesThatAreNotUsedFade() {
    BrainMap map = test::smallMap();
    map.scale = Array<float>({5}, {0, 0.5F, 0, 0, 0.25F});
    map.r2 = {0.16F, 0.9F, -0.2F, none, 0.04F};
    map.noiseCeiling = {0.64F, 0.5F, 0.5F, 0.5F, 0.04F};
    const MapSource source = sourceOf(map);
    const VertexValues values = mapKindNamed("place-used").values(source);
    QVERIFY(alike(values.strength, {0.5F, 0.5F, 0, 0, 0.15F})); // low ceiling: R2 itself
    QCOMPARE(values.second, mapKindNamed("space").values(source).second);
    QCOMPARE(mapKindNamed("place-used").inWords(source, 0),
             std::string("place 0.0 right, 0.0 down, used 50 %"));
    map.noiseCeiling.clear();
    QVERIFY(alike(mapKindNamed("place-used").values(sourceOf(map)).strength,
                  {0.4F, 0.5F * std::sqrt(0.9F), 0, 0, 0.15F}));
    map.r2.clear();
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(firstOf("place-used", sourceOf(map))), ErrorKind::unsupported, "score");
    QCOMPARE(mapKindNamed("place-used").inWords(sourceOf(map), 0),
             std::string("place 0.0 right, 0.0 down, no score yet"));
  }

  void theSmallestRegionThatHoldsAVertexIsShown() {
    const MapKind& kind = mapKindNamed("region");
    QVERIFY(kind.labels);
    QVERIFY(alike(kind.values(source_).first, {1, 2, none, 1, none}));
    QCOMPARE(kind.labeled(source_), (std::vector<KindLabel>{{"V1v", 1, 2}, {"early", 2, 1}}));
    QCOMPARE(kind.inWords(source_, 0), std::string("V1v"));
    QCOMPARE(kind.inWords(source_, 1), std::string("early"));
    QCOMPARE(kind.inWords(source_, 2), std::string("no region"));
    BrainMap map = test::smallMap();
    map.regions.clear();
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(kind.values(sourceOf(map))),
                            ErrorKind::unsupported,
                            "Test ViT",
                            "region");
    QCOMPARE(kind.inWords(sourceOf(map), 0), std::string("no region"));
  }

  void equalRegionsGoToTheEarlierAndMoreThanTwentyHaveTheirColors() {
    BrainMap map = test::smallMap();
    map.vertices = {{.name = "tiny", .vertices = {30, 0}}, {}};
    map.regions.clear();
    for (std::int32_t r = 0; r < 22; ++r) {
      map.vertices.ofSide[0].push_back(r);
      Region region{"R" + std::to_string(r + 1), "", std::vector<std::uint8_t>(22)};
      region.member[static_cast<std::size_t>(r)] = 1;
      map.regions.push_back(region);
    }
    map.regions.push_back(map.regions.front());
    map.regions.back().name = "again";
    const MapSource source = sourceOf(map);
    const std::vector<float> number = firstOf("region", source);
    QCOMPARE(number[0], 1.0F);
    QCOMPARE(number[19], 20.0F);
    QCOMPARE(number[20], 21.0F);
    const std::vector<KindLabel> labels = mapKindNamed("region").labeled(source);
    QCOMPARE(labels.size(), std::size_t{22});
    QCOMPARE(labels[20], (KindLabel{"R21", 21, 1}));
    QCOMPARE(mapKindNamed("region").axes(source)[0].title, std::string("22 regions"));
  }

  void kindsAreTypedWithTheirLayer() {
    QCOMPARE(parseKind("r2").kind->name, std::string_view("r2"));
    QCOMPARE(parseKind("layer-weight").layer, 1);
    QVERIFY((parseKind("layer-weight:12") == KindChoice{&mapKindNamed("layer-weight"), 12}));
    for (const char* typed : {"layer-weight:",
                              "layer-weight:0",
                              "layer-weight:-1",
                              "layer-weight:x",
                              "layer-weight:3.5",
                              "layer-weight:99999999999"}) {
      CORTOGRAPH_EXPECT_ERROR(
          static_cast<void>(parseKind(typed)), ErrorKind::format, "from 1", "layer-weight:3");
    }
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(parseKind("scale:3")), ErrorKind::unsupported, "\"scale\"");
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(parseKind("weather:3")), ErrorKind::notFound, "layer-weight");
  }

  void dataAreTypedWithTheirName() {
    QCOMPARE(parseKind("data").data, std::string());
    QCOMPARE(parseKind("data:a:b").data, std::string("a:b"));
    QCOMPARE(parseKind("data:a:b").kind->name, std::string_view("data"));
    CORTOGRAPH_EXPECT_ERROR((void)parseKind("data:"), ErrorKind::format, "data:thickness");
  }

  void dataNeedNoMapAndASideMayLackThem() {
    const MapKind& kind = mapKindNamed("data");
    const MapSource left = sourceOf("thickness", {{{1.5F, 3}, {}}});
    QVERIFY(alike(kind.values(left).first, {1.5F, 3, none, none}));
    QCOMPARE(kind.inWords(left, 1), std::string("thickness 3 mm"));
    QCOMPARE(kind.inWords(left, 2), std::string("thickness no data mm"));
    const Axis axis = kind.axes(left).front();
    QCOMPARE(axis.title, std::string("thickness"));
    QCOMPARE(axis.unit, std::string("mm"));
    QCOMPARE(axis.low, 1.5F);
    QCOMPARE(axis.high, 3.0F);
    QCOMPARE(kind.colormapOn(axis), std::string_view("inferno"));
    const MapSource both = sourceOf("t", {{{-2, 4}, {1, 0}}});
    QVERIFY(alike(kind.values(both).first, {-2, 4, 1, 0}));
    QCOMPARE(kind.inWords(both, 2), std::string("t 1 mm"));
    QCOMPARE(kind.axes(both).front().low, -4.0F);
    QCOMPARE(kind.colormapOn(kind.axes(both).front()), std::string_view("coolwarm"));
    CORTOGRAPH_EXPECT_ERROR((void)kind.values(source_), ErrorKind::unsupported, "lh.thickness.gii");
  }

  void curvatureIsTheCortexsOwnOrItsDepth() {
    const MapKind& kind = mapKindNamed("curvature");
    MapSource source;
    source.cortex = twoVertices();
    QVERIFY(alike(kind.values(source).first, {-0.3F, 0.1F, 0.2F, 0.3F}));
    QCOMPARE(kind.inWords(source, 3), std::string("curvature 0.3 1/mm"));
    QCOMPARE(kind.axes(source).front().low, -kind.axes(source).front().high);
    auto deep = std::make_shared<Cortex>(*source.cortex);
    for (Hemisphere& hemisphere : deep->hemispheres) {
      hemisphere.sulcalDepth = {-2, 5};
    }
    deep->hemispheres[1].curvature.clear();
    source.cortex = deep;
    QVERIFY(alike(kind.values(source).first, {-2, 5, -2, 5}));
    QCOMPARE(kind.axes(source).front().title, std::string("sulcal depth"));
    deep->hemispheres[0].sulcalDepth.clear();
    CORTOGRAPH_EXPECT_ERROR(
        (void)kind.values(source), ErrorKind::unsupported, "tiny", "lh.curv.gii");
    QCOMPARE(kind.inWords(source, 3), std::string("folds not known"));
  }

  void everyKindOfOneAxisOrTwoHasAsManyValues() {
    MapSource full{source_.map, std::make_shared<Probe>(Probe{"cat", {0, 1, 2, 3, 4}})};
    full.other = source_.map;
    full.runs = {source_.map, source_.map};
    full.data = std::make_shared<VertexData>(oneColumn("statistic", {{{1, 2}, {}}}));
    full.cortex = twoVertices();
    for (const MapKindEntry entry : mapKindTable()) {
      const VertexValues values = entry().values(full);
      const bool two = axisCount(entry().legend) == 2;
      QCOMPARE(values.first.size(), entry().ofCortex ? std::size_t{4} : source_.map->size());
      QCOMPARE(values.second.size(), two ? source_.map->size() : std::size_t{0});
      QVERIFY(values.strength.empty() || values.strength.size() == source_.map->size());
      QCOMPARE(entry().axes(full).size(), two ? std::size_t{2} : std::size_t{1});
      for (const Axis& axis : entry().axes(full)) {
        QCOMPARE(axis.ticks.size(), axis.tickLabels.size());
      }
      QCOMPARE(entry().labeled != nullptr, entry().legend == LegendForm::list);
    }
  }

  /// Whatever a source lacks, a vertex can be pointed at.
  void wordsNeverThrow() {
    BrainMap bare = test::smallMap();
    bare.r2.clear();
    bare.noiseCeiling.clear();
    bare.clusters = {};
    bare.regions.clear();
    MapSource source = sourceOf(bare);
    BrainMap fewer = test::smallMap();
    fewer.vertices = {{.name = "tiny", .vertices = {12, 12}}, {{{0}, {}}}};
    fewer.layer = Array<float>({1, 4}, {1, 0, 0, 0});
    MapSource mismatched = source;
    mismatched.layer = 9;
    mismatched.other = std::make_shared<BrainMap>(fewer);
    mismatched.runs = {mismatched.other};
    MapSource alone = source;
    alone.other = source.map;
    for (const MapKindEntry entry : mapKindTable()) {
      for (const MapSource& each : {source, mismatched, alone}) {
        QVERIFY(!entry().inWords(each, 4).empty());
      }
    }
  }
};

CORTOGRAPH_TEST(MapKindTest, QCoreApplication)
#include "map_kind_test.moc"
