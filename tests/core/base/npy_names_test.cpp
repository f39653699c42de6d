#include "base/error.h"
#include "base/npy.h"
#include "base/npy_names.h"
#include "core/base/garble.h"
#include "core/base/pickled_names.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

class NpyNamesTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    file_ = fs::path(made_->path().toStdString()) / "mapping.npy";
  }

  void readsRealMappings() {
    const fs::path masks = dataPath("subject-simulated/roi_masks");
    CORTOGRAPH_NEED(masks);
    const auto streams = readNpyNames(masks / "mapping_streams.npy");
    QCOMPARE(streams.size(), std::size_t{8});
    QCOMPARE(streams.at(0), std::string("Unknown"));
    QCOMPARE(streams.at(7), std::string("parietal"));
    QCOMPARE(readNpyNames(masks / "mapping_floc-faces.npy").at(2), std::string("FFA-1"));
  }

  void readsWhatNumPySaves() {
    const std::map<std::int64_t, std::string> names{{0, "Unknown"}, {1, "V1v"}, {12, "V3b"}};
    writeBytes(file_, pickledNames(names));
    QCOMPARE(readNpyNames(file_), names);
    // NumPy 2 renamed its module.
    writeBytes(file_, pickledNames(names, "numpy._core.multiarray\n_reconstruct\n"));
    QCOMPARE(readNpyNames(file_), names);
  }

  void runsNothing() {
    writeBytes(file_, pickledNames({{1, "touch harm"}}, "os\nsystem\n"));
    CORTOGRAPH_EXPECT_ERROR((void)readNpyNames(file_),
                            ErrorKind::unsupported,
                            "mapping.npy",
                            "\"os system\"",
                            "never runs code",
                            "dictionary");
  }

  void refusesOtherContent() {
    writeNpy(file_, Array<float>({2}));
    CORTOGRAPH_EXPECT_ERROR((void)readNpyNames(file_), ErrorKind::format, "type <f4", "numpy.save");
    std::string bytes = pickledNames({{1, "a"}});
    bytes.replace(bytes.find("K\x01X\x01"), 2, "N"); // the number becomes None
    writeBytes(file_, bytes);
    CORTOGRAPH_EXPECT_ERROR((void)readNpyNames(file_), ErrorKind::format, "other things");
    bytes = pickledNames({{1, "a"}});
    writeBytes(file_, bytes.substr(0, bytes.find("}(")) + "Natb.");
    CORTOGRAPH_EXPECT_ERROR((void)readNpyNames(file_), ErrorKind::format, "another Python object");
    CORTOGRAPH_EXPECT_ERROR((void)readNpyNames(file_ / "none"), ErrorKind::file, "mapping.npy");
  }

  void survivesDamage() {
    writeBytes(file_, pickledNames({{1, "V1v"}, {2, "V1d"}}));
    const int size = static_cast<int>(fs::file_size(file_));
    QCOMPARE(survive(file_, Damage::cut, size, readNpyNames).refused, size);
    QVERIFY(survive(file_, Damage::garbled, 400, readNpyNames).refused > 200);
  }

private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path file_;
};

CORTOGRAPH_TEST(NpyNamesTest, QCoreApplication)
#include "npy_names_test.moc"
