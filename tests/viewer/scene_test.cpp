#include "base/error.h"
#include "brains.h"
#include "viewer/color/legend.h"

#include <QtTest>

using namespace cortograph;
using namespace cortograph::test;

class SceneTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void looks();

private:
  std::shared_ptr<const Cortex> cortex_;
};

void SceneTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  cortex_ = readCortex(fsaverage5());
}

void SceneTest::looks() {
  const auto map = makeMap(
      *cortex_,
      [](Side, const Point& p) { return p[1] < -20; },
      [](Side side, const Point& p) {
        Selected s;
        s.layer = std::clamp(static_cast<int>((p[1] + 100) / 80 * 12), 0, 11);
        s.sureness = std::clamp((p[2] + 100) / 200, 0.0F, 1.0F);
        s.x = p[0] / 100;
        s.y = -p[2] / 100;
        s.scale = (p[1] + 100) / 80;
        s.r2 = std::clamp(0.5F + p[2] / 200, 0.0F, 1.0F) * (side == Side::left ? 1.0F : 0.5F);
        return s;
      });
  for (const Shape shape : allShapes) {
    GridState state;
    state.rows = {{{"CLIP ViT-B/16", cortex_, {map, nullptr}, "layer", shape},
                   {"CLIP ViT-B/16", cortex_, {map, nullptr}, "space", shape}},
                  {{"CLIP ViT-B/16", cortex_, {map, nullptr}, "scale", shape},
                   {"CLIP ViT-B/16", cortex_, {map, nullptr}, "r2", shape}}};
    for (const View view : allViews) {
      if (shape == Shape::inflated || view == View::lateral) {
        keep(drawFigure(state, view, 1600, 1000),
             std::string(toString(shape)) + "_" + std::string(toString(view)));
      }
    }
  }
}

QTEST_GUILESS_MAIN(SceneTest)
#include "scene_test.moc"
