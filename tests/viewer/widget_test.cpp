#include "base/error.h"
#include "brains.h"
#include "support/test_case.h"
#include "viewer/widget/scene_widget.h"

#include <QSignalSpy>
#include <QtTest>

#include <set>

using namespace cortograph;
using namespace cortograph::test;

class WidgetTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void drawsTheBrain();
  void dragTurnsAndResetTurnsBack();
  void flatPansWithTheHand();
  void wheelZooms();
  void clicksNameThePane();
  void capturesTheSamePicture();
  void noPictureBeforeTheFirstFrame();
  void survivesAnotherWindow();

private:
  [[nodiscard]] GridState state(Shape shape) const;
  static void show(SceneWidget& widget);
  static QImage frame(SceneWidget& widget);

  std::shared_ptr<const Cortex> cortex_;
  std::shared_ptr<const BrainMap> map_;
};

void WidgetTest::initTestCase() {
  CORTOGRAPH_NEED(fsaverage5());
  QCOMPARE(SceneWidget::openGlProblem(), std::string());
  cortex_ = readCortex(fsaverage5());
  map_ = makeMap(
      *cortex_,
      [](Side, const Point& p) { return p[1] < 0; },
      [](Side, const Point& p) {
        return Selected{3, 1, p[0] / 100, p[2] / 100, 0.8F, 0.5F};
      });
}

GridState WidgetTest::state(Shape shape) const {
  GridState grid;
  grid.rows = {{{"A", cortex_, {map_, nullptr}, "space", shape},
                {"B", cortex_, {map_, nullptr}, "scale", shape}}};
  return grid;
}

void WidgetTest::show(SceneWidget& widget) {
  QSignalSpy rendered(&widget, &SceneWidget::rendered);
  widget.resize(900, 420);
  widget.show();
  QVERIFY(QTest::qWaitForWindowExposed(&widget));
  QVERIFY(!rendered.isEmpty() || rendered.wait());
}

QImage WidgetTest::frame(SceneWidget& widget) {
  (void)QTest::qWaitFor([&widget] { return widget.isSettled(); });
  return widget.grabFramebuffer().convertToFormat(QImage::Format_RGB888);
}

void WidgetTest::drawsTheBrain() {
  SceneWidget widget;
  widget.setState(state(Shape::inflated));
  widget.setView(View::lateral);
  show(widget);
  const QImage image = frame(widget);
  QCOMPARE(image.size(), QSize(900, 420));
  std::set<QRgb> colors;
  for (int y = 0; y < image.height(); y += 2) {
    for (int x = 0; x < image.width(); x += 2) {
      colors.insert(image.pixel(x, y));
    }
  }
  QVERIFY2(colors.size() > 500, std::to_string(colors.size()).c_str());
  QCOMPARE(image.pixel(0, 0), qRgb(128, 128, 128));
  QVERIFY(widget.problems().empty());
}

void WidgetTest::dragTurnsAndResetTurnsBack() {
  SceneWidget widget;
  widget.setState(state(Shape::inflated));
  show(widget);
  const QImage before = frame(widget);
  QTest::mousePress(&widget, Qt::LeftButton, {}, {120, 150});
  QTest::mouseMove(&widget, {160, 160});
  QTest::mouseRelease(&widget, Qt::LeftButton, {}, {160, 160});
  const QImage turned = frame(widget);
  QVERIFY(turned != before);
  QVERIFY(turned.copy(0, 0, 300, 420) != turned.copy(450, 0, 300, 420)); // two maps
  widget.resetView();
  QCOMPARE(frame(widget), before);
}

void WidgetTest::flatPansWithTheHand() {
  SceneWidget widget;
  GridState plain = state(Shape::flat);
  plain.style.legends.shown = plain.style.titles = false;
  widget.setState(plain);
  show(widget);
  const QImage before = frame(widget);
  QTest::mousePress(&widget, Qt::LeftButton, {}, {200, 200});
  QTest::mouseMove(&widget, {210, 205});
  QTest::mouseRelease(&widget, Qt::LeftButton, {}, {210, 205});
  const QImage after = frame(widget);
  // What was at a pixel is now ten pixels to the right and five down.
  int same = 0;
  int all = 0;
  for (int y = 150; y < 260; ++y) {
    for (int x = 100; x < 340; ++x) {
      const QColor a = before.pixelColor(x, y);
      const QColor b = after.pixelColor(x + 10, y + 5);
      ++all;
      same += std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) +
                  std::abs(a.blue() - b.blue()) <
              12;
    }
  }
  QVERIFY2(same > 0.97 * all, std::to_string(100.0 * same / all).c_str());
}

void WidgetTest::wheelZooms() {
  SceneWidget widget;
  widget.setState(state(Shape::inflated));
  show(widget);
  const QImage before = frame(widget);
  const QPointF at(200, 200);
  QWheelEvent wheel(at,
                    widget.mapToGlobal(at),
                    {},
                    {0, 240},
                    Qt::NoButton,
                    Qt::NoModifier,
                    Qt::NoScrollPhase,
                    false);
  QCoreApplication::sendEvent(&widget, &wheel);
  QVERIFY(frame(widget) != before);
}

void WidgetTest::clicksNameThePane() {
  SceneWidget widget;
  widget.setState(state(Shape::inflated));
  show(widget);
  QSignalSpy clicked(&widget, &SceneWidget::paneClicked);
  QSignalSpy twice(&widget, &SceneWidget::paneDoubleClicked);
  QTest::mouseClick(&widget, Qt::LeftButton, {}, {700, 200});
  QCOMPARE(clicked.size(), 1);
  QCOMPARE(clicked[0][0].toInt(), 0);
  QCOMPARE(clicked[0][1].toInt(), 1);
  QTest::mouseDClick(&widget, Qt::LeftButton, {}, {100, 200});
  QCOMPARE(twice.size(), 1);
  QCOMPARE(twice[0][1].toInt(), 0);
}

void WidgetTest::capturesTheSamePicture() {
  SceneWidget widget;
  widget.setState(state(Shape::inflated));
  widget.setView(View::dorsal);
  show(widget);
  const QImage window = frame(widget);
  for (const int scale : {1, 2}) {
    const Picture picture = widget.capture(900 * scale, 420 * scale);
    const QImage captured =
        QImage(picture.rgba.data(), picture.width, picture.height, QImage::Format_RGBA8888)
            .scaled(900, 420, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGB888);
    double difference = 0;
    for (int y = 0; y < 420; ++y) {
      for (int x = 0; x < 900; ++x) {
        const QColor a = window.pixelColor(x, y);
        const QColor b = captured.pixelColor(x, y);
        difference += std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) +
                      std::abs(a.blue() - b.blue());
      }
    }
    keep(picture, "window_" + std::to_string(scale));
    difference /= 900.0 * 420 * 3;
    QVERIFY2(difference < (scale == 1 ? 0.01 : 2.0), std::to_string(difference).c_str());
  }
  QCOMPARE(frame(widget), window); // the window is as it was
}

void WidgetTest::noPictureBeforeTheFirstFrame() {
  SceneWidget widget;
  CORTOGRAPH_EXPECT_ERROR((void)widget.capture(100, 100), ErrorKind::unsupported, "shown");
}

void WidgetTest::survivesAnotherWindow() {
  QWidget outer;
  SceneWidget widget;
  widget.setState(state(Shape::inflated));
  show(widget);
  widget.hide();
  widget.setParent(&outer); // a new window, a new context
  outer.resize(900, 420);
  widget.resize(900, 420);
  QSignalSpy rendered(&widget, &SceneWidget::rendered);
  outer.show();
  widget.show();
  QVERIFY(QTest::qWaitForWindowExposed(&outer));
  QVERIFY(!rendered.isEmpty() || rendered.wait());
  std::set<QRgb> colors;
  const QImage image = frame(widget);
  for (int x = 0; x < image.width(); ++x) {
    colors.insert(image.pixel(x, 200));
  }
  QVERIFY2(colors.size() > 50, std::to_string(colors.size()).c_str());
  widget.setParent(nullptr);
}

CORTOGRAPH_TEST(WidgetTest, QApplication)
#include "widget_test.moc"
