#include "base/error.h"
#include "brains.h"
#include "pictures.h"
#include "support/test_case.h"
#include "support/uneven_brains.h"
#include "viewer/scene/opengl.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace cortograph;
using namespace cortograph::test;
namespace fs = std::filesystem;

namespace {

constexpr int width = 500;
constexpr int height = 300;

/// Columns of the picture between which something is painted.
std::array<int, 2> paintedColumns(const Picture& picture) {
  std::array<int, 2> columns{picture.width, 0};
  for (int x = 0; x < picture.width; ++x) {
    if (count(picture, x, x + 1, isColored) > 0) {
      columns = {std::min(columns[0], x), x};
    }
  }
  return columns;
}

} // namespace

/// A cortex of one side, and one whose sides are of two meshes, as they are drawn and picked.
class UnevenTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir made_;
  std::shared_ptr<const Cortex> alone_;
  std::shared_ptr<const Cortex> uneven_;
  Brains brains_;

  /// A pane of a map that models all vertices.
  [[nodiscard]] GridState stateOf(const std::shared_ptr<const Cortex>& cortex, ShapeMix mix) {
    brains_.cortex = cortex;
    const auto map = makeMap(*cortex, everywhere, [](Side side, const Point&) {
      return Selected{0, 1, 0, 0, 0.5F, side == Side::left ? 0.8F : 0.4F};
    });
    GridState state = brains_.one(map, "r2", mix);
    state.style.outlines.shown = false;
    state.style.lit = false;
    return state;
  }

private Q_SLOTS:
  void initTestCase() {
    CORTOGRAPH_NEED(fsaverage5());
    QVERIFY(openGlProblem().empty());
    const fs::path folder = made_.path().toStdString();
    writeLeftAlone(folder / "alone");
    writeUneven(folder / "uneven");
    alone_ = readCortex(folder / "alone");
    uneven_ = readCortex(folder / "uneven");
  }

  void oneSideStandsInTheMiddle() {
    for (const ShapeMix& mix : {ShapeMix(Shape::inflated),
                                ShapeMix(Shape::pial),
                                ShapeMix(Shape::inflated, Shape::flat, 0.5F),
                                ShapeMix(Shape::flat)}) {
      for (const View view : {View::lateral, View::ventral, View::posterior}) {
        const Picture picture = drawFigure(stateOf(alone_, mix), view, width, height);
        keep(picture, "alone " + std::to_string(mix.flatness()));
        const auto [first, last] = paintedColumns(picture);
        QVERIFY2(last - first > height / 4, std::to_string(last - first).c_str());
        QVERIFY2(std::abs(first + last - width) < 12, std::to_string(first + last).c_str());
      }
    }
  }

  void bothSidesOfTwoMeshesAreDrawnAndPicked() {
    vtkNew<vtkRenderWindow> window;
    window->SetShowWindow(false);
    window->SetUseOffScreenBuffers(true);
    Scene scene(*window);
    for (const Quality quality : {Quality::fine, Quality::moving}) {
      scene.setState(stateOf(uneven_, Shape::inflated));
      scene.setView(View::posterior);
      window->SetSize(width, height);
      scene.render(quality);
      const Picture picture = scene.capture(width, height);
      keep(picture, "uneven");
      QVERIFY(count(picture, 0, width / 2, isColored) > 3000);
      QVERIFY(count(picture, width / 2, width, isColored) > 3000);
    }
    std::array<int, 2> picked{};
    for (int y = 0; y < height; y += 5) {
      for (int x = 0; x < width; x += 5) {
        if (const auto found = scene.pick({x, y})) {
          QVERIFY(static_cast<std::size_t>(found->vertex.vertex) <
                  uneven_->mesh.of(found->vertex.side));
          ++picked.at(static_cast<std::size_t>(found->vertex.side));
        }
      }
    }
    QVERIFY(picked[0] > 100 && picked[1] > 100);
    const VertexSelection all = scene.select({{0, 0}, {width, 0}, {width, height}, {0, height}});
    QCOMPARE(all.mesh, uneven_->mesh);
    QVERIFY(!all.ofSide[0].empty() && !all.ofSide[1].empty());
    QVERIFY(all.ofSide[1].back() < 2562);
  }

  void oneSideIsPicked() {
    vtkNew<vtkRenderWindow> window;
    window->SetShowWindow(false);
    window->SetUseOffScreenBuffers(true);
    window->SetSize(width, height);
    Scene scene(*window);
    scene.setState(stateOf(alone_, Shape::inflated));
    scene.setView(View::lateral);
    (void)scene.capture(width, height);
    const auto found = scene.pick({width / 2, height / 2});
    QVERIFY(found && found->vertex.side == Side::left);
    const VertexSelection all = scene.select({{0, 0}, {width, 0}, {width, height}, {0, height}});
    QVERIFY(all.ofSide[0].size() > 1000 && all.ofSide[1].empty());
  }

  void aMapOfBothIsNotDrawnOnOne() {
    GridState state = stateOf(readCortex(fsaverage5()), Shape::inflated);
    state.rows[0][0].cortex = alone_;
    CORTOGRAPH_EXPECT_ERROR((void)drawFigure(state, View::lateral, width, height),
                            ErrorKind::mismatch,
                            "fsaverage5, 10,242 vertices a side",
                            "10,242 vertices on the left",
                            "has no right side");
    // The other way round it is.
    GridState left = stateOf(alone_, Shape::inflated);
    left.rows[0][0].cortex = readCortex(fsaverage5());
    const Picture picture = drawFigure(left, View::posterior, width, height);
    QVERIFY(count(picture, 0, width / 2, isColored) > 3000);
    QCOMPARE(count(picture, width / 2 + 5, width, isColored), 0);
  }
};

CORTOGRAPH_TEST(UnevenTest, QCoreApplication)
#include "uneven_test.moc"
