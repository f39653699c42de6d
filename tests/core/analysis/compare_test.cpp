#include "analysis/compare.h"
#include "base/error.h"
#include "core/kinds/kind_values.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <array>
#include <cmath>

using namespace cortograph;
using test::alike;
using test::firstOf;
using test::none;
using test::wordsOf;

namespace {

/// Two layers for four, and all else changed.
BrainMap otherMap() {
  BrainMap map = test::smallMap();
  map.attributes["network_name"] = std::string("Other ViT");
  map.layer = Array<float>({5, 2}, {0, 1, 0.5F, 0.5F, 1, 0, 0, 1, 0, 1});
  map.space = Array<float>({5, 2}, {0.6F, -0.8F, -1, -1, -1, -1, 0.3F, 0.4F, -0.25F, 0.75F});
  map.scale = Array<float>({5}, {1, 0.16F, 0.25F, 0.84F, 0});
  map.r2 = {0.3F, 0.25F, -0.2F, 0.5F, -0.1F};
  return map;
}

MapSource comparing(BrainMap other) {
  MapSource source{std::make_shared<BrainMap>(test::smallMap()), nullptr};
  source.other = std::make_shared<BrainMap>(std::move(other));
  return source;
}

MapSource ofRuns(const std::vector<BrainMap>& runs) {
  MapSource source{std::make_shared<BrainMap>(test::smallMap()), nullptr};
  for (const BrainMap& run : runs) {
    source.runs.push_back(std::make_shared<BrainMap>(run));
  }
  return source;
}

constexpr std::array differences{
    "layer-difference", "place-shift", "scale-difference", "r2-difference"};

} // namespace

class CompareTest : public QObject {
  Q_OBJECT
private:
  const MapSource source_ = comparing(otherMap());

private Q_SLOTS:
  void differencesAreTheMapMinusTheReference() {
    // Depths 0, 1/2, 1, 1/2, 1.7/3 against 1, 1/2, 0, 1, 1.
    QVERIFY(alike(firstOf("layer-difference", source_), {-1, 0, 1, -0.5F, -1.3F / 3}));
    QVERIFY(alike(firstOf("place-shift", source_), {1, 0, std::sqrt(8.0F), 0.5F, 0}));
    QVERIFY(alike(firstOf("scale-difference", source_), {-1, 0, 0.25F, 0, 1}));
    QVERIFY(alike(firstOf("r2-difference", source_), {0.11F, -0.25F, 0, none, 1}));
    for (const char* kind : {"layer-difference", "scale-difference", "r2-difference"}) {
      const Axis axis = mapKindNamed(kind).axes(source_)[0];
      QCOMPARE(axis.low, -axis.high); // so that no difference has the colour of the middle
    }
  }

  void wordsSayBothAndTheDifference() {
    QCOMPARE(
        wordsOf("layer-difference", source_, 3),
        std::string("expected layer 2.5 of 4, in the reference expected layer 2.0 of 2: -0.50 of "
                    "the depth"));
    QCOMPARE(
        wordsOf("place-shift", source_, 3),
        std::string(
            "place 0.3 right, 0.1 up, in the reference place 0.3 right, 0.4 down: 0.50 apart"));
    QCOMPARE(wordsOf("scale-difference", source_, 2),
             std::string("50 % local, in the reference 75 % local: scale +0.25"));
    QCOMPARE(wordsOf("scale-difference", source_, 1),
             std::string("84 % local, in the reference 84 % local: scale 0.00"));
    QCOMPARE(wordsOf("r2-difference", source_, 0),
             std::string("R2 0.41 of 0.55, in the reference R2 0.30 of 0.55: +0.11"));
    QCOMPARE(wordsOf("r2-difference", source_, 3),
             std::string("R2 no data of 0.50, in the reference R2 0.50 of 0.50: no data"));
  }

  void whatCannotBeComparedIsSaid() {
    BrainMap fewer = otherMap();
    fewer.vertices.ofSide = {{{0, 3}, {1, 2}}};
    BrainMap elsewhere = otherMap();
    elsewhere.vertices.mesh.name = "large";
    BrainMap shifted = otherMap();
    shifted.vertices.ofSide[0][0] = 1;
    for (const char* kind : differences) {
      CORTOGRAPH_EXPECT_ERROR(static_cast<void>(firstOf(kind, {source_.map, nullptr})),
                              ErrorKind::unsupported,
                              "has no map to compare with");
      CORTOGRAPH_EXPECT_ERROR(static_cast<void>(firstOf(kind, comparing(fewer))),
                              ErrorKind::mismatch,
                              "3 + 2 vertices of tiny",
                              "2 + 2 vertices of tiny");
      CORTOGRAPH_EXPECT_ERROR(static_cast<void>(firstOf(kind, comparing(elsewhere))),
                              ErrorKind::mismatch,
                              "tiny",
                              "large");
      CORTOGRAPH_EXPECT_ERROR(static_cast<void>(firstOf(kind, comparing(shifted))),
                              ErrorKind::mismatch,
                              "as many other vertices");
      QCOMPARE(wordsOf(kind, comparing(fewer), 4), std::string("nothing to compare with"));
    }
    BrainMap unscored = otherMap();
    unscored.r2.clear();
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(firstOf("r2-difference", comparing(unscored))),
                            ErrorKind::unsupported,
                            "Other ViT has no scores yet");
    BrainMap flat = otherMap();
    flat.layer = Array<float>({5, 1}, {1, 1, 1, 1, 1});
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(firstOf("layer-difference", comparing(flat))),
                            ErrorKind::unsupported,
                            "Other ViT is of one layer");
  }

  void runsVoteForTheLayer() {
    BrainMap second = test::smallMap();
    second.layer =
        Array<float>({5, 4}, {1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0});
    BrainMap third = second;
    third.layer.row(1)[1] = 0;
    third.layer.row(1)[2] = 1;
    const MapSource source = ofRuns({second, third}); // the map's own: 1 1 4 2 3
    QVERIFY(alike(firstOf("layer-agreement", source), {1, 1.0F / 3, 2.0F / 3, 2.0F / 3, 1}));
    QCOMPARE(wordsOf("layer-agreement", source, 0), std::string("layer 1 in 3 of 3 runs"));
    QCOMPARE(wordsOf("layer-agreement", source, 1), std::string("layer 1 in 1 of 3 runs"));
    QCOMPARE(wordsOf("layer-agreement", source, 2), std::string("layer 2 in 2 of 3 runs"));
  }

  void placesOfRunsSpreadAboutTheirMean() {
    BrainMap second = test::smallMap();
    second.space = Array<float>({5, 2}, {0.6F, 0.8F, -1, -1, -1, 1, 0.3F, -0.1F, 0.75F, 0.75F});
    const MapSource source = ofRuns({second});
    QVERIFY(alike(firstOf("place-spread", source), {0.5F, 0, 1, 0, 0.5F}));
    QCOMPARE(wordsOf("place-spread", source, 0), std::string("places of 2 runs spread by 0.50"));
    BrainMap third = test::smallMap();
    third.space.row(0)[0] = 0.9F; // with (0, 0) and (0.6, 0.8) about (0.5, 0.8 / 3)
    QVERIFY(std::abs(firstOf("place-spread", ofRuns({second, third}))[0] -
                     std::sqrt((0.42 + 1.28 / 3) / 3)) < 1e-6);
  }

  void runsThatAreNoRunsAreRefused() {
    BrainMap fewer = test::smallMap();
    fewer.vertices.ofSide = {{{0, 3}, {1, 2}}};
    for (const char* kind : {"layer-agreement", "place-spread"}) {
      CORTOGRAPH_EXPECT_ERROR(
          static_cast<void>(firstOf(kind, ofRuns({}))), ErrorKind::unsupported, "further runs");
      CORTOGRAPH_EXPECT_ERROR(
          static_cast<void>(firstOf(kind, ofRuns({fewer}))), ErrorKind::mismatch, "2 + 2 vertices");
      CORTOGRAPH_EXPECT_ERROR(static_cast<void>(firstOf(kind, ofRuns({otherMap()}))),
                              ErrorKind::mismatch,
                              "4 layers",
                              "has 2");
      QCOMPARE(wordsOf(kind, ofRuns({otherMap()}), 0), std::string("no further runs"));
    }
  }

  void sharedVerticesAreOfTheSameSideAndNumber() {
    const VertexSet a{{.name = "tiny", .vertices = {12, 12}}, {{{0, 3, 11}, {1, 2}}}};
    const VertexSet b{{.name = "tiny", .vertices = {12, 12}}, {{{1, 2, 3}, {0, 2, 11}}}};
    QCOMPARE(sharedVertices(a, b),
             (std::vector<std::pair<std::size_t, std::size_t>>{{1, 2}, {4, 4}}));
  }
};

CORTOGRAPH_TEST(CompareTest, QCoreApplication)
#include "compare_test.moc"
