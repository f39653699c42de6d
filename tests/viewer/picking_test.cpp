#include "brains.h"
#include "pictures.h"
#include "support/test_case.h"
#include "viewer/color/legend.h"
#include "viewer/scene/opengl.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <QtTest>

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

class PickingTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void picksWhatIsShown();
  void pinnedVertexIsMarked();
  void aLineSelectsWhatIsInSight();

private:
  Brains brains_;
};

void PickingTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  brains_.read();
}

void PickingTest::picksWhatIsShown() {
  QVERIFY(openGlProblem().empty());
  const auto layerOf = [](const Point& p) {
    return static_cast<int>(std::abs(p[0] * 7919 + p[1] * 104729)) % 12;
  };
  const auto map = makeMap(
      *brains_.cortex, everywhere, [&](Side, const Point& p) { return Selected{layerOf(p)}; });
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  Scene scene(*window);
  for (const ShapeMix& mix : {ShapeMix(Shape::inflated),
                              ShapeMix(Shape::pial),
                              ShapeMix(Shape::inflated, Shape::flat, 0.4F),
                              ShapeMix(Shape::flat)}) {
    GridState state = brains_.one(map, "layer", mix);
    state.rows[0].push_back(state.rows[0][0]);
    state.style.lit = false;
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
        const auto& sphere =
            brains_.cortex->hemisphere(found->vertex.side).shapes.at(Shape::sphere);
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

void PickingTest::pinnedVertexIsMarked() {
  QVERIFY(openGlProblem().empty());
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  window->SetSize(800, 400);
  Scene scene(*window);
  GridState state = brains_.one(brains_.smooth, "scale", Shape::inflated);
  state.rows[0].push_back(state.rows[0][0]);
  scene.setState(state);
  const Picture bare = scene.capture(800, 400);
  const auto middle = scene.pick({100, 200});
  QVERIFY(middle);
  state.rows[0][0].pinned = middle->vertex;
  state.rows[0][1].pinned = middle->vertex;
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

void PickingTest::aLineSelectsWhatIsInSight() {
  QVERIFY(openGlProblem().empty());
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  window->SetSize(500, 300);
  Scene scene(*window);
  for (const ShapeMix& mix :
       {ShapeMix(Shape::pial), ShapeMix(Shape::inflated, Shape::flat, 0.5F)}) {
    GridState state = brains_.one(brains_.smooth, "scale", mix);
    state.style.outlines.shown = false;
    scene.setState(state);
    scene.setView(View::posterior);
    const Picture bare = scene.capture(500, 300);
    // A triangle over parts of both hemispheres.
    const VertexSelection chosen = scene.select({{160, 60}, {340, 100}, {230, 260}});
    const auto sideOf = [](const Pixel& a, const Pixel& b, const Pixel& p) {
      return ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) /
             std::hypot(b[0] - a[0], b[1] - a[1]);
    };
    int inside = 0;
    int hidden = 0;
    for (const Side side : bothSides) {
      const auto& of = chosen.ofSide.at(static_cast<std::size_t>(side));
      QVERIFY(!of.empty());
      for (std::int32_t vertex = 0; vertex < 10242; vertex += 13) {
        const auto at = scene.pixelOf({0, 0, {side, vertex}});
        const double within = at ? std::min({sideOf({160, 60}, {340, 100}, *at),
                                             sideOf({340, 100}, {230, 260}, *at),
                                             sideOf({230, 260}, {160, 60}, *at)})
                                 : -100;
        if (std::abs(within) > 1.5) {
          QCOMPARE(std::ranges::binary_search(of, vertex), within > 0);
          inside += within > 0 ? 1 : 0;
          hidden += at ? 0 : 1;
        }
      }
    }
    QVERIFY2(inside > 25 && hidden > 100, std::to_string(inside).c_str());
    QVERIFY(scene.select({{160, 60}, {340, 100}}).size() == 0);
    QVERIFY(scene.select({}).size() == 0);
    // It is outlined, along the line and where sight ends.
    state.selection = chosen;
    scene.setState(state);
    const Picture marked = scene.capture(500, 300);
    keep(marked, "selected " + std::to_string(mix.flatness()));
    int changed = 0;
    for (int y = 0; y < 300; ++y) {
      for (int x = 0; x < 500; ++x) {
        changed += near(colorAt(marked, x, y), colorAt(bare, x, y), 30) ? 0 : 1;
      }
    }
    QVERIFY2(changed > 200 && changed < 6000, std::to_string(changed).c_str());
    state.selection->mesh.vertices[0] += 1; // of another mesh
    scene.setState(state);
    QVERIFY(scene.capture(500, 300).rgba == bare.rgba);
  }
}

CORTOGRAPH_TEST(PickingTest, QCoreApplication)
#include "picking_test.moc"
