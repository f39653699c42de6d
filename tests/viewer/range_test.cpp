#include "base/error.h"
#include "brains.h"
#include "pictures.h"
#include "support/test_case.h"
#include "viewer/color/legend.h"
#include "viewer/scene/paint.h"

#include <QtTest>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr int width = 400;
constexpr int height = 300;

/// The colour in the middle of a row of panes, whose R2 is there half of the top: the sphere's
/// equator, seen from behind.
Color middleColor(const Picture& picture, int row) {
  const int y = height / 2 + row * height;
  int x = width / 4;
  while (!isColored(colorAt(picture, x, y)) && x < width / 2) {
    ++x;
  }
  return colorAt(picture, x + 5, y);
}

Color colorOf(float value, float low, float high) {
  const Axis axis{"", "", low, high, {}, {}};
  const auto bytes = colorBytes(colormapNamed("reds"), placeOn(axis, value), 0);
  return {bytes[0], bytes[1], bytes[2]};
}

} // namespace

class RangeTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void sharedRangeGivesEqualValuesEqualColors();
  void ownRangesDiffer();
  void givenRangeClampsAndSaysSo();
  void dataWithoutAMap();
  void curvatureOfAnyPane();
  void thresholdsAndDataGoTogether();

private:
  /// R2 from 0 at the bottom of the sphere to `top` at its top, of every vertex.
  [[nodiscard]] std::shared_ptr<const BrainMap> rising(float top) const;
  /// Both maps above one another, without legends and shading.
  [[nodiscard]] GridState both(const RangeChoice& range) const;

  Brains brains_;
};

void RangeTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  brains_.read();
}

std::shared_ptr<const BrainMap> RangeTest::rising(float top) const {
  return makeMap(*brains_.cortex, everywhere, [top](Side, const Point& p) {
    return Selected{0, 1, 0, 0, 0.3F, top * (p[2] + 100) / 200};
  });
}

GridState RangeTest::both(const RangeChoice& range) const {
  GridState state = brains_.one(rising(0.3F), "r2", Shape::sphere);
  state.rows.push_back(brains_.one(rising(0.6F), "r2", Shape::sphere).rows.front());
  state.style.lit = false;
  state.style.outlines.shown = false;
  state.style.ranges["r2"] = range;
  return state;
}

void RangeTest::sharedRangeGivesEqualValuesEqualColors() {
  const GridState state = both({RangeMode::data});
  const Ranges shared = sharedRanges(state);
  QVERIFY((shared.at("r2") == RangeChoice{RangeMode::given, 0, static_cast<double>(0.6F)}));
  for (const auto& row : state.rows) {
    QCOMPARE(paintOf(row[0], {}, shared.at("r2")).axes[0].high, 0.6F);
  }
  const Picture picture = drawFigure(state, View::posterior, width, 2 * height);
  keep(picture, "range-shared");
  QVERIFY(near(middleColor(picture, 0), colorOf(0.15F, 0, 0.6F), 2));
  QVERIFY(near(middleColor(picture, 1), colorOf(0.3F, 0, 0.6F), 2));
  // The lower map is a quarter of the way up where the upper one is half way: equal values.
  GridState same = state;
  same.rows[1] = same.rows[0];
  same.style.ranges["r2"] = {RangeMode::given, 0, 0.6};
  const Picture alike = drawFigure(same, View::posterior, width, 2 * height);
  QVERIFY(near(middleColor(alike, 1), middleColor(picture, 0), 2));
}

void RangeTest::ownRangesDiffer() {
  const GridState state = both({RangeMode::own});
  QVERIFY(sharedRanges(state).empty());
  QCOMPARE(paintOf(state.rows[0][0], {}, {RangeMode::own}).axes[0].high, 0.3F);
  QCOMPARE(paintOf(state.rows[1][0], {}, {RangeMode::own}).axes[0].high, 0.6F);
  const Picture picture = drawFigure(state, View::posterior, width, 2 * height);
  // Half of its own range each: the same colour for different values.
  QVERIFY(near(middleColor(picture, 0), colorOf(0.15F, 0, 0.3F), 2));
  QVERIFY(near(middleColor(picture, 1), middleColor(picture, 0), 2));
  QVERIFY(!near(middleColor(picture, 0), colorOf(0.15F, 0, 0.6F), 20));
}

void RangeTest::givenRangeClampsAndSaysSo() {
  const RangeChoice given{RangeMode::given, 0.05, 0.2};
  const Painting painting = paintOf(both({}).rows[1][0], {}, given);
  QCOMPARE(painting.axes[0].tickLabels.front(), std::string("≤ 0.05"));
  QCOMPARE(painting.axes[0].tickLabels.back(), std::string("≥ 0.2"));
  const Picture picture = drawFigure(both(given), View::posterior, width, 2 * height);
  QVERIFY(near(middleColor(picture, 0), colorOf(0.15F, 0.05F, 0.2F), 2));
  QVERIFY(near(middleColor(picture, 1), colorOf(1, 0, 1), 1)); // 0.3 has the end's colour
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(both({RangeMode::given, 1, 0}), View::posterior, width, height),
      ErrorKind::format,
      "lower one first");
}

void RangeTest::dataWithoutAMap() {
  GridState state = both({});
  state.rows.resize(1);
  Pane& pane = state.rows[0][0];
  pane.source = {};
  pane.kind = "data";
  std::vector<float> heights;
  for (const Point& point : brains_.cortex->hemispheres[0].shapes.at(Shape::sphere).verticesRas) {
    heights.push_back(point[2]);
  }
  pane.source.data = std::make_shared<VertexData>(oneColumn("height", {heights, {}}));
  const Painting painting = paintOf(pane);
  QCOMPARE(painting.axes[0].low, -painting.axes[0].high);
  QVERIFY(std::ranges::all_of(painting.meshes[0], [](const Paint& p) { return p.data == 1; }));
  QVERIFY(std::ranges::all_of(painting.meshes[1], [](const Paint& p) { return p.data == 0; }));
  const Picture picture = drawFigure(state, View::posterior, width, height);
  keep(picture, "range-data");
  const auto colored = [&](int x0, int x1) { return count(picture, x0, x1, isColored); };
  QVERIFY(colored(0, width / 2) > 5000); // the left one, blue and red
  QCOMPARE(colored(width / 2 + 5, width), 0);
  heights.pop_back();
  pane.source.data = std::make_shared<VertexData>(oneColumn("height", {heights, {}}));
  CORTOGRAPH_EXPECT_ERROR((void)drawFigure(state, View::posterior, width, height),
                          ErrorKind::mismatch,
                          "height",
                          "10,241",
                          "10,242");
  pane.source.data = nullptr;
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(state, View::posterior, width, height), ErrorKind::unsupported, "open");
}

void RangeTest::curvatureOfAnyPane() {
  for (const auto& map : {std::shared_ptr<const BrainMap>(), brains_.leftOnly}) {
    GridState state = brains_.one(map, "curvature", Shape::inflated);
    state.style.outlines.shown = false;
    state.style.lit = false;
    const Picture picture = drawFigure(state, View::lateral, width, height);
    keep(picture, map ? "curvature-map" : "curvature");
    QCOMPARE(count(picture, 0, width, isColored), 0);
    state.rows[0][0].source.cortex = brains_.cortex;
    const std::array<MeshPaint, 2> meshes = paintOf(state.rows[0][0]).meshes;
    const std::vector<float>& folds = brains_.cortex->hemispheres[1].curvature;
    for (std::size_t i = 0; i < folds.size(); ++i) {
      QCOMPARE(meshes[1][i].u > 0.5F, folds[i] > 0);
    }
    // More than the two greys of the bare cortex.
    std::vector<bool> greys(256);
    for (int x = 0; x < width; ++x) {
      greys[static_cast<std::size_t>(colorAt(picture, x, height / 2)[0])] = true;
    }
    QVERIFY(std::ranges::count(greys, true) > 50);
  }
}

void RangeTest::thresholdsAndDataGoTogether() {
  Pane pane = brains_.one(brains_.leftOnly, "data", Shape::flat).rows[0][0];
  std::vector<float> values(10242);
  std::iota(values.begin(), values.end(), 0.0F);
  const VertexData data = oneColumn("place", {values, values});
  pane.source.data = std::make_shared<VertexData>(data);
  const auto shown = [&pane](const Threshold& threshold) {
    std::array<std::ptrdiff_t, 2> counts{};
    const auto meshes = paintOf(pane, threshold).meshes;
    for (std::size_t s = 0; s < 2; ++s) {
      counts[s] =
          std::ranges::count_if(meshes[s], [](const Paint& paint) { return paint.strength == 1; });
    }
    return counts;
  };
  using Counts = std::array<std::ptrdiff_t, 2>;
  QCOMPARE(shown({"r2", 0.5}), (Counts{10242, 0})); // the map models the left side alone
  QCOMPARE(shown({"data", 10000}), (Counts{242, 242}));
  pane.source.map = nullptr;
  QCOMPARE(shown({"r2", 0.5}), (Counts{10242, 10242})); // no map to be asked
  pane = brains_.one(brains_.leftOnly, "scale", Shape::flat).rows[0][0];
  pane.source.data = std::make_shared<VertexData>(data);
  QCOMPARE(shown({"data", 10000}), (Counts{242, 0}));
  pane.source.map = nullptr;
  CORTOGRAPH_EXPECT_ERROR((void)paintOf(pane), ErrorKind::unsupported, "scale", "needs a map");
}

CORTOGRAPH_TEST(RangeTest, QCoreApplication)
#include "range_test.moc"
