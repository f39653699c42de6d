#include "brains.h"
#include "pictures.h"
#include "support/test_case.h"
#include "viewer/color/legend.h"
#include "viewer/scene/corner_classes.h"
#include "viewer/scene/geometry.h"

#include <QtTest>

#include <algorithm>
#include <vector>

using namespace cortograph;
using namespace cortograph::test;

class SurfaceTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void geometryIsShared();
  void whatIsReadInPartIsNotMadeTwice();
  void cornersAreToldApart();
  void labelsAreNotInterpolated();
  void shapesMorph();
  void fillsItsPaneWhileItUnfolds();
  void everyShapeIsDrawn();

private:
  Brains brains_;
};

void SurfaceTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  brains_.read();
}

void SurfaceTest::geometryIsShared() {
  GeometryCache cache;
  const auto a = cache.get(brains_.cortex, Shape::inflated);
  QCOMPARE(cache.get(brains_.cortex, Shape::inflated).get(), a.get());
  QVERIFY(!a->hemispheres[0].shapes.contains(Shape::pial)); // made when it is asked for
  QCOMPARE(cache.get(brains_.cortex, {Shape::inflated, Shape::pial, 0.5F}).get(), a.get());
  QVERIFY(a->hemispheres[0].shapes.contains(Shape::pial));
  // 10,242 vertices a side, then 2,562 and 642; the flat map has its own triangles.
  QVERIFY(a->hemispheres[1].levels[2].cut == nullptr);
  QCOMPARE(cache.get(brains_.cortex, {Shape::inflated, Shape::flat, 0.5F}).get(), a.get());
  QCOMPARE(a->hemispheres[1].levels.size(), std::size_t{3});
  QCOMPARE(a->hemispheres[1].levels[2].triangles, std::size_t{1280});
  QVERIFY(a->hemispheres[1].levels[2].cut->GetNumberOfCells() > 800);
  QVERIFY(a->hemispheres[1].levels[2].cut->GetNumberOfCells() < 1280);
  const auto other = std::make_shared<Cortex>(*brains_.cortex);
  const std::weak_ptr<const CortexGeometry> watch = cache.get(other, Shape::white);
  QVERIFY(watch.expired()); // nobody shows it
}

void SurfaceTest::whatIsReadInPartIsNotMadeTwice() {
  const auto part = [this](Shape shape) {
    Cortex cortex = *brains_.cortex;
    cortex.complete = false;
    for (Hemisphere& hemisphere : cortex.hemispheres) {
      std::erase_if(hemisphere.shapes, [shape](const auto& entry) { return entry.first != shape; });
    }
    return std::make_shared<Cortex>(std::move(cortex));
  };
  GeometryCache cache;
  const auto first = cache.get(part(Shape::pial), Shape::pial);
  const auto changed = part(Shape::white);
  changed->hemispheres[1].shapes.at(Shape::white).verticesRas[7][2] += 1;
  const auto other = cache.get(changed, Shape::white);
  const auto whole = cache.get(brains_.cortex, {Shape::pial, Shape::flat, 0.5F});
  QCOMPARE(whole.get(), first.get());
  QCOMPARE(whole->cortex, brains_.cortex);
  QVERIFY(whole->of(Side::left).shapes.contains(Shape::flat));
  QVERIFY(other.get() != whole.get());
  QCOMPARE(cache.get(brains_.cortex, Shape::white).get(), first.get());
}

void SurfaceTest::cornersAreToldApart() {
  for (const Hemisphere& hemisphere : brains_.cortex->hemispheres) {
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

void SurfaceTest::labelsAreNotInterpolated() {
  // Neighbouring vertices have layers far apart, all sure: between them stands no third colour.
  const auto map = makeMap(*brains_.cortex, everywhere, [](Side, const Point& p) {
    return Selected{static_cast<int>(std::abs(p[0] * 7919 + p[1] * 104729)) % 2 == 0 ? 0 : 11};
  });
  GridState state = brains_.one(map, "layer", Shape::flat);
  state.style.background = {0, 0, 0};
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

void SurfaceTest::shapesMorph() {
  const auto drawn = [this](const ShapeMix& mix) {
    GridState state = brains_.one(brains_.smooth, "scale", mix);
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
  const ShapeMix half = unfolded(*brains_.cortex, 0.75);
  QCOMPARE(half, ShapeMix(Shape::inflated, Shape::flat, 0.5F));
  QCOMPARE(unfoldingOf(*brains_.cortex, half), 0.75);
  QCOMPARE(unfolded(*brains_.cortex, 0.5), ShapeMix(Shape::inflated));
  const Cortex& cortex = *brains_.cortex;
  QCOMPARE(onTheWay(cortex, Shape::pial, Shape::flat, 0.75), half); // over inflated
  QCOMPARE(onTheWay(cortex, half, Shape::inflated, 0), half);
  QCOMPARE(onTheWay(cortex, Shape::white, Shape::flat, 0.25),
           ShapeMix(Shape::white, Shape::flat, 0.25F));
  QCOMPARE(onTheWay(cortex, Shape::sphere, Shape::pial, 1), ShapeMix(Shape::pial));
  const ShapeMix beside(Shape::white, Shape::sphere, 0.5F);
  QCOMPARE(onTheWay(cortex, beside, Shape::flat, 0), ShapeMix(Shape::flat));
  QCOMPARE(unfolded(*brains_.cortex, 0), ShapeMix(Shape::pial));
}

void SurfaceTest::fillsItsPaneWhileItUnfolds() {
  constexpr int width = 640;
  constexpr int height = 400;
  constexpr int places = 20;
  for (const View view : {View::lateral, View::posterior, View::ventral}) {
    double before = 0;
    for (int place = 0; place <= places; ++place) {
      GridState state = brains_.one(
          nullptr, "layer", unfolded(*brains_.cortex, static_cast<double>(place) / places));
      state.style.background = {0, 0, 1}; // cortex is grey; L and R are white
      const Picture picture = drawFigure(state, view, width, height);
      keep(picture, std::string(toString(view)) + "_unfolded_" + std::to_string(100 + place));
      std::array<int, 4> box{width, -1, height, -1}; // left, right, top, bottom
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          if (colorAt(picture, x, y)[2] < 235) {
            box = {
                std::min(box[0], x), std::max(box[1], x), std::min(box[2], y), std::max(box[3], y)};
          }
        }
      }
      const double share =
          std::max((box[1] - box[0] + 1.0) / width, (box[3] - box[2] + 1.0) / height);
      const QString where = QString("%1 %2: %3").arg(toString(view).data()).arg(place).arg(share);
      QVERIFY2(box[0] > 0 && box[1] < width - 1 && box[2] > 0 && box[3] < height - 1,
               qPrintable(where));
      QVERIFY2(share > 0.9, qPrintable(where));
      QVERIFY2(place == 0 || std::abs(share - before) < 0.03, qPrintable(where));
      before = share;
    }
  }
}

void SurfaceTest::everyShapeIsDrawn() {
  const bool kept = qEnvironmentVariableIsSet("CORTOGRAPH_TEST_PICTURES");
  for (const Shape shape : allShapes) {
    GridState state;
    for (const char* kind : {"layer", "space", "scale", "r2"}) {
      if (state.rows.empty() || state.rows.back().size() == 2) {
        state.rows.emplace_back();
      }
      state.rows.back().push_back(
          {"CLIP ViT-B/16", brains_.cortex, {brains_.smooth, nullptr}, kind, shape});
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

CORTOGRAPH_TEST(SurfaceTest, QCoreApplication)
#include "surface_test.moc"
