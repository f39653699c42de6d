#include "base/error.h"
#include "brains.h"
#include "viewer/color/legend.h"
#include "viewer/scene/borders.h"
#include "viewer/scene/corner_classes.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/paint.h"
#include "viewer/scene/pane_view.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <QtTest>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

using namespace cortograph;
using namespace cortograph::test;

namespace {

using Color = std::array<int, 3>;

Color colorAt(const Picture& picture, int x, int y) {
  const std::uint8_t* p = picture.pixel(x, y);
  return {p[0], p[1], p[2]};
}

bool near(const Color& a, const Color& b, int tolerance) {
  return std::abs(a[0] - b[0]) <= tolerance && std::abs(a[1] - b[1]) <= tolerance &&
         std::abs(a[2] - b[2]) <= tolerance;
}

bool isColored(const Color& c) {
  return std::ranges::max(c) - std::ranges::min(c) > 20;
}

bool isInk(const Color& c) {
  return std::ranges::max(c) < 22; // drawn with 13; a shaded sulcus has 41
}

template <class Test> int count(const Picture& picture, int x0, int x1, const Test& test) {
  int found = 0;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = x0; x < x1; ++x) {
      found += test(colorAt(picture, x, y)) ? 1 : 0;
    }
  }
  return found;
}

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
  void noDataIsGrey();
  void leftIsLeft_data();
  void leftIsLeft();
  void nothingIsCutOff_data();
  void nothingIsCutOff();
  void legendsAreDrawn();
  void sameAtTwoSizes();
  void newMapKeepsTheTurn();
  void gesturesStayInTheirGroup();
  void geometryIsShared();
  void cornersAreToldApart();
  void labelsAreNotInterpolated();
  void shapesMorph();
  void picksWhatIsShown();
  void pinnedVertexIsMarked();
  void bordersAreClosed();
  void regionsAreOutlined();
  void thresholdHidesAndDims();
  void transparentPicture();
  void titleSaysSimulated();
  void paneSaysWhatIsMissing();
  void refusesWhatCannotBeDrawn();
  void saysThatThereIsNoDisplay();
  void everyShapeIsDrawn();

private:
  [[nodiscard]] GridState
  one(std::shared_ptr<const BrainMap> map, const std::string& kind, const ShapeMix& shape) const;

  std::shared_ptr<const Cortex> cortex_;
  std::shared_ptr<const BrainMap> leftOnly_; ///< R2 1 in the whole left hemisphere
  std::shared_ptr<const BrainMap> smooth_;   ///< everything varies, in the back of the head
};

void SceneTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  cortex_ = readCortex(fsaverage5());
  leftOnly_ = makeMap(
      *cortex_,
      [](Side side, const Point&) { return side == Side::left; },
      [](Side, const Point&) {
        return Selected{0, 1, 0, 0, 0.3F, 0.75F};
      });
  smooth_ = makeMap(
      *cortex_,
      [](Side, const Point& p) { return p[1] < -20; },
      [](Side, const Point& p) {
        return Selected{std::clamp(static_cast<int>((p[1] + 100) / 80 * 12), 0, 11),
                        std::clamp((p[2] + 100) / 200, 0.0F, 1.0F),
                        p[0] / 100,
                        -p[2] / 100,
                        (p[1] + 100) / 80,
                        0.5F + p[2] / 200};
      });
}

GridState SceneTest::one(std::shared_ptr<const BrainMap> map,
                         const std::string& kind,
                         const ShapeMix& shape) const {
  GridState state;
  state.rows = {{{"", cortex_, {std::move(map), nullptr}, kind, shape}}};
  state.legends = false;
  return state;
}

void SceneTest::pixelIsTheLegendsColor() {
  for (const auto& [kind, u] : {std::pair("scale", 0.3F), std::pair("r2", 0.75F)}) {
    GridState state = one(leftOnly_, kind, Shape::flat);
    const auto bytes = colorBytes(colormapNamed(mapKindNamed(kind).colormap), u, 0);
    const Color expected{bytes[0], bytes[1], bytes[2]};
    const Picture bare = drawFigure(state, View::lateral, 600, 300);
    // The left patch's middle, and nearly all that is coloured; one level of rounding.
    QVERIFY(near(colorAt(bare, 150, 150), expected, 1));
    const int exact = count(bare, 0, 600, [&](const Color& c) { return near(c, expected, 1); });
    const int colored = count(bare, 0, 600, isColored);
    QVERIFY2(exact > 0.95 * colored && exact > 20000, std::to_string(exact).c_str());
    // The same colour stands in the legend, whose steps are 1/256.
    state.legends = true;
    const Picture whole = drawFigure(state, View::lateral, 600, 300);
    const Picture empty = drawFigure(one(nullptr, kind, Shape::flat), View::lateral, 600, 300);
    QCOMPARE(count(empty, 0, 600, isColored), 0);
    const int brain = count(whole, 0, 600, [&](const Color& c) { return near(c, expected, 1); });
    QVERIFY(brain > 5000);
  }
}

void SceneTest::noDataIsGrey() {
  auto map = std::make_shared<BrainMap>(*leftOnly_);
  std::ranges::fill(map->r2, std::nanf(""));
  for (const MeshPaint& mesh : paintOf({"", cortex_, {map, nullptr}, "r2", Shape::flat})) {
    QVERIFY(std::ranges::all_of(mesh, [](const Paint& paint) { return paint == Paint{}; }));
  }
  const Picture picture = drawFigure(one(map, "r2", Shape::flat), View::lateral, 600, 300);
  QCOMPARE(count(picture, 0, 600, isColored), 0);
  const auto is = [](const Rgb& rgb) {
    const auto grey = bytesOf(rgb);
    return [grey](const Color& c) { return near(c, {grey[0], grey[1], grey[2]}, 1); };
  };
  QVERIFY(count(picture, 0, 600, is(gyrusGrey)) > 10000);
  QVERIFY(count(picture, 0, 600, is(sulcusGrey)) > 5000);
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
  GridState state = one(leftOnly_, "r2", static_cast<Shape>(shape));
  state.background = {1, 1, 1};
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
    GridState state = one(leftOnly_, "r2", shape);
    state.background = {1, 1, 1};
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
  auto nothing = std::make_shared<BrainMap>(*leftOnly_);
  std::ranges::fill(nothing->scale.values, std::nanf(""));
  std::ranges::fill(nothing->space.values, std::nanf(""));
  std::ranges::fill(nothing->r2, std::nanf(""));
  for (const std::string kind : {"scale", "space", "r2"}) {
    for (const View view : {View::lateral, View::dorsal}) { // below the brain, and beside it
      GridState state = one(nothing, kind, Shape::inflated);
      const Picture without = drawFigure(state, view, 900, 600);
      QCOMPARE(count(without, 0, 900, isColored), 0);
      state.legends = true;
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

void SceneTest::sameAtTwoSizes() {
  GridState state;
  state.rows = {{{"One", cortex_, {smooth_, nullptr}, "layer", Shape::inflated},
                 {"Two", cortex_, {smooth_, nullptr}, "space", Shape::inflated}}};
  const Picture small = drawFigure(state, View::lateral, 500, 300);
  const Picture large = drawFigure(state, View::lateral, 1000, 600);
  QCOMPARE(drawFigure(state, View::lateral, 500, 300).rgba, small.rgba); // the same bytes again
  double difference = 0;
  for (int y = 0; y < 300; ++y) {
    for (int x = 0; x < 500; ++x) {
      for (int i = 0; i < 3; ++i) {
        const int sum = large.pixel(2 * x, 2 * y)[i] + large.pixel(2 * x + 1, 2 * y)[i] +
                        large.pixel(2 * x, 2 * y + 1)[i] + large.pixel(2 * x + 1, 2 * y + 1)[i];
        difference += std::abs(small.pixel(x, y)[i] - sum / 4.0);
      }
    }
  }
  difference /= 500.0 * 300 * 3;
  QVERIFY2(difference < 2.0, std::to_string(difference).c_str());
}

void SceneTest::newMapKeepsTheTurn() {
  QVERIFY(openGlProblem().empty());
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  window->SetSize(400, 300);
  Scene scene(*window);
  scene.setState(one(smooth_, "scale", Shape::inflated));
  const Picture first = scene.capture(400, 300);
  scene.turn(30, 10);
  scene.zoom(1.2);
  const Picture turned = scene.capture(400, 300);
  QVERIFY(turned.rgba != first.rgba);
  scene.setState(one(leftOnly_, "scale", Shape::inflated));
  QVERIFY(scene.capture(400, 300).rgba != turned.rgba);
  scene.setState(one(smooth_, "scale", Shape::inflated));
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
  GridState state = one(smooth_, "scale", Shape::inflated);
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

void SceneTest::geometryIsShared() {
  GeometryCache cache;
  const auto a = cache.get(cortex_, Shape::inflated);
  QCOMPARE(cache.get(cortex_, Shape::inflated).get(), a.get());
  QVERIFY(!a->hemispheres[0].shapes.contains(Shape::pial)); // made when it is asked for
  QCOMPARE(cache.get(cortex_, {Shape::inflated, Shape::pial, 0.5F}).get(), a.get());
  QVERIFY(a->hemispheres[0].shapes.contains(Shape::pial));
  // 10,242 vertices a side, then 2,562 and 642; the flat map has its own triangles.
  QCOMPARE(a->hemispheres[1].levels.size(), std::size_t{3});
  QCOMPARE(a->hemispheres[1].levels[2].triangles, std::size_t{1280});
  QVERIFY(a->hemispheres[1].levels[2].cut->GetNumberOfCells() > 800);
  QVERIFY(a->hemispheres[1].levels[2].cut->GetNumberOfCells() < 1280);
  const auto other = std::make_shared<Cortex>(*cortex_);
  const std::weak_ptr<const CortexGeometry> watch = cache.get(other, Shape::white);
  QVERIFY(watch.expired()); // nobody shows it
}

void SceneTest::cornersAreToldApart() {
  for (const Hemisphere& hemisphere : cortex_->hemispheres) {
    const auto& triangles = hemisphere.shapes.at(Shape::pial).triangles;
    const std::vector<std::uint8_t> classes = cornerClasses(triangles, hemisphere.vertexCount());
    QVERIFY(std::ranges::all_of(triangles, [&](const Triangle& triangle) {
      const auto of = [&](std::size_t k) { return classes[static_cast<std::size_t>(triangle[k])]; };
      return of(0) < 4 && of(1) < 4 && of(2) < 4 && of(0) != of(1) && of(1) != of(2) &&
             of(2) != of(0);
    }));
  }
  // An octahedron is no subdivision; three classes do.
  const std::vector<Triangle> octahedron{
      {0, 1, 2}, {0, 2, 3}, {0, 3, 4}, {0, 4, 1}, {5, 2, 1}, {5, 3, 2}, {5, 4, 3}, {5, 1, 4}};
  const std::vector<std::uint8_t> classes = cornerClasses(octahedron, 6);
  for (const auto [a, b, c] : octahedron) {
    const auto of = [&](std::int32_t k) { return classes[static_cast<std::size_t>(k)]; };
    QVERIFY(of(a) != of(b) && of(b) != of(c) && of(c) != of(a));
  }
}

void SceneTest::labelsAreNotInterpolated() {
  // Neighbouring vertices have layers far apart, all sure: between them stands no third colour.
  const auto map = makeMap(*cortex_, everywhere, [](Side, const Point& p) {
    return Selected{static_cast<int>(std::abs(p[0] * 7919 + p[1] * 104729)) % 2 == 0 ? 0 : 11};
  });
  GridState state = one(map, "layer", Shape::flat);
  state.background = {0, 0, 0};
  const Picture picture = drawFigure(state, View::lateral, 700, 350);
  const auto byte = [](float u) {
    const auto c = colorBytes(colormapNamed("coolwarm-certainty"), u, 0);
    return Color{c[0], c[1], c[2]};
  };
  const int first = count(picture, 0, 700, [&](const Color& c) { return near(c, byte(0), 2); });
  const int last = count(picture, 0, 700, [&](const Color& c) { return near(c, byte(1), 2); });
  // What layers 5 to 8 would be: edges are smoothed, but few pixels are half of each.
  const int middle = count(picture, 0, 700, [&](const Color& c) {
    return near(c, byte(0.5F), 25) || near(c, byte(0.4F), 15) || near(c, byte(0.6F), 15);
  });
  QVERIFY(first > 15000 && last > 15000);
  QVERIFY2(middle < 0.06 * (first + last), std::to_string(middle).c_str());
}

void SceneTest::shapesMorph() {
  const auto drawn = [this](const ShapeMix& mix) {
    GridState state = one(smooth_, "scale", mix);
    return drawFigure(state, View::lateral, 400, 200);
  };
  const Picture inflated = drawn(Shape::inflated);
  QVERIFY(drawn({Shape::inflated, Shape::pial, 0}).rgba == inflated.rgba);
  QVERIFY(drawn({Shape::pial, Shape::inflated, 1}).rgba == inflated.rgba);
  // Small steps change the picture by little, large ones by more.
  const auto difference = [](const Picture& a, const Picture& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.rgba.size(); ++i) {
      sum += std::abs(a.rgba[i] - b.rgba[i]);
    }
    return sum / static_cast<double>(a.rgba.size());
  };
  // A small step changes the picture by little, from its start to its end.
  for (const Shape to : {Shape::pial, Shape::sphere, Shape::flat}) {
    const double all = difference(inflated, drawn(to));
    QVERIFY(all > 5);
    for (const float part : {0.0F, 0.3F, 0.98F}) {
      const double step = difference(drawn({Shape::inflated, to, part}),
                                     drawn({Shape::inflated, to, part + 0.02F}));
      QVERIFY2(step < 0.35 * all, qPrintable(QString("%1 of %2").arg(step).arg(all)));
    }
  }
  const ShapeMix half = unfolded(*cortex_, 0.75);
  QCOMPARE(half, ShapeMix(Shape::inflated, Shape::flat, 0.5F));
  QCOMPARE(unfoldingOf(*cortex_, half), 0.75);
  QCOMPARE(unfolded(*cortex_, 0.5), ShapeMix(Shape::inflated));
  QCOMPARE(unfolded(*cortex_, 0), ShapeMix(Shape::pial));
}

void SceneTest::picksWhatIsShown() {
  QVERIFY(openGlProblem().empty());
  const auto layerOf = [](const Point& p) {
    return static_cast<int>(std::abs(p[0] * 7919 + p[1] * 104729)) % 12;
  };
  const auto map =
      makeMap(*cortex_, everywhere, [&](Side, const Point& p) { return Selected{layerOf(p)}; });
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  Scene scene(*window);
  for (const ShapeMix& mix : {ShapeMix(Shape::inflated),
                              ShapeMix(Shape::pial),
                              ShapeMix(Shape::inflated, Shape::flat, 0.4F),
                              ShapeMix(Shape::flat)}) {
    GridState state = one(map, "layer", mix);
    state.rows[0].push_back(state.rows[0][0]);
    state.lit = false;
    scene.setState(state);
    scene.setView(View::lateral);
    scene.turn(20, 10);
    window->SetSize(900, 450);
    scene.render(Quality::moving);
    scene.zoom(8, Pixel{90, 230}); // so that vertices are wide enough to have pixels of their own
    const Picture picture = scene.capture(900, 450);
    keep(picture, "picked " + std::to_string(mix.flatness()));
    int picked = 0;
    for (int y = 1; y < 449; y += 6) {
      for (int x = 1; x < 899; x += 6) {
        const Color shown = colorAt(picture, x, y);
        bool uniform = true; // edges are smoothed
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -1; dx <= 1; ++dx) {
            uniform = uniform && near(colorAt(picture, x + dx, y + dy), shown, 1);
          }
        }
        const auto found = scene.pick({x, y});
        QVERIFY(found || !uniform || !isColored(shown));
        if (!found || !uniform) {
          continue;
        }
        QCOMPARE(found->column, x < 450 ? 0 : 1);
        const auto& sphere = cortex_->hemisphere(found->vertex.side).shapes.at(Shape::sphere);
        const int layer =
            layerOf(sphere.verticesRas[static_cast<std::size_t>(found->vertex.vertex)]);
        const auto bytes =
            colorBytes(colormapNamed("coolwarm-certainty"), static_cast<float>(layer) / 11.0F, 0);
        QVERIFY2(near(shown, {bytes[0], bytes[1], bytes[2]}, 2),
                 qPrintable(QString("%1, %2").arg(x).arg(y)));
        ++picked;
      }
    }
    QVERIFY2(picked > 300, std::to_string(picked).c_str());
  }
  QVERIFY(!scene.pick({2, 2}));
}

void SceneTest::pinnedVertexIsMarked() {
  QVERIFY(openGlProblem().empty());
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  window->SetSize(800, 400);
  Scene scene(*window);
  GridState state = one(smooth_, "scale", Shape::inflated);
  state.rows[0].push_back(state.rows[0][0]);
  scene.setState(state);
  const Picture bare = scene.capture(800, 400);
  const auto middle = scene.pick({100, 200});
  QVERIFY(middle);
  state.pinned = middle->vertex;
  scene.setState(state);
  const Picture marked = scene.capture(800, 400);
  for (const int column : {0, 1}) {
    const auto at = scene.pixelOf({0, column, middle->vertex});
    QVERIFY(at);
    QVERIFY((*at)[0] / 400 == column);
    int changed = 0;
    int elsewhere = 0;
    for (int y = 0; y < 400; ++y) {
      for (int x = 400 * column; x < 400 * (column + 1); ++x) {
        const bool differs = !near(colorAt(bare, x, y), colorAt(marked, x, y), 3);
        const bool close = std::hypot(x - (*at)[0], y - (*at)[1]) < 16;
        (close ? changed : elsewhere) += differs ? 1 : 0;
      }
    }
    QVERIFY2(changed > 20 && elsewhere == 0, std::to_string(changed).c_str());
  }
  scene.turn(180, 0); // behind the brain it is not shown
  QVERIFY(!scene.pixelOf({0, 0, middle->vertex}));
}

void SceneTest::bordersAreClosed() {
  const Hemisphere& hemisphere = cortex_->hemispheres[0];
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

void SceneTest::regionsAreOutlined() {
  auto map = std::make_shared<BrainMap>(*makeMap(*cortex_, everywhere, [](Side, const Point&) {
    return Selected{0, 1, 0, 0, 0.5F};
  }));
  Region upper{"Upper", "test", {}};
  for (const Side side : bothSides) {
    for (const Point& p : cortex_->hemisphere(side).shapes.at(Shape::sphere).verticesRas) {
      upper.member.push_back(p[2] > 30 ? 1 : 0);
    }
  }
  map->regions = {upper, {"Whole", "streams", std::vector<std::uint8_t>(map->size(), 1)}};
  const auto isDark = [](const Color& c) { return std::ranges::max(c) < 40; };
  const auto isWhite = [](const Color& c) { return std::ranges::min(c) > 250; };
  for (const ShapeMix& mix : {ShapeMix(Shape::inflated),
                              ShapeMix(Shape::flat),
                              ShapeMix(Shape::pial, Shape::inflated, 0.5F),
                              ShapeMix(Shape::inflated, Shape::flat, 0.5F)}) {
    GridState state = one(map, "scale", mix);
    state.lit = false;
    state.outlines = {true, false, 0.2, {}};
    const Picture thin = drawFigure(state, View::lateral, 900, 450);
    state.outlines.width = 0.6;
    const Picture wide = drawFigure(state, View::lateral, 900, 450);
    state.outlines.labels = true;
    const Picture named = drawFigure(state, View::lateral, 900, 450);
    state.outlines.shown = false;
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
  QCOMPARE(regionsOn(Side::left,
                     *map,
                     {},
                     GeometryCache().get(cortex_, Shape::pial)->of(Side::left).shape(Shape::pial))
               .size(),
           std::size_t{1});
  QCOMPARE(regionsOn(Side::left,
                     *map,
                     {"Whole"},
                     GeometryCache().get(cortex_, Shape::pial)->of(Side::left).shape(Shape::pial))
               .front()
               .name,
           std::string("Whole"));
}

void SceneTest::thresholdHidesAndDims() {
  const Pane pane{"", cortex_, {smooth_, nullptr}, "scale", Shape::flat};
  const auto strengths = [&](const Threshold& threshold) {
    std::vector<float> result;
    for (const MeshPaint& mesh : paintOf(pane, threshold)) {
      for (const Paint& paint : mesh) {
        if (paint.data > 0) {
          result.push_back(paint.strength);
        }
      }
    }
    return result;
  };
  const std::vector<float> hidden = strengths({"r2", 0.5, false, 0});
  QCOMPARE(hidden.size(), smooth_->size());
  for (std::size_t n = 0; n < hidden.size(); ++n) {
    QCOMPARE(hidden[n], smooth_->r2[n] >= 0.5F ? 1.0F : 0.0F);
  }
  const std::vector<float> dimmed =
      strengths({parseThreshold("r2:80%").kind, parseThreshold("r2:80%").value, true, 0.25});
  const auto shown = std::ranges::count(dimmed, 1.0F);
  QCOMPARE(shown + std::ranges::count(dimmed, 0.25F), static_cast<std::ptrdiff_t>(dimmed.size()));
  QVERIFY(std::abs(static_cast<double>(shown) / static_cast<double>(dimmed.size()) - 0.2) < 0.01);
  QCOMPARE(parseThreshold("scale:0.3"), (Threshold{"scale", 0.3, false, 0}));
  QVERIFY(parseThreshold("r2:80%").percentile);
  for (const std::string wrong : {"r2", "r2:", "r2:x", "r2:0.1x", "0.1"}) {
    CORTOGRAPH_EXPECT_ERROR((void)parseThreshold(wrong), ErrorKind::format, "r2:20%");
  }
  CORTOGRAPH_EXPECT_ERROR((void)parseThreshold("weather:1"), ErrorKind::notFound, "weather");
}

void SceneTest::transparentPicture() {
  GridState state = one(leftOnly_, "scale", Shape::inflated);
  state.legends = true;
  state.background = {1, 1, 1};
  const Picture opaque = drawFigure(state, View::lateral, 500, 300);
  state.transparent = true;
  const Picture clear = drawFigure(state, View::lateral, 500, 300);
  QCOMPARE(clear.pixel(1, 1)[3], std::uint8_t{0});
  int solid = 0;
  int none = 0;
  for (int y = 0; y < 300; ++y) {
    for (int x = 0; x < 500; ++x) {
      const std::uint8_t* over = clear.pixel(x, y);
      solid += over[3] == 255 ? 1 : 0;
      none += over[3] == 0 ? 1 : 0;
      // Laid over white it is the opaque picture; edges, which were smoothed in linear light,
      // nearly.
      const int tolerance = over[3] == 255 || over[3] == 0 ? 1 : 30;
      for (int c = 0; c < 3; ++c) {
        const double laid = (over[c] * over[3] + 255.0 * (255 - over[3])) / 255;
        QVERIFY2(std::abs(laid - opaque.pixel(x, y)[c]) <= tolerance,
                 qPrintable(QString("%1, %2: %3").arg(x).arg(y).arg(laid)));
      }
    }
  }
  QVERIFY(solid > 30000 && none > 30000 && solid + none < 150000);
}

void SceneTest::titleSaysSimulated() {
  GeometryCache cache;
  PaneView view(cache.get(cortex_, Shape::inflated));
  view.show({"CLIP", cortex_, {smooth_, nullptr}, "scale", Shape::inflated}, {});
  QCOMPARE(view.heading(), std::string("CLIP"));
  auto simulated = std::make_shared<BrainMap>(*smooth_);
  simulated->attributes["simulated"] = std::int64_t{1};
  view.show({"CLIP", cortex_, {simulated, nullptr}, "scale", Shape::inflated}, {});
  QCOMPARE(view.heading(), std::string("CLIP (simulated)"));
  auto demo = std::make_shared<Cortex>(*cortex_);
  demo->simulated = true;
  view.show({"CLIP (simulated)", demo, {smooth_, nullptr}, "scale", Shape::inflated}, {});
  QCOMPARE(view.heading(), std::string("CLIP (simulated)"));
}

void SceneTest::paneSaysWhatIsMissing() {
  QVERIFY(openGlProblem().empty());
  auto unscored = std::make_shared<BrainMap>(*smooth_);
  unscored->r2.clear();
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  Scene scene(*window);
  scene.setState(one(unscored, "r2", Shape::inflated));
  QCOMPARE(scene.problems().size(), std::size_t{1});
  QVERIFY(scene.problems().front().find("score") != std::string::npos);
  const Picture picture = scene.capture(600, 300);
  QCOMPARE(count(picture, 0, 600, isColored), 0);
  scene.setState(one(smooth_, "r2", Shape::inflated));
  QVERIFY(scene.problems().empty());
  QVERIFY(count(scene.capture(600, 300), 0, 600, isColored) > 3000);
}

void SceneTest::refusesWhatCannotBeDrawn() {
  auto unscored = std::make_shared<BrainMap>(*smooth_);
  unscored->r2.clear();
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(one(unscored, "r2", Shape::inflated), View::lateral, 100, 100),
      ErrorKind::unsupported,
      "score");
  auto other = std::make_shared<BrainMap>(*smooth_);
  other->vertices.meshSize = {163842, 163842};
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(one(other, "scale", Shape::inflated), View::lateral, 100, 100),
      ErrorKind::mismatch,
      "163842",
      "10242");
  auto outside = std::make_shared<BrainMap>(*smooth_);
  outside->vertices.ofSide[1].back() = 10242;
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(one(outside, "scale", Shape::inflated), View::lateral, 100, 100),
      ErrorKind::mismatch,
      "right");
  auto shapeless = std::make_shared<Cortex>(*cortex_);
  shapeless->hemispheres[1].shapes.erase(Shape::flat);
  GridState state = one(smooth_, "scale", Shape::flat);
  state.rows[0][0].cortex = shapeless;
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(state, View::lateral, 100, 100), ErrorKind::notFound, "flat", "right");
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(one(smooth_, "scale", Shape::inflated), View::lateral, 0, 100),
      ErrorKind::unsupported,
      "0x100");
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(one(smooth_, "scale", Shape::inflated), View::lateral, 1000000, 100),
      ErrorKind::unsupported,
      "1000000x100");
}

void SceneTest::saysThatThereIsNoDisplay() {
  const QByteArray display = qgetenv("DISPLAY");
  const GridState state = one(smooth_, "scale", Shape::inflated);
  qunsetenv("DISPLAY");
  CORTOGRAPH_EXPECT_ERROR((void)drawFigure(state, View::lateral, 100, 100),
                          ErrorKind::unsupported,
                          "No display",
                          "xvfb-run");
  qputenv("DISPLAY", ":4711");
  CORTOGRAPH_EXPECT_ERROR((void)drawFigure(state, View::lateral, 100, 100),
                          ErrorKind::unsupported,
                          ":4711",
                          "xvfb-run");
  qputenv("DISPLAY", display);
  QVERIFY(openGlProblem().empty());
}

void SceneTest::everyShapeIsDrawn() {
  const bool kept = qEnvironmentVariableIsSet("CORTOGRAPH_TEST_PICTURES");
  for (const Shape shape : allShapes) {
    GridState state;
    for (const char* kind : {"layer", "space", "scale", "r2"}) {
      if (state.rows.empty() || state.rows.back().size() == 2) {
        state.rows.emplace_back();
      }
      state.rows.back().push_back({"CLIP ViT-B/16", cortex_, {smooth_, nullptr}, kind, shape});
    }
    for (const View view : allViews) {
      if (shape == Shape::inflated || view == View::lateral) {
        const int scale = kept ? 4 : 1;
        const Picture picture = drawFigure(state, view, 400 * scale, 250 * scale);
        QVERIFY(count(picture, 0, picture.width, isColored) > 1000 * scale * scale);
        keep(picture, std::string(toString(shape)) + "_" + std::string(toString(view)));
      }
    }
  }
}

QTEST_GUILESS_MAIN(SceneTest)
#include "scene_test.moc"
