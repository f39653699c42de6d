#include "core/base/garble.h"
#include "core/weights/archives.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "weights/weight_file.h"

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr const char* legacyMagic = "\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.";

std::string tarOf(const std::string& member) {
  std::string header = member + std::string(257 - member.size(), '\0') + "ustar";
  header.resize(1024, '\0');
  return header;
}

std::string hex(const char* digits) {
  return QByteArray::fromHex(digits).toStdString();
}

} // namespace

/// What people download in place of weights is told by its first bytes.
class ForeignFileTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void isTold_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("way");
    const auto row =
        [](const char* name, const std::string& bytes, const char* kind, const char* way) {
          QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(kind)
                              << QByteArray(way);
        };
    const std::string magic = legacyMagic;
    row("torch before 1.6",
        hex("8002") + magic + hex("80024de9032e"),
        "before 1.6",
        "state_dict()");
    row("torch before 1.6, protocol 4",
        "\x80\x04\x95\x0d" + std::string(7, '\0') + magic,
        "before 1.6",
        "PyTorch");
    for (char protocol = 1; protocol <= 5; ++protocol) {
      const std::string name = "pickle of protocol " + std::to_string(protocol);
      row(name.c_str(),
          std::string("\x80") + protocol + "}q\x01.",
          "plain Python pickle",
          "Python");
    }
    row("pickle of protocol 0", "(dp0\nS'a'\np1\nI1\ns.", "plain Python pickle", "Python");
    row("OrderedDict of protocol 0",
        "ccollections\nOrderedDict\np0\n",
        "plain Python pickle",
        "Python");
    row("torch's tar", tarOf("sys_info"), "tar format", "PyTorch");
    row("tar", tarOf("weights/model.pth"), "tar archive", "Unpack");
    row("HDF5", hex("894844460d0a1a0a0000"), "HDF5", "Convert");
    row("GGUF", hex("474755460300000000000000"), "GGUF", "Convert");
    row("ONNX", hex("08071207") + "pytorch" + hex("1a05") + "1.13.1", "ONNX", "Convert");
    row("TensorFlow SavedModel", hex("080112ffa30312b60100"), "SavedModel", "Convert");
    row("TensorFlow graph",
        hex("0a430a08") + "input_1:0" + hex("120b"),
        "TensorFlow graph",
        "Convert");
    row("TensorFlow Lite",
        hex("1c000000") + "TFL3" + hex("14002000"),
        "TensorFlow Lite",
        "Convert");
    row("NumPy", hex("934e554d5059") + hex("0100"), "NumPy", "Convert");
    row("gzip", hex("1f8b0800"), "gzip", "Unpack");
    row("PNG", hex("89504e470d0a1a0a"), "PNG", "weights");
    row("a page", "\n<!DOCTYPE html>\n<html>", "web page", "resolve");
    row("a page in capitals", "\xef\xbb\xbf<HTML lang=en>", "web page", "resolve");
    row("S3's refusal", "<?xml version=\"1.0\"?><Error><Code>AccessDenied", "XML", "resolve");
    row("Git LFS",
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n",
        "Git LFS",
        "git lfs pull");
    row("an answer in words", "Entry not found", "\"Entry not found\"", "resolve");
  }
  void isTold() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, way);
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::fromBytes("made.pth", asBytes(bytes.toStdString())),
                            ErrorKind::unsupported,
                            "made.pth",
                            kind.constData(),
                            way.constData());
  }

  void unfinishedDownloadsAreTold() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("w.safetensors").toStdString();
    writeBytes(path, "");
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(path), ErrorKind::format, "empty");
    writeBytes(path, std::string(5000, '\0'));
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(path), ErrorKind::format, "zeros");
  }
};

CORTOGRAPH_TEST(ForeignFileTest, QCoreApplication)
#include "foreign_file_test.moc"
