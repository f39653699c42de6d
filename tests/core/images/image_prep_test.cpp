#include "base/error.h"
#include "images/image_prep.h"
#include "network/network.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "weights/weight_file.h"

#include <cmath>
#include <cstring>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr int size = 224;

struct Difference {
  double mean = 0;
  double largest = 0;
};

Difference difference(const std::vector<float>& values, const WeightTensor& expected) {
  std::vector<float> golden(values.size());
  std::memcpy(golden.data(), expected.bytes.data(), expected.bytes.size());
  Difference result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double one = std::abs(static_cast<double>(values[i]) - golden[i]);
    result.mean += one / static_cast<double>(values.size());
    result.largest = std::max(result.largest, one);
  }
  return result;
}

Picture gray(int width, int height, const std::vector<int>& values) {
  Picture picture(width, height);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) {
      picture.rgba[4 * i + c] = static_cast<std::uint8_t>(values[i]);
    }
  }
  return picture;
}

/// The first channel of a prepared picture as grey levels; `plain` has no mean.
std::vector<int> prepared(const Picture& picture, const Extent& extent, const Preparation& plain) {
  const auto pixels = static_cast<std::size_t>(extent.rows) * extent.columns;
  std::vector<float> values(3 * pixels, -1.0F);
  prepareInto(picture, extent, plain, values);
  std::vector<int> levels;
  for (std::size_t i = 0; i < pixels; ++i) {
    levels.push_back(static_cast<int>(std::lround(values[i] * 255)));
  }
  return levels;
}

/// Levels that count through the pixels.
Picture counted(int width, int height) {
  std::vector<int> levels(static_cast<std::size_t>(width) * height);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i] = static_cast<int>(i);
  }
  return gray(width, height, levels);
}

std::vector<int> firstChannel(const Picture& picture) {
  std::vector<int> values;
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
    values.push_back(picture.rgba[i]);
  }
  return values;
}

} // namespace

class ImagePrepTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  // Another JPEG decoder may differ by a grey level or two (0.02 each after normalisation).
  void agreesWithPillow_data() {
    QTest::addColumn<bool>("clip");
    QTest::newRow("imagenet_square_224") << false;
    QTest::newRow("clip_crop_224") << true;
  }
  void agreesWithPillow() {
    QFETCH(bool, clip);
    const auto picture = dataPath("photos-colour/catchafish.jpg");
    const auto golden = fixturePath("preprocess/catchafish.safetensors");
    CORTOGRAPH_NEED(picture);
    CORTOGRAPH_NEED(golden);
    const Preparation clipPreparation{Framing::centerCrop,
                                      Resampling::bicubic,
                                      {0.48145466F, 0.4578275F, 0.40821073F},
                                      {0.26862954F, 0.26130258F, 0.27577711F}};
    std::vector<float> values(std::size_t{3} * size * size);
    prepareInto(readPicture(picture),
                {size, size},
                clip ? clipPreparation : referencePreparation(),
                values);
    const WeightFile file = WeightFile::open(golden);
    const Difference found = difference(values, file.at(QTest::currentDataTag()));
    qInfo("mean %.5f, largest %.5f", found.mean, found.largest);
    QVERIFY(found.mean < 0.01);
    QVERIFY(found.largest < 0.15);
  }

  // By hand from Pillow's rule. Halving: weights 1 3 3 1 of 8, at the edges 3 3 1 of 7.
  void resamplesByHand() {
    const Picture shrunk =
        resized(gray(6, 1, {0, 100, 200, 10, 20, 30}), 3, 1, Resampling::bilinear);
    QCOMPARE(firstChannel(shrunk), (std::vector<int>{71, 94, 23}));
    // Doubling: weights 1 3 of 4.
    const Picture grown = resized(gray(1, 2, {0, 100}), 1, 4, Resampling::bilinear);
    QCOMPARE(firstChannel(grown), (std::vector<int>{0, 25, 75, 100}));
    // Cubic overshoot is clipped: -0.0703125 0.8671875 0.2265625 -0.0234375 of the neighbours.
    const Picture cubic = resized(gray(4, 1, {0, 0, 255, 255}), 8, 1, Resampling::bicubic);
    QCOMPARE(firstChannel(cubic), (std::vector<int>{0, 0, 0, 52, 203, 255, 255, 255}));
  }

  void dropsAlphaAndKeepsSameSize() {
    Picture picture(2, 1);
    picture.rgba = {10, 20, 30, 0, 40, 50, 60, 255};
    const Picture same = resized(picture, 2, 1, Resampling::bicubic);
    QCOMPARE(same.rgba, (std::vector<std::uint8_t>{10, 20, 30, 255, 40, 50, 60, 255}));
    std::vector<float> values(12);
    Preparation plain;
    prepareInto(gray(1, 1, {51}), {2, 2}, plain, values);
    QCOMPARE(values, std::vector<float>(12, 0.2F));
  }

  void cropsNarrowPicturesWithoutMakingThemHuge() {
    Picture picture(1, 60000);
    Preparation crop;
    crop.framing = Framing::centerCrop;
    std::vector<float> values(std::size_t{3} * size * size, -1.0F);
    prepareInto(picture, {size, size}, crop, values); // in full it would be 224 by 13,440,000
    QCOMPARE(values, std::vector<float>(values.size(), 0.0F));
  }

  // The whole picture in the top left, the rest is the mean, which is 0 when normalised.
  void padsByHand() {
    Preparation pad;
    pad.framing = Framing::pad;
    QCOMPARE(prepared(counted(4, 2), {4, 4}, pad),
             (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0}));
    QCOMPARE(prepared(counted(4, 2), {2, 6}, pad),
             (std::vector<int>{0, 1, 2, 3, 0, 0, 4, 5, 6, 7, 0, 0}));
    QCOMPARE(prepared(counted(2, 4), {4, 3}, pad),
             (std::vector<int>{0, 1, 0, 2, 3, 0, 4, 5, 0, 6, 7, 0}));
    // A picture of 1×2 becomes 2×4 in an input of 4×3.
    QCOMPARE(prepared(gray(1, 2, {0, 100}), {4, 3}, pad),
             (std::vector<int>{0, 0, 0, 25, 25, 0, 75, 75, 0, 100, 100, 0}));
    pad.mean = {0.2F, 0.2F, 0.2F};
    pad.deviation = {0.5F, 0.5F, 0.5F};
    std::vector<float> values(12, -9.0F);
    prepareInto(gray(2, 1, {51, 102}), {2, 2}, pad, values);
    const std::vector<float> expected{0, 0.4F, 0, 0};
    for (std::size_t i = 0; i < values.size(); ++i) {
      QVERIFY(std::abs(values[i] - expected[i % 4]) < 1e-6F);
    }
  }

  void cropsByHand() {
    Preparation crop;
    crop.framing = Framing::centerCrop;
    QCOMPARE(prepared(counted(4, 4), {2, 4}, crop), (std::vector<int>{4, 5, 6, 7, 8, 9, 10, 11}));
    QCOMPARE(prepared(counted(6, 2), {2, 4}, crop), (std::vector<int>{1, 2, 3, 4, 7, 8, 9, 10}));
    QCOMPARE(prepared(counted(2, 6), {4, 2}, crop), (std::vector<int>{2, 3, 4, 5, 6, 7, 8, 9}));
    // An input of 14 is cut from a picture of 14 / (224 / 256) = 16, from the second pixel on.
    crop.cropShare = 224.0 / 256;
    std::vector<int> inner;
    for (int y = 1; y < 15; ++y) {
      for (int x = 1; x < 15; ++x) {
        inner.push_back(16 * y + x);
      }
    }
    QCOMPARE(prepared(counted(16, 16), {14, 14}, crop), inner);
    // 7 rows are cut from 8, where half a pixel rounds to the even 0.
    inner.clear();
    for (int y = 0; y < 7; ++y) {
      for (int x = 1; x < 15; ++x) {
        inner.push_back(16 * y + x);
      }
    }
    QCOMPARE(prepared(counted(16, 8), {7, 14}, crop), inner);
  }

  void stretchesByHand() {
    const Preparation stretch;
    QCOMPARE(prepared(gray(2, 1, {0, 100}), {2, 4}, stretch),
             (std::vector<int>{0, 25, 75, 100, 0, 25, 75, 100}));
    QCOMPARE(prepared(gray(1, 2, {0, 100}), {4, 1}, stretch), (std::vector<int>{0, 25, 75, 100}));
  }

  // What a family's file is prepared with natively is the preparation of the golden numbers.
  void nativePreparationAgreesWithPillow() {
    const auto picture = dataPath("photos-colour/catchafish.jpg");
    const auto golden = fixturePath("preprocess/catchafish.safetensors");
    NetworkSource source;
    source.spec = fixturePath("backbones/hf_clip_vit.safetensors").string();
    source.heads = 4;
    source.preprocess = Preprocess::native;
    CORTOGRAPH_NEED(picture);
    CORTOGRAPH_NEED(golden);
    CORTOGRAPH_NEED(std::filesystem::path(source.spec));
    std::vector<float> values(std::size_t{3} * size * size);
    prepareInto(readPicture(picture),
                {size, size},
                openNetwork(source, torch::kCPU)->preparation(),
                values);
    const Difference found = difference(values, WeightFile::open(golden).at("clip_crop_224"));
    QVERIFY(found.mean < 0.01);
    QVERIFY(found.largest < 0.15);
  }

  void refusesEmptyPictures() {
    CORTOGRAPH_EXPECT_ERROR(
        (void)resized(Picture{}, 4, 4, Resampling::bilinear), ErrorKind::mismatch, "0x0");
  }
};

CORTOGRAPH_TEST(ImagePrepTest, QCoreApplication)
#include "image_prep_test.moc"
