#include "demo/responses/features.h"
#include "demo/responses/responses.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>
#include <functional>
#include <numbers>

using namespace cortograph;
using namespace cortograph::demo;

namespace {

/// A grey picture of 128 × 128 from values of 0..1.
Picture pictured(const std::function<double(double x, double y)>& gray) {
  Picture picture(scenePixels, scenePixels);
  for (int y = 0; y < scenePixels; ++y) {
    for (int x = 0; x < scenePixels; ++x) {
      const auto value = static_cast<std::uint8_t>(std::lround(255 * gray(x, y)));
      std::fill_n(picture.pixel(x, y), 3, value);
      picture.pixel(x, y)[3] = 255;
    }
  }
  return picture;
}

double grating(double x, double y, double period, double angle) {
  const double along = x * std::cos(angle) + y * std::sin(angle);
  return 0.5 + 0.4 * std::cos(2 * std::numbers::pi * along / period);
}

Features seenAt(const Picture& picture, double x, double y, double deviation) {
  double contrast = 0;
  return Fields(featuresOf(picture, contrast)).at(x, y, deviation);
}

std::size_t strongestEdge(const Features& features) {
  const auto first = features.begin() + feature::edge;
  return static_cast<std::size_t>(std::max_element(first, features.begin() + feature::bend) -
                                  first);
}

} // namespace

class FeaturesTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void edgesTellOrientationAndFrequency();
  void energyIgnoresPhase();
  void responsesAreNormalized();
  void fieldsAreLocal();
  void contoursAreWhereTexturesEnd();
  void bendsNeedTwoOrientations();
  void colorsAreOpponent();
  void categoriesAnswerAnywhere();
  void competitionLowersAnswers();
};

void FeaturesTest::edgesTellOrientationAndFrequency() {
  for (std::size_t o = 0; o < orientationCount; ++o) {
    const double angle = std::numbers::pi * static_cast<double>(o) / orientationCount;
    for (std::size_t f = 0; f < frequencyCount; ++f) {
      const Features seen = seenAt(
          pictured([&](double x, double y) { return grating(x, y, f == 0 ? 9 : 18, angle); }),
          0,
          0,
          0.2);
      QCOMPARE(strongestEdge(seen), f * orientationCount + o);
    }
  }
}

void FeaturesTest::energyIgnoresPhase() {
  const Features one =
      seenAt(pictured([](double x, double y) { return grating(x, y, 18, 0); }), 0.1, 0, 0.1);
  const Features other =
      seenAt(pictured([](double x, double y) { return grating(x + 5, y, 18, 0); }), 0.1, 0, 0.1);
  const std::size_t at = feature::edge + orientationCount;
  QVERIFY(std::abs(one[at] - other[at]) < 0.03F * one[at]);
}

/// A quarter of the contrast is a sixteenth of the energy, and far more than a quarter of the
/// answer.
void FeaturesTest::responsesAreNormalized() {
  const auto faint = [](double x, double y) { return 0.5 + (grating(x, y, 18, 0) - 0.5) / 4; };
  const std::size_t at = feature::edge + orientationCount;
  const float full =
      seenAt(pictured([](double x, double y) { return grating(x, y, 18, 0); }), 0, 0, 0.1)[at];
  const float quarter = seenAt(pictured(faint), 0, 0, 0.1)[at];
  QVERIFY(quarter > 0.6F * full && quarter < full);
}

void FeaturesTest::fieldsAreLocal() {
  // Contrast in the upper right quarter alone.
  const Picture corner =
      pictured([](double x, double y) { return x > 64 && y < 64 ? grating(x, y, 18, 0) : 0.5; });
  const std::size_t at = feature::edge + orientationCount;
  const float inside = seenAt(corner, 0.5, -0.5, 0.1)[at];
  QVERIFY(inside > 1);
  for (const auto& [x, y] :
       std::vector<std::pair<double, double>>{{-0.5, -0.5}, {-0.5, 0.5}, {0.5, 0.5}}) {
    QVERIFY(seenAt(corner, x, y, 0.1)[at] < 0.05F * inside);
    // A wide field has some of it.
    QVERIFY(seenAt(corner, x, y, 0.5)[at] > 0.012F * inside);
  }
}

void FeaturesTest::contoursAreWhereTexturesEnd() {
  const Picture halves =
      pictured([](double x, double y) { return x > 64 ? grating(x, y, 18, 0) : 0.5; });
  const std::size_t coarse = feature::contour + 1;
  const float border = seenAt(halves, 0, 0, 0.08)[coarse];
  QVERIFY(border > 3 * seenAt(halves, 0.7, 0, 0.08)[coarse]);
  QVERIFY(border > 3 * seenAt(halves, -0.7, 0, 0.08)[coarse]);
}

void FeaturesTest::bendsNeedTwoOrientations() {
  const auto bendOf = [](const Picture& picture) {
    const Features seen = seenAt(picture, 0, 0, 0.2);
    return *std::max_element(seen.begin() + feature::bend, seen.begin() + feature::contour);
  };
  const Picture one = pictured([](double x, double y) { return grating(x, y, 18, 0); });
  const Picture two = pictured([](double x, double y) {
    return (grating(x, y, 18, 0) + grating(x, y, 18, std::numbers::pi / 4)) / 2;
  });
  QVERIFY(bendOf(two) > 1.5F * bendOf(one));
}

void FeaturesTest::colorsAreOpponent() {
  Picture picture = pictured([](double, double) { return 0.5; });
  QVERIFY(seenAt(picture, 0, 0, 0.2)[feature::color] < 1e-4F);
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
    picture.rgba[i] = 200; // red
  }
  const Features red = seenAt(picture, 0, 0, 0.2);
  QVERIFY(red[feature::color] > 0.3F);
  QVERIFY(red[feature::color] > 1.5F * red[feature::color + 1]);
}

namespace {

/// A plain scene that shows one thing, `pixels` large, from a row on.
Scene showing(Kind kind, int pixels, int firstRow) {
  Scene scene;
  scene.picture = pictured([](double, double) { return 0.5; });
  scene.mask.assign(static_cast<std::size_t>(scenePixels * scenePixels), 0);
  std::fill_n(scene.mask.begin() + firstRow * scenePixels, pixels, std::uint8_t{1});
  scene.things.push_back({kind, "", "", 1, pixels, 0, firstRow, 127, 127});
  return scene;
}

float answerOf(const Scene& scene, Category category) {
  Tuning tuning;
  tuning.categories[static_cast<std::size_t>(category)] = 1;
  return idealResponses({scene}, {tuning}).row(0)[0];
}

} // namespace

void FeaturesTest::categoriesAnswerAnywhere() {
  const float above = answerOf(showing(Kind::face, 2000, 5), Category::face);
  QCOMPARE(answerOf(showing(Kind::face, 2000, 90), Category::face), above);
  QVERIFY(answerOf(showing(Kind::face, 4000, 5), Category::face) > above);
  QCOMPARE(answerOf(showing(Kind::apple, 2000, 5), Category::face), 0.0F);
}

void FeaturesTest::competitionLowersAnswers() {
  Scene scene = showing(Kind::face, 2000, 5);
  const float alone = answerOf(scene, Category::face);
  std::fill_n(scene.mask.begin() + 70 * scenePixels, 4000, std::uint8_t{2});
  scene.things.push_back({Kind::apple, "red", "", 2, 4000, 0, 70, 127, 127});
  const float among = answerOf(scene, Category::face);
  QVERIFY(among < 0.95F * alone && among > 0.5F * alone);
}

CORTOGRAPH_TEST(FeaturesTest, QCoreApplication)
#include "features_test.moc"
