#include "base/error.h"
#include "core/kinds/kind_values.h"
#include "kinds/range.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;
using test::none;

namespace {

const Axis share{"share", "", 0, 1, {0, 0.5F, 1}, {"0", "0.5", "1"}};

/// 0 to `top` in 1,000 even steps.
std::vector<float> evenly(float top) {
  std::vector<float> values;
  for (int i = 0; i <= 1000; ++i) {
    values.push_back(top * static_cast<float>(i) / 1000);
  }
  return values;
}

MapSource sourceWith(std::vector<float> r2) {
  BrainMap map = test::smallMap();
  map.r2 = std::move(r2);
  return {std::make_shared<BrainMap>(std::move(map)), nullptr};
}

} // namespace

class RangeTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void rangesAreTyped() {
    QCOMPARE(parseRange("r2=0:0.4").first, std::string("r2"));
    QVERIFY((parseRange("r2=0:0.4").second == RangeChoice{RangeMode::given, 0, 0.4}));
    QVERIFY(
        (parseRange("r2-difference=-2e-1:+.2").second == RangeChoice{RangeMode::given, -0.2, 0.2}));
    for (const char* words : {"data", "own", "usual", "-1:2.5"}) {
      QCOMPARE(toString(parseRange(std::string("prediction=") + words).second), std::string(words));
    }
    for (const char* wrong : {"r2", "r2=", "r2=x", "r2=0", "r2=0:1x", "r2=0:1:2", "r2:0:1"}) {
      CORTOGRAPH_EXPECT_ERROR((void)parseRange(wrong), ErrorKind::format, wrong, "r2=0:0.4");
    }
  }

  void whatIsNoRangeIsSaid() {
    for (const char* wrong :
         {"r2=1:0", "r2=0.5:0.5", "r2=nan:1", "r2=0:inf", "r2=1:1.00000000001"}) {
      CORTOGRAPH_EXPECT_ERROR((void)parseRange(wrong), ErrorKind::format, "lower one first");
    }
    for (const char* kind : {"layer", "space", "channel", "region", "place-used"}) {
      CORTOGRAPH_EXPECT_ERROR((void)parseRange(std::string(kind) + "=0:1"),
                              ErrorKind::unsupported,
                              kind,
                              "noise-ceiling");
    }
    CORTOGRAPH_EXPECT_ERROR((void)parseRange("weather=0:1"), ErrorKind::notFound, "weather");
  }

  void ticksAreRoundAndAtBothEnds() {
    const Axis axis = axisOver(share, 0, 0.6);
    QCOMPARE(axis.tickLabels, (std::vector<std::string>{"0", "0.2", "0.4", "0.6"}));
    QCOMPARE(axis.high, 0.6F);
    QCOMPARE(axis.ticks.back(), axis.high);
    QCOMPARE(axisOver(share, 0.13, 3.97).tickLabels,
             (std::vector<std::string>{"0.13", "1", "2", "3", "3.97"}));
    Axis change = share;
    change.tickLabels.back() = "+1";
    QCOMPARE(axisOver(change, -0.1, 0.1).tickLabels,
             (std::vector<std::string>{"-0.1", "-0.05", "0", "+0.05", "+0.1"}));
  }

  void dataGiveTheRange() {
    Axis axis = axisOfData(share, Zero::lowEnd, evenly(0.6F));
    QCOMPARE(axis.low, 0.0F);
    QCOMPARE(axis.high, 0.6F); // the 98th percentile, 0.588, widened
    std::vector<float> values = evenly(0.6F);
    values.insert(values.end(), {none, 50, -50});
    axis = axisOfData(share, Zero::lowEnd, values); // few go astray without consequence
    QCOMPARE(axis.high, 0.6F);
    values = evenly(2);
    for (float& value : values) {
      value += 1.5F;
    }
    axis = axisOfData(share, Zero::asDataHave, values); // 1.54 to 3.46
    QCOMPARE(axis.low, 1.5F);
    QCOMPARE(axis.high, 3.5F);
    for (float& value : values) {
      value -= 2;
    }
    for (const Zero zero : {Zero::asDataHave, Zero::inTheMiddle}) {
      axis = axisOfData(share, zero, values); // -0.46 to 1.46
      QCOMPARE(axis.low, -1.5F);
      QCOMPARE(axis.high, 1.5F);
    }
    QCOMPARE(axisOfData(share, Zero::anywhere, values).low, -0.5F);
    for (const std::vector<float>& nothing :
         {std::vector<float>{}, std::vector<float>{none, none}, std::vector<float>(5, 0.0F)}) {
      QCOMPARE(axisOfData(share, Zero::lowEnd, nothing).tickLabels, share.tickLabels);
    }
  }

  void endsSayWhenNumbersLieBeyond() {
    const MapKind& r2 = mapKindNamed("r2");
    const auto labels = [&](const RangeChoice& range, const std::vector<float>& values) {
      return axesWith(range, r2, sourceWith(values), values).front().tickLabels;
    };
    const std::vector<float> within{0, 0.2F, 0.3F, none, 1};
    using Labels = std::vector<std::string>;
    QCOMPARE(labels({}, within), (Labels{"0", "0.5", "1"}));
    QCOMPARE(labels({}, {-0.2F, 0, 0, 0, 0}), (Labels{"≤ 0", "0.5", "1"}));
    QCOMPARE(labels({}, {-0.001F, 0, 0, 0, 1.001F}), (Labels{"0", "0.5", "1"})); // of one colour
    QCOMPARE(labels({RangeMode::given, 0, 0.25}, within),
             (Labels{"0", "0.1", "≥ 0.25"})); // 0.2 stands too near the end
    QCOMPARE(labels({RangeMode::given, 0.25, 0.5}, within).front(), std::string("≤ 0.25"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)labels({RangeMode::given, 1, 0}, within), ErrorKind::format, "r2");
  }

  void labelsAndSquaresKeepTheirAxes() {
    const MapSource source = sourceWith({0, 0, 0, 0, 0});
    for (const char* name : {"layer", "space", "channel"}) {
      const MapKind& kind = mapKindNamed(name);
      QVERIFY(!hasRange(kind));
      const std::vector<float> values = kind.values(source).first;
      const std::vector<Axis> axes = axesWith({RangeMode::own}, kind, source, values);
      QCOMPARE(axes.front().high, kind.axes(source).front().high);
      QCOMPARE(axes.front().tickLabels, kind.axes(source).front().tickLabels);
    }
  }
};

CORTOGRAPH_TEST(RangeTest, QCoreApplication)
#include "range_test.moc"
