#include "base/picture.h"
#include "base/resources.h"
#include "support/program.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

using namespace cortograph;

namespace {

QString text(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

} // namespace

/// `figure` of vertex data and of ranges, as it is run.
class DataFigureTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;
  std::filesystem::path data_ = test::dataPath("fsaverage5");

  [[nodiscard]] test::Outcome figure(const QStringList& options, const QString& out) const {
    return test::runProgram(CORTOGRAPH_PROGRAM,
                            QStringList{"figure", "--size", "500x300", "--no-labels", "--out"} +
                                QStringList{folder_.filePath(out)} + options,
                            {});
  }
  [[nodiscard]] Picture picture(const QString& name) const {
    return readPicture(folder_.filePath(name).toStdString());
  }

private Q_SLOTS:
  void initTestCase() { CORTOGRAPH_NEED(data_); }

  void dataAreDrawnOnTheSurfacesBesideThem() {
    const QString both =
        text(data_ / "thick_left.gii.gz") + "," + text(data_ / "thick_right.gii.gz");
    const test::Outcome alone = figure({"--data", both}, "alone.png");
    QVERIFY2(alone.status == 0, alone.error);
    const test::Outcome told =
        figure({"--data", both, "--show", "data:thick", "--surfaces", text(data_)}, "told.png");
    QVERIFY2(told.status == 0, told.error);
    QVERIFY(picture("alone.png").rgba == picture("told.png").rgba);
    QCOMPARE(figure({"--data", both, "--range", "data=2:3"}, "given.png").status, 0);
    QVERIFY(picture("given.png").rgba != picture("alone.png").rgba);
    QCOMPARE(figure({"--surfaces", text(data_)}, "curvature.png").status, 0);
  }

  void mapsTakeRangesAndFolds() {
    const QString map = QString::fromStdString(resourcePath("demo/maps/demo/clip.h5").string());
    const test::Outcome beside =
        figure({"--maps", map, "--show", "r2,curvature", "--range", "r2=data,curvature=own"},
               "beside.png");
    QVERIFY2(beside.status == 0, beside.error);
  }

  void whatIsWrongIsSaid() {
    const QString left = text(data_ / "thick_left.gii.gz");
    const QString sphere = text(test::dataPath("fsaverage"));
    const auto fails = [&](const QStringList& options, int status, const char* words) {
      const test::Outcome outcome = figure(options, "none.png");
      QVERIFY2(outcome.status == status && outcome.error.contains(words), outcome.error);
      QCOMPARE(outcome.error.count('\n'), 1);
      QVERIFY(!QFile::exists(folder_.filePath("none.png")));
    };
    fails({}, 2, "--maps, --data, --surfaces or --like");
    fails({"--data", left, "--range", "data=3:1"}, 2, "lower one first");
    fails({"--data", left, "--range", "layer=0:1"}, 2, "has no range");
    fails({"--data", left, "--range", "data=some"}, 2, "r2=0:0.4");
    fails({"--data", left, "--show", "data:other"}, 1, "there are: thick");
    fails({"--data", left, "--show", "layer"}, 1, "needs a map");
    fails({"--data", left, "--surfaces", sphere}, 1, "10,242 vertices");
    fails({"--data", text(data_ / "pial_left.gii.gz")}, 1, "holds a surface");
  }
};

CORTOGRAPH_TEST(DataFigureTest, QCoreApplication)
#include "data_figure_test.moc"
