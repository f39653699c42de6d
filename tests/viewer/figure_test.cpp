#include "base/error.h"
#include "brains.h"
#include "pictures.h"
#include "support/test_case.h"
#include "viewer/color/legend.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/paint.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace cortograph;
using namespace cortograph::test;

class FigureTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void sameAtTwoSizes();
  void sameInPieces();
  void plateHoldsMarksApart();
  void thresholdHidesAndDims();
  void transparentPicture();
  void refusesWhatCannotBeDrawn();
  void saysThatThereIsNoDisplay();
  void drawsWithoutADisplay();

private:
  Brains brains_;
};

void FigureTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  brains_.read();
}

void FigureTest::sameAtTwoSizes() {
  GridState state;
  state.rows = {{{"One", brains_.cortex, {brains_.smooth, nullptr}, "layer", Shape::inflated},
                 {"Two", brains_.cortex, {brains_.smooth, nullptr}, "space", Shape::inflated}}};
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

void FigureTest::sameInPieces() {
  GridState state;
  state.rows = {{{"One", brains_.cortex, {brains_.smooth, nullptr}, "layer", Shape::inflated},
                 {"Two", brains_.cortex, {brains_.smooth, nullptr}, "space", Shape::flat}}};
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  Scene scene(*window);
  scene.setState(state);
  scene.setView(View::lateral);
  scene.turn(20, 10);
  scene.zoom(1.7); // cut off by the panes' edges
  const Picture whole = scene.capture(700, 350);
  scene.setLargestPiece(133);
  const Picture pieces = scene.capture(700, 350);
  int different = 0;
  for (std::size_t i = 0; i < whole.rgba.size(); ++i) {
    different += std::abs(whole.rgba[i] - pieces.rgba[i]) > 2 ? 1 : 0;
  }
  QVERIFY2(different < 700 * 350 / 100, std::to_string(different).c_str());
  scene.setLargestPiece(2048);
  QCOMPARE(scene.capture(700, 350).rgba, whole.rgba);
}

void FigureTest::plateHoldsMarksApart() {
  auto map = std::make_shared<BrainMap>(*brains_.smooth);
  Region upper{"Upper", "test", {}};
  std::ranges::transform(map->r2, std::back_inserter(upper.member), [](float r2) {
    return static_cast<std::uint8_t>(r2 > 0.5F ? 1 : 0);
  });
  map->regions = {upper};
  GridState state = brains_.one(map, "scale", Shape::inflated);
  state.rows[0][0].title = "A title";
  state.style.outlines.width = 0.4;
  state.style.legends.shown = true;
  state.style.lit = false;
  const Camera camera{View::lateral, {}, {}};
  const Plate plate = drawPlate(state, camera, 1200, 600, {});
  const Picture whole = drawFigure(state, camera, 1200, 600, {});
  std::vector<std::string> texts;
  for (const InkLayer& layer : plate.layers) {
    for (const DrawnText& text : layer.drawing.texts) {
      texts.push_back(text.text);
    }
  }
  for (const char* wanted : {"A title", "L", "R", "no data"}) {
    QVERIFY2(std::ranges::find(texts, wanted) != texts.end(), wanted);
  }
  QVERIFY(plate.picture.rgba != whole.rgba);
  // Where the plate's outlines run, the whole picture is dark and the plate's own need not be.
  int dark = 0;
  int checked = 0;
  for (const DrawnLine& line : plate.layers.front().drawing.lines) {
    const auto x = static_cast<int>((line.x0 + line.x1) / 2);
    const auto y = 599 - static_cast<int>((line.y0 + line.y1) / 2);
    const auto* pixel = whole.pixel(x, y);
    ++checked;
    dark += pixel[0] + pixel[1] + pixel[2] < 240 ? 1 : 0;
  }
  QVERIFY2(checked > 50, std::to_string(checked).c_str());
  QVERIFY2(dark > 0.9 * checked, qPrintable(QString("%1 of %2").arg(dark).arg(checked)));
}

void FigureTest::thresholdHidesAndDims() {
  const Pane pane{"", brains_.cortex, {brains_.smooth, nullptr}, "scale", Shape::flat};
  const auto strengths = [&](const Threshold& threshold, double dim) {
    std::vector<float> result;
    for (const MeshPaint& mesh : paintOf(pane, threshold, {}, dim).meshes) {
      for (const Paint& paint : mesh) {
        if (paint.data > 0) {
          result.push_back(paint.strength);
        }
      }
    }
    return result;
  };
  const std::vector<float> hidden = strengths({"r2", 0.5, false}, 0);
  QCOMPARE(hidden.size(), brains_.smooth->size());
  for (std::size_t n = 0; n < hidden.size(); ++n) {
    QCOMPARE(hidden[n], brains_.smooth->r2[n] >= 0.5F ? 1.0F : 0.0F);
  }
  const std::vector<float> dimmed = strengths(parseThreshold("r2:80%"), 0.25);
  const auto shown = std::ranges::count(dimmed, 1.0F);
  QCOMPARE(shown + std::ranges::count(dimmed, 0.25F), static_cast<std::ptrdiff_t>(dimmed.size()));
  QVERIFY(std::abs(static_cast<double>(shown) / static_cast<double>(dimmed.size()) - 0.2) < 0.01);
  QVERIFY(parseThreshold("scale:0.3") == (Threshold{"scale", 0.3, false}));
  QVERIFY(parseThreshold("r2:80%").percentile);
  for (const std::string wrong : {"r2", "r2:", "r2:x", "r2:0.1x", "0.1"}) {
    CORTOGRAPH_EXPECT_ERROR((void)parseThreshold(wrong), ErrorKind::format, "r2:20%");
  }
  CORTOGRAPH_EXPECT_ERROR((void)parseThreshold("weather:1"), ErrorKind::notFound, "weather");
}

void FigureTest::transparentPicture() {
  GridState state = brains_.one(brains_.leftOnly, "scale", Shape::inflated);
  state.style.legends.shown = true;
  state.style.background = {1, 1, 1};
  const Picture opaque = drawFigure(state, View::lateral, 500, 300);
  state.style.transparent = true;
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

void FigureTest::refusesWhatCannotBeDrawn() {
  auto unscored = std::make_shared<BrainMap>(*brains_.smooth);
  unscored->r2.clear();
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(brains_.one(unscored, "r2", Shape::inflated), View::lateral, 100, 100),
      ErrorKind::unsupported,
      "score");
  auto other = std::make_shared<BrainMap>(*brains_.smooth);
  other->vertices.mesh = meshOfCounts({163842, 163842});
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(brains_.one(other, "scale", Shape::inflated), View::lateral, 100, 100),
      ErrorKind::mismatch,
      "163,842",
      "10,242");
  auto outside = std::make_shared<BrainMap>(*brains_.smooth);
  outside->vertices.ofSide[1].back() = 10242;
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(brains_.one(outside, "scale", Shape::inflated), View::lateral, 100, 100),
      ErrorKind::mismatch,
      "right");
  auto shapeless = std::make_shared<Cortex>(*brains_.cortex);
  shapeless->hemispheres[1].shapes.erase(Shape::flat);
  GridState state = brains_.one(brains_.smooth, "scale", Shape::flat);
  state.rows[0][0].cortex = shapeless;
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(state, View::lateral, 100, 100), ErrorKind::notFound, "flat", "right");
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(
          brains_.one(brains_.smooth, "scale", Shape::inflated), View::lateral, 0, 100),
      ErrorKind::unsupported,
      "0x100");
  CORTOGRAPH_EXPECT_ERROR(
      (void)drawFigure(
          brains_.one(brains_.smooth, "scale", Shape::inflated), View::lateral, 1000000, 100),
      ErrorKind::unsupported,
      "1000000x100");
}

void FigureTest::saysThatThereIsNoDisplay() {
  const QByteArray display = qgetenv("DISPLAY");
  qunsetenv("DISPLAY");
  QVERIFY(openGlProblem().find("No display") != std::string::npos);
  qputenv("DISPLAY", ":4711");
  QVERIFY(openGlProblem().find(":4711") != std::string::npos);
  qputenv("DISPLAY", display);
  QVERIFY(openGlProblem().empty());
}

void FigureTest::drawsWithoutADisplay() {
  GridState state;
  state.rows = {{{"A", brains_.cortex, {brains_.smooth, nullptr}, "layer", Shape::inflated},
                 {"B", brains_.cortex, {brains_.smooth, nullptr}, "space", Shape::flat}}};
  state.style.outlines.shown = true;
  const Picture usual = drawFigure(state, View::posterior, 500, 200);
  const QByteArray display = qgetenv("DISPLAY");
  qunsetenv("DISPLAY");
  for (const int time : {0, 1}) { // each with a context of its own
    const Picture picture = drawFigure(state, View::posterior, 500, 200);
    keep(picture, "without_a_display_" + std::to_string(time));
    int different = 0;
    for (int y = 0; y < 200; ++y) {
      for (int x = 0; x < 500; ++x) {
        different += near(colorAt(picture, x, y), colorAt(usual, x, y), 24) ? 0 : 1;
      }
    }
    QVERIFY2(different < 500, std::to_string(different).c_str()); // smoothed edges, of outlines too
    QVERIFY(count(picture, 0, 500, isColored) > 2000);
  }
  qputenv("DISPLAY", display);
  QVERIFY(drawFigure(state, View::posterior, 500, 200).rgba == usual.rgba);
}

CORTOGRAPH_TEST(FigureTest, QCoreApplication)
#include "figure_test.moc"
