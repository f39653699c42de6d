#include "support/test_case.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/pose.h"

#include <QtTest>

#include <cmath>

using namespace cortograph;

namespace {

/// Two boxes of corners as hemispheres would lie: 60 wide, 160 long, 100 high, side by side.
std::vector<Point> corners(float left, float right) {
  std::vector<Point> points;
  for (const float x : {left, right}) {
    for (const float y : {-100.0F, 60.0F}) {
      for (const float z : {-40.0F, 60.0F}) {
        points.push_back({x, y, z});
      }
    }
  }
  return points;
}

constexpr std::array<Rotation, 2> unturned{identityRotation, identityRotation};

double determinant(const Rotation& r) {
  return r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1]) -
         r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0]) +
         r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
}

/// The direction that faces the viewer (-y on the screen) in the standard space.
Move facing(View view, Side side, Shape shape = Shape::pial) {
  const Rotation r = viewRotation(view, side, shape);
  return {-r[1][0], -r[1][1], -r[1][2]};
}

bool inside(const Rect& part, const Rect& whole) {
  return part.x >= whole.x && part.y >= whole.y && part.x + part.width <= whole.x + whole.width &&
         part.y + part.height <= whole.y + whole.height;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

} // namespace

class LayoutTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void panesTileTheWindow();
  void textIsBounded();
  void shortRowsAreCentered();
  void viewsFaceTheNamedSide();
  void hemispheresStandApart();
  void leftIsLeft();
  void turningMovesTheFront();
  void turningKeepsTheMiddle();
  void outermostPointsBoundASphere();
};

void LayoutTest::panesTileTheWindow() {
  for (const bool below : {false, true}) {
    LayoutRequest request{{3, 3}, 1001, 617, true, below, 6, 0, 1e9};
    const GridLayout layout = layOut(request);
    QCOMPARE(layout.rows.size(), std::size_t{2});
    std::vector<Rect> panes;
    for (const auto& row : layout.rows) {
      for (const PaneLayout& pane : row) {
        QVERIFY(inside(pane.pane, {0, 0, 1001, 617}));
        for (const Rect& part : {pane.title, pane.brain, pane.legend}) {
          QVERIFY(inside(part, pane.pane));
        }
        QVERIFY(!overlap(pane.brain, pane.legend));
        QVERIFY(!overlap(pane.brain, pane.title));
        QVERIFY(!overlap(pane.legend, pane.title));
        for (const Rect& other : panes) {
          QVERIFY(!overlap(pane.pane, other));
        }
        panes.push_back(pane.pane);
      }
    }
    int area = 0;
    for (const Rect& pane : panes) {
      area += pane.width * pane.height;
    }
    QVERIFY(area > 0.99 * 1001 * 617);
  }
}

void LayoutTest::textIsBounded() {
  LayoutRequest request{{1}, 2000, 2000, true, false, 6, 9, 16};
  QCOMPARE(layOut(request).em, 16.0);
  request.width = 100;
  QCOMPARE(layOut(request).em, 9.0);
  // Twice the picture, twice the text.
  const double small = layOut({{2, 2}, 800, 500, true, false, 6, 0, 1e9}).em;
  const double large = layOut({{2, 2}, 1600, 1000, true, false, 6, 0, 1e9}).em;
  QVERIFY(std::abs(large - 2 * small) < 1e-9);
  // No size is too small to be laid out.
  for (const int size : {1, 2, 7, 30}) {
    const GridLayout tiny = layOut({{4, 4}, size, size, true, true, 6, 9, 16});
    for (const PaneLayout& pane : tiny.rows[0]) {
      QVERIFY(pane.brain.width >= 1 && pane.brain.height >= 1);
    }
  }
  QVERIFY(layOut({{}, 800, 500, true, false, 6, 0, 1e9}).rows.empty());
}

void LayoutTest::shortRowsAreCentered() {
  const GridLayout layout = layOut({{2, 1}, 800, 600, false, false, 0, 0, 1e9});
  QCOMPARE(layout.rows[1][0].pane.x, 200);
  QCOMPARE(layout.rows[1][0].pane.width, 400);
  QVERIFY(layout.rows[0][0].pane.y > layout.rows[1][0].pane.y); // the first row is on top
}

void LayoutTest::viewsFaceTheNamedSide() {
  for (const View view : allViews) {
    for (const Side side : bothSides) {
      QVERIFY(std::abs(determinant(viewRotation(view, side, Shape::pial)) - 1) < 1e-12);
    }
  }
  QCOMPARE(facing(View::lateral, Side::left), (Move{-1, 0, 0}));
  QCOMPARE(facing(View::lateral, Side::right), (Move{1, 0, 0}));
  QCOMPARE(facing(View::medial, Side::left), (Move{1, 0, 0}));
  QCOMPARE(facing(View::medial, Side::right), (Move{-1, 0, 0}));
  QCOMPARE(facing(View::dorsal, Side::left), (Move{0, 0, 1}));
  QCOMPARE(facing(View::ventral, Side::right), (Move{0, 0, -1}));
  QCOMPARE(facing(View::anterior, Side::left), (Move{0, 1, 0}));
  QCOMPARE(facing(View::posterior, Side::left), (Move{0, -1, 0}));
  QCOMPARE(facing(View::lateral, Side::left, Shape::flat), (Move{0, 0, 1}));
}

void LayoutTest::hemispheresStandApart() {
  // Centred on each other, as inflated shapes are, and as in the head.
  for (const bool centered : {true, false}) {
    const auto left = centered ? corners(-30, 30) : corners(-62, -1);
    const auto right = centered ? corners(-30, 30) : corners(-1, 60);
    for (const View view : allViews) {
      const auto poses = placeHemispheres(view, Shape::inflated, {left, right}, unturned);
      const Box a = extentOf(left, poses[0]);
      const Box b = extentOf(right, poses[1]);
      const double gap = std::max(a.left, b.left) - std::min(a.right, b.right);
      QVERIFY2(gap > 2 && gap < 20, std::to_string(gap).c_str());
      const Box both = unite(a, b);
      QVERIFY(std::abs(both.left + both.right) < 1e-4);
      QVERIFY(std::abs(both.bottom + both.top) < 1e-4);
    }
  }
}

void LayoutTest::leftIsLeft() {
  const auto left = corners(-62, -2);
  const auto right = corners(2, 62);
  for (const View view : allViews) {
    const bool swapped = view == View::anterior || view == View::ventral;
    for (const Shape shape : {Shape::pial, Shape::inflated, Shape::flat}) {
      const auto poses = placeHemispheres(view, shape, {left, right}, unturned);
      const Box a = extentOf(left, poses[0]);
      const Box b = extentOf(right, poses[1]);
      QCOMPARE(a.left > b.left, swapped && shape != Shape::flat);
    }
  }
}

void LayoutTest::turningMovesTheFront() {
  const Pose right{turnBy(10, 0), {}};
  const Pose up{turnBy(0, 10), {}};
  const Point front{0, -1, 0};
  QVERIFY(right.apply(front)[0] > 0.1);
  QVERIFY(std::abs(right.apply(front)[2]) < 1e-12);
  QVERIFY(up.apply(front)[2] > 0.1);
  QVERIFY(std::abs(up.apply(front)[0]) < 1e-12);
}

void LayoutTest::turningKeepsTheMiddle() {
  const auto left = corners(-62, -2);
  const auto right = corners(2, 62);
  const Rotation turn = turnBy(37, 21);
  const auto poses = placeHemispheres(View::dorsal, Shape::pial, {left, right}, {turn, turn});
  Move sum{};
  for (std::size_t i = 0; i < left.size(); ++i) {
    const Move a = poses[0].apply(left[i]);
    const Move b = poses[1].apply(right[i]);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      sum[axis] += a[axis] + b[axis];
    }
  }
  for (const double component : sum) {
    QVERIFY(std::abs(component) < 1e-3);
  }
}

void LayoutTest::outermostPointsBoundASphere() {
  Surface sphere;
  for (int i = 0; i < 5000; ++i) {
    const double z = 1 - (2 * i + 1) / 5000.0;
    const double angle = 2.399963 * i;
    const double r = std::sqrt(1 - z * z);
    sphere.verticesRas.push_back({static_cast<float>(100 * r * std::cos(angle)),
                                  static_cast<float>(100 * r * std::sin(angle)),
                                  static_cast<float>(100 * z)});
  }
  for (std::int32_t i = 0; i + 2 < 5000; i += 3) {
    sphere.triangles.push_back({i, i + 1, i + 2});
  }
  sphere.verticesRas.push_back({9999, 0, 0}); // of no triangle
  const auto points = outermostPoints(sphere);
  for (const double degrees : {0.0, 17.0, 45.0, 133.0}) {
    const Box box = extentOf(points, {turnBy(degrees, degrees / 3), {}});
    QVERIFY2(box.width() > 196 && box.width() < 200.1, std::to_string(box.width()).c_str());
    QVERIFY2(box.height() > 196 && box.height() < 200.1, std::to_string(box.height()).c_str());
  }
}

CORTOGRAPH_TEST(LayoutTest, QCoreApplication)
#include "layout_test.moc"
