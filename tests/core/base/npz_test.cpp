#include "base/error.h"
#include "base/npz.h"
#include "core/base/garble.h"
#include "core/weights/archives.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <zlib.h>

#include <cstring>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

template <class T> std::string npyOf(const fs::path& folder, const Array<T>& array) {
  const fs::path file = folder / "member.npy";
  writeNpy(file, array);
  return bytesOf(file);
}

std::string deflated(const std::string& plain) {
  std::string packed(compressBound(plain.size()) + 64, '\0');
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return {};
  }
  std::string in = plain;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// An archive of one deflated member, which is said to unpack to `size` bytes.
std::string deflatedZip(const std::string& name, const std::string& plain, std::uint32_t size) {
  const std::string packed = deflated(plain);
  std::string archive = zipOf({{name, packed}}, 8);
  constexpr std::size_t localSize = 30;
  const std::size_t directory = localSize + name.size() + packed.size();
  std::memcpy(archive.data() + 22, &size, sizeof size);
  std::memcpy(archive.data() + directory + 24, &size, sizeof size);
  return archive;
}

} // namespace

class NpzTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    temporary_ = std::make_unique<QTemporaryDir>();
    folder_ = temporary_->path().toStdString();
    file_ = folder_ / "made.npz";
  }

  void readsWhatIsStored() {
    const Array<float> a({2, 3}, {1, 2, 3, 4, 5, 6.5F});
    const Array<std::int64_t> b({2}, {-7, 1LL << 40U});
    writeBytes(file_, zipOf({{"a.npy", npyOf(folder_, a)}, {"b.npy", npyOf(folder_, b)}}));
    const auto arrays = readNpz(file_);
    QCOMPARE(arrays.size(), std::size_t{2});
    QCOMPARE(arrays.at("a").read<float>(), a);
    QCOMPARE(arrays.at("b").read<std::int64_t>(), b);
  }

  void readsWhatIsDeflated() {
    Array<float> a({100, 20});
    for (std::size_t i = 0; i < a.values.size(); ++i) {
      a.values[i] = static_cast<float>(i % 7);
    }
    const std::string plain = npyOf(folder_, a);
    writeBytes(file_, deflatedZip("a.npy", plain, static_cast<std::uint32_t>(plain.size())));
    QVERIFY(fs::file_size(file_) < plain.size() / 4);
    const auto arrays = readNpz(file_);
    QCOMPARE(arrays.at("a").read<float>(), a);
  }

  void refusesWhatDoesNotUnpack() {
    const std::string plain = npyOf(folder_, Array<float>({64}));
    const auto size = static_cast<std::uint32_t>(plain.size());
    for (const std::uint32_t promised : {size - 1, size + 1, 0xfffffff0U}) {
      writeBytes(file_, deflatedZip("a.npy", plain, promised));
      CORTOGRAPH_EXPECT_ERROR((void)readNpz(file_), ErrorKind::format, "made.npz", "\"a.npy\"");
    }
    writeBytes(file_, zipOf({{"a.npy", plain}}, 12)); // bzip2
    CORTOGRAPH_EXPECT_ERROR((void)readNpz(file_), ErrorKind::format, "made.npz", "\"a.npy\"");
    writeBytes(file_, zipOf({{"a.npy", plain.substr(0, plain.size() - 4)}}));
    CORTOGRAPH_EXPECT_ERROR((void)readNpz(file_), ErrorKind::format, "made.npz", "\"a.npy\"");
    writeBytes(file_, plain);
    CORTOGRAPH_EXPECT_ERROR((void)readNpz(file_), ErrorKind::format, "made.npz", "zip");
    CORTOGRAPH_EXPECT_ERROR((void)readNpz(folder_ / "no.npz"), ErrorKind::notFound, "no.npz");
    CORTOGRAPH_EXPECT_ERROR((void)readNpz(folder_), ErrorKind::file, "not a regular file");
  }

  void survivesDamage() {
    const std::string plain = npyOf(folder_, Array<float>({500}, std::vector<float>(500, 0.5F)));
    writeBytes(file_, deflatedZip("a.npy", plain, static_cast<std::uint32_t>(plain.size())));
    const auto read = [](const fs::path& file) {
      std::map<std::string, Array<float>> values;
      for (const auto& [name, array] : readNpz(file)) {
        values[name] = array.read<float>();
      }
      return values;
    };
    QCOMPARE(survive(file_, Damage::cut, 100, read).refused, 100);
    QVERIFY(survive(file_, Damage::garbled, 400, read).refused > 100);
  }

private:
  std::unique_ptr<QTemporaryDir> temporary_;
  fs::path folder_;
  fs::path file_;
};

CORTOGRAPH_TEST(NpzTest, QCoreApplication)
#include "npz_test.moc"
