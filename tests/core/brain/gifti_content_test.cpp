#include "base/error.h"
#include "base/log.h"
#include "brain/formats/gifti_content.h"
#include "core/base/garble.h"
#include "core/brain/gifti_numbers.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;
using gifti::Content;
using gifti::Role;

namespace {

/// Gathers warnings while it lives.
class Warnings {
public:
  Warnings() {
    setLogSink(
        [this](LogLevel, std::string_view message) { text_ += std::string(message) + "\n"; });
  }
  Warnings(const Warnings&) = delete;
  Warnings& operator=(const Warnings&) = delete;
  Warnings(Warnings&&) = delete;
  Warnings& operator=(Warnings&&) = delete;
  ~Warnings() { setLogSink({}); }
  [[nodiscard]] bool has(const char* words) const { return text_.find(words) != std::string::npos; }
  [[nodiscard]] const std::string& text() const { return text_; }

private:
  std::string text_;
};

/// Attributes of a DataArray element, and what is in it.
struct Written {
  std::string type = "INT32";
  std::string extents = "Dimensionality=\"2\" Dim0=\"2\" Dim1=\"3\"";
  std::string order = "RowMajorOrder";
  std::string encoding = "ASCII";
  std::string endian = "LittleEndian";
  std::string external = {};
  std::string data = "1 2 3 4 5 6";
  std::string before = {}; ///< elements before Data
};

std::string arrayText(const Written& array) {
  return "<DataArray Intent=\"NIFTI_INTENT_NONE\" DataType=\"NIFTI_TYPE_" + array.type +
         "\" ArrayIndexingOrder=\"" + array.order + "\" " + array.extents + " Encoding=\"" +
         array.encoding + "\" Endian=\"" + array.endian + "\" ExternalFileName=\"" +
         array.external + "\" ExternalFileOffset=\"\">" + array.before + "<Data>" + array.data +
         "</Data></DataArray>";
}

std::string giftiText(const std::string& inside, const char* count = "1") {
  return std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") +
         "<!DOCTYPE GIFTI SYSTEM \"http://www.nitrc.org/frs/download.php/115/gifti.dtd\">\n" +
         "<GIFTI Version=\"1.0\" NumberOfDataArrays=\"" + count + "\">" + inside + "</GIFTI>";
}

Content contentOf(const std::string& text) {
  return gifti::readText(text, "made.gii");
}

/// The values' bytes in either order.
template <class T> QByteArray bytesIn(const std::vector<double>& values, bool bigEndian) {
  QByteArray bytes;
  for (const double value : values) {
    const T stored = static_cast<T>(value);
    QByteArray one(reinterpret_cast<const char*>(&stored), sizeof(T));
    if (bigEndian) {
      std::reverse(one.begin(), one.end());
    }
    bytes += one;
  }
  return bytes;
}

QByteArray zlibOf(const QByteArray& bytes) {
  return qCompress(bytes).mid(4); // Qt puts the length in front
}

} // namespace

class GiftiContentTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsAsNibabelDoes_data() {
    QTest::addColumn<int>("at");
    const auto all = giftiNumbers();
    for (std::size_t i = 0; i < all.size(); ++i) {
      QTest::newRow(all[i].file) << static_cast<int>(i);
    }
  }
  void readsAsNibabelDoes() {
    QFETCH(const int, at);
    const GiftiFileNumbers expected = giftiNumbers()[static_cast<std::size_t>(at)];
    const fs::path file = dataPath(expected.file);
    CORTOGRAPH_NEED(file);
    QVERIFY(gifti::recognizes(file));
    const Content content = gifti::read(file);
    QCOMPARE(content.labels.size(), expected.labels);
    QCOMPARE(content.side.has_value(), !expected.structure.empty());
    if (content.side) {
      QCOMPARE(*content.side == Side::left, expected.structure == "CortexLeft");
    }
    QCOMPARE(content.arrays.size(), expected.arrays.size());
    for (std::size_t i = 0; i < expected.arrays.size(); ++i) {
      const GiftiNumbers& numbers = expected.arrays[i];
      const std::vector<double>& values = content.arrays[i].values.values;
      QVERIFY(content.arrays[i].role == numbers.role);
      QCOMPARE(content.arrays[i].values.shape, numbers.shape);
      QCOMPARE(*std::min_element(values.begin(), values.end()), numbers.least);
      QCOMPARE(*std::max_element(values.begin(), values.end()), numbers.greatest);
      double sum = 0;
      double size = 0;
      for (const double value : values) {
        sum += value;
        size += std::abs(value);
      }
      QVERIFY2(std::abs(sum - numbers.sum) <= 1e-12 * size,
               qPrintable(QString::number(sum, 'g', 17)));
    }
  }

  void readsEveryEncoding_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("bigEndian");
    QTest::addColumn<bool>("columnMajor");
    for (const char* type : {"UINT8", "INT16", "INT32", "INT64", "FLOAT32", "FLOAT64"}) {
      for (const bool bigEndian : {false, true}) {
        for (const bool columnMajor : {false, true}) {
          QTest::addRow("%s %d %d", type, bigEndian, columnMajor)
              << type << bigEndian << columnMajor;
        }
      }
    }
  }
  void readsEveryEncoding() {
    QFETCH(const QString, type);
    QFETCH(const bool, bigEndian);
    QFETCH(const bool, columnMajor);
    const std::vector<double> expected{1, 2, 3, 40, 50, 60};
    const std::vector<double> stored =
        columnMajor ? std::vector<double>{1, 40, 2, 50, 3, 60} : expected;
    const QByteArray bytes = type == "UINT8"     ? bytesIn<std::uint8_t>(stored, bigEndian)
                             : type == "INT16"   ? bytesIn<std::int16_t>(stored, bigEndian)
                             : type == "INT32"   ? bytesIn<std::int32_t>(stored, bigEndian)
                             : type == "INT64"   ? bytesIn<std::int64_t>(stored, bigEndian)
                             : type == "FLOAT32" ? bytesIn<float>(stored, bigEndian)
                                                 : bytesIn<double>(stored, bigEndian);
    writeBytes(path("values.dat"), bytes.toStdString());
    const std::vector<std::pair<std::string, std::string>> encodings{
        {"ASCII", columnMajor ? " 1 40\n2 50 3 +60 " : "1 2 3\r\n40 50 60"},
        {"GIFTI_ENCODING_ASCII", columnMajor ? "1 40 2 50 3 60" : "<![CDATA[1 2 3 40 50 60]]>"},
        {"Base64Binary", bytes.toBase64().toStdString()},
        {"GZipBase64Binary", "\n" + zlibOf(bytes).toBase64().insert(4, '\n').toStdString() + "\n"},
        {"ExternalFileBinary", ""}};
    for (const auto& [encoding, data] : encodings) {
      Written array;
      array.type = type.toStdString();
      array.encoding = encoding;
      array.endian = bigEndian ? "BigEndian" : "GIFTI_ENDIAN_LITTLE";
      array.order = columnMajor ? "ColumnMajorOrder" : "RowMajorOrder";
      array.external = "values.dat";
      array.data = data;
      const Content content = gifti::readText(giftiText(arrayText(array)), path("made.gii"));
      QCOMPARE(content.arrays.at(0).values, (Array<double>({2, 3}, expected)));
    }
  }

  void readsWhatDescribes() {
    const Content content = contentOf(giftiText(
        "<MetaData><MD><Name>SubjectID</Name><Value><![CDATA[ sub-01 ]]></Value></MD></MetaData>"
        "<LabelTable><Label Key=\"0\" Red=\"1\" Green=\"0.5\" Blue=\"0\" Alpha=\"0.25\">a &amp; "
        "b</Label><Label Index=\"-3\" Red=\"0\" Green=\"0\" Blue=\"1\">c</Label>"
        "<Label Key=\"7\" Index=\"9\"/></LabelTable>" +
        arrayText(
            {.before =
                 "<MetaData><MD><Name>AnatomicalStructurePrimary</Name><Value>CortexRight</Value>"
                 "</MD><MD><Name>Name</Name><Value>depth</Value></MD></MetaData>"
                 "<CoordinateSystemTransformMatrix><DataSpace>NIFTI_XFORM_SCANNER_ANAT</DataSpace>"
                 "<TransformedSpace>NIFTI_XFORM_TALAIRACH</TransformedSpace><MatrixData>1 0 0 10 0 "
                 "1 0 -2.5\n0 0 1 0 0 0 0 1</MatrixData></CoordinateSystemTransformMatrix>"})));
    QVERIFY(content.side == Side::right);
    QCOMPARE(content.subject, std::string("sub-01"));
    QCOMPARE(content.metadata.size(), std::size_t{1});
    QCOMPARE(content.labels.size(), std::size_t{3});
    QCOMPARE(content.labels[0].name, std::string("a & b"));
    QVERIFY((content.labels[0].color == std::array<float, 4>{1, 0.5F, 0, 0.25F}));
    QCOMPARE(content.labels[1].key, -3);
    QVERIFY((content.labels[1].color == std::array<float, 4>{0, 0, 1, 1}));
    QCOMPARE(content.labels[2].key, 7);
    QVERIFY(!content.labels[2].color);
    const gifti::DataArray& array = content.arrays.at(0);
    QCOMPARE(array.name, std::string("depth"));
    QCOMPARE(array.transforms.size(), std::size_t{1});
    QCOMPARE(array.transforms[0].dataSpace, std::string("NIFTI_XFORM_SCANNER_ANAT"));
    QCOMPARE(array.transforms[0].transformedSpace, std::string("NIFTI_XFORM_TALAIRACH"));
    QCOMPARE(array.transforms[0].matrix[3], 10.0);
    QCOMPARE(array.transforms[0].matrix[7], -2.5);
  }

  void readsWhatIsThereWhenCountsLie() {
    const QByteArray four = bytesIn<std::int32_t>({1, 2, 3, 4}, false);
    for (const char* said : {"3", "5", "200000000"}) {
      Written array;
      array.extents = std::string("Dimensionality=\"1\" Dim0=\"") + said + "\"";
      for (const auto& [encoding, data] : std::vector<std::pair<std::string, std::string>>{
               {"ASCII", "1 2 3 4"},
               {"Base64Binary", four.toBase64().toStdString()},
               {"GZipBase64Binary", zlibOf(four).toBase64().toStdString()}}) {
        const Warnings warnings;
        array.encoding = encoding;
        array.data = data;
        QCOMPARE(contentOf(giftiText(arrayText(array))).arrays.at(0).values,
                 (Array<double>({4}, {1, 2, 3, 4})));
        QVERIFY2(warnings.has(said) && warnings.has("holds 4") && warnings.has("made.gii"),
                 warnings.text().c_str());
      }
    }
    Written array;
    array.extents = "Dimensionality=\"2\" Dim0=\"3\" Dim1=\"3\"";
    array.order = "ColumnMajorOrder";
    const Warnings warnings;
    QCOMPARE(contentOf(giftiText(arrayText(array))).arrays.at(0).values,
             (Array<double>({2, 3}, {1, 3, 5, 2, 4, 6})));
    QVERIFY(warnings.has("3x3, but holds 2x3"));
    array.extents = "Dimensionality=\"2\" Dim0=\"2\" Dim1=\"4\""; // no rows of 4
    CORTOGRAPH_EXPECT_ERROR(
        (void)contentOf(giftiText(arrayText(array))), ErrorKind::format, "6 numbers, but 8 (2x4)");
    for (const char* count : {"0", "2", "many"}) {
      const Warnings ofCount;
      QCOMPARE(contentOf(giftiText(arrayText({}), count)).arrays.size(), std::size_t{1});
      QVERIFY2(ofCount.has("but has 1"), ofCount.text().c_str());
    }
    const Warnings none;
    (void)contentOf(giftiText(arrayText({})));
    QVERIFY2(none.text().empty(), none.text().c_str());
  }

  void readsOtherFilesOfItsFolderOnly() {
    const fs::path folder = path("folder");
    fs::create_directories(folder / "inner");
    const std::string bytes = bytesIn<std::int32_t>({1, 2, 3, 4, 5, 6}, false).toStdString();
    writeBytes(folder / "values.dat", bytes);
    writeBytes(folder / "inner/values.dat", bytes);
    writeBytes(path("outside.dat"), bytes);
    fs::create_directories(path("folder2")); // a name that begins alike
    writeBytes(path("folder2/values.dat"), bytes);
    fs::create_symlink("values.dat", folder / "link.dat");
    fs::create_symlink(path("outside.dat"), folder / "away.dat");
    fs::create_directory_symlink(path("folder2"), folder / "folder2");
    const auto read = [&folder](const std::string& name) {
      Written array;
      array.encoding = "ExternalFileBinary";
      array.external = name;
      array.data.clear();
      return gifti::readText(giftiText(arrayText(array)), folder / "made.gii").arrays.at(0).values;
    };
    for (const char* name : {"values.dat", "./values.dat", "inner/values.dat", "link.dat"}) {
      QCOMPARE(read(name), (Array<double>({2, 3}, {1, 2, 3, 4, 5, 6})));
    }
    for (const std::string& name : {std::string("../outside.dat"),
                                    std::string("inner/../values.dat"),
                                    path("folder/values.dat").string(),
                                    std::string("away.dat"),
                                    std::string("folder2/values.dat")}) {
      CORTOGRAPH_EXPECT_ERROR((void)read(name), ErrorKind::unsupported, "outside its own folder");
    }
    for (const char* name : {"", ".", "none.dat", "inner"}) {
      CORTOGRAPH_EXPECT_ERROR((void)read(name), ErrorKind::file, "put that file beside it");
    }
    writeBytes(folder / "values.dat", bytes.substr(1));
    CORTOGRAPH_EXPECT_ERROR((void)read("values.dat"), ErrorKind::format, "cut short");
  }

  void refusesEntities() {
    const auto refuse = [](const std::string& head, const std::string& use, const char* words) {
      CORTOGRAPH_EXPECT_ERROR(
          (void)contentOf(head +
                          "<GIFTI NumberOfDataArrays=\"1\"><MetaData><MD><Name>a</Name>"
                          "<Value>" +
                          use + "</Value></MD></MetaData>" + arrayText({}) + "</GIFTI>"),
          ErrorKind::format,
          words);
    };
    refuse("<!DOCTYPE GIFTI [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
           "&b;",
           "entities");
    refuse("<!DOCTYPE GIFTI [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>", "&a;", "entities");
    refuse("<!DOCTYPE GIFTI [<!ENTITY % a SYSTEM \"file:///etc/passwd\"> %a;]>", "", "entities");
    refuse("<!DOCTYPE GIFTI SYSTEM \"file:///etc/passwd\">", "&a;", "unknown entity \"a\"");
    refuse("", "&a;", "XML is damaged");
  }

  void refusesWhatIsDamaged() {
    const auto refuse = [](const Written& array, ErrorKind kind, const char* words) {
      CORTOGRAPH_EXPECT_ERROR(
          (void)contentOf(giftiText(arrayText(array))), kind, words, "made.gii");
    };
    refuse({.type = "RGB24"}, ErrorKind::unsupported, "NIFTI_TYPE_RGB24");
    refuse({.order = "Sideways"}, ErrorKind::format, "indexing order");
    refuse({.encoding = "Morse"}, ErrorKind::format, "encoding");
    refuse({.encoding = "Base64Binary",
            .endian = "Middle",
            .data = "AQAAAAIAAAADAAAABAAAAAUAAAAGAAAA"},
           ErrorKind::format,
           "byte order");
    refuse({.encoding = "Base64Binary", .data = "AQ!A"}, ErrorKind::format, "other characters");
    refuse({.encoding = "Base64Binary", .data = "AQAA"}, ErrorKind::format, "3 bytes, but 24");
    refuse({.encoding = "GZipBase64Binary", .data = "AQAA"}, ErrorKind::format, "packed bytes");
    refuse({.encoding = "GZipBase64Binary", .data = ""}, ErrorKind::format, "packed bytes");
    refuse({.data = ""}, ErrorKind::format, "0 numbers");
    refuse({.data = "1 2 3 4 5 6.5"}, ErrorKind::format, "numbers of its type");
    refuse({.type = "UINT8", .data = "1 2 3 4 5 256"}, ErrorKind::format, "numbers of its type");
    refuse({.before = "<Data>1 2 3 4 5 6</Data>"}, ErrorKind::format, "two Data");
    refuse({.data = "1 2<MetaData/>"}, ErrorKind::format, "\"MetaData\" in Data");
    refuse({.before = "<CoordinateSystemTransformMatrix><MatrixData>1 2 3</MatrixData>"
                      "</CoordinateSystemTransformMatrix>"},
           ErrorKind::format,
           "16 numbers");
    std::string lacking = giftiText(arrayText({}));
    lacking.replace(
        lacking.find("<Data>"), lacking.find("</Data>") + 7 - lacking.find("<Data>"), "");
    CORTOGRAPH_EXPECT_ERROR((void)contentOf(lacking), ErrorKind::format, "no Data");
    CORTOGRAPH_EXPECT_ERROR(
        (void)contentOf(giftiText(arrayText({})) + "more"), ErrorKind::format, "XML is damaged");
    CORTOGRAPH_EXPECT_ERROR(
        (void)contentOf(giftiText("<!--" + std::string(std::size_t{1} << 25U, 'x'))),
        ErrorKind::format,
        "more than 1 MiB");
  }

  void refusesEveryCut() {
    const std::string bytes =
        zlibOf(bytesIn<std::int32_t>({1, 2, 3, 4, 5, 6}, false)).toBase64().toStdString();
    const std::string whole = giftiText(
        "<MetaData><MD><Name>a</Name><Value>b</Value></MD></MetaData><LabelTable><Label Key=\"1\">"
        "c</Label></LabelTable>" +
        arrayText({.encoding = "GZipBase64Binary", .data = bytes}));
    QCOMPARE(contentOf(whole).arrays.size(), std::size_t{1});
    for (std::size_t size = 0; size < whole.size(); ++size) {
      CORTOGRAPH_EXPECT_ERROR(
          (void)contentOf(whole.substr(0, size)), ErrorKind::format, "not a valid GIFTI file");
    }
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(GiftiContentTest, QCoreApplication)
#include "gifti_content_test.moc"
