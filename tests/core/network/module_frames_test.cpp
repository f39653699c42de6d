#include "network/module/frames.h"
#include "support/test_case.h"

#include <limits>
#include <vector>

using namespace cortograph;

/// What the process of a module may say of its tokens.
class ModuleFramesTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void countsTheBytesOfLocalAndGlobalTokens() {
    const std::vector<TokenShape> layers{{2, 5, 3, 4}, {2, 7, 1, 1}};
    const std::uint64_t expected = 4 * (2 * 5 * (12 + 1) + 2 * 7 * (1 + 1));
    QCOMPARE(tokenBytes(layers, 2, 1'000'000), std::optional(expected));
    QCOMPARE(tokenBytes(layers, 2, expected), std::optional(expected));
    QVERIFY(!tokenBytes(layers, 2, expected - 1));
    QVERIFY(!tokenBytes(layers, 3, 1'000'000)); // of other images
  }

  void refusesShapesOfNoTokens_data() {
    QTest::addColumn<qint64>("channels");
    QTest::addColumn<qint64>("rows");
    QTest::addColumn<qint64>("columns");
    constexpr qint64 largest = std::numeric_limits<qint64>::max();
    QTest::newRow("none") << qint64{0} << qint64{1} << qint64{1};
    QTest::newRow("negative") << qint64{-1} << qint64{-1} << qint64{1};
    QTest::newRow("negative sides") << qint64{8} << qint64{-4} << qint64{-4};
    QTest::newRow("product overflows") << qint64{4} << largest << largest;
    QTest::newRow("sum overflows") << largest << qint64{1} << qint64{1};
    QTest::newRow("larger than images are") << qint64{1} << qint64{16'385} << qint64{1};
  }
  void refusesShapesOfNoTokens() {
    QFETCH(qint64, channels);
    QFETCH(qint64, rows);
    QFETCH(qint64, columns);
    const std::vector<TokenShape> layers{{1, channels, rows, columns}};
    QVERIFY(!tokenBytes(layers, 1, std::numeric_limits<std::uint64_t>::max()));
  }

  void manyLargeLayersDoNotWrapAround() {
    const std::vector<TokenShape> layers(mostModuleLayers, {1024, 1 << 20, 1 << 14, 1 << 14});
    QVERIFY(!tokenBytes(layers, 1024, std::numeric_limits<std::uint64_t>::max()));
  }
};

CORTOGRAPH_TEST(ModuleFramesTest, QCoreApplication)
#include "module_frames_test.moc"
