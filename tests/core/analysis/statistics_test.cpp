#include "analysis/statistics.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;

namespace {

using Floats = std::vector<float>;
using Groups = std::vector<std::int32_t>;

bool near(double found, double wanted) {
  return std::abs(found - wanted) < 1e-9;
}

} // namespace

class StatisticsTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void pearsonFollowsALine() {
    const Floats x{1, 2, 3, 4};
    QVERIFY(near(pearson(x, Floats{10, 20, 30, 40}), 1));
    QVERIFY(near(pearson(x, Floats{4, 3, 2, 1}), -1));
    QVERIFY(near(pearson(x, Floats{1, -1, -1, 1}), 0));
    // 4 of 5 and 10: by hand.
    QVERIFY(near(pearson(x, Floats{2, 1, 4, 3}), 0.6));
    QVERIFY(std::isnan(pearson(x, Floats{1, 1, 1, 1})));
    QVERIFY(std::isnan(pearson(Floats{1}, Floats{1})));
    // A large offset takes nothing away.
    QVERIFY(std::abs(pearson(Floats{1e6F, 1e6F + 1, 1e6F + 2}, Floats{0, 1, 2}) - 1) < 1e-9);
  }

  void spearmanFollowsAnyRise() {
    const Floats x{1, 2, 3, 4};
    QVERIFY(near(spearman(x, Floats{1, 10, 1000, 1e6F}), 1));
    QVERIFY(near(spearman(x, Floats{2, 1, 4, 3}), 0.6));
    // Ties share ranks 1.5, 1.5, 3.5, 3.5.
    QVERIFY(near(spearman(x, Floats{0, 0, 5, 5}), 4 / std::sqrt(20.0)));
    QVERIFY(std::isnan(spearman(x, Floats{7, 7, 7, 7})));
  }

  void rocCountsPairsInOrder() {
    const Floats values{0.9F, 0.8F, 0.2F, 0.1F};
    QVERIFY(near(areaUnderRoc(values, std::vector<std::uint8_t>{1, 1, 0, 0}), 1));
    QVERIFY(near(areaUnderRoc(values, std::vector<std::uint8_t>{0, 0, 1, 1}), 0));
    // 3 of 4 pairs.
    QVERIFY(near(areaUnderRoc(values, std::vector<std::uint8_t>{1, 0, 1, 0}), 0.75));
    QVERIFY(near(areaUnderRoc(Floats{1, 1, 1}, std::vector<std::uint8_t>{1, 0, 0}), 0.5));
    QVERIFY(std::isnan(areaUnderRoc(Floats{1, 2}, std::vector<std::uint8_t>{1, 1})));
    QVERIFY(std::isnan(areaUnderRoc({}, {})));
  }

  void linesAreFitted() {
    const Line exact = fitLine(Floats{0, 1, 4}, Floats{3, 5, 11});
    QVERIFY(near(exact.intercept, 3) && near(exact.slope, 2));
    const Line between = fitLine(Floats{0, 0, 1, 1}, Floats{0, 1, 2, 5});
    QVERIFY(near(between.intercept, 0.5) && near(between.slope, 3));
    QVERIFY(std::isnan(fitLine(Floats{1, 1}, Floats{0, 1}).slope));
    QVERIFY(std::isnan(fitLine({}, {}).intercept));
  }

  void groupingsAgreeBeyondChance() {
    QVERIFY(near(adjustedRand(Groups{0, 0, 1, 1}, Groups{1, 1, 0, 0}), 1));
    // By hand: together in both 1 pair, in a 2, in b 3 + 1, of 10.
    QVERIFY(near(adjustedRand(Groups{0, 0, 1, 1, 2}, Groups{0, 0, 0, 1, 1}),
                 (1 - 2 * 4 / 10.0) / ((2 + 4) / 2.0 - 2 * 4 / 10.0)));
    QVERIFY(adjustedRand(Groups{0, 1, 0, 1}, Groups{0, 0, 1, 1}) < 0);
    QVERIFY(std::isnan(adjustedRand(Groups{0, 0, 0}, Groups{0, 1, 1})));
    QVERIFY(std::isnan(adjustedRand(Groups{0, 1, 2}, Groups{0, 1, 1})));
    QVERIFY(std::isnan(adjustedRand({}, {})));
  }
};

CORTOGRAPH_TEST(StatisticsTest, QCoreApplication)
#include "statistics_test.moc"
