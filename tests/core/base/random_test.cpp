#include "base/random.h"
#include "support/test_case.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

using namespace cortograph;

class RandomTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  /// The published generator's, from the second number of seed 0 on.
  void isSplitMix64() {
    SplitMix random(0);
    QCOMPARE(random.bits(), 0x6E789E6AA1B965F4ULL);
    QCOMPARE(random.bits(), 0x06C45D188009454FULL);
    QCOMPARE(random.bits(), 0xF88BB8A8724C81ECULL);
  }

  void seedsKeepTheirNumbers() {
    SplitMix random(5, 2);
    QCOMPARE(random.bits(), 0x80CE66E6FC9DFE15ULL);
    QCOMPARE(random.uniform(), 0.1186037471839031);
    QVERIFY((SplitMix(5, 2).permutation(8) == std::vector<std::int64_t>{6, 7, 3, 2, 1, 5, 0, 4}));
    QVERIFY((SplitMix(5, 1).permutation(8) == std::vector<std::int64_t>{0, 5, 7, 1, 4, 2, 6, 3}));
  }

  void permutesAll() {
    std::vector<std::int64_t> order = SplitMix(5, 2).permutation(100);
    QVERIFY(order == SplitMix(5, 2).permutation(100));
    QVERIFY(order != SplitMix(6, 2).permutation(100));
    std::ranges::sort(order);
    std::vector<std::int64_t> counted(100);
    std::iota(counted.begin(), counted.end(), std::int64_t{0});
    QVERIFY(order == counted);
    QVERIFY(SplitMix(1).permutation(0).empty());
  }

  void numbersAreEven() {
    SplitMix random(1, 1);
    std::array<int, 3> hits{};
    for (int i = 0; i < 30000; ++i) {
      ++hits.at(random.below(std::size_t{3}));
    }
    for (const int count : hits) {
      QVERIFY(std::abs(count - 10000) < 400); // five standard deviations
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 10000; ++i) {
      const double value = random.uniform();
      QVERIFY(value >= 0 && value < 1);
      sum += value;
      squares += std::pow(random.normal(), 2);
    }
    QVERIFY(std::abs(sum / 10000 - 0.5) < 0.015);
    QVERIFY(std::abs(squares / 10000 - 1) < 0.075);
  }
};

CORTOGRAPH_TEST(RandomTest, QCoreApplication)
#include "random_test.moc"
