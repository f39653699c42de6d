#include "base/array.h"
#include "base/attributes.h"
#include "base/control.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/hdf5.h"
#include "base/mapped_file.h"
#include "base/pending_file.h"
#include "base/picture.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <sys/stat.h>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

class BaseTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void errorsGatherContext() {
    const auto fail = [] { throw Error(ErrorKind::format, "It is cut short."); };
    try {
      inContext("opening the subject", [&] { inContext("reading a.gii", fail); });
      QFAIL("no error");
    } catch (const Error& error) {
      QCOMPARE(std::string(error.what()),
               std::string("It is cut short. (while reading a.gii, while opening the subject)"));
      QCOMPARE(error.sentence(), std::string("It is cut short."));
      QCOMPARE(error.context().size(), std::size_t{2});
    }
    CORTOGRAPH_EXPECT_ERROR(inContext("reading", [] { throw std::bad_alloc(); }),
                            ErrorKind::memory,
                            "memory",
                            "reading");
    CancelToken token;
    const CancelToken copy = token;
    copy.throwIfCanceled();
    token.cancel();
    CORTOGRAPH_EXPECT_ERROR(copy.throwIfCanceled(), ErrorKind::canceled, "");
  }

  void hashesAreSha256() {
    const std::string letters = "abc";
    const auto bytes = std::as_bytes(std::span(letters));
    // The example of FIPS 180-2.
    const std::string expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    QCOMPARE(contentHash(bytes), expected);
    const QTemporaryDir folder;
    const fs::path file = folder.filePath("abc").toStdString();
    writeBytes(file, letters);
    QCOMPARE(contentHash(file), expected);
    CORTOGRAPH_EXPECT_ERROR(
        (void)contentHash(file.parent_path() / "none"), ErrorKind::file, "none");
  }

  void aFileThatIsCutWhileItIsMapped() {
    const QTemporaryDir folder;
    const fs::path file = folder.filePath("weights.bin").toStdString();
    const fs::path out = folder.filePath("out.bin").toStdString();
    constexpr std::size_t size = 1U << 16U;
    writeBytes(file, std::string(size, 'x'));
    const SharedBytes mapped = mapFile(file);
    fs::resize_file(file, 10);
    QCOMPARE(static_cast<int>(mapped.bytes[size - 1]), 0);
    PendingFile pending(out);
    writeBytes(pending.temporary(), "made of zeros");
    CORTOGRAPH_EXPECT_ERROR(pending.commit(), ErrorKind::file, "weights.bin", "cut short");
    QVERIFY(!fs::exists(out));
    requireWholeFiles(); // it was told
  }

  void pipesAreNoFiles() {
    const QTemporaryDir folder;
    const fs::path pipe = folder.filePath("pipe").toStdString();
    QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
    CORTOGRAPH_EXPECT_ERROR((void)mapFile(pipe), ErrorKind::file, "not a regular file");
    CORTOGRAPH_EXPECT_ERROR((void)contentHash(pipe), ErrorKind::file, "pipe");
    CORTOGRAPH_EXPECT_ERROR((void)readPicture(pipe), ErrorKind::file, "pipe");
    QVERIFY(!Hdf5File::recognizes(pipe));
  }

  void pendingFilesAreWholeOrAbsent() {
    const QTemporaryDir folder;
    const fs::path file = folder.filePath("map.h5").toStdString();
    writeBytes(file, "old");
    {
      const PendingFile pending(file);
      QCOMPARE(pending.temporary().extension(), fs::path(".h5"));
      writeBytes(pending.temporary(), "half");
    }
    QCOMPARE(bytesOf(file), std::string("old"));
    {
      PendingFile pending(file);
      writeBytes(pending.temporary(), "new");
      pending.commit();
    }
    QCOMPARE(bytesOf(file), std::string("new"));
    const fs::directory_iterator all(file.parent_path());
    QCOMPARE(std::distance(begin(all), end(all)), 1);
    CORTOGRAPH_EXPECT_ERROR(
        PendingFile(file.parent_path() / "none" / "x"), ErrorKind::file, "does not exist");
  }

  void shapesAndAttributesInWords() {
    QCOMPARE(toString(ArrayShape{600, 1026}), std::string("600x1026"));
    QCOMPARE(toString(ArrayShape{}), std::string("scalar"));
    const Attributes attributes{{"a", std::int64_t{7}}, {"b", 0.5}, {"c", std::string("x")}};
    QCOMPARE(textOf(attributes, "a") + textOf(attributes, "b") + textOf(attributes, "c"),
             std::string("70.5x"));
    QCOMPARE(textOf(attributes, "d"), std::string());
    Array<float> array({2, 3}, {1, 2, 3, 4, 5, 6});
    QCOMPARE(array.row(1)[2], 6.0F);
    QCOMPARE(array.rowSize(), std::size_t{3});
  }
};

CORTOGRAPH_TEST(BaseTest, QCoreApplication)
#include "base_test.moc"
