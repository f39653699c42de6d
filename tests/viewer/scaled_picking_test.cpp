// Run once for each QT_SCALE_FACTOR: device pixels per logical pixel.
#include "brains.h"
#include "support/test_case.h"
#include "viewer/widget/scene_widget.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QtTest>
#include <QVBoxLayout>
#include <QWindow>

using namespace cortograph;
using namespace cortograph::test;

using Edge = std::array<std::int32_t, 2>;

class ScaledPickingTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void picksTheVertexUnderTheMouse_data();
  void picksTheVertexUnderTheMouse();

private:
  [[nodiscard]] std::vector<std::pair<Picked, Pixel>> wideVertices(const SceneWidget& scene) const;

  Brains brains_;
  std::array<std::vector<std::vector<Edge>>, 2> fans_; ///< a vertex: its triangles' other corners
};

void ScaledPickingTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  brains_.read();
  for (const Side side : bothSides) {
    const Surface& flat = brains_.cortex->hemisphere(side).shapes.at(Shape::flat);
    auto& fans = fans_.at(static_cast<std::size_t>(side));
    fans.resize(flat.verticesRas.size());
    for (const Triangle& t : flat.triangles) {
      for (std::size_t i = 0; i < 3; ++i) {
        fans[static_cast<std::size_t>(t[i])].push_back({t[(i + 1) % 3], t[(i + 2) % 3]});
      }
    }
    for (auto& fan : fans) { // at the edge of the flat shape it is not closed
      const bool closed = std::ranges::all_of(fan, [&fan](const Edge& edge) {
        return std::ranges::any_of(fan, [&](const Edge& next) { return next[0] == edge[1]; });
      });
      if (!closed) {
        fan.clear();
      }
    }
  }
}

/// Vertices in sight that stand some pixels from the opposite edges of their triangles, so that the
/// middle of their pixel is theirs; with that pixel.
std::vector<std::pair<Picked, Pixel>>
ScaledPickingTest::wideVertices(const SceneWidget& scene) const {
  constexpr double apart = 3;
  std::vector<std::pair<Picked, Pixel>> wide;
  for (const int column : {0, 1}) {
    for (const Side side : bothSides) {
      const auto& fans = fans_.at(static_cast<std::size_t>(side));
      for (std::size_t v = 0; v < fans.size() && wide.size() < 12 * (column + 1U); v += 29) {
        const Picked picked{0, column, {side, static_cast<std::int32_t>(v)}};
        const auto at = fans[v].empty() ? std::nullopt : scene.pixelOf(picked);
        const bool alone = at && std::ranges::all_of(fans[v], [&](const Edge& edge) {
                             const auto a = scene.pixelOf({0, column, {side, edge[0]}});
                             const auto b = scene.pixelOf({0, column, {side, edge[1]}});
                             if (!a || !b) {
                               return false;
                             }
                             const int twiceArea = ((*a)[0] - (*at)[0]) * ((*b)[1] - (*at)[1]) -
                                                   ((*a)[1] - (*at)[1]) * ((*b)[0] - (*at)[0]);
                             return std::abs(twiceArea) >=
                                    apart * std::hypot((*a)[0] - (*b)[0], (*a)[1] - (*b)[1]);
                           });
        if (alone) {
          wide.emplace_back(picked, *at);
        }
      }
    }
  }
  return wide;
}

void ScaledPickingTest::picksTheVertexUnderTheMouse_data() {
  QTest::addColumn<double>("place");
  QTest::newRow("folded") << 0.0;
  QTest::newRow("inflated") << 0.5;
  QTest::newRow("half unfolded") << 0.75;
  QTest::newRow("flat") << 1.0;
}

void ScaledPickingTest::picksTheVertexUnderTheMouse() {
  QFETCH(double, place);
  const double ratio = qEnvironmentVariable("QT_SCALE_FACTOR", "1").toDouble();
  QWidget outer; // the scene does not begin at a whole device pixel
  auto* layout = new QVBoxLayout(&outer);
  layout->setContentsMargins(33, 17, 0, 0);
  auto* scene = new SceneWidget(&outer);
  layout->addWidget(scene);
  GridState state = brains_.one(brains_.smooth, "space", unfolded(*brains_.cortex, place));
  state.rows[0].push_back(state.rows[0][0]);
  scene->setState(state);
  scene->setView(View::posterior);
  scene->zoom(3); // so that vertices are wide enough to have pixels of their own
  outer.resize(760, 440);
  outer.show();
  QVERIFY(QTest::qWaitForWindowExposed(&outer));
  QVERIFY(QTest::qWaitFor([scene] { return scene->isSettled(); }));
  QCOMPARE(scene->devicePixelRatioF(), ratio);

  const auto send = [&](QEvent::Type type, Pixel pixel, Qt::MouseButton button) {
    // As X has it: the pixel's corner, in logical pixels of the window.
    const QPointF at = QPointF(pixel[0], pixel[1]) / ratio + scene->pos();
    const bool held = type == QEvent::MouseButtonPress;
    QMouseEvent event(type,
                      at,
                      outer.mapToGlobal(at),
                      button,
                      held ? Qt::MouseButtons(button) : Qt::MouseButtons(),
                      Qt::NoModifier);
    QCoreApplication::sendEvent(outer.windowHandle(), &event);
  };
  QSignalSpy clicked(scene, &SceneWidget::vertexClicked);
  QSignalSpy hovered(scene, &SceneWidget::hovered);
  const auto vertices = wideVertices(*scene);
  QVERIFY2(vertices.size() >= 16, std::to_string(vertices.size()).c_str());
  int number = 0;
  const auto finds = [&](const Picked& vertex, Pixel pixel) {
    if (++number % 3 == 0) {
      hovered.clear();
      send(QEvent::MouseMove, pixel, Qt::NoButton);
      const bool came = hovered.wait();
      const auto found = came ? hovered.last()[0].value<std::optional<Picked>>() : std::nullopt;
      return found && found->column == vertex.column && found->vertex == vertex.vertex;
    }
    clicked.clear();
    send(QEvent::MouseButtonPress, pixel, Qt::LeftButton);
    send(QEvent::MouseButtonRelease, pixel, Qt::LeftButton);
    const auto found =
        clicked.size() == 1 ? std::optional(clicked[0][0].value<Picked>()) : std::nullopt;
    return found && found->column == vertex.column && found->vertex == vertex.vertex;
  };
  for (const auto& [vertex, pixel] : vertices) {
    QVERIFY2(finds(vertex, pixel), std::to_string(vertex.vertex.vertex).c_str());
  }
  // Where one vertex ends and the next begins the very pixel counts.
  const Pixel start = vertices.front().second;
  int ends = 0;
  auto here = scene->pick(start);
  for (int x = start[0] + 1; x < start[0] + 150; ++x) {
    const auto next = scene->pick({x, start[1]});
    if (here && next && !(next->vertex == here->vertex)) {
      QVERIFY2(finds(*here, {x - 1, start[1]}), std::to_string(x).c_str());
      QVERIFY2(finds(*next, {x, start[1]}), std::to_string(x).c_str());
      ++ends;
    }
    here = next;
  }
  QVERIFY2(ends > 3, std::to_string(ends).c_str());
}

CORTOGRAPH_TEST(ScaledPickingTest, QApplication)
#include "scaled_picking_test.moc"
