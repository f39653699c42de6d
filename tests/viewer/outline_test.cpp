#include "brains.h"
#include "pictures.h"
#include "support/test_case.h"
#include "viewer/scene/borders.h"

#include <QtTest>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <vector>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// One that says the same everywhere, whose upper part is a region of the left and the right brain.
std::shared_ptr<BrainMap> mapWithARegion(const Cortex& cortex, const Selected& selected) {
  auto map = std::make_shared<BrainMap>(
      *makeMap(cortex, everywhere, [&](Side, const Point&) { return selected; }));
  Region upper{"Upper", "test", {}};
  for (const Side side : bothSides) {
    for (const Point& p : cortex.hemisphere(side).shapes.at(Shape::sphere).verticesRas) {
      upper.member.push_back(p[2] > 30 ? 1 : 0);
    }
  }
  map->regions = {upper};
  return map;
}

} // namespace

class OutlineTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void bordersAreClosed();
  void regionsAreOutlined();
  void outlinesStandOutFromAnyColor();

private:
  Brains brains_;
};

void OutlineTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  brains_.read();
}

void OutlineTest::bordersAreClosed() {
  const Hemisphere& hemisphere = brains_.cortex->hemispheres[0];
  const Surface& sphere = hemisphere.shapes.at(Shape::sphere);
  std::vector<std::uint8_t> inside;
  for (const Point& p : sphere.verticesRas) {
    inside.push_back(p[2] > 30 ? 1 : 0);
  }
  std::vector<RegionShape> regions(70, RegionShape{"empty", {}, 0, 0}); // more than fit a word
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != 0) {
      regions.back().vertices.push_back(static_cast<std::int32_t>(i));
    }
  }
  const std::vector<BorderPiece> pieces = bordersOf(regions, inside.size(), sphere.triangles);
  QVERIFY(pieces.size() > 150 && pieces.size() < 400);
  std::map<std::set<std::int32_t>, int> meetings;
  for (const BorderPiece& piece : pieces) {
    for (const Crossing& crossing : piece) {
      ++meetings[{crossing[0], crossing[1]}];
      QVERIFY(inside[static_cast<std::size_t>(crossing[0])] !=
              inside[static_cast<std::size_t>(crossing[1])]);
    }
  }
  QVERIFY(std::ranges::all_of(meetings, [](const auto& entry) { return entry.second == 2; }));
}

void OutlineTest::regionsAreOutlined() {
  const auto map = mapWithARegion(*brains_.cortex, {0, 1, 0, 0, 0.5F});
  map->regions.push_back({"Whole", "streams", std::vector<std::uint8_t>(map->size(), 1)});
  const auto isDark = [](const Color& c) { return std::ranges::max(c) < 40; };
  const auto isWhite = [](const Color& c) { return std::ranges::min(c) > 250; };
  for (const ShapeMix& mix : {ShapeMix(Shape::inflated),
                              ShapeMix(Shape::flat),
                              ShapeMix(Shape::pial, Shape::inflated, 0.5F),
                              ShapeMix(Shape::inflated, Shape::flat, 0.5F)}) {
    GridState state = brains_.one(map, "scale", mix);
    state.style.lit = false;
    state.style.outlines = {true, false, 0.2, {}};
    const Picture thin = drawFigure(state, View::lateral, 900, 450);
    state.style.outlines.width = 0.6;
    const Picture wide = drawFigure(state, View::lateral, 900, 450);
    state.style.outlines.labels = true;
    const Picture named = drawFigure(state, View::lateral, 900, 450);
    state.style.outlines.shown = false;
    const Picture bare = drawFigure(state, View::lateral, 900, 450);
    keep(named, "outlined " + std::to_string(mix.flatness()));
    const int none = count(bare, 0, 900, isDark); // the letters L and R
    const int few = count(thin, 0, 900, isDark) - none;
    const int many = count(wide, 0, 900, isDark) - none;
    QVERIFY2(few > 500, std::to_string(few).c_str());
    QVERIFY2(many > 2 * few && many < 4.5 * few, qPrintable(QString("%1 %2").arg(few).arg(many)));
    // Beside the outline nothing has changed: the middle of the left brain.
    QCOMPARE(count(wide, 0, 900, isWhite), count(bare, 0, 900, isWhite));
    QVERIFY(count(named, 0, 450, isWhite) > 30 && count(named, 450, 900, isWhite) > 30);
  }
  // Named regions alone.
  QCOMPARE(
      regionsOn(Side::left,
                *map,
                std::nullopt,
                GeometryCache().get(brains_.cortex, Shape::pial)->of(Side::left).shape(Shape::pial))
          .size(),
      std::size_t{1});
  QCOMPARE(
      regionsOn(Side::left,
                *map,
                RegionNames{"Whole"},
                GeometryCache().get(brains_.cortex, Shape::pial)->of(Side::left).shape(Shape::pial))
          .front()
          .name,
      std::string("Whole"));
}

/// On a map of any lightness some pixels of the outline are far from the map's own colour.
void OutlineTest::outlinesStandOutFromAnyColor() {
  const auto luma = [](const Color& c) { return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };
  struct Case {
    std::string kind;
    Selected selected;
    bool dark;
  };
  const std::array<Case, 4> cases{{{"layer", {0, 0, 0, 0, 0.5F}, true}, // undecided: nearly black
                                   {"r2", {0, 1, 0, 0, 0.5F, 1}, true},
                                   {"r2", {0, 1, 0, 0, 0.5F, 0}, false},
                                   {"scale", {0, 1, 0, 0, 0.5F}, false}}};
  for (const Case& each : cases) {
    GridState state =
        brains_.one(mapWithARegion(*brains_.cortex, each.selected), each.kind, Shape::flat);
    state.style.lit = false;
    state.style.outlines.labels = false;
    state.style.outlines.width = 0.2;
    const auto changed = [&](const std::function<bool(double, double)>& test) {
      const Picture outlined = drawFigure(state, View::lateral, 900, 450);
      GridState without = state;
      without.style.outlines.shown = false;
      const Picture bare = drawFigure(without, View::lateral, 900, 450);
      keep(outlined, "casing " + each.kind + (each.dark ? " dark" : " light"));
      int found = 0;
      for (int y = 0; y < bare.height; ++y) {
        for (int x = 0; x < bare.width; ++x) {
          found += test(luma(colorAt(outlined, x, y)), luma(colorAt(bare, x, y))) ? 1 : 0;
        }
      }
      return found;
    };
    const auto lighter = [](double now, double before) { return now > before + 100; };
    const auto darker = [](double now, double before) { return now < before - 100; };
    QVERIFY2(each.dark ? changed(lighter) > 400 : changed(darker) > 1000, each.kind.c_str());
    state.style.outlines.casing = false;
    QCOMPARE(changed(lighter), 0);
    // A light line of one's own has a dark casing.
    state.style.outlines.color = {1, 1, 1};
    QVERIFY(!each.dark || changed(lighter) > 1000);
    state.style.outlines.casing = true;
    QVERIFY(each.dark || changed(darker) > 400);
  }
}

CORTOGRAPH_TEST(OutlineTest, QCoreApplication)
#include "outline_test.moc"
