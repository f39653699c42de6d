#include "app/window/application.h"
#include "support/test_case.h"
#include "window_on_demo.h"

#include <QVariantAnimation>

#include <functional>
#include <new>
#include <stdexcept>

using namespace cortograph;
using namespace cortograph::test;

/// Undo and redo in the window, and slots that fail.
class WindowUndoTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void stepsAreUndoneByTheMenu() {
    const auto window = windowOnDemo();
    const auto columns = [&] { return window->scene().state().rows.at(0).size(); };
    const std::size_t before = columns();
    QAction& undo = child<QAction>(*window, "undoAction");
    QAction& redo = child<QAction>(*window, "redoAction");
    QVERIFY(!undo.isEnabled() && !redo.isEnabled()); // what comes with the program is no step
    QCOMPARE(undo.shortcut(), QKeySequence("Ctrl+Z"));
    QCOMPARE(redo.shortcut(), QKeySequence("Ctrl+Shift+Z"));

    auto& scale = child<QCheckBox>(*window, "kind-scale");
    scale.click();
    QCOMPARE(columns(), before + 1);
    action(*window, "Undo show scale").trigger();
    QCOMPARE(columns(), before);
    QVERIFY(!scale.isChecked() && !undo.isEnabled());
    action(*window, "Redo show scale").trigger();
    QCOMPARE(columns(), before + 1);
    QVERIFY(scale.isChecked() && !redo.isEnabled());

    QAction& labels = action(*window, "Region labels");
    QVERIFY(labels.isChecked());
    labels.trigger();
    QVERIFY(!window->scene().state().style.outlines.labels);
    action(*window, "Undo region labels").trigger();
    QVERIFY(window->scene().state().style.outlines.labels && labels.isChecked());
    action(*window, "Below").trigger();
    action(*window, "Undo legends: Below").trigger();
    QVERIFY(window->scene().state().style.legends == LegendStyle());
  }

  void aSliderAndAThresholdAreOneStepEach() {
    const auto window = windowOnDemo();
    const auto shape = [&] { return window->scene().state().rows.at(0).at(0).shape; };
    auto& slider = child<QSlider>(*window, "unfoldingSlider");
    const int inflated = slider.value();
    for (int place = inflated; place <= slider.maximum(); place += 10) {
      slider.setValue(place);
    }
    QVERIFY(shape() != Shape::inflated);
    action(*window, "Undo unfold").trigger();
    QVERIFY(shape() == Shape::inflated);
    QCOMPARE(slider.value(), inflated);
    QVERIFY(!child<QAction>(*window, "undoAction").isEnabled());

    auto& threshold = child<QDoubleSpinBox>(*window, "thresholdSpin");
    threshold.setValue(0.1);
    threshold.setValue(0.2);
    action(*window, "Undo R2 threshold").trigger();
    QVERIFY(!window->scene().state().style.threshold);
    QCOMPARE(threshold.text(), threshold.specialValueText());
    action(*window, "Redo R2 threshold").trigger();
    QCOMPARE(threshold.value(), 0.2);
  }

  void aShapeOnItsWayIsOneStep() {
    const auto window = windowOnDemo();
    const auto shape = [&] { return window->scene().state().rows.at(0).at(0).shape; };
    auto& glide = child<QVariantAnimation>(*window, "glide");
    action(*window, "Flatten").trigger();
    glide.pause();
    glide.setCurrentTime(glide.duration() / 2);
    QVERIFY(shape().part > 0);
    action(*window, "Undo flat shape").trigger();
    QVERIFY(shape() == Shape::inflated && window->idle());
    action(*window, "Redo flat shape").trigger();
    QVERIFY(shape() == Shape::flat);
  }

  void viewsAndDragsAreSteps() {
    const auto window = windowOnDemo();
    SceneWidget& scene = window->scene();
    QTRY_VERIFY_WITH_TIMEOUT(scene.isSettled(), patience);
    const Camera first = scene.camera();
    child<QToolButton>(*window, "view-ventral").click();
    const Camera ventral = scene.camera();
    const QPoint start(scene.width() / 8, scene.height() / 8);
    const auto drag = [&](int pixels) {
      QTest::mousePress(&scene, Qt::LeftButton, Qt::NoModifier, start);
      for (const int way : {pixels / 2, pixels}) {
        const QPointF here = start + QPoint(way, 0);
        QMouseEvent move(QEvent::MouseMove,
                         here,
                         scene.mapTo(window.get(), here),
                         scene.mapToGlobal(here),
                         Qt::NoButton,
                         Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&scene, &move);
      }
      QTest::mouseRelease(&scene, Qt::LeftButton, Qt::NoModifier, start + QPoint(pixels, 0));
    };
    drag(40);
    const Camera once = scene.camera();
    QVERIFY(once != ventral);
    QVERIFY(window->document().camera == once);
    drag(60);
    QVERIFY(scene.camera() != once);
    action(*window, "Undo move view").trigger();
    QVERIFY(scene.camera() == once);
    action(*window, "Undo move view").trigger();
    QVERIFY(scene.camera() == ventral);
    action(*window, "Undo ventral view").trigger();
    QVERIFY(scene.camera() == first);
    scene.turn(10, 0); // as keys do
    scene.turn(10, 0);
    action(*window, "Undo move view").trigger();
    QVERIFY(scene.camera() == first);
  }

  void anOpenedMapIsAStepAndASaveIsNot() {
    QTemporaryDir folder;
    const fs::path mine = folder.filePath("mine.h5").toStdString();
    const fs::path copy = folder.filePath("copy.h5").toStdString();
    writeMap(mine, test::syntheticMap(*demoCortex()));
    const auto window = windowOnDemo();
    const std::size_t before = window->document().rows.size();
    drop(*window, {mine});
    QTRY_COMPARE_WITH_TIMEOUT(window->document().rows.size(), before + 1, patience);
    const int id = window->document().rows.back().id;
    child<QCheckBox>(*window, "kind-r2").click();
    window->saveMap(id, copy);
    QTRY_VERIFY_WITH_TIMEOUT(window->idle(), patience);
    action(*window, "Undo show r2").trigger();
    QCOMPARE(findRow(window->document(), id)->file, copy); // that it was saved stays true
    action(*window, "Undo open mine.h5").trigger();
    QCOMPARE(window->document().rows.size(), before);
    action(*window, "Redo open mine.h5").trigger();
    QCOMPARE(findRow(window->document(), id)->file, copy);
  }

  void whatASlotThrowsBecomesAMessage() {
    const auto window = windowOnDemo();
    const auto failsWith = [&](const std::function<void()>& fail, const char* word) {
      QMetaObject::invokeMethod(window.get(), fail, Qt::QueuedConnection);
      const auto told = [&] {
        return !window->messages().isEmpty() && window->messages().last().contains(word);
      };
      QVERIFY2(QTest::qWaitFor(told, patience), word);
    };
    failsWith([] { throw Error(ErrorKind::format, "This can't be; do that."); }, "do that");
    failsWith([] { throw std::bad_alloc(); }, "memory");
    failsWith([] { throw std::runtime_error("lost its way"); }, "lost its way");
    QVERIFY(!window->scene().state().rows.empty()); // and goes on
    child<QCheckBox>(*window, "kind-scale").click();
    action(*window, "Undo show scale").trigger();
  }
};

CORTOGRAPH_TEST(WindowUndoTest, cortograph::Application)
#include "window_undo_test.moc"
