#include "demo/scenes/caption.h"
#include "demo/scenes/scene.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace cortograph;
using namespace cortograph::demo;

namespace {

constexpr std::uint64_t seed = 41;
constexpr std::size_t sampleSize = 400;

const std::vector<Scene>& sample() {
  static const std::vector<Scene> scenes = [] {
    std::vector<Scene> painted;
    for (std::size_t i = 0; i < sampleSize; ++i) {
      painted.push_back(paintScene(seed, i));
    }
    return painted;
  }();
  return scenes;
}

/// Mean colour of the pixels of one owner.
std::array<double, 3> colorOf(const Scene& scene, std::uint8_t owner) {
  std::array<double, 3> sum{};
  int count = 0;
  for (std::size_t pixel = 0; pixel < scene.mask.size(); ++pixel) {
    if (scene.mask[pixel] == owner) {
      ++count;
      for (std::size_t c = 0; c < 3; ++c) {
        sum[c] += scene.picture.rgba[4 * pixel + c];
      }
    }
  }
  for (double& value : sum) {
    value /= std::max(count, 1);
  }
  return sum;
}

} // namespace

class ScenesTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void areReproducible();
  void maskAndThingsAgree();
  void everythingOccursAndVaries();
  void placesOfThingsVary();
  void colorNamesAreTrue();
  void captionsNameWhatIsSeen();
  void captionsAreEnglish();
  void specialSetsAreLabeled();
};

void ScenesTest::areReproducible() {
  const Scene again = paintScene(seed, 3);
  QCOMPARE(again.picture.rgba, sample()[3].picture.rgba);
  QCOMPARE(again.mask, sample()[3].mask);
  QCOMPARE(again.caption, sample()[3].caption);
  QVERIFY(again.picture.rgba != sample()[4].picture.rgba);
  QVERIFY(again.picture.rgba != paintScene(seed + 1, 3).picture.rgba);
}

void ScenesTest::maskAndThingsAgree() {
  for (const Scene& scene : sample()) {
    QCOMPARE(scene.picture.width, scenePixels);
    QCOMPARE(scene.picture.height, scenePixels);
    QCOMPARE(scene.mask.size(), static_cast<std::size_t>(scenePixels * scenePixels));
    std::set<std::uint8_t> ids;
    for (const Thing& thing : scene.things) {
      QVERIFY(thing.id > 0 && ids.insert(thing.id).second);
      QVERIFY(thing.pixels >= 12);
      QCOMPARE(std::count(scene.mask.begin(), scene.mask.end(), thing.id),
               static_cast<std::ptrdiff_t>(thing.pixels));
      for (int y = 0; y < scenePixels; ++y) {
        for (int x = 0; x < scenePixels; ++x) {
          const bool inBox =
              x >= thing.left && x <= thing.right && y >= thing.top && y <= thing.bottom;
          QVERIFY(scene.mask[static_cast<std::size_t>(y * scenePixels + x)] != thing.id || inBox);
        }
      }
    }
  }
}

void ScenesTest::everythingOccursAndVaries() {
  std::array<int, kindCount> kinds{};
  std::array<int, settingCount> settings{};
  double covered = 0;
  std::size_t several = 0;
  for (const Scene& scene : sample()) {
    std::set<Kind> here;
    for (const Thing& thing : scene.things) {
      here.insert(thing.kind);
      covered += thing.pixels;
    }
    for (const Kind kind : here) {
      ++kinds[static_cast<std::size_t>(kind)];
    }
    ++settings[static_cast<std::size_t>(scene.setting)];
    several += scene.things.size() > 1 ? 1 : 0;
  }
  for (std::size_t k = 0; k < kindCount; ++k) {
    QVERIFY2(kinds[k] >= 15 && kinds[k] <= 300, nameOf(static_cast<Kind>(k)).data());
  }
  for (std::size_t s = 0; s < settingCount; ++s) {
    QVERIFY2(settings[s] >= 20, nameOf(static_cast<Setting>(s)).data());
  }
  covered /= static_cast<double>(sampleSize) * scenePixels * scenePixels;
  QVERIFY2(covered > 0.15 && covered < 0.5, qPrintable(QString::number(covered)));
  QVERIFY(several > sampleSize / 2);
}

/// Each quarter of the picture holds faces, and words, and each holds large and small ones.
void ScenesTest::placesOfThingsVary() {
  for (const Kind kind : {Kind::face, Kind::word, Kind::house}) {
    std::array<int, 4> quarters{};
    std::vector<int> sizes;
    for (const Scene& scene : sample()) {
      for (const Thing& thing : scene.things) {
        if (thing.kind == kind) {
          const bool right = thing.left + thing.right > scenePixels;
          const bool low = thing.top + thing.bottom > scenePixels;
          ++quarters[(right ? 1U : 0U) + (low ? 2U : 0U)];
          sizes.push_back(thing.pixels);
        }
      }
    }
    for (const int count : quarters) {
      QVERIFY2(count >= 6, nameOf(kind).data());
    }
    std::sort(sizes.begin(), sizes.end());
    QVERIFY2(sizes[sizes.size() * 9 / 10] > 4 * sizes[sizes.size() / 10], nameOf(kind).data());
  }
}

void ScenesTest::colorNamesAreTrue() {
  int right = 0;
  int all = 0;
  for (const Scene& scene : sample()) {
    for (const Thing& thing : scene.things) {
      const bool plain = thing.kind == Kind::apple || thing.kind == Kind::banana;
      if (plain && thing.pixels > 150) {
        const auto [red, green, blue] = colorOf(scene, thing.id);
        ++all;
        right += thing.color == "red"     ? red > 1.5 * green && red > 1.5 * blue
                 : thing.color == "green" ? green > 1.05 * red && green > 1.2 * blue
                                          : red > 1.4 * blue && green > 1.2 * blue;
      }
    }
  }
  QVERIFY(all >= 30);
  QVERIFY2(right >= 0.9 * all, qPrintable(QString("%1 of %2").arg(right).arg(all)));
}

void ScenesTest::captionsNameWhatIsSeen() {
  for (const Scene& scene : sample()) {
    for (const Thing& thing : scene.things) {
      const std::string noun = thing.kind == Kind::word   ? "the word " + thing.word
                               : thing.kind == Kind::body ? "pe" // a person, two people
                                                          : std::string(nameOf(thing.kind));
      QVERIFY2(scene.caption.find(noun) != std::string::npos, scene.caption.c_str());
    }
  }
}

void ScenesTest::captionsAreEnglish() {
  const auto thing = [](Kind kind, const std::string& color, int pixels) {
    return Thing{kind, color, kind == Kind::word ? "STOP" : "", 1, pixels, 0, 0, 9, 9};
  };
  QCOMPARE(captionOf(Setting::street, {}), std::string("nothing on a street"));
  QCOMPARE(captionOf(Setting::room, {thing(Kind::apple, "red", 20)}),
           std::string("a red apple in a room"));
  QCOMPARE(captionOf(Setting::field,
                     {thing(Kind::word, "red", 30),
                      thing(Kind::body, "", 40),
                      thing(Kind::body, "", 60),
                      thing(Kind::cat, "orange", 20)}),
           std::string("two people, the word STOP and an orange cat in a field"));
  QCOMPARE(captionOf(Setting::texture,
                     {thing(Kind::dots, "blue", 30), thing(Kind::scissors, "red", 20)}),
           std::string("a cloth with blue dots and red scissors before a pattern"));
}

void ScenesTest::specialSetsAreLabeled() {
  for (const SpecialSet set : {SpecialSet::textures, SpecialSet::aerial}) {
    std::set<std::string_view> names;
    std::array<int, specialLabelCount> counts{};
    for (std::size_t i = 0; i < 120; ++i) {
      const SpecialImage image = paintSpecial(set, seed, i);
      QCOMPARE(image.picture.width, scenePixels);
      ++counts.at(static_cast<std::size_t>(image.label));
      names.insert(specialLabel(set, image.label));
    }
    QCOMPARE(names.size(), specialLabelCount);
    QVERIFY(*std::min_element(counts.begin(), counts.end()) >= 8);
    QCOMPARE(paintSpecial(set, seed, 5).picture.rgba, paintSpecial(set, seed, 5).picture.rgba);
  }
}

CORTOGRAPH_TEST(ScenesTest, QCoreApplication)
#include "scenes_test.moc"
