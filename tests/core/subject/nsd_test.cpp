#include "base/error.h"
#include "base/hdf5.h"
#include "base/log.h"
#include "core/base/garble.h"
#include "subject/layouts/nsd_files.h"
#include "subject/response_file.h"
#include "subject/standardize.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <matio.h>

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t trialsOfSession = 4;
constexpr std::size_t verticesOfSide = 3;

template <class T> std::string bigEndian(T value) {
  std::string bytes(reinterpret_cast<const char*>(&value), sizeof value);
  std::ranges::reverse(bytes);
  return bytes;
}

/// Writes vertex data as FreeSurfer does, frames × vertices.
void writeMgh(const fs::path& file, std::int32_t vertices, const std::vector<float>& values) {
  fs::create_directories(file.parent_path());
  std::string bytes = bigEndian<std::int32_t>(1) + bigEndian(vertices) + bigEndian(1) +
                      bigEndian(1) +
                      bigEndian(static_cast<std::int32_t>(values.size()) / vertices) +
                      bigEndian<std::int32_t>(3) + bigEndian<std::int32_t>(0);
  bytes.resize(284);
  for (const float value : values) {
    bytes += bigEndian(value);
  }
  writeBytes(file, bytes);
}

/// Adds a matrix in MATLAB's order, column by column.
void addMatrix(mat_t* file, const char* name, std::size_t rows, std::vector<double> values) {
  std::array<std::size_t, 2> shape{rows, values.size() / rows};
  matvar_t* matrix = Mat_VarCreate(
      name, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, shape.data(), values.data(), MAT_F_DONT_COPY_DATA);
  Mat_VarWrite(file, matrix, MAT_COMPRESSION_ZLIB);
  Mat_VarFree(matrix);
}

void writeDesign(const fs::path& path, const std::vector<double>& ordering) {
  fs::create_directories(path.parent_path());
  mat_t* file = Mat_CreateVer(path.c_str(), nullptr, MAT_FT_MAT5);
  addMatrix(file, "masterordering", 1, ordering);
  addMatrix(file, "subjectim", 2, {1, 7, 2, 2, 3, 5, 4, 3, 5, 8}); // subj02: 7 2 5 3 8
  addMatrix(file, "sharedix", 1, {2});
  Mat_Close(file);
}

std::vector<float> rowOf(const Responses& responses, std::size_t image) {
  std::vector<float> row(responses.vertices());
  responses.copyRow(image, row);
  return row;
}

std::vector<std::string> namesOf(const std::vector<Stimulus>& images) {
  std::vector<std::string> names;
  for (const Stimulus& image : images) {
    names.push_back(image.name);
  }
  return names;
}

} // namespace

/// A copy of the Natural Scenes Dataset with two subjects, of whom the second has the first and the
/// third of three sessions of four trials, three vertices a side, and five images of eight.
class NsdTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    root_ = fs::path(made_->path().toStdString()) / "NSD";
    subject_ = root_ / "nsddata_betas/ppdata/subj02";
    betas_ = subject_ / "fsaverage/betas_fithrf_GLMdenoise_RR";
    writeSession(1);
    writeSession(3);
    writeMgh(betas_ / "lh.ncsnr.mgh", 3, {1, 9, 2});
    writeMgh(betas_ / "rh.ncsnr.mgh", 3, {9, 3, 9});
    writeDesign(root_ / "nsddata/experiments/nsd/nsd_expdesign.mat",
                {1, 2, 1, 3, 4, 4, 2, 5, 2, 3, 4, 5});
    const fs::path label = root_ / "nsddata/freesurfer/fsaverage/label";
    writeMgh(label / "lh.nsdgeneral.mgz", 3, {1, 0, 1});
    writeMgh(label / "rh.nsdgeneral.mgz", 3, {-1, 1, 0});
    writeMgh(label / "lh.streams.mgz", 3, {5, 5, 1});
    writeMgh(label / "rh.streams.mgz", 3, {0, 1, 0});
    const fs::path stimuli = root_ / "nsddata_stimuli/stimuli/nsd";
    fs::create_directories(stimuli);
    Array<std::uint8_t> images({8, 2, 3, 3});
    for (std::size_t i = 0; i < images.values.size(); ++i) {
      images.values[i] = static_cast<std::uint8_t>(i);
    }
    Hdf5File::create(stimuli / "nsd_stimuli.hdf5").write("/imgBrick", images, "images");
  }

  void imagesAreSplitBySharing() {
    const Subject subject = readSubject(subject_.string());
    QCOMPARE(subject.name, std::string("subj02"));
    QCOMPARE(namesOf(subject.training.images),
             (std::vector<std::string>{"nsd-00002", "nsd-00004", "nsd-00006", "nsd-00007"}));
    QCOMPARE(namesOf(subject.test.images), std::vector<std::string>{"nsd-00001"});
    QCOMPARE(inWords(subject.vertices.mesh), std::string("fsaverage, 3 vertices a side"));
    QCOMPARE(subject.vertices.ofSide[0], (std::vector<std::int32_t>{0, 2}));
    QCOMPARE(subject.vertices.ofSide[1], (std::vector<std::int32_t>{1}));
    // A beta is 100 × session + 10 × trial + vertex, and 1000 more on the right.
    const Responses& training = subject.training.responses;
    QCOMPARE(rowOf(training, 0), (std::vector<float>{320, 322, 1321}));
    QCOMPARE(rowOf(training, 1), (std::vector<float>{220, 222, 1221})); // sessions 1 and 3
    QCOMPARE(rowOf(training, 2), (std::vector<float>{110, 112, 1111})); // twice in session 1
    QCOMPARE(rowOf(training, 3), (std::vector<float>{330, 332, 1331}));
    QCOMPARE(rowOf(subject.test.responses, 0), (std::vector<float>{205, 207, 1206}));
    // The test image was shown twice: m = 1/2.
    QCOMPARE(subject.noiseCeiling, (std::vector<float>{1 / 1.5F, 4 / 4.5F, 9 / 9.5F}));
    QCOMPARE(subject.regions.size(), std::size_t{2});
    QCOMPARE(regionNamed(subject.regions, "early").member, (std::vector<std::uint8_t>{0, 1, 1}));
    QCOMPARE(regionNamed(subject.regions, "ventral").member, (std::vector<std::uint8_t>{1, 0, 0}));
  }

  void imagesAreReadOneByOne() {
    const Subject subject = readSubject((root_ / "").string()); // of its only subject
    const Stimulus& image = subject.training.images[1];         // of row 4, which starts at 72
    const Picture picture = image.read();
    QCOMPARE(picture.width, 3);
    QCOMPARE(picture.height, 2);
    const std::vector<std::uint8_t> second{75, 76, 77, 255};
    QVERIFY(std::equal(second.begin(), second.end(), picture.pixel(1, 0)));
    const Stimulus same{
        .name = "same", .file = {}, .picture = std::make_shared<const Picture>(picture)};
    QCOMPARE(image.hash(), same.hash());
    QVERIFY(image.hash() != subject.training.images[0].hash());
    CORTOGRAPH_EXPECT_ERROR((void)image.stack->read(8), ErrorKind::mismatch, "imgBrick", "8x2x3x3");
  }

  void zScoresAreOfTheSession() {
    const Subject subject =
        standardized(readSubject(subject_.string()), Standardization::session, {});
    // Both sessions are 0, 10, 20, 30 above a base: mean 15, deviation √125.
    const double deviation = std::sqrt(125);
    const std::vector<float> twice = rowOf(subject.training.responses, 2);
    QVERIFY(std::abs(twice[0] - (-15 + 5) / 2 / deviation) < 1e-5);
    QVERIFY(std::abs(twice[2] - (-15 + 5) / 2 / deviation) < 1e-5);
    QVERIFY(std::abs(rowOf(subject.test.responses, 0)[1] - (-5 - 15) / 2 / deviation) < 1e-5);
  }

  void aSideMayBeMissing() {
    for (const char* file : {"rh.betas_session01.mgh", "rh.betas_session03.mgh"}) {
      fs::remove(betas_ / file);
    }
    const Subject subject = readSubject(subject_.string());
    QCOMPARE(subject.vertices.mesh.vertices, (std::array<std::size_t, 2>{3, 0}));
    QCOMPARE(rowOf(subject.training.responses, 0), (std::vector<float>{320, 322}));
    QCOMPARE(subject.noiseCeiling.size(), std::size_t{2});
  }

  void withoutTheMaskAllAreModeled() {
    fs::remove(root_ / "nsddata/freesurfer/fsaverage/label/rh.nsdgeneral.mgz");
    std::string warning;
    setLogSink([&warning](LogLevel, std::string_view message) { warning = message; });
    const Subject subject = readSubject(subject_.string());
    setLogSink({});
    QCOMPARE(subject.vertices.size(), std::size_t{6});
    QVERIFY2(warning.find("label/lh.nsdgeneral.mgz") != std::string::npos, warning.c_str());
  }

  void whatIsMissingIsNamed() {
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(subject_.string()), ErrorKind::notFound, "--surfaces DIR", "fsaverage");
    fs::remove(betas_ / "rh.betas_session03.mgh");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSubject(subject_.string()),
        ErrorKind::notFound,
        "nsddata_betas/ppdata/subj02/fsaverage/betas_fithrf_GLMdenoise_RR/rh.betas_session03.mgh",
        "s3://natural-scenes-dataset/");
    writeSession(3);
    fs::remove_all(root_ / "nsddata/experiments");
    fs::remove_all(root_ / "nsddata_stimuli");
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(subject_.string()),
                            ErrorKind::notFound,
                            "nsddata/experiments/nsd/nsd_expdesign.mat, "
                            "nsddata_stimuli/stimuli/nsd/nsd_stimuli.hdf5");
    fs::create_directories(subject_.parent_path() / "subj01/func1pt8mm");
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(root_.string()),
                            ErrorKind::notFound,
                            "2 subjects",
                            "nsddata_betas/ppdata/subj01");
    CORTOGRAPH_EXPECT_ERROR((void)readSubject((subject_.parent_path() / "subj01").string()),
                            ErrorKind::unsupported,
                            "subj01/func1pt8mm",
                            "s3://natural-scenes-dataset/nsddata_betas/ppdata/subj01/fsaverage/");
    fs::create_directories(subject_.parent_path() / "subj03");
    CORTOGRAPH_EXPECT_ERROR((void)readSubject((subject_.parent_path() / "subj03").string()),
                            ErrorKind::notFound,
                            "subj03/fsaverage/betas_fithrf_GLMdenoise_RR/lh.betas_session01.mgh");
  }

  void whatDisagreesIsRefused() {
    const fs::path design = root_ / "nsddata/experiments/nsd/nsd_expdesign.mat";
    writeDesign(design, {1, 2, 1, 3, 4, 4, 2, 5});
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSubject(subject_.string()), ErrorKind::mismatch, "Session 3", "8 trials");
    writeDesign(design, {1, 2, 1, 3, 4, 4, 2, 5, 2, 3, 4, 6});
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(subject_.string()),
                            ErrorKind::mismatch,
                            "masterordering holds 6",
                            "nsd_expdesign.mat");
    writeDesign(design, {1, 2, 1, 3, 4, 4, 2, 5, 2, 3, 4, 5});
    writeMgh(betas_ / "lh.betas_session03.mgh", 3, std::vector<float>(9));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSubject(subject_.string()), ErrorKind::mismatch, "betas_session03.mgh", "3", "4");
    writeSession(3);
    writeMgh(betas_ / "lh.ncsnr.mgh", 4, {1, 9, 2, 5});
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(subject_.string()),
                            ErrorKind::mismatch,
                            "lh.ncsnr.mgh",
                            "4 vertices",
                            "have 3");
  }

  void betasStayInTheirFile() {
    const fs::path file = betas_ / "lh.betas_session01.mgh";
    const ResponseFile mapped = readResponseFile(file);
    QVERIFY(mapped.block.order == std::endian::big && mapped.side == Side::left);
    QCOMPARE(mapped.block.at(3, 2), 132.0F);
    std::string bytes = bytesOf(file);
    bytes[23] = 4; // int16, which is converted: 2 bytes each
    bytes.resize(284 + trialsOfSession * verticesOfSide * 2);
    writeBytes(file, bytes);
    QVERIFY(readResponseFile(file).block.order == std::endian::native);
    writeBytes(file, bytes.substr(0, 290));
    CORTOGRAPH_EXPECT_ERROR((void)readResponseFile(file), ErrorKind::format, "cut short");
  }

  void survivesDamage() {
    const fs::path design = root_ / "nsddata/experiments/nsd/nsd_expdesign.mat";
    const auto read = [](const fs::path& copy) {
      return readNsdDesign(copy, "subj02").imageOfTrial;
    };
    const int size = static_cast<int>(fs::file_size(design));
    QVERIFY(survive(design, Damage::cut, size, read).refused > size / 2);
    QVERIFY(survive(design, Damage::garbled, 300, read).refused > 100);
    const fs::path stimuli = root_ / "nsddata_stimuli/stimuli/nsd/nsd_stimuli.hdf5";
    const auto readImage = [](const fs::path& copy) {
      return ImageStack(copy, "/imgBrick").read(7).rgba;
    };
    QVERIFY(survive(stimuli, Damage::cut, 100, readImage).refused > 50);
    QVERIFY(survive(stimuli, Damage::garbled, 200, readImage).refused > 20);
  }

private:
  void writeSession(int number) const {
    for (const bool right : {false, true}) {
      std::vector<float> values;
      for (std::size_t trial = 0; trial < trialsOfSession; ++trial) {
        for (std::size_t vertex = 0; vertex < verticesOfSide; ++vertex) {
          values.push_back((right ? 1000.0F : 0.0F) + 100.0F * static_cast<float>(number) +
                           static_cast<float>(10 * trial + vertex));
        }
      }
      const std::string side = right ? "rh" : "lh";
      writeMgh(betas_ / (side + ".betas_session0" + std::to_string(number) + ".mgh"), 3, values);
    }
  }

  std::unique_ptr<QTemporaryDir> made_;
  fs::path root_;
  fs::path subject_;
  fs::path betas_;
};

CORTOGRAPH_TEST(NsdTest, QCoreApplication)
#include "nsd_test.moc"
