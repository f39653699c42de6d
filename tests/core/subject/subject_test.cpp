#include "base/error.h"
#include "base/hash.h"
#include "base/npz.h"
#include "brain/gifti_write.h"
#include "core/base/garble.h"
#include "core/base/pickled_names.h"
#include "subject/subject.h"
#include "subject/usable_vertices.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

template <class T> void writeVector(const fs::path& file, std::vector<T> values) {
  fs::create_directories(file.parent_path());
  const std::size_t size = values.size();
  writeNpy(file, Array<T>({size}, std::move(values)));
}

void writeResponses(const fs::path& file, std::size_t images, std::size_t vertices, float first) {
  Array<float> values({images, vertices});
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    values.values[i] = first + static_cast<float>(i);
  }
  fs::create_directories(file.parent_path());
  writeNpy(file, values);
}

void writeImages(const fs::path& folder, int count) {
  fs::create_directories(folder);
  for (int i = 0; i < count; ++i) {
    Picture picture(2, 2);
    picture.rgba.assign(16, static_cast<std::uint8_t>(i));
    writePng(folder / ("img-" + std::to_string(i) + ".png"), picture);
  }
}

/// Four vertices about (x, 0, 0).
Surface tetrahedron(float x) {
  Surface surface;
  surface.verticesRas = {{x + 1, 1, 1}, {x - 1, -1, 1}, {x - 1, 1, -1}, {x + 1, -1, -1}};
  surface.triangles = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
  return surface;
}

/// A subject of three training images: left vertices 1, 2, 3 and right vertices 0, 2 of 4 a side.
void makeSubject(const fs::path& folder) {
  const fs::path training = folder / "training_split";
  const fs::path masks = folder / "roi_masks";
  writeImages(training / "training_images", 3);
  writeResponses(training / "training_fmri" / "lh_training_fmri.npy", 3, 3, 0);
  writeResponses(training / "training_fmri" / "rh_training_fmri.npy", 3, 2, 100);
  writeVector<std::int64_t>(masks / "lh.all-vertices_fsaverage_space.npy", {0, 1, 1, 1});
  writeVector<std::int64_t>(masks / "rh.all-vertices_fsaverage_space.npy", {1, 0, 1, 0});
  writeVector<std::int64_t>(masks / "lh.prf-visualrois_challenge_space.npy", {1, 2, 0});
  writeVector<std::int64_t>(masks / "rh.prf-visualrois_challenge_space.npy", {0, 2});
  // Only over the whole mesh, and only on the left.
  writeVector<std::int64_t>(masks / "lh.floc-faces_fsaverage_space.npy", {5, 0, 0, 2});
  fs::create_directories(folder / "surfaces");
  writeSurface(folder / "surfaces/lh.pial.gii", tetrahedron(-5), Side::left, Shape::pial);
  writeSurface(folder / "surfaces/rh.pial.gii", tetrahedron(5), Side::right, Shape::pial);
}

std::vector<std::string> namesOf(const Parcellation& regions) {
  std::vector<std::string> names;
  for (const Region& region : regions) {
    names.push_back(region.name);
  }
  return names;
}

std::vector<float> rowOf(const Responses& responses, std::size_t image) {
  std::vector<float> row(responses.vertices());
  responses.copyRow(image, row);
  return row;
}

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
  const auto n = static_cast<double>(a.size());
  const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double both = 0;
  double onlyA = 0;
  double onlyB = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - meanA) * (b[i] - meanB);
    onlyA += (a[i] - meanA) * (a[i] - meanA);
    onlyB += (b[i] - meanB) * (b[i] - meanB);
  }
  return both / std::sqrt(onlyA * onlyB);
}

} // namespace

class SubjectTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = made_->path().toStdString();
    folder_ /= "subj01";
    makeSubject(folder_);
  }

  void opensTheRealLayout() {
    const fs::path folder = dataPath("subject-simulated");
    CORTOGRAPH_NEED(folder);
    const Subject subject = openSubject(folder.string(), dataPath("fsaverage5"));
    QCOMPARE(subject.name, std::string("subject-simulated"));
    QVERIFY(subject.simulated);
    QCOMPARE(subject.training.images.size(), std::size_t{600});
    QCOMPARE(subject.training.images[0].name, std::string("train-0001_nsd-00000"));
    QCOMPARE(subject.test.images.size(), std::size_t{100});
    QCOMPARE(subject.vertices.ofSide[0].size(), std::size_t{1026});
    QCOMPARE(subject.vertices.ofSide[1].size(), std::size_t{989});
    QCOMPARE(subject.vertices.mesh.name, std::string("fsaverage5"));
    QCOMPARE(subject.vertices.mesh.vertices, (std::array<std::size_t, 2>{10242, 10242}));
    QCOMPARE(subject.training.responses.vertices(), std::size_t{2015});
    QCOMPARE(subject.cortex->mesh.name, std::string("fsaverage5"));
    const NpyFile right(folder / "training_split/training_fmri/rh_training_fmri.npy");
    const std::vector<float> row = rowOf(subject.training.responses, 599);
    QVERIFY(std::equal(row.begin() + 1026, row.end(), right.mappedFloats().begin() + 599 * 989));
    const Region v1 = regionNamed(subject.regions, "V1");
    QCOMPARE(std::count(v1.member.begin(), v1.member.end(), 1), 137 + 132);
    QCOMPARE(regionNamed(subject.regions, "FFA").group, std::string("floc-faces"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)regionNamed(subject.regions, "EBA-2"), ErrorKind::notFound, "EBA");
  }

  void agreesWithTheTruth() {
    const fs::path folder = dataPath("subject-simulated");
    CORTOGRAPH_NEED(folder);
    const Subject subject = openSubject(folder.string(), dataPath("fsaverage5"));
    const auto truth = readNpz(folder / "truth.npz");
    // The truth keeps the ceiling as a share, the layout in percent.
    std::vector<float> ceiling = truth.at("lh_noise_ceiling").read<float>().values;
    const std::vector<float> right = truth.at("rh_noise_ceiling").read<float>().values;
    ceiling.insert(ceiling.end(), right.begin(), right.end());
    QCOMPARE(subject.noiseCeiling.size(), ceiling.size());
    for (std::size_t i = 0; i < ceiling.size(); ++i) {
      QVERIFY(std::abs(subject.noiseCeiling[i] - ceiling[i]) < 1e-5F);
    }
    // By its definition the ceiling is the squared correlation of the noise-free responses with
    // the measured ones, so vertices, sides and images are in order when they agree on average.
    const auto signal = truth.at("lh_signal_test").read<float>();
    QCOMPARE(signal.shape, (ArrayShape{100, 1026}));
    std::vector<std::vector<float>> measured;
    for (std::size_t image = 0; image < 100; ++image) {
      measured.push_back(rowOf(subject.test.responses, image));
    }
    double difference = 0;
    for (std::size_t vertex = 0; vertex < 1026; ++vertex) {
      std::vector<float> a;
      std::vector<float> b;
      for (std::size_t image = 0; image < 100; ++image) {
        a.push_back(measured[image][vertex]);
        b.push_back(signal.row(image)[vertex]);
      }
      const double r = correlation(a, b);
      difference += (r * r - ceiling[vertex]) / 1026;
    }
    QVERIFY2(std::abs(difference) < 0.03, qPrintable(QString::number(difference)));
    // The subject brings the same truth, its areas named as the masks name them.
    QVERIFY(subject.truth);
    QCOMPARE(subject.truth->noiseCeiling, ceiling);
    QCOMPARE(subject.truth->testSignal.shape, (ArrayShape{100, 2015}));
    QCOMPARE(subject.truth->testSignal.row(99)[1025], signal.row(99)[1025]);
    QCOMPARE(subject.truth->testSignal.row(99)[1026],
             truth.at("rh_signal_test").read<float>().row(99)[0]);
    QCOMPARE(subject.truth->y[1026], truth.at("rh_xy").read<float>().row(0)[1]);
    const Region v3d = regionNamed(subject.regions, "V3d");
    for (std::size_t n = 0; n < subject.truth->size(); ++n) {
      QCOMPARE(subject.truth->area[n] == "V3d", v3d.member[n] != 0);
      QVERIFY(subject.truth->local[n] == 0 || !subject.truth->area[n].empty());
    }
    QVERIFY(std::count(subject.truth->area.begin(), subject.truth->area.end(), "EBA") > 100);
  }

  void opensASmallOne() {
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(subject.name, std::string("subj01"));
    QVERIFY(!subject.simulated);
    QCOMPARE(subject.vertices.ofSide[0], (std::vector<std::int32_t>{1, 2, 3}));
    QCOMPARE(subject.vertices.ofSide[1], (std::vector<std::int32_t>{0, 2}));
    QCOMPARE(subject.vertices.mesh.name, std::string("subj01"));
    QCOMPARE(rowOf(subject.training.responses, 1), (std::vector<float>{3, 4, 5, 102, 103}));
    QCOMPARE(namesOf(subject.regions), (std::vector<std::string>{"V1v", "V1d", "FFA-1"}));
    QCOMPARE(subject.regions[1].member, (std::vector<std::uint8_t>{0, 1, 0, 0, 1}));
    QCOMPARE(subject.regions[2].member, (std::vector<std::uint8_t>{0, 0, 1, 0, 0}));
    QVERIFY(subject.noiseCeiling.empty());
    QVERIFY(subject.test.images.empty());
    QVERIFY(subject.test.responses.empty());
    const Stimulus& image = subject.training.images[2];
    QCOMPARE(image.name, std::string("img-2"));
    QCOMPARE(image.read().pixel(1, 1)[0], std::uint8_t{2});
    QCOMPARE(image.hash(), contentHash(image.file));
    QVERIFY(!subject.truth);
  }

  void bringsItsTruth() {
    const Truth truth{{"V1v", "V1d", "", "FFA-1", "V1d"},
                      {0.25F, -0.5F, 0, 0, 0.75F},
                      {1, -1, 0, 0, 0.125F},
                      {1, 1, 0, 0, 1},
                      {0.5F, 0.25F, 0.75F, 0.3F, 0.4F},
                      Array<float>({2, 5}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})};
    fs::create_directories(folder_ / "truth");
    writeTruth(folder_ / "truth", truth);
    const Subject subject = openSubject(folder_.string());
    QVERIFY(subject.simulated && subject.truth);
    QVERIFY(*subject.truth == truth);
    const Subject part = restrictTo(subject, {"V1d", "FFA"});
    QCOMPARE(part.truth->area, (std::vector<std::string>{"V1d", "", "V1d"}));
    QCOMPARE(part.truth->x, (std::vector<float>{-0.5F, 0, 0.75F}));
    QCOMPARE(part.truth->noiseCeiling, (std::vector<float>{0.25F, 0.75F, 0.4F}));
    QCOMPARE(part.truth->testSignal, Array<float>({2, 3}, {1, 2, 4, 6, 7, 9}));

    writeImages(folder_ / "test_split" / "test_images", 3);
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "2 images", "3 test images");
    fs::remove(folder_ / "truth/test_signal.npy");
    QVERIFY(openSubject(folder_.string()).truth->testSignal.empty());
    writeVector<std::int32_t>(folder_ / "truth/area.npy", {1, 2, 0, 4, 2});
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "area.npy", "number 4", "0 to 3");
    writeVector<float>(folder_ / "truth/local.npy", {1, 1});
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "local.npy is 2, but 5");
    fs::remove_all(folder_ / "truth");
    writeBytes(folder_ / "truth.npz", "");
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()), ErrorKind::format, "truth.npz");
  }

  void oneSideAloneIsASubject() {
    for (const char* file : {"training_split/training_fmri/rh_training_fmri.npy",
                             "roi_masks/rh.prf-visualrois_challenge_space.npy",
                             "surfaces/rh.pial.gii"}) {
      fs::remove(folder_ / file);
    }
    // A mask promises responses.
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::notFound, "rh_training_fmri.npy");
    fs::remove(folder_ / "roi_masks/rh.all-vertices_fsaverage_space.npy");
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(inWords(subject.vertices.mesh), std::string("subj01, 4 vertices on the left"));
    QCOMPARE(subject.vertices.size(), std::size_t{3});
    QCOMPARE(rowOf(subject.training.responses, 1), (std::vector<float>{3, 4, 5}));
    QCOMPARE(namesOf(subject.regions), (std::vector<std::string>{"V1v", "V1d", "FFA-1"}));
    // On surfaces of both sides its mesh still is the left one.
    writeSurface(folder_ / "surfaces/rh.pial.gii", tetrahedron(5), Side::right, Shape::pial);
    const Subject whole = openSubject(folder_.string());
    QCOMPARE(whole.vertices, subject.vertices);
    QVERIFY(whole.cortex->has(Side::right));
    // Two masks, of which one has no surfaces.
    makeSubject(folder_);
    fs::remove(folder_ / "surfaces/rh.pial.gii");
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()),
                            ErrorKind::mismatch,
                            "4 vertices on the left",
                            "4 vertices a side",
                            "no right side");
  }

  void readsTestSplitAndCeiling() {
    const fs::path split = folder_ / "test_split";
    writeImages(split / "test_images", 2);
    QCOMPARE(openSubject(folder_.string()).test.images.size(), std::size_t{2});
    writeResponses(split / "test_fmri/lh_test_fmri.npy", 2, 3, 0);
    writeResponses(split / "test_fmri/rh_test_fmri.npy", 2, 2, 50);
    writeVector<float>(split / "noise_ceiling/lh_noise_ceiling.npy", {0, 50, 100});
    writeVector<float>(split / "noise_ceiling/rh_noise_ceiling.npy", {25, 110});
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(rowOf(subject.test.responses, 1), (std::vector<float>{3, 4, 5, 52, 53}));
    QCOMPARE(subject.noiseCeiling, (std::vector<float>{0, 0.5F, 1, 0.25F, 1.1F}));
    writeVector<float>(split / "noise_ceiling/rh_noise_ceiling.npy", {25});
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()),
                            ErrorKind::mismatch,
                            "rh_noise_ceiling.npy",
                            "1 values");
  }

  void namesRegionsByTheMappings() {
    const fs::path masks = folder_ / "roi_masks";
    writeBytes(masks / "mapping_prf-visualrois.npy",
               pickledNames({{0, "Unknown"}, {1, "V1v"}, {2, "V1x"}}));
    writeBytes(masks / "mapping_kastner.npy", pickledNames({{0, "Unknown"}, {9, "IPS0"}}));
    writeVector<std::int32_t>(masks / "lh.kastner_challenge_space.npy", {9, 0, 9});
    const Parcellation regions = openSubject(folder_.string()).regions;
    QCOMPARE(namesOf(regions), (std::vector<std::string>{"V1v", "V1x", "FFA-1", "IPS0"}));
    QCOMPARE(regions[1].member, (std::vector<std::uint8_t>{0, 1, 0, 0, 1}));
    QCOMPARE(regions[3].member, (std::vector<std::uint8_t>{1, 0, 1, 0, 0}));
    QCOMPARE(regions[3].group, std::string("kastner"));
    writeBytes(masks / "mapping_kastner.npy", pickledNames({{9, "IPS0"}}, "os\nsystem\n"));
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()),
                            ErrorKind::unsupported,
                            "mapping_kastner.npy",
                            "never runs code");
  }

  void readsAllFamiliesInBothSpaces() {
    const fs::path masks = folder_ / "roi_masks";
    fs::remove_all(masks / "lh.floc-faces_fsaverage_space.npy");
    // Number 2 of each family at left vertex 3 and right vertex 0, in either space.
    const std::map<std::string, std::string> second{{"prf-visualrois", "V1d"},
                                                    {"floc-bodies", "FBA-1"},
                                                    {"floc-faces", "FFA-1"},
                                                    {"floc-places", "PPA"},
                                                    {"floc-words", "VWFA-1"},
                                                    {"streams", "midventral"}};
    for (const char* space : {"challenge", "fsaverage"}) {
      for (const auto& [group, name] : second) {
        const auto file = [&](const char* side, const char* which) {
          return masks / (std::string(side) + "." + group + "_" + which + "_space.npy");
        };
        for (const char* side : {"lh", "rh"}) {
          fs::remove(file(side, "challenge"));
          fs::remove(file(side, "fsaverage"));
        }
        const bool whole = std::string_view(space) == "fsaverage";
        using Numbers = std::vector<std::int32_t>;
        writeVector<std::int32_t>(file("lh", space),
                                  whole ? Numbers{5, 0, 0, 2} : Numbers{0, 0, 2});
        writeVector<std::int32_t>(file("rh", space), whole ? Numbers{2, 5, 0, 5} : Numbers{2, 0});
      }
      const Parcellation regions = openSubject(folder_.string()).regions;
      QCOMPARE(regions.size(), second.size());
      for (const Region& region : regions) {
        QCOMPARE(region.name, second.at(region.group));
        QCOMPARE(region.member, (std::vector<std::uint8_t>{0, 0, 1, 1, 0}));
      }
    }
  }

  void theLeftSideMayBeMissing() {
    for (const char* file : {"training_split/training_fmri/lh_training_fmri.npy",
                             "roi_masks/lh.all-vertices_fsaverage_space.npy"}) {
      fs::remove(folder_ / file);
    }
    writeVector<float>(folder_ / "test_split/noise_ceiling/rh_noise_ceiling.npy", {25, 50});
    const Subject subject = readSubject(folder_.string());
    QCOMPARE(inWords(subject.vertices.mesh), std::string("a mesh of 4 vertices on the right"));
    QCOMPARE(rowOf(subject.training.responses, 1), (std::vector<float>{102, 103}));
    QCOMPARE(namesOf(subject.regions), (std::vector<std::string>{"V1d"}));
    QCOMPARE(subject.noiseCeiling, (std::vector<float>{0.25F, 0.5F}));
  }

  void readsDoubles() {
    const fs::path file = folder_ / "training_split/training_fmri/lh_training_fmri.npy";
    writeNpy(file, Array<double>({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(rowOf(subject.training.responses, 2), (std::vector<float>{7, 8, 9, 104, 105}));
  }

  void restrictsToRegions() {
    const Subject whole = openSubject(folder_.string());
    const Subject part = restrictTo(whole, {"V1d", "FFA"});
    QCOMPARE(part.vertices.ofSide[0], (std::vector<std::int32_t>{2, 3}));
    QCOMPARE(part.vertices.ofSide[1], (std::vector<std::int32_t>{2}));
    QCOMPARE(part.vertices.mesh, whole.vertices.mesh);
    QCOMPARE(rowOf(part.training.responses, 1), (std::vector<float>{4, 5, 103}));
    QCOMPARE(namesOf(part.regions), (std::vector<std::string>{"V1d", "FFA-1"}));
    QCOMPARE(part.regions[0].member, (std::vector<std::uint8_t>{1, 0, 1}));
    const Subject again = restrictTo(part, {"FFA-1"});
    QCOMPARE(rowOf(again.training.responses, 2), std::vector<float>{8});
    CORTOGRAPH_EXPECT_ERROR((void)restrictTo(whole, {"PPA"}), ErrorKind::notFound, "PPA", "V1v");
    const std::vector<std::size_t> images{2, 0};
    QCOMPARE(part.training.responses.rows(images).values,
             (std::vector<float>{7, 8, 105, 1, 2, 101}));
  }

  void refusesCountsThatDisagree() {
    const fs::path training = folder_ / "training_split";
    const auto refuse = [this](std::initializer_list<const char*> words) {
      try {
        (void)openSubject(folder_.string());
        QFAIL("it was opened");
      } catch (const Error& error) {
        QCOMPARE(toString(error.kind()), toString(ErrorKind::mismatch));
        for (const char* word : words) {
          QVERIFY2(std::string(error.what()).find(word) != std::string::npos, error.what());
        }
      }
    };
    writeImages(training / "training_images", 4);
    refuse({"3 images", "4 images"});
    fs::remove(training / "training_images/img-3.png");
    writeResponses(training / "training_fmri/rh_training_fmri.npy", 2, 2, 0);
    refuse({"3 images", "2", "rh_training_fmri.npy"});
    writeResponses(training / "training_fmri/rh_training_fmri.npy", 3, 5, 0);
    refuse({"rh_training_fmri.npy", "3x5", "2 vertices"});
    writeResponses(training / "training_fmri/rh_training_fmri.npy", 3, 3, 0);
    writeResponses(training / "training_fmri/lh_training_fmri.npy", 3, 2, 0);
    refuse({"left and right seem to be swapped", "lh_training_fmri.npy"});
    makeSubject(folder_);
    writeVector<std::int64_t>(folder_ / "roi_masks/lh.prf-visualrois_challenge_space.npy", {1, 2});
    refuse({"lh.prf-visualrois_challenge_space.npy", "2 values", "3 vertices"});
    makeSubject(folder_);
    writeVector<std::int64_t>(folder_ / "roi_masks/rh.all-vertices_fsaverage_space.npy", {1, 0, 1});
    refuse({"4 + 3 vertices", "4 vertices a side"});
  }

  void refusesTheWrongSurfaces() {
    const fs::path fsaverage5 = dataPath("fsaverage5");
    CORTOGRAPH_NEED(fsaverage5);
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string(), fsaverage5),
                            ErrorKind::mismatch,
                            "fsaverage5, 10,242 vertices a side",
                            "4 vertices a side",
                            "--surfaces");
    fs::remove_all(folder_ / "surfaces");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::notFound, "--surfaces DIR", "4 vertices");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject((folder_ / "none").string()), ErrorKind::notFound, "no subject");
    CORTOGRAPH_EXPECT_ERROR((void)openSubject((folder_ / "roi_masks").string()),
                            ErrorKind::notFound,
                            "Algonauts 2023 challenge folder");
    fs::remove(folder_ / "training_split/training_fmri/rh_training_fmri.npy");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::notFound, "rh_training_fmri.npy");
  }

  void findsVerticesThatCannotBeTrained() {
    const fs::path file = folder_ / "training_split/training_fmri/rh_training_fmri.npy";
    const auto usable = [this] {
      return usableVertices(openSubject(folder_.string()).training.responses, {});
    };
    QCOMPARE(usable(), std::vector<std::uint8_t>(5, 1));
    writeNpy(file, Array<float>({3, 2}, {1, NAN, 3, 4, 5, 6}));
    QCOMPARE(usable(), (std::vector<std::uint8_t>{1, 1, 1, 1, 0}));
    writeNpy(file, Array<float>({3, 2}, {1, 2, 1, 4, 1, INFINITY}));
    QCOMPARE(usable(), (std::vector<std::uint8_t>{1, 1, 1, 0, 0}));
  }

  void findsImages() {
    const fs::path photos = folder_ / "photos";
    writeImages(photos, 2);
    writeImages(photos / "deeper", 1);
    fs::rename(photos / "img-1.png", photos / "B.PNG");
    writeBytes(photos / "notes.txt", "no image");
    writeBytes(photos / "._img-0.png", "left behind by another system");
    const std::vector<Stimulus> images = findImages(photos);
    QCOMPARE(images.size(), std::size_t{3});
    QCOMPARE(images[0].name, std::string("B"));
    QCOMPARE(images[1].name, std::string("deeper/img-0"));
    QCOMPARE(images[2].name, std::string("img-0"));
    QCOMPARE(findImages(photos / "B.PNG")[0].name, std::string("B"));
    CORTOGRAPH_EXPECT_ERROR((void)findImages(photos / "none"), ErrorKind::notFound, "none");
    CORTOGRAPH_EXPECT_ERROR((void)findImages(photos / "notes.txt"), ErrorKind::format, "notes.txt");
    CORTOGRAPH_EXPECT_ERROR((void)findImages(folder_ / "roi_masks"), ErrorKind::notFound, "no PNG");
    const auto picture = std::make_shared<Picture>(1, 1);
    const Stimulus made{"made", {}, picture};
    QCOMPARE(made.read().width, 1);
    QCOMPARE(made.hash().size(), std::size_t{64});
    const Stimulus wider{"made", {}, std::make_shared<Picture>(2, 1)};
    QVERIFY(made.hash() != wider.hash());
  }

  void survivesDamagedMasks() {
    const fs::path mask = folder_ / "roi_masks/lh.all-vertices_fsaverage_space.npy";
    const auto read = [&](const fs::path& copy) {
      if (copy != mask) {
        fs::copy_file(copy, mask, fs::copy_options::overwrite_existing);
      }
      return openSubject(folder_.string()).vertices.size();
    };
    const Survival garbled = survive(mask, Damage::garbled, 200, read);
    QVERIFY(garbled.refused > 20);
    QCOMPARE(garbled.other, 0); // a mask that reads otherwise no longer fits the responses
  }

private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;
};

CORTOGRAPH_TEST(SubjectTest, QCoreApplication)
#include "subject_test.moc"
