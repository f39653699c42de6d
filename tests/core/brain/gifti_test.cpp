#include "base/error.h"
#include "brain/format.h"
#include "brain/gifti_write.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

std::string asciiArray(const std::string& intent,
                       const std::string& type,
                       const std::string& dims,
                       const std::string& data,
                       const std::string& more = "") {
  return "<DataArray Intent=\"NIFTI_INTENT_" + intent + "\" DataType=\"NIFTI_TYPE_" + type +
         "\" ArrayIndexingOrder=\"RowMajorOrder\" " + dims +
         " Encoding=\"ASCII\" Endian=\"LittleEndian\" ExternalFileName=\"\" "
         "ExternalFileOffset=\"\" " +
         more + "><MetaData/><Data>" + data + "</Data></DataArray>";
}

std::string gifti(const std::string& inside, int arrays) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE GIFTI SYSTEM \"gifti.dtd\">\n"
         "<GIFTI Version=\"1.0\" NumberOfDataArrays=\"" +
         std::to_string(arrays) + "\">" + inside + "</GIFTI>\n";
}

std::string gifti(const std::string& inside) {
  int arrays = 0;
  for (std::size_t at = 0; (at = inside.find("<DataArray", at)) != std::string::npos; ++at) {
    ++arrays;
  }
  return gifti(inside, arrays);
}

const std::string oneDim = "Dimensionality=\"1\" Dim0=\"3\"";
const std::string threeByThree = "Dimensionality=\"2\" Dim0=\"3\" Dim1=\"3\"";
const std::string points = asciiArray("POINTSET", "FLOAT32", threeByThree, "0 0 0 1 0 0 0 1 0");

nlohmann::ordered_json infoOf(const fs::path& file) {
  return formatOf(file) == nullptr ? nlohmann::ordered_json() : fileInfo(file);
}

/// What damage must not change unseen.
std::string surfaceText(const fs::path& file) {
  const SurfaceFile read = readSurface(file);
  std::string text(reinterpret_cast<const char*>(read.surface.verticesRas.data()),
                   read.surface.verticesRas.size() * sizeof(Point));
  return text.append(reinterpret_cast<const char*>(read.surface.triangles.data()),
                     read.surface.triangles.size() * sizeof(Triangle));
}

} // namespace

class GiftiTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsRealSurfaces() {
    const fs::path pial = dataPath("fsaverage5/pial_left.gii.gz");
    CORTOGRAPH_NEED(pial);
    const SurfaceFile read = readSurface(pial);
    QCOMPARE(read.surface.verticesRas.size(), std::size_t{10242});
    QCOMPARE(read.surface.triangles.size(), std::size_t{20480});
    QVERIFY(read.side == Side::left);
    QCOMPARE(read.surface.verticesRas[0][0], -38.736F);
    // Euler's formula: a sphere's vertices are half its triangles and two.
    QCOMPARE(read.surface.verticesRas.size(), read.surface.triangles.size() / 2 + 2);
    const SurfaceFile sphere =
        readSurface(dataPath("fsaverage/fsaverage_std_sphere.R.164k_fsavg_R.surf.gii"));
    QCOMPARE(sphere.surface.verticesRas.size(), std::size_t{163842});
    QVERIFY(sphere.side == Side::right);
    for (const Point& p : sphere.surface.verticesRas) {
      QVERIFY(std::abs(std::hypot(p[0], p[1], p[2]) - 100.0F) < 1e-3F);
    }
  }

  void readsEveryEncoding() {
    const fs::path folder = dataPath("formats/gifti");
    CORTOGRAPH_NEED(folder);
    const SurfaceFile ascii = readSurface(folder / "ascii.gii");
    QCOMPARE(ascii.surface.verticesRas.size(), std::size_t{3});
    QCOMPARE(ascii.surface.verticesRas[0], (Point{-16.07201F, -66.187515F, 21.266994F}));
    QCOMPARE(ascii.surface.triangles[0], (Triangle{0, 1, 2}));
    // The same excerpt of a surface in two encodings; its triangles point beyond it.
    const auto plain = infoOf(folder / "ascii_flat_data.gii");
    const auto base64 = infoOf(folder / "base64bin.gii");
    QCOMPARE(base64["shape"], plain["shape"]);
    for (const char* key : {"min", "max", "mean"}) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        QVERIFY(std::abs(base64[key][axis].get<double>() - plain[key][axis].get<double>()) < 2e-5);
      }
    }
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(folder / "base64bin.gii"),
                            ErrorKind::format,
                            "not one of its 10 vertices");
    // A cube whose numbers lie in another file, found beside it whatever the working folder.
    const SurfaceFile cube = readSurface(folder / "external.gii");
    QCOMPARE(cube.surface.verticesRas.size(), std::size_t{8});
    QCOMPARE(cube.surface.verticesRas[0], (Point{-1, -1, -1}));
    QCOMPARE(cube.surface.triangles.size(), std::size_t{12});
    // Both hemispheres of a column-major file: every vertex is in use, as in a row-major one.
    const SurfaceFile turned = readSurface(folder / "ColumnMajorOrder.gii");
    QCOMPARE(turned.surface.verticesRas.size(), std::size_t{5124});
    double longest = 0;
    for (const Triangle& t : turned.surface.triangles) {
      const Point& a = turned.surface.verticesRas[static_cast<std::size_t>(t[0])];
      const Point& b = turned.surface.verticesRas[static_cast<std::size_t>(t[1])];
      longest = std::max(longest,
                         std::hypot(double{a[0]} - b[0], double{a[1]} - b[1], double{a[2]} - b[2]));
    }
    QVERIFY2(longest < 20, qPrintable(QString::number(longest))); // mm; scrambled it spans the head
  }

  void readsVertexData() {
    const fs::path curv = dataPath("fsaverage5/curv_left.gii.gz");
    CORTOGRAPH_NEED(curv);
    const VertexData data = readVertexData(curv);
    const std::vector<float>& values = data.of(Side::left);
    QCOMPARE(values.size(), std::size_t{10242});
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    QCOMPARE(*low, -0.4046330451965332F);
    QCOMPARE(*high, 0.34974467754364014F);
    const VertexData column = readVertexData(dataPath("formats/gifti/rh.shape.curv.gii"));
    QCOMPARE(column.of(Side::right).size(), std::size_t{133764});
    QVERIFY(column.side() == Side::right);
    const VertexData labels = readVertexData(dataPath("formats/gifti/lh.Yeo2011.gii"));
    const std::vector<float>& keys = labels.of(Side::left);
    QCOMPARE(std::count(keys.begin(), keys.end(), 7.0F) > 0, true);
    QVERIFY(labels.kind == VertexDataKind::labels && labels.labels.size() > 7);
    const fs::path series = path("lh.task.func.gii"); // the file itself tells no side
    fs::copy_file(dataPath("formats/gifti/task.func.gii"), series);
    const VertexData task = readVertexData(series);
    QCOMPARE(task.columns.size(), std::size_t{10});
    QCOMPARE(task.mesh.name, std::string("fsaverage3"));
    QCOMPARE(task.of(Side::left, 9).size(), std::size_t{642});
    QVERIFY(task.of(Side::left, 0) != task.of(Side::left, 9));
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(curv), ErrorKind::format, "no coordinates");
    CORTOGRAPH_EXPECT_ERROR((void)readVertexData(dataPath("fsaverage5/pial_left.gii.gz")),
                            ErrorKind::format,
                            "holds a surface");
  }

  void saysWhatFilesAre() {
    const fs::path pial = dataPath("fsaverage5/pial_left.gii.gz");
    CORTOGRAPH_NEED(pial);
    const auto surface = infoOf(pial);
    QCOMPARE(surface["kind"].get<std::string>(), std::string("surface"));
    QCOMPARE(surface["hemisphere"].get<std::string>(), std::string("left"));
    QCOMPARE(surface["vertices"].get<int>(), 10242);
    QCOMPARE(surface["triangles"].get<int>(), 20480);
    QVERIFY(std::abs(surface["min"][0].get<double>() + 68.7888031) < 1e-6);
    const auto labels = infoOf(dataPath("formats/gifti/lh.Yeo2011.gii"));
    QCOMPARE(labels["kind"].get<std::string>(), std::string("labels"));
    QCOMPARE(labels["labels"].size(), std::size_t{8});
    QCOMPARE(labels["labels"][1]["name"].get<std::string>(), std::string("7Networks_1"));
    std::size_t labeled = 0;
    for (const auto& label : labels["labels"]) {
      labeled += label["vertices"].get<std::size_t>();
    }
    QCOMPARE(labeled, std::size_t{163842});
    const auto annot = infoOf(dataPath("formats/gifti/rh.aparc.annot.gii"));
    QCOMPARE(annot["labels"][1]["name"].get<std::string>(), std::string("bankssts"));
    QCOMPARE(annot["labels"][1]["vertices"].get<int>(), 1718);
    const auto series = infoOf(dataPath("formats/gifti/task.func.gii"));
    QCOMPARE(series["arrays"].get<int>(), 10);
    QCOMPARE(series["shape"], nlohmann::ordered_json({642}));
    const auto npy =
        infoOf(dataPath("subject-simulated/training_split/training_fmri/lh_training_fmri.npy"));
    QCOMPARE(npy["shape"], nlohmann::ordered_json({600, 1026}));
    QCOMPARE(npy["type"].get<std::string>(), std::string("<f4"));
    QVERIFY(infoOf(dataPath("photos-colour/catchafish.jpg")).is_null());
  }

  void writesWhatItReads() {
    Surface surface;
    surface.verticesRas = {{0, 0, 0}, {1.5F, 0, 0}, {0, 1, 0}, {0, 0, -1e-7F}};
    surface.triangles = {{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {0, 3, 2}};
    for (const char* name : {"made.surf.gii", "made.surf.gii.gz"}) {
      const fs::path file = path(name);
      writeSurface(file, surface, Side::right, Shape::pial);
      const SurfaceFile read = readSurface(file);
      QCOMPARE(read.surface.verticesRas, surface.verticesRas);
      QCOMPARE(read.surface.triangles, surface.triangles);
      QVERIFY(read.side == Side::right);
    }
    writeVertexData(path("curv.gii"), {1, 2, NAN}, Side::left, "curvature");
    const VertexData data = readVertexData(path("curv.gii"));
    QVERIFY(data.side() == Side::left);
    QCOMPARE(data.of(Side::left)[1], 2.0F);
    QVERIFY(std::isnan(data.of(Side::left)[2]));
    QCOMPARE(data.name, std::string("curv"));
    QCOMPARE(data.columns.front().name, std::string("curvature"));
    QCOMPARE(infoOf(path("curv.gii"))["missing"].get<int>(), 1);
  }

  void refusesBadSurfaces() {
    const auto refuse = [this](const std::string& inside, const char* words) {
      const fs::path file = path("bad.gii");
      writeBytes(file, gifti(inside));
      CORTOGRAPH_EXPECT_ERROR((void)readSurface(file), ErrorKind::format, words, "bad.gii");
    };
    const auto corners = [](const std::string& data) {
      return asciiArray("TRIANGLE", "INT32", "Dimensionality=\"2\" Dim0=\"1\" Dim1=\"3\"", data);
    };
    writeBytes(path("good.gii"), gifti(points + corners("0 1 2")));
    QCOMPARE(readSurface(path("good.gii")).surface.triangles[0], (Triangle{0, 1, 2}));
    refuse(points, "no triangles");
    refuse(points + corners("0 1 3"), "triangle 0");
    refuse(points + corners("0 1 -1"), "triangle 0");
    refuse(points + corners("0 1"), "2 numbers");
    refuse(points + corners("0 1    "), "2 numbers");
    refuse(points + corners("0 1 2 0"), "4 numbers");
    refuse(points + corners("0 1 x"), "something other");
    refuse(asciiArray("POINTSET", "FLOAT32", threeByThree, "0 0 0 1 0 nan 0 1 0") +
               corners("0 1 2"),
           "vertex 1");
    refuse(asciiArray("POINTSET", "FLOAT32", oneDim, "0 0 0") + corners("0 1 2"), "x 3");
    refuse("", "no data array");
    refuse(asciiArray("POINTSET", "FLOAT32", "Dimensionality=\"9\" Dim0=\"3\"", "1 2 3"),
           "extents");
    refuse(asciiArray("POINTSET", "FLOAT32", "Dimensionality=\"2\" Dim0=\"0\" Dim1=\"3\"", ""),
           "extents");
    refuse(asciiArray("POINTSET",
                      "FLOAT32",
                      "Dimensionality=\"2\" Dim0=\"2000000000\" Dim1=\"2000000000\"",
                      "1"),
           "extents");
    refuse(
        asciiArray("POINTSET", "FLOAT32", "Dimensionality=\"2\" Dim0=\"80000000\" Dim1=\"3\"", "1"),
        "1 numbers");
    // Elements out of place.
    refuse("<Data>1</Data>", "\"Data\" in GIFTI");
    refuse("<MD><Name>a</Name></MD>", "\"MD\" in GIFTI");
    refuse("<Wrong/>", "\"Wrong\" in GIFTI");
    refuse("<LabelTable><Label Red=\"1\">x</Label></LabelTable>", "label");
    refuse("<MetaData>", "close in order");
    writeBytes(path("bad.gii"), "<?xml version=\"1.0\"?><GIFTX><GIFTI/></GIFTX>");
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(path("bad.gii")), ErrorKind::format, "root");
    writeBytes(path("bad.gii"), "<!DOCTYPE GIFTI [<!ENTITY a \"aaaa\">]><GIFTI></GIFTI>");
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(path("bad.gii")), ErrorKind::format, "entities");
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(path("absent.gii")), ErrorKind::file, "absent.gii");
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(path(".")), ErrorKind::file, "folder");
    writeBytes(path("text.gii"), "hello");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSurface(path("text.gii")), ErrorKind::format, "GIFTI surfaces", "NumPy");
    const fs::path external = dataPath("formats/gifti/external.gii");
    CORTOGRAPH_NEED(external);
    fs::copy_file(external, path("external.gii"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSurface(path("external.gii")), ErrorKind::file, "external.dat", "beside");
    writeBytes(path("external.dat"), std::string(100, '\0'));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readSurface(path("external.gii")), ErrorKind::format, "cut short");
  }

  void survivesDamage() {
    const fs::path real = dataPath("fsaverage5/white_left.gii.gz");
    CORTOGRAPH_NEED(real);
    // Gzip checks itself, and so does each array packed by zlib.
    QCOMPARE(survive(real, Damage::cut, 100, &surfaceText).refused, 100);
    const Survival gzipped = survive(real, Damage::garbled, 100, &surfaceText);
    QCOMPARE(gzipped.other, 0);
    QVERIFY(gzipped.refused > 90);
    const fs::path packed = dataPath("formats/gifti/ColumnMajorOrder.gii");
    const Survival cut = survive(packed, Damage::cut, 200, &surfaceText);
    QCOMPARE(cut.refused, 200);
    const Survival ascii =
        survive(dataPath("formats/gifti/ascii.gii"), Damage::garbled, 400, &surfaceText);
    QVERIFY(ascii.refused > 100);
    const Survival garbled = survive(packed, Damage::garbled, 200, &surfaceText);
    QVERIFY(garbled.other <= 1); // an attribute of another name is one that is missing
    QVERIFY(garbled.refused > 150);
    for (const char* name : {"formats/gifti/base64bin.gii",
                             "formats/gifti/ascii_flat_data.gii",
                             "formats/freesurfer/tiny_label.gii",
                             "formats/freesurfer/tiny_morph.gii"}) {
      const auto read = [](const fs::path& file) {
        using Json = nlohmann::ordered_json;
        return fileInfo(file).dump(-1, ' ', true, Json::error_handler_t::replace);
      };
      const Survival told = survive(dataPath(name), Damage::garbled, 200, read);
      QVERIFY(told.refused > 20);
      QCOMPARE(told.asBefore + told.other + told.refused, 200);
    }
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(GiftiTest, QCoreApplication)
#include "gifti_test.moc"
