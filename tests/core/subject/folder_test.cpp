#include "base/error.h"
#include "base/npy.h"
#include "map/brain_map.h"
#include "subject/find_cortex.h"
#include "subject/subject.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

void writeResponses(const fs::path& file, std::size_t images, std::size_t voxels) {
  Array<float> values({images, voxels});
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    values.values[i] = static_cast<float>(i);
  }
  writeNpy(file, values);
}

void writeImages(const fs::path& folder, const std::vector<std::string>& names) {
  fs::create_directories(folder);
  for (const std::string& name : names) {
    writePng(folder / (name + ".png"), Picture(2, 2));
  }
}

} // namespace

/// Images and responses in a plain folder, of voxels without a place.
class FolderTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = fs::path(made_->path().toStdString()) / "digits";
    writeImages(folder_ / "images", {"train-2", "test-1", "train-1", "train-3", "test-2", "mask"});
    writeResponses(folder_ / "responses_train.npy", 3, 4);
    writeResponses(folder_ / "responses_test.npy", 2, 4);
  }

  void rowsAreImagesByName() {
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(subject.name, std::string("digits"));
    QCOMPARE(subject.training.images.size(), std::size_t{3});
    QCOMPARE(subject.training.images[1].name, std::string("train-2"));
    QCOMPARE(subject.test.images[0].name, std::string("test-1"));
    std::vector<float> row(4);
    subject.training.responses.copyRow(1, row);
    QCOMPARE(row, (std::vector<float>{4, 5, 6, 7}));
    QVERIFY(!subject.vertices.placed());
    QCOMPARE(subject.vertices.ofSide[0], (std::vector<std::int32_t>{0, 1, 2, 3}));
    QVERIFY(subject.cortex == nullptr && subject.noiseCeiling.empty() && !subject.simulated);
    writeNpy(folder_ / "noise_ceiling.npy", Array<float>({4}, {0.1F, 0.2F, 0.3F, 0.4F}));
    QCOMPARE(openSubject(folder_.string()).noiseCeiling[3], 0.4F);
  }

  void testResponsesMayBeMissing() {
    fs::remove(folder_ / "responses_test.npy");
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(subject.test.images.size(), std::size_t{2});
    QVERIFY(subject.test.responses.empty());
  }

  void voxelsWithoutAPlaceHaveNoCortex() {
    const Subject subject = openSubject(folder_.string());
    CORTOGRAPH_EXPECT_ERROR((void)findCortex(subject.vertices, {folder_}),
                            ErrorKind::notFound,
                            "4 voxels",
                            "no place on a cortex");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string(), folder_), ErrorKind::mismatch, "leave --surfaces out");
    BrainMap map = smallMap();
    map.vertices = {{.name = unplacedMesh, .vertices = {5, 0}}, {{{0, 1, 2, 3, 4}, {}}}};
    writeMap(folder_ / "map.h5", map);
    QVERIFY(readMap(folder_ / "map.h5").vertices == map.vertices);
    CORTOGRAPH_EXPECT_ERROR((void)restrictToVertices(subject, map.vertices),
                            ErrorKind::mismatch,
                            "5 voxels",
                            "4 voxels without a place");
  }

  void countsThatDisagreeAreRefused() {
    writeImages(folder_ / "images", {"train-4"});
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "3 images", "4 images");
    fs::remove(folder_ / "images/train-4.png");
    writeResponses(folder_ / "responses_test.npy", 2, 5);
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "test", "5 vertices", "has 4");
    fs::remove(folder_ / "responses_test.npy");
    writeNpy(folder_ / "noise_ceiling.npy", Array<float>({3}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "noise ceiling", "3 vertices");
    writeNpy(folder_ / "responses_train.npy", Array<float>({3, 4, 2}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "responses_train.npy", "3x4x2");
    fs::remove(folder_ / "responses_train.npy");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::notFound, "Folder of images and responses");
  }

  void opensRealFmri() {
    const fs::path digits = dataPath("digits69");
    CORTOGRAPH_NEED(digits);
    const Subject subject = openSubject(digits.string());
    QCOMPARE(subject.training.images.size(), std::size_t{90});
    QCOMPARE(subject.test.responses.images(), std::size_t{10});
    QCOMPARE(subject.vertices.size(), std::size_t{3092});
  }

private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;
};

CORTOGRAPH_TEST(FolderTest, QCoreApplication)
#include "folder_test.moc"
