#include "base/error.h"
#include "base/hdf5.h"
#include "base/log.h"
#include "base/npy.h"
#include "brain/gifti_write.h"
#include "core/base/garble.h"
#include "subject/layouts/folder_description.h"
#include "subject/subject.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <hdf5.h>

#include <QTemporaryDir>

#include <fstream>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// Writes 0, 1, 2, … as images × vertices.
void writeResponses(const fs::path& file, std::size_t images, std::size_t vertices) {
  Array<float> values({images, vertices});
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    values.values[i] = static_cast<float>(i);
  }
  writeNpy(file, values);
}

template <class T> void writeVector(const fs::path& file, std::vector<T> values) {
  fs::create_directories(file.parent_path());
  const std::size_t size = values.size();
  writeNpy(file, Array<T>({size}, std::move(values)));
}

void writeImages(const fs::path& folder, const std::vector<std::string>& names) {
  fs::create_directories(folder);
  for (const std::string& name : names) {
    writePng(folder / name, Picture(2, 2));
  }
}

/// Four vertices about (x, 0, 0).
Surface tetrahedron(float x) {
  Surface surface;
  surface.verticesRas = {{x + 1, 1, 1}, {x - 1, -1, 1}, {x - 1, 1, -1}, {x + 1, -1, -1}};
  surface.triangles = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
  return surface;
}

/// Writes one column for each image, as fMRI on a surface is stored.
void writeColumns(const fs::path& file, const std::string& structure, int images) {
  std::ofstream stream(file);
  stream << R"(<?xml version="1.0"?><GIFTI Version="1.0" NumberOfDataArrays=")" << images
         << R"("><MetaData><MD><Name>AnatomicalStructurePrimary</Name><Value>)" << structure
         << "</Value></MD></MetaData><LabelTable/>";
  for (int image = 0; image < images; ++image) {
    stream << R"(<DataArray Intent="NIFTI_INTENT_NONE" DataType="NIFTI_TYPE_FLOAT32")"
              R"( ArrayIndexingOrder="RowMajorOrder" Dimensionality="1" Dim0="4" Encoding="ASCII")"
              R"( Endian="LittleEndian" ExternalFileName="" ExternalFileOffset=""><Data>)";
    for (int vertex = 0; vertex < 4; ++vertex) {
      stream << (structure == "CortexLeft" ? 0 : 100) + 10 * image + vertex << " ";
    }
    stream << "</Data></DataArray>";
  }
  stream << "</GIFTI>";
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

/// A plain folder with subject.json, lists, and responses of several formats.
class DescriptionTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = fs::path(made_->path().toStdString()) / "person";
    writeImages(folder_ / "images", {"cat.png", "dog.png", "tree.png"});
  }

  void oneFileOfResponsesIsTheTraining() {
    writeResponses(folder_ / "responses.npy", 3, 2);
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(namesOf(subject.training.images), (std::vector<std::string>{"cat", "dog", "tree"}));
    QCOMPARE(rowOf(subject.training.responses, 1), (std::vector<float>{2, 3}));
    QVERIFY(subject.test.images.empty() && !subject.vertices.placed());
  }

  void aListGivesTheOrder() {
    writeResponses(folder_ / "responses.npy", 3, 2);
    writeBytes(folder_ / "images.txt", "tree\r\ncat.png\n\ndog\n");
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(namesOf(subject.training.images), (std::vector<std::string>{"tree", "cat", "dog"}));
    writeBytes(folder_ / "images.txt", "tree\ncat\nhorse\n");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::notFound, "\"horse\"", "images");
    writeBytes(folder_ / "images.txt", "tree\ncat\n");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "3 images", "names 2");
    writeImages(folder_ / "images", {"dog.jpg.png"});
    fs::rename(folder_ / "images/dog.jpg.png", folder_ / "images/dog.jpg");
    writeBytes(folder_ / "images.txt", "tree\ncat\ndog\n");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "\"dog\"", "with their endings");
  }

  void repeatedImagesAreAveraged() {
    writeResponses(folder_ / "responses_train.npy", 3, 2);
    writeResponses(folder_ / "responses_test.npy", 4, 2);
    writeVector<float>(folder_ / "ncsnr.npy", {1, 3});
    writeBytes(folder_ / "subject.json", R"({"name": "P", // the person
      "images_train": ["cat", "cat", "tree"], "images_test": ["dog", "dog", "dog", "cat"]})");
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(subject.name, std::string("P"));
    QCOMPARE(namesOf(subject.training.images), (std::vector<std::string>{"cat", "tree"}));
    QCOMPARE(rowOf(subject.training.responses, 0), (std::vector<float>{1, 2}));
    QCOMPARE(rowOf(subject.training.responses, 1), (std::vector<float>{4, 5}));
    QCOMPARE(rowOf(subject.test.responses, 0), (std::vector<float>{2, 3}));
    QCOMPARE(rowOf(subject.test.responses.ofVertices({1}), 0), std::vector<float>{3});
    // Of two test images one was shown three times, the other once: m = (1/3 + 1) / 2 = 2/3.
    QCOMPARE(subject.noiseCeiling, (std::vector<float>{0.6F, 9 / (9 + 2 / 3.0F)}));
    writeBytes(folder_ / "subject.json",
               R"({"images_train": ["cat", "dog", "tree"], "images_test": [], "repeats": 1})");
    fs::remove(folder_ / "responses_test.npy");
    QCOMPARE(openSubject(folder_.string()).noiseCeiling, (std::vector<float>{0.5F, 0.9F}));
  }

  void readsHdf5() {
    Hdf5File file = Hdf5File::create(folder_ / "betas.h5");
    file.write("/train", Array<float>({3, 2}, {1, 2, 3, 4, 5, 6}), "responses");
    file.write("/coded", Array<std::int32_t>({1, 2}, {7, 8}), "responses");
    file.write("/mean", Array<float>({2}, {0, 0}), "no table");
    file.flush();
    writeBytes(folder_ / "subject.json",
               R"({"responses_train": "betas.h5:/train", "responses_test": "betas.h5:/coded",
                   "images_train": ["tree", "dog", "cat"], "images_test": ["cat"]})");
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(rowOf(subject.training.responses, 2), (std::vector<float>{5, 6}));
    QCOMPARE(rowOf(subject.test.responses, 0), (std::vector<float>{7, 8}));
    writeBytes(folder_ / "subject.json", R"({"responses_train": "betas.h5"})");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "2 datasets", "betas.h5:/coded");
    writeBytes(folder_ / "subject.json", R"({"responses_train": "betas.h5:/none"})");
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()), ErrorKind::format, "no /none");
    writeBytes(folder_ / "subject.json", R"({"responses_train": "betas.h5:/mean"})");
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()), ErrorKind::mismatch, "are 2, but");
  }

  void mapsHdf5InOnePiece() {
    const fs::path path = folder_ / "responses.h5";
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
    { // float32 in one piece, as other programs write it
      const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
      const std::array<hsize_t, 2> shape{3, 2};
      const hid_t space = H5Screate_simple(2, shape.data(), nullptr);
      for (const auto& [name, type] : {std::pair("/floats", H5T_IEEE_F32LE),
                                       std::pair("/big", H5T_IEEE_F32BE),
                                       std::pair("/doubles", H5T_IEEE_F64LE)}) {
        const hid_t dataset =
            H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Dclose(dataset);
      }
      H5Sclose(space);
      H5Fclose(file);
    }
    const Hdf5File file = Hdf5File::open(path);
    const std::optional<std::size_t> offset = file.offsetOfFloats("/floats");
    QVERIFY(offset && !file.offsetOfFloats("/big") && !file.offsetOfFloats("/doubles"));
    QCOMPARE(bytesOf(path).substr(*offset, 24),
             std::string(reinterpret_cast<const char*>(values.data()), 24));
    for (const std::string name : {"/floats", "/big", "/doubles"}) {
      writeBytes(folder_ / "subject.json", R"({"responses_train": "responses.h5:)" + name + "\"}");
      const Subject subject = openSubject(folder_.string());
      QCOMPARE(rowOf(subject.training.responses, 2), (std::vector<float>{5, 6}));
    }
  }

  void readsColumnsOfSurfaces() {
    writeColumns(folder_ / "lh.responses.func.gii", "CortexLeft", 3);
    const Subject left = readSubject(folder_.string());
    QCOMPARE(left.vertices.mesh.vertices, (std::array<std::size_t, 2>{4, 0}));
    QCOMPARE(rowOf(left.training.responses, 2), (std::vector<float>{20, 21, 22, 23}));
    writeColumns(folder_ / "rh.responses.func.gii", "CortexRight", 3);
    fs::create_directories(folder_ / "surfaces");
    writeSurface(folder_ / "surfaces/lh.pial.gii", tetrahedron(-5), Side::left, Shape::pial);
    writeSurface(folder_ / "surfaces/rh.pial.gii", tetrahedron(5), Side::right, Shape::pial);
    const Subject both = openSubject(folder_.string());
    QCOMPARE(both.vertices.size(), std::size_t{8});
    QVERIFY(both.cortex && both.cortex->has(Side::right));
    QCOMPARE(rowOf(both.training.responses, 1),
             (std::vector<float>{10, 11, 12, 13, 110, 111, 112, 113}));
    writeColumns(folder_ / "rh.responses.func.gii", "CortexLeft", 3);
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()),
                            ErrorKind::mismatch,
                            "rh.responses.func.gii",
                            "states that it is of the left");
    writeResponses(folder_ / "responses.npy", 3, 8);
    CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()),
                            ErrorKind::mismatch,
                            "single sides",
                            "responses_train");
  }

  void verticesAreNumbersOrMasks() {
    writeResponses(folder_ / "responses.npy", 3, 3);
    writeVector<std::int32_t>(folder_ / "vertices.npy", {1, 3, 6});
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(folder_.string()),
                            ErrorKind::notFound,
                            "vertices.npy",
                            "mesh is not known",
                            "subject.json");
    writeBytes(folder_ / "subject.json", R"({"mesh": [5, 4]})");
    const Subject listed = readSubject(folder_.string());
    QCOMPARE(listed.vertices.ofSide[0], (std::vector<std::int32_t>{1, 3}));
    QCOMPARE(listed.vertices.ofSide[1], (std::vector<std::int32_t>{1}));
    QCOMPARE(listed.vertices.mesh.vertices, (std::array<std::size_t, 2>{5, 4}));
    writeVector<std::uint8_t>(folder_ / "vertices.npy", {0, 1, 0, 1, 0, 0, 1, 0, 0});
    QCOMPARE(readSubject(folder_.string()).vertices, listed.vertices);
    writeVector<std::int32_t>(folder_ / "vertices.npy", {3, 1, 6});
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSubject(folder_.string()), ErrorKind::mismatch, "the vertex 1", "ascending");
    writeVector<std::int32_t>(folder_ / "vertices.npy", {1, 3, 9});
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(folder_.string()), ErrorKind::mismatch, "vertex 9");
    writeVector<std::int32_t>(folder_ / "vertices.npy", {1, 3});
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(folder_.string()),
                            ErrorKind::mismatch,
                            "3 columns",
                            "2 vertices",
                            "5 + 4 vertices");
    fs::remove(folder_ / "vertices.npy");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSubject(folder_.string()), ErrorKind::mismatch, "3 columns", "9 vertices");
    writeVector<std::uint8_t>(folder_ / "rh.vertices.npy", {1, 1, 0, 1});
    const Subject right = readSubject(folder_.string());
    QCOMPARE(right.vertices.ofSide[1], (std::vector<std::int32_t>{0, 1, 3}));
    QVERIFY(!right.vertices.mesh.has(Side::left));
    writeBytes(folder_ / "subject.json", R"({"mesh": "fsaverage4"})");
    writeVector<std::int32_t>(folder_ / "rh.vertices.npy", {0, 7, 2561});
    QCOMPARE(inWords(readSubject(folder_.string()).vertices.mesh),
             std::string("fsaverage4, 2,562 vertices on the right"));
  }

  void voxelsMayHaveCoordinates() {
    writeResponses(folder_ / "responses.npy", 3, 2);
    writeNpy(folder_ / "coordinates.npy", Array<float>({2, 3}, {-10, 20, 30, 11, 21, 31}));
    const Subject subject = openSubject(folder_.string());
    QCOMPARE(selectorCoordinates(subject), (std::vector<Point>{{-10, 20, 30}, {11, 21, 31}}));
    VertexSet second = subject.vertices;
    second.ofSide[0] = {1};
    QCOMPARE(restrictToVertices(subject, second).coordinates, (std::vector<Point>{{11, 21, 31}}));
    writeNpy(folder_ / "coordinates.npy", Array<float>({1, 3}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "coordinates", "1 vertices");
    writeNpy(folder_ / "coordinates.npy", Array<float>({2, 2}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "2x2", "voxels x 3");
    writeBytes(folder_ / "subject.json", R"({"mesh": [2, 0]})");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::mismatch, "remove one of the two");
  }

  void regionsAreMasksOrNumbers() {
    writeResponses(folder_ / "responses.npy", 3, 3);
    writeBytes(folder_ / "subject.json", R"({"mesh": [5, 4], "vertices": "places.npy"})");
    writeVector<std::int32_t>(folder_ / "places.npy", {1, 3, 6});
    writeVector<std::uint8_t>(folder_ / "regions/V1.npy", {1, 0, 1});
    writeVector<std::uint8_t>(folder_ / "regions/V2.npy", {0, 0, 0, 1, 0, 0, 1, 1, 0});
    writeVector<std::int64_t>(folder_ / "regions/faces/FFA-1.npy", {2});
    const Parcellation regions = readSubject(folder_.string()).regions;
    QCOMPARE(regions.size(), std::size_t{3});
    QCOMPARE(regions[0].name + " " + regions[0].group, std::string("V1 regions"));
    QCOMPARE(regions[0].member, (std::vector<std::uint8_t>{1, 0, 1}));
    QCOMPARE(regions[1].member, (std::vector<std::uint8_t>{0, 1, 1}));
    QCOMPARE(regions[2].name + " " + regions[2].group, std::string("FFA-1 faces"));
    QCOMPARE(regions[2].member, (std::vector<std::uint8_t>{0, 0, 1}));
    writeVector<std::int64_t>(folder_ / "regions/V3.npy", {0, 3});
    CORTOGRAPH_EXPECT_ERROR((void)readSubject(folder_.string()),
                            ErrorKind::mismatch,
                            "V3.npy",
                            "one of them 3",
                            "3 columns");
  }

  void badDescriptionsAreRefused() {
    writeResponses(folder_ / "responses.npy", 3, 2);
    const auto refuse = [this](const char* json, ErrorKind kind, const char* words) {
      writeBytes(folder_ / "subject.json", json);
      CORTOGRAPH_EXPECT_ERROR((void)openSubject(folder_.string()), kind, words, "subject.json");
    };
    refuse(R"({"respones_train": "a.npy"})", ErrorKind::format, "\"respones_train\"");
    refuse(R"({"name": [1]})", ErrorKind::format, "\"name\" is [1], but text is expected");
    refuse(R"({"name": "a", "name": "b"})", ErrorKind::format, "twice");
    refuse(R"({"name": "a",})", ErrorKind::format, "is not JSON");
    refuse("", ErrorKind::format, "is not JSON");
    refuse("[1]", ErrorKind::format, "is not a JSON object");
    refuse(R"({"mesh": "sphere"})", ErrorKind::format, "fsaverage5");
    refuse(R"({"mesh": [1, -2]})", ErrorKind::format, "[1,-2]");
    refuse(R"({"mesh": [1, 999999999999]})", ErrorKind::format, "999999999999");
    refuse(R"({"images_train": ["cat", 3]})", ErrorKind::format, "a list of names");
    refuse(R"({"responses_train": "none.npy"})", ErrorKind::notFound, "none.npy");
    refuse(R"({"version": 2})", ErrorKind::unsupported, "version 1");
    fs::remove(folder_ / "responses.npy");
    writeBytes(folder_ / "subject.json", "{}");
    CORTOGRAPH_EXPECT_ERROR(
        (void)openSubject(folder_.string()), ErrorKind::notFound, "responses_train.npy");
  }

  void survivesDamage() {
    writeResponses(folder_ / "responses.npy", 3, 3);
    const fs::path file = folder_ / "subject.json";
    writeBytes(file,
               R"({"name": "P", "mesh": [5, 4], "vertices": "v.npy", "images_train":
                   ["cat", "dog", "tree"], "repeats": "3x2", "version": 1})");
    writeVector<std::int32_t>(folder_ / "v.npy", {1, 3, 6});
    const auto read = [&](const fs::path& copy) {
      if (copy != file) {
        fs::copy_file(copy, file, fs::copy_options::overwrite_existing);
      }
      return readDescription(folder_).name;
    };
    QVERIFY(survive(file, Damage::cut, 120, read).refused == 120);
    QVERIFY(survive(file, Damage::garbled, 200, read).refused > 150);
  }

  void aNewSubjectExplainsEveryKey() {
    const fs::path made = folder_ / "new";
    writeNewSubject(made);
    QVERIFY(fs::is_directory(made / "images") && describesSubject(made));
    QVERIFY(readDescription(made).training.responses.empty());
    const std::string written = bytesOf(made / "subject.json");
    for (const char* key : {"name", "responses_train", "sessions_test", "ncsnr", "version"}) {
      QVERIFY2(written.find("\"" + std::string(key) + "\": ") != std::string::npos, key);
    }
    // Every key is accepted when its line is used.
    std::string used = written;
    for (std::size_t at = 0; (at = used.find("// \"", at)) != std::string::npos;) {
      used.erase(at, 3);
    }
    writeBytes(made / "subject.json", used);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readDescription(made), ErrorKind::notFound, "responses_train.npy");
    CORTOGRAPH_EXPECT_ERROR(writeNewSubject(made), ErrorKind::file, "exists");
    CORTOGRAPH_EXPECT_ERROR(
        writeNewSubject(folder_ / "images/cat.png"), ErrorKind::file, "cat.png");
  }

  void tellsWhenNumbersAreNotInOrder() {
    std::vector<std::string> warnings;
    setLogSink([&warnings](LogLevel, std::string_view message) { warnings.emplace_back(message); });
    writeImages(folder_ / "numbered", {"im2_a.png", "im10_a.png", "im3_b.png"});
    (void)findImages(folder_ / "numbered");
    QCOMPARE(warnings.size(), std::size_t{1});
    QVERIFY2(warnings[0].find("im10_a comes before im2_a") != std::string::npos,
             warnings[0].c_str());
    writeImages(folder_ / "padded", {"im02_a.png", "im10_a.png", "7f.png", "12.png"});
    (void)findImages(folder_ / "padded");
    (void)imagesNamed(folder_ / "numbered", {"im2_a", "im10_a"}); // a list is no guess
    setLogSink({});
    QCOMPARE(warnings.size(), std::size_t{1});
  }

private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;
};

CORTOGRAPH_TEST(DescriptionTest, QCoreApplication)
#include "description_test.moc"
