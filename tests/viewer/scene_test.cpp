#include "base/error.h"
#include "brains.h"
#include "pictures.h"
#include "support/test_case.h"
#include "viewer/color/legend.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/paint.h"
#include "viewer/scene/pane_view.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <QtTest>

#include <algorithm>
#include <array>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// 'L' or 'R' by its ink: an L has none in the upper right of its box.
char letterIn(const Picture& picture, int x0, int x1) {
  int left = x1;
  int right = x0;
  int top = picture.height;
  int bottom = 0;
  for (int y = picture.height / 2; y < picture.height; ++y) { // letters stand below
    for (int x = x0; x < x1; ++x) {
      if (isInk(colorAt(picture, x, y))) {
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
      }
    }
  }
  if (right - left < 3 || right - left > 40 || bottom - top > 40) {
    return '?';
  }
  int ink = 0;
  for (int y = top; y <= (top + bottom) / 2 - 1; ++y) {
    for (int x = (left + right) / 2 + 2; x <= right; ++x) {
      ink += isInk(colorAt(picture, x, y)) ? 1 : 0;
    }
  }
  return ink == 0 ? 'L' : 'R';
}

} // namespace

class SceneTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void pixelIsTheLegendsColor();
  void noDataIsGray();
  void leftIsLeft_data();
  void leftIsLeft();
  void nothingIsCutOff_data();
  void nothingIsCutOff();
  void legendsAreDrawn();
  void newMapKeepsTheTurn();
  void gesturesStayInTheirGroup();
  void titleSaysSimulated();
  void paneSaysWhatIsMissing();

private:
  Brains brains_;
};

void SceneTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  brains_.read();
}

void SceneTest::pixelIsTheLegendsColor() {
  for (const auto& [kind, u] : {std::pair("scale", 0.3F), std::pair("r2", 0.75F)}) {
    GridState state = brains_.one(brains_.leftOnly, kind, Shape::flat);
    const auto bytes = colorBytes(colormapNamed(mapKindNamed(kind).colormap), u, 0);
    const Color expected{bytes[0], bytes[1], bytes[2]};
    const Picture bare = drawFigure(state, View::lateral, 600, 300);
    // The left patch's middle, and nearly all that is coloured; one level of rounding.
    QVERIFY(near(colorAt(bare, 150, 150), expected, 1));
    const int exact = count(bare, 0, 600, [&](const Color& c) { return near(c, expected, 1); });
    const int colored = count(bare, 0, 600, isColored);
    QVERIFY2(exact > 0.95 * colored && exact > 20000, std::to_string(exact).c_str());
    // The same colour stands in the legend, whose steps are 1/256.
    state.style.legends.shown = true;
    const Picture whole = drawFigure(state, View::lateral, 600, 300);
    const Picture empty =
        drawFigure(brains_.one(nullptr, kind, Shape::flat), View::lateral, 600, 300);
    QCOMPARE(count(empty, 0, 600, isColored), 0);
    const int brain = count(whole, 0, 600, [&](const Color& c) { return near(c, expected, 1); });
    QVERIFY(brain > 5000);
  }
}

void SceneTest::noDataIsGray() {
  auto map = std::make_shared<BrainMap>(*brains_.leftOnly);
  std::ranges::fill(map->r2, std::nanf(""));
  for (const MeshPaint& mesh :
       paintOf({"", brains_.cortex, {map, nullptr}, "r2", Shape::flat}).meshes) {
    QVERIFY(std::ranges::all_of(mesh, [](const Paint& paint) { return paint == Paint{}; }));
  }
  const Picture picture = drawFigure(brains_.one(map, "r2", Shape::flat), View::lateral, 600, 300);
  QCOMPARE(count(picture, 0, 600, isColored), 0);
  const auto is = [](const Rgb& rgb) {
    const auto gray = bytesOf(rgb);
    return [gray](const Color& c) { return near(c, {gray[0], gray[1], gray[2]}, 1); };
  };
  QVERIFY(count(picture, 0, 600, is(gyrusGray)) > 10000);
  QVERIFY(count(picture, 0, 600, is(sulcusGray)) > 5000);
}

void SceneTest::leftIsLeft_data() {
  QTest::addColumn<int>("view");
  QTest::addColumn<int>("shape");
  QTest::addColumn<bool>("onTheLeft");
  for (const Shape shape : {Shape::inflated, Shape::pial}) {
    for (const View view : allViews) {
      const std::string name = std::string(toString(shape)) + " " + std::string(toString(view));
      QTest::newRow(name.c_str()) << static_cast<int>(view) << static_cast<int>(shape)
                                  << (view != View::anterior && view != View::ventral);
    }
  }
  QTest::newRow("flat") << static_cast<int>(View::ventral) << static_cast<int>(Shape::flat) << true;
}

void SceneTest::leftIsLeft() {
  QFETCH(int, view);
  QFETCH(int, shape);
  QFETCH(bool, onTheLeft);
  GridState state = brains_.one(brains_.leftOnly, "r2", static_cast<Shape>(shape));
  state.style.background = {1, 1, 1};
  const Picture picture = drawFigure(state, static_cast<View>(view), 500, 400);
  keep(picture, std::string("left_") + QTest::currentDataTag());
  const int west = count(picture, 0, 250, isColored);
  const int east = count(picture, 250, 500, isColored);
  QVERIFY(std::max(west, east) > 10000);
  QCOMPARE(west > east, onTheLeft);
  QVERIFY(std::min(west, east) < 0.02 * std::max(west, east));
  const char expected = onTheLeft ? 'L' : 'R';
  QCOMPARE(letterIn(picture, 0, 250), expected);
  QCOMPARE(letterIn(picture, 250, 500), expected == 'L' ? 'R' : 'L');
}

void SceneTest::nothingIsCutOff_data() {
  QTest::addColumn<int>("width");
  QTest::addColumn<int>("height");
  QTest::newRow("wide") << 600 << 200;
  QTest::newRow("tall") << 240 << 500;
}

void SceneTest::nothingIsCutOff() {
  QFETCH(int, width);
  QFETCH(int, height);
  const Rect brain = layOut({{1}, width, height, false, true, 0, 0, 1e9}).rows[0][0].brain;
  for (const Shape shape : {Shape::inflated, Shape::flat}) {
    GridState state = brains_.one(brains_.leftOnly, "r2", shape);
    state.style.background = {1, 1, 1};
    for (const View view : {View::lateral, View::dorsal, View::anterior}) {
      const Picture picture = drawFigure(state, view, width, height);
      // The viewport's own rim is empty, but for the letters; the brain touches two opposite sides
      // of it within a twentieth.
      int inside = 0;
      int rim = 0;
      for (int y = 0; y < brain.height; ++y) {
        for (int x = 0; x < brain.width; ++x) {
          const Color c = colorAt(picture, brain.x + x, height - 1 - brain.y - y);
          const bool onRim = x == 0 || y == 0 || x == brain.width - 1 || y == brain.height - 1;
          const bool drawn =
              !near(c, {255, 255, 255}, 0) && (std::ranges::max(c) > 60 || isColored(c));
          (onRim ? rim : inside) += drawn ? 1 : 0;
        }
      }
      QVERIFY2(rim <= 12, std::to_string(rim).c_str());
      QVERIFY(inside > 0.15 * brain.width * brain.height || width != 600);
    }
  }
}

void SceneTest::legendsAreDrawn() {
  auto nothing = std::make_shared<BrainMap>(*brains_.leftOnly);
  std::ranges::fill(nothing->scale.values, std::nanf(""));
  std::ranges::fill(nothing->space.values, std::nanf(""));
  std::ranges::fill(nothing->r2, std::nanf(""));
  for (const std::string kind : {"scale", "space", "r2"}) {
    for (const View view : {View::lateral, View::dorsal}) { // below the brain, and beside it
      GridState state = brains_.one(nothing, kind, Shape::inflated);
      const Picture without = drawFigure(state, view, 900, 600);
      QCOMPARE(count(without, 0, 900, isColored), 0);
      state.style.legends.shown = true;
      const Picture picture = drawFigure(state, view, 900, 600);
      QVERIFY(count(picture, 0, 900, isColored) > 1200);
      // Words and frames: thin, so few of their pixels are wholly dark.
      const int ink = count(picture, 0, 900, isInk) - count(without, 0, 900, isInk);
      QVERIFY2(ink > 60, std::to_string(ink).c_str());
      if (kind == "space") {
        const auto corner = colorBytes(colormapNamed("place"), 0.01F, 0.01F);
        QVERIFY(count(picture, 0, 900, [&](const Color& c) {
                  return near(c, {corner[0], corner[1], corner[2]}, 2);
                }) > 1);
      }
    }
  }
}

void SceneTest::newMapKeepsTheTurn() {
  QVERIFY(openGlProblem().empty());
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  window->SetSize(400, 300);
  Scene scene(*window);
  scene.setState(brains_.one(brains_.smooth, "scale", Shape::inflated));
  const Picture first = scene.capture(400, 300);
  scene.turn(30, 10);
  scene.zoom(1.2);
  const Picture turned = scene.capture(400, 300);
  QVERIFY(turned.rgba != first.rgba);
  scene.setState(brains_.one(brains_.leftOnly, "scale", Shape::inflated));
  QVERIFY(scene.capture(400, 300).rgba != turned.rgba);
  scene.setState(brains_.one(brains_.smooth, "scale", Shape::inflated));
  QCOMPARE(scene.capture(400, 300).rgba, turned.rgba);
  scene.setView(View::lateral);
  QCOMPARE(scene.capture(400, 300).rgba, first.rgba);
  QVERIFY(scene.paneAt(200, 150) == (std::array<int, 2>{0, 0}));
  QVERIFY(!scene.paneAt(500, 150).has_value());
}

void SceneTest::gesturesStayInTheirGroup() {
  QVERIFY(openGlProblem().empty());
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  window->SetSize(600, 200);
  Scene scene(*window);
  GridState state = brains_.one(brains_.smooth, "scale", Shape::inflated);
  state.rows[0].push_back(state.rows[0][0]);
  state.rows[0][1].shape = Shape::flat;
  scene.setState(state);
  const auto half = [&](int x0) {
    const Picture picture = scene.capture(600, 200);
    std::vector<Color> colors;
    for (int y = 0; y < 200; ++y) {
      for (int x = x0; x < x0 + 300; ++x) {
        colors.push_back(colorAt(picture, x, y));
      }
    }
    return colors;
  };
  const auto solid = half(0);
  const auto flat = half(300);
  scene.turn(20, 0, Pixel{100, 100});
  QVERIFY(half(0) != solid);
  QVERIFY(half(300) == flat);
  scene.resetCamera(); // fits, but keeps the turn
  QVERIFY(half(0) != solid);
  scene.setView(View::lateral);
  scene.turn(20, 0, Pixel{400, 100}); // pans the flat map
  QVERIFY(half(0) == solid);
  QVERIFY(half(300) != flat);
  scene.setView(View::lateral);
  scene.turn(90, 0); // all panes; the 3-D ones must not pan as well
  const auto turned = half(0);
  scene.setView(View::lateral);
  scene.turn(90, 0, Pixel{20, 100});
  QVERIFY(half(0) == turned);
}

void SceneTest::titleSaysSimulated() {
  GeometryCache cache;
  PaneView view(cache.get(brains_.cortex, Shape::inflated));
  view.show({"CLIP", brains_.cortex, {brains_.smooth, nullptr}, "scale", Shape::inflated}, {});
  QCOMPARE(view.heading(), std::string("CLIP"));
  auto simulated = std::make_shared<BrainMap>(*brains_.smooth);
  simulated->attributes["simulated"] = std::int64_t{1};
  view.show({"CLIP", brains_.cortex, {simulated, nullptr}, "scale", Shape::inflated}, {});
  QCOMPARE(view.heading(), std::string("CLIP (simulated)"));
  auto demo = std::make_shared<Cortex>(*brains_.cortex);
  demo->simulated = true;
  view.show({"CLIP (simulated)", demo, {brains_.smooth, nullptr}, "scale", Shape::inflated}, {});
  QCOMPARE(view.heading(), std::string("CLIP (simulated)"));
}

void SceneTest::paneSaysWhatIsMissing() {
  QVERIFY(openGlProblem().empty());
  auto unscored = std::make_shared<BrainMap>(*brains_.smooth);
  unscored->r2.clear();
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  Scene scene(*window);
  scene.setState(brains_.one(unscored, "r2", Shape::inflated));
  QCOMPARE(scene.problems().size(), std::size_t{1});
  QVERIFY(scene.problems().front().find("score") != std::string::npos);
  const Picture picture = scene.capture(600, 300);
  QCOMPARE(count(picture, 0, 600, isColored), 0);
  scene.setState(brains_.one(brains_.smooth, "r2", Shape::inflated));
  QVERIFY(scene.problems().empty());
  QVERIFY(count(scene.capture(600, 300), 0, 600, isColored) > 3000);
}

CORTOGRAPH_TEST(SceneTest, QCoreApplication)
#include "scene_test.moc"
