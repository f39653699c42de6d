#include "analysis/statistics.h"
#include "base/error.h"
#include "demo/cortex/cortex.h"
#include "demo/responses/responses.h"
#include "demo/subject/demo_subject.h"
#include "demo/subject/write.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>
#include <numeric>

using namespace cortograph;

namespace {

std::vector<float> column(const Array<float>& array, std::size_t n) {
  std::vector<float> values(array.rows());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = array.row(i)[n];
  }
  return values;
}

Array<float> allRows(const Responses& responses) {
  std::vector<std::size_t> images(responses.images());
  std::iota(images.begin(), images.end(), 0);
  return responses.rows(images);
}

const Truth& demoTruth() {
  static const Subject subject = demoSubject();
  return *subject.truth;
}

std::size_t firstOf(const std::string& area, float x, float y) {
  const Truth& truth = demoTruth();
  std::size_t best = 0;
  double nearest = 10;
  for (std::size_t n = 0; n < truth.area.size(); ++n) {
    const double distance = std::hypot(truth.x[n] - x, truth.y[n] - y);
    if (truth.area[n] == area && distance < nearest) {
      nearest = distance;
      best = n;
    }
  }
  return best;
}

/// Standard deviation of grey in a square around a place: a plain measure of local contrast.
float contrastAt(const Picture& picture, double x, double y, int reach) {
  const int column = static_cast<int>((x + 1) / 2 * picture.width);
  const int row = static_cast<int>((y + 1) / 2 * picture.height);
  double sum = 0;
  double squares = 0;
  int count = 0;
  for (int v = std::max(0, row - reach); v < std::min(picture.height, row + reach); ++v) {
    for (int u = std::max(0, column - reach); u < std::min(picture.width, column + reach); ++u) {
      const std::uint8_t* rgb = picture.pixel(u, v);
      const double gray = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
      sum += gray;
      squares += gray * gray;
      ++count;
    }
  }
  return static_cast<float>(std::sqrt(std::max(0.0, squares / count - sum / count * sum / count)));
}

} // namespace

class DemoTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void isComplete();
  void isRetinotopic();
  void regionsAreNamedAsInTheChallenge();
  void localVerticesFollowTheContrastAtTheirPlace();
  void categoryAreasFollowTheirCategory();
  void noiseIsAsTheCeilingSays();
  void scenesAreReproducible();
  void isReadBackFromItsFiles();
  void canceledWriteStops();
};

void DemoTest::isComplete() {
  const Subject subject = openSubject("demo");
  QCOMPARE(subject.name, std::string("demo 1 (simulated)"));
  QVERIFY(subject.simulated && subject.cortex && subject.cortex->simulated);
  QVERIFY(subject.folder.empty());
  const std::size_t n = subject.vertices.size();
  QVERIFY(n > 1800 && n < 5000);
  QCOMPARE(subject.vertices.mesh.vertices[0], subject.cortex->hemispheres[0].vertexCount());
  QCOMPARE(subject.training.images.size(), std::size_t{1300});
  QCOMPARE(subject.test.images.size(), std::size_t{200});
  QCOMPARE(subject.training.responses.images(), std::size_t{1300});
  QCOMPARE(subject.test.responses.images(), std::size_t{200});
  QCOMPARE(subject.training.responses.vertices(), n);
  QCOMPARE(subject.noiseCeiling.size(), n);
  QCOMPARE(subject.training.images[0].name, std::string("train-0001_demo-00000"));
  QCOMPARE(subject.test.images[199].name, std::string("test-0200_demo-01499"));
  QCOMPARE(subject.training.images[0].read().width, 128);
  for (const float ceiling : subject.noiseCeiling) {
    QVERIFY(ceiling >= 0.3F && ceiling <= 0.7F);
  }
  for (const Side side : bothSides) {
    QVERIFY(std::is_sorted(subject.vertices.of(side).begin(), subject.vertices.of(side).end()));
    // No cortex, no vertex.
    for (const std::int32_t vertex : subject.vertices.of(side)) {
      QVERIFY(subject.cortex->hemisphere(side).thickness[static_cast<std::size_t>(vertex)] > 0);
    }
  }
}

void DemoTest::isRetinotopic() {
  const Subject subject = demoSubject();
  const Truth& truth = demoTruth();
  for (std::size_t n = 0; n < truth.x.size(); ++n) {
    const bool isLeft = n < subject.vertices.offset(Side::right);
    const std::string& area = truth.area[n];
    QCOMPARE(truth.local[n] != 0,
             area.starts_with("V1") || area.starts_with("V2") || area.starts_with("V3") ||
                 area == "hV4");
    if (truth.local[n] != 0) {
      QVERIFY(isLeft ? truth.x[n] >= 0 : truth.x[n] <= 0); // the other half of the field
      QVERIFY(std::hypot(truth.x[n], truth.y[n]) < 0.9);
      if (area != "hV4") {
        QVERIFY(area.back() == 'd' ? truth.y[n] >= 0 : truth.y[n] <= 0);
      }
    }
  }
}

void DemoTest::regionsAreNamedAsInTheChallenge() {
  const Subject subject = demoSubject();
  for (const char* name : {"V1", "V2", "V3", "hV4", "EBA", "FFA", "OPA", "PPA", "RSC", "VWFA"}) {
    const Region region = regionNamed(subject.regions, name);
    const auto members = std::count(region.member.begin(), region.member.end(), 1);
    QVERIFY2(members >= 50, name);
  }
  std::vector<int> streams(subject.vertices.size());
  for (const Region& region : subject.regions) {
    for (std::size_t n = 0; n < streams.size(); ++n) {
      streams[n] += region.group == "streams" ? region.member[n] : 0;
    }
  }
  QVERIFY(std::all_of(streams.begin(), streams.end(), [](int times) { return times == 1; }));
}

void DemoTest::localVerticesFollowTheContrastAtTheirPlace() {
  const Subject subject = demoSubject();
  const Truth& truth = demoTruth();
  for (const auto& [area, x, y] :
       std::vector<std::tuple<std::string, float, float>>{{"V1d", 0.3F, 0.3F},
                                                          {"V1v", 0.5F, -0.3F},
                                                          {"V2d", -0.3F, 0.4F},
                                                          {"V3v", -0.5F, -0.3F}}) {
    const std::size_t n = firstOf(area, x, y);
    std::vector<float> here;
    std::vector<float> mirrored;
    for (const Stimulus& image : subject.test.images) {
      here.push_back(contrastAt(*image.picture, truth.x[n], truth.y[n], 10));
      mirrored.push_back(contrastAt(*image.picture, -truth.x[n], -truth.y[n], 10));
    }
    const std::vector<float> signal = column(truth.testSignal, n);
    QVERIFY2(pearson(here, signal) > 0.55, qPrintable(QString::number(pearson(here, signal))));
    QVERIFY2(std::abs(pearson(mirrored, signal)) < 0.35,
             qPrintable(QString::number(pearson(mirrored, signal))));
  }
}

void DemoTest::categoryAreasFollowTheirCategory() {
  const Truth& truth = demoTruth();
  std::vector<std::vector<float>> amounts(demo::categoryCount);
  for (std::size_t i = 1300; i < 1500; ++i) {
    const auto evidence = demo::evidenceOf(demoScenes().at(i));
    for (std::size_t c = 0; c < demo::categoryCount; ++c) {
      amounts[c].push_back(static_cast<float>(evidence.at(c)));
    }
  }
  for (const auto& [area, own] :
       std::vector<std::pair<std::string, demo::Category>>{{"EBA", demo::Category::body},
                                                           {"FFA-1", demo::Category::face},
                                                           {"PPA", demo::Category::place},
                                                           {"VWFA-1", demo::Category::word}}) {
    const std::vector<float> signal = column(truth.testSignal, firstOf(area, 0, 0));
    for (std::size_t c = 0; c < demo::categoryCount; ++c) {
      const double r = pearson(amounts[c], signal);
      QVERIFY2(c == static_cast<std::size_t>(own) ? r > 0.65 : r < 0.5,
               qPrintable(QString("%1 %2 %3").arg(area.c_str()).arg(c).arg(r)));
    }
  }
}

void DemoTest::noiseIsAsTheCeilingSays() {
  const Subject subject = demoSubject();
  const Truth& truth = demoTruth();
  const Array<float> training = allRows(subject.training.responses);
  const Array<float> test = allRows(subject.test.responses);
  double variance = 0;
  double explained = 0;
  double expected = 0;
  const auto n = static_cast<double>(truth.x.size());
  for (std::size_t v = 0; v < truth.x.size(); ++v) {
    const std::vector<float> values = column(training, v);
    const double square = std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
    variance += square / 1300 / n;
    const double r = pearson(column(test, v), column(truth.testSignal, v));
    explained += r * r / n;
    expected += truth.noiseCeiling[v] / n;
  }
  // Of 1,300 images and some 4,000 vertices: 1 ± 0.01.
  QVERIFY2(std::abs(variance - 1) < 0.02, qPrintable(QString::number(variance)));
  QVERIFY2(std::abs(explained - expected) < 0.03,
           qPrintable(QString("%1 %2").arg(explained).arg(expected)));
}

void DemoTest::scenesAreReproducible() {
  const demo::Scene first = demo::paintScene(7, 3);
  const demo::Scene again = demo::paintScene(7, 3);
  QCOMPARE(first.picture.rgba, again.picture.rgba);
  QCOMPARE(first.picture.rgba, demoSubject().training.images[3].picture->rgba);
  QVERIFY(first.picture.rgba != demo::paintScene(7, 4).picture.rgba);
  QVERIFY(first.picture.rgba != demo::paintScene(8, 3).picture.rgba);
}

void DemoTest::isReadBackFromItsFiles() {
  const QTemporaryDir temporary;
  const std::filesystem::path folder = std::filesystem::path(temporary.path().toStdString()) / "d";
  writeDemo(folder, {}, {});
  const Subject made = openSubject("demo");
  const Subject read = openSubject(folder.string());
  QVERIFY(read.simulated);
  QVERIFY(read.cortex->simulated);
  QCOMPARE(read.cortex->mesh.name, std::string(demoMesh));
  QCOMPARE(read.cortex->folder, std::filesystem::canonical(folder / "surfaces"));
  QVERIFY(match(read.vertices.mesh, made.vertices.mesh) == MeshMatch::same);
  QCOMPARE(read.vertices.ofSide, made.vertices.ofSide);
  QCOMPARE(read.vertices.mesh.triangulation, made.vertices.mesh.triangulation);
  QCOMPARE(allRows(read.training.responses), allRows(made.training.responses));
  QCOMPARE(allRows(read.test.responses), allRows(made.test.responses));
  QCOMPARE(read.training.images.size(), made.training.images.size());
  for (const std::size_t i : {std::size_t{0}, std::size_t{251}, std::size_t{1299}}) {
    QCOMPARE(read.training.images[i].name, made.training.images[i].name);
    QCOMPARE(read.training.images[i].read().rgba, made.training.images[i].read().rgba);
  }
  QCOMPARE(read.regions.size(), made.regions.size());
  for (const Region& region : made.regions) {
    QCOMPARE(regionNamed(read.regions, region.name).member, region.member);
  }
  for (std::size_t n = 0; n < made.noiseCeiling.size(); ++n) {
    QVERIFY(std::abs(read.noiseCeiling[n] - made.noiseCeiling[n]) < 1e-6F);
  }
  for (const Side side : bothSides) {
    for (const Shape shape : allShapes) {
      QCOMPARE(read.cortex->hemisphere(side).shapes.at(shape).verticesRas,
               made.cortex->hemisphere(side).shapes.at(shape).verticesRas);
      QCOMPARE(read.cortex->hemisphere(side).shapes.at(shape).triangles,
               made.cortex->hemisphere(side).shapes.at(shape).triangles);
    }
    QCOMPARE(read.cortex->hemisphere(side).curvature, made.cortex->hemisphere(side).curvature);
  }
  QVERIFY(read.truth && *read.truth == *made.truth);
  QCOMPARE(readSubjectOnItsMesh(folder.string()).vertices.mesh.name, std::string(demoMesh));
}

void DemoTest::canceledWriteStops() {
  const QTemporaryDir temporary;
  const Control control;
  control.cancel.cancel();
  CORTOGRAPH_EXPECT_ERROR(writeDemo(temporary.path().toStdString(), {}, control),
                          ErrorKind::canceled,
                          "writing the demo");
}

CORTOGRAPH_TEST(DemoTest, QCoreApplication)
#include "demo_test.moc"
