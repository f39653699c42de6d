#include "base/error.h"
#include "base/gzip.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// Reads a whole file, `part` bytes at a time.
std::string readAll(const fs::path& file, std::size_t part) {
  UnpackedFile stream(file);
  std::string all;
  std::string bytes(part, '\0');
  for (std::size_t got = part; got > 0;) {
    got = stream.read(std::as_writable_bytes(std::span(bytes)));
    all.append(bytes, 0, got);
  }
  return all;
}

/// A text of 394 kB.
std::string numbers() {
  std::string sound;
  for (int i = 0; i < 40000; ++i) {
    sound += std::to_string(i * i) + " ";
  }
  return sound;
}

} // namespace

class GzipTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsPlainAndPackedFiles() {
    const std::string sound = numbers();
    const std::string packed = gzipped(sound);
    QCOMPARE(packed, gzipped(sound));
    writeBytes(path("plain"), sound);
    writeBytes(path("packed"), packed);
    writeBytes(path("twice"), packed + packed);
    writeBytes(path("behind"), packed + "garbage");
    for (const std::size_t part : {std::size_t{1000}, sound.size(), 3 * sound.size()}) {
      QCOMPARE(readAll(path("plain"), part), sound);
      QCOMPARE(readAll(path("packed"), part), sound);
      QCOMPARE(readAll(path("twice"), part), sound + sound);
      QCOMPARE(readAll(path("behind"), part), sound);
    }
    QCOMPARE(UnpackedFile(path("plain")).mostBytes(), std::uint64_t{sound.size()});
    QCOMPARE(UnpackedFile(path("packed")).mostBytes(), std::uint64_t{1032 * packed.size()});
    writeBytes(path("empty"), "");
    QCOMPARE(readAll(path("empty"), 10), std::string());
  }

  void refusesDamage() {
    const std::string sound = numbers();
    std::string packed = gzipped(sound);
    writeBytes(path("cut.gz"), packed.substr(0, packed.size() - 1));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readAll(path("cut.gz"), 1000), ErrorKind::format, "cut short", "cut.gz");
    packed[packed.size() / 2] = static_cast<char>(~packed[packed.size() / 2]);
    writeBytes(path("bad.gz"), packed);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readAll(path("bad.gz"), 1000), ErrorKind::format, "damaged", "bad.gz");
    CORTOGRAPH_EXPECT_ERROR(UnpackedFile(path("absent")), ErrorKind::file, "absent");
    CORTOGRAPH_EXPECT_ERROR(UnpackedFile(path(".")), ErrorKind::file, "Opening");
  }

  void looksAtBeginnings() {
    const std::string sound = numbers();
    writeBytes(path("a.gz"), gzipped(sound));
    QCOMPARE(firstBytes(path("a.gz"), 5), sound.substr(0, 5));
    writeBytes(path("half.gz"), gzipped(sound).substr(0, 20000));
    QCOMPARE(firstBytes(path("half.gz"), 500), sound.substr(0, 500));
    writeBytes(path("short"), "abc");
    QCOMPARE(firstBytes(path("short"), 5), std::string("abc"));
    QCOMPARE(firstBytes(path("absent"), 5), std::string());
    QCOMPARE(firstBytes(path("."), 5), std::string());
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(GzipTest, QCoreApplication)
#include "gzip_test.moc"
