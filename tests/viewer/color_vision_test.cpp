#include "support/test_case.h"
#include "viewer/color/color_vision.h"
#include "viewer/color/colormap.h"
#include "viewer/color/control_points.h"
#include "viewer/color/srgb.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace cortograph;

namespace {

using Triple = std::array<double, 3>;
constexpr std::array dichromats{Vision::protan, Vision::deutan, Vision::tritan};

double distance(const Triple& a, const Triple& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

Triple multiply(const std::array<Triple, 3>& rows, const Triple& x) {
  Triple y{};
  for (std::size_t i = 0; i < 3; ++i) {
    y[i] = rows[i][0] * x[0] + rows[i][1] * x[1] + rows[i][2] * x[2];
  }
  return y;
}

Triple linearOf(const Rgb& rgb) {
  return {toLinear(rgb[0]), toLinear(rgb[1]), toLinear(rgb[2])};
}

/// The responses of the cones for long, middle and short waves, as Viénot, Brettel and Mollon
/// (1999, equation 4) compute them from linear RGB; and back.
constexpr std::array<Triple, 3> conesOfRgb{
    {{17.8824, 43.5161, 4.11935}, {3.45565, 27.1554, 3.86714}, {0.0299566, 0.184309, 1.46709}}};
constexpr std::array<Triple, 3> rgbOfCones{{{0.0809444479, -0.130504409, 0.116721066},
                                            {-0.0102485335, 0.0540193266, -0.113614708},
                                            {-0.000365296938, -0.00412161469, 0.693511405}}};

/// OKLab (B. Ottosson, 2020) of what a vision sees: a difference of 0.02 is about just noticeable.
Triple labOf(Vision vision, const Rgb& rgb) {
  constexpr std::array<Triple, 3> toCones{{{0.4122214708, 0.5363325363, 0.0514459929},
                                           {0.2119034982, 0.6806995451, 0.1073969566},
                                           {0.0883024619, 0.2817188376, 0.6299787005}}};
  constexpr std::array<Triple, 3> toLab{{{0.2104542553, 0.7936177850, -0.0040720468},
                                         {1.9779984951, -2.4285922050, 0.4505937099},
                                         {0.0259040371, 0.7827717662, -0.8086757660}}};
  Triple cones = multiply(toCones, linearOf(seenBy(vision, rgb)));
  std::ranges::transform(cones, cones.begin(), [](double c) { return std::cbrt(c); });
  return multiply(toLab, cones);
}

using Colors = std::vector<Triple>;

/// `count` colours of a map, evenly spaced over u.
Colors colorsOf(const Colormap& map, Vision vision, int count, float v = 0) {
  Colors colors;
  for (int i = 0; i < count; ++i) {
    colors.push_back(
        labOf(vision, map.color(static_cast<float>(i) / static_cast<float>(count - 1), v)));
  }
  return colors;
}

/// The least difference of two colours that are at least so many places apart.
double leastDifference(const Colors& colors, std::size_t apart = 1) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < colors.size(); ++i) {
    for (std::size_t j = i + apart; j < colors.size(); ++j) {
      least = std::min(least, distance(colors[i], colors[j]));
    }
  }
  return least;
}

/// The least over those who miss a cone.
template <class Measure> double worst(const Measure& measure) {
  return std::min({measure(dichromats[0]), measure(dichromats[1]), measure(dichromats[2])});
}

/// Sequential maps: the range of lightness; 0 when it does not rise or fall all the way.
double lightnessRange(const Colormap& map) {
  return worst([&](Vision vision) {
    const Colors colors = colorsOf(map, vision, 33);
    const auto lightness = [](const Triple& lab) { return lab[0]; };
    const bool monotonic = std::ranges::is_sorted(colors, std::less_equal{}, lightness) ||
                           std::ranges::is_sorted(colors, std::greater_equal{}, lightness);
    return monotonic ? std::abs(colors.back()[0] - colors.front()[0]) : 0.0;
  });
}

/// Diverging maps: how unlike colours are that lie a quarter of the map apart or more.
double quarterDifference(const Colormap& map) {
  return worst([&](Vision vision) { return leastDifference(colorsOf(map, vision, 33), 8); });
}

/// And how much more one end is lighter than the other than full vision has it: lightness tells how
/// far from the middle a colour is, and in a certainty map how sure.
double imbalance(const Colormap& map, float v = 0) {
  const auto slope = [&](Vision vision) {
    return std::abs(labOf(vision, map.color(0, v))[0] - labOf(vision, map.color(1, v))[0]);
  };
  return -worst([&](Vision vision) { return -slope(vision); }) - slope(Vision::full);
}

/// Maps of places: the least difference in a grid of 5 × 5.
double gridDifference(const Colormap& map) {
  return worst([&](Vision vision) {
    Colors grid;
    for (const float v : {0.0F, 0.25F, 0.5F, 0.75F, 1.0F}) {
      const Colors row = colorsOf(map, vision, 5, v);
      grid.insert(grid.end(), row.begin(), row.end());
    }
    return leastDifference(grid);
  });
}

/// Maps of twenty categories: the least difference of two.
double categoryDifference(const Colormap& map, Vision vision) {
  return leastDifference(colorsOf(map, vision, 20));
}

double categoryDifference(const Colormap& map) {
  return worst([&](Vision vision) { return categoryDifference(map, vision); });
}

constexpr auto rainbowPoints =
    std::to_array<std::uint32_t>({0x0000ff, 0x00ffff, 0x00ff00, 0xffff00, 0xff0000});
constexpr Colormap rainbow{
    "rainbow", "", "", 1, [](float u, float) { return interpolate(rainbowPoints, u); }, ""};

// ColorBrewer RdYlGn in 5 classes.
constexpr auto trafficPoints =
    std::to_array<std::uint32_t>({0xd7191c, 0xfdae61, 0xffffbf, 0xa6d96a, 0x1a9641});
constexpr Colormap traffic{
    "traffic", "", "", 1, [](float u, float) { return interpolate(trafficPoints, u); }, ""};

const Colormap& safeOf(std::string_view name) {
  return safeAlternative(colormapNamed(name));
}

#define CORTOGRAPH_VERIFY_ABOVE(value, bound)                                                      \
  QVERIFY2((value) > (bound), std::to_string(value).c_str())
#define CORTOGRAPH_VERIFY_BELOW(value, bound)                                                      \
  QVERIFY2((value) < (bound), std::to_string(value).c_str())

} // namespace

class ColorVisionTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void names();
  void grayStaysGray();
  void ownColorsStay();
  void theOtherConesSeeTheSame();
  void confusionLines();
  void pictureAsItsColors();
  void defaultsHaveSafeAlternatives();
  void sequentialMapsKeepTheirOrder();
  void divergingMapsKeepTheirSides();
  void certaintyIsNoSide();
  void placesStayApart();
  void categoriesStayApart();
};

void ColorVisionTest::names() {
  for (const Vision vision : everyVision) {
    QCOMPARE(visionNamed(toString(vision)), std::optional(vision));
    QVERIFY(!titleOf(vision).empty());
  }
  QVERIFY(!visionNamed("mantis shrimp"));
}

void ColorVisionTest::grayStaysGray() {
  for (const Vision vision : everyVision) {
    for (int byte = 0; byte < 256; ++byte) {
      const float gray = static_cast<float>(byte) / 255.0F;
      for (const float channel : seenBy(vision, {gray, gray, gray})) {
        QVERIFY(std::abs(channel - gray) < 0.1F / 255.0F);
      }
    }
  }
}

/// Viénot's plane holds blue and yellow, and what is seen is seen again as it is.
void ColorVisionTest::ownColorsStay() {
  for (const Vision vision : {Vision::protan, Vision::deutan}) {
    for (const Rgb& own : {Rgb{0, 0, 1}, Rgb{1, 1, 0}, Rgb{0.5F, 0.5F, 0.9F}}) {
      QVERIFY(distance(linearOf(seenBy(vision, own)), linearOf(own)) < 1e-4);
    }
  }
  for (const Vision vision : dichromats) {
    const Rgb once = seenBy(vision, {0.6F, 0.5F, 0.4F});
    QVERIFY(distance(linearOf(seenBy(vision, once)), linearOf(once)) < 1e-3);
  }
}

void ColorVisionTest::theOtherConesSeeTheSame() {
  for (const float r : {0.4F, 0.5F, 0.6F}) {
    for (const float g : {0.4F, 0.5F, 0.6F}) {
      for (const float b : {0.4F, 0.5F, 0.6F}) {
        const Triple cones = multiply(conesOfRgb, linearOf({r, g, b}));
        for (std::size_t missing = 0; missing < 3; ++missing) {
          const Triple seen =
              multiply(conesOfRgb, linearOf(seenBy(dichromats[missing], {r, g, b})));
          for (std::size_t cone = 0; cone < 3; ++cone) {
            QVERIFY(cone == missing || std::abs(seen[cone] - cones[cone]) < 1e-3 * cones[cone]);
          }
        }
      }
    }
  }
}

/// Two colours in which only one cone differs are one colour to those who miss it.
void ColorVisionTest::confusionLines() {
  const Triple gray = multiply(conesOfRgb, {0.4, 0.4, 0.4});
  constexpr std::array<double, 3> steps{0.09, 0.09, 0.7}; // part of the cone's response
  for (std::size_t missing = 0; missing < 3; ++missing) {
    std::array<Rgb, 2> pair{};
    for (std::size_t i = 0; i < 2; ++i) {
      Triple cones = gray;
      cones[missing] *= i == 0 ? 1 + steps[missing] : 1 - steps[missing];
      const Triple linear = multiply(rgbOfCones, cones);
      for (std::size_t c = 0; c < 3; ++c) {
        QVERIFY(linear[c] > 0 && linear[c] < 1);
        pair[i][c] = fromLinear(static_cast<float>(linear[c]));
      }
    }
    CORTOGRAPH_VERIFY_ABOVE(distance(labOf(Vision::full, pair[0]), labOf(Vision::full, pair[1])),
                            0.1);
    const Vision vision = dichromats[missing];
    CORTOGRAPH_VERIFY_BELOW(distance(labOf(vision, pair[0]), labOf(vision, pair[1])), 0.02);
  }
}

void ColorVisionTest::pictureAsItsColors() {
  for (const Vision vision : everyVision) {
    Picture picture(256, 128);
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = static_cast<std::uint8_t>(i * 2654435761U >> 13U);
    }
    const Picture before = picture;
    seeAs(vision, picture);
    for (std::size_t at = 0; at < picture.rgba.size(); at += 4) {
      const std::uint8_t* from = before.rgba.data() + at;
      const Rgb seen = seenBy(vision,
                              {static_cast<float>(from[0]) / 255.0F,
                               static_cast<float>(from[1]) / 255.0F,
                               static_cast<float>(from[2]) / 255.0F});
      for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(std::abs(static_cast<float>(picture.rgba[at + i]) - 255.0F * seen[i]) < 1.0F);
      }
      QCOMPARE(picture.rgba[at + 3], from[3]);
    }
  }
}

void ColorVisionTest::defaultsHaveSafeAlternatives() {
  QCOMPARE(safeOf("coolwarm-certainty").name, std::string_view("blueorange-certainty"));
  QCOMPARE(safeOf("coolwarm").name, std::string_view("blueorange"));
  QCOMPARE(safeOf("place").name, std::string_view("place-bluered"));
  QCOMPARE(safeOf("tab20").name, std::string_view("distinct20"));
  for (const std::string_view safe : {"puor", "reds", "greys", "inferno"}) {
    QCOMPARE(safeOf(safe).name, safe);
  }
}

void ColorVisionTest::sequentialMapsKeepTheirOrder() {
  for (const std::string_view name : {"reds", "greys", "inferno"}) {
    CORTOGRAPH_VERIFY_ABOVE(lightnessRange(safeOf(name)), 0.6);
  }
  CORTOGRAPH_VERIFY_BELOW(lightnessRange(rainbow), 0.6);
}

void ColorVisionTest::divergingMapsKeepTheirSides() {
  for (const std::string_view name : {"coolwarm", "puor"}) {
    CORTOGRAPH_VERIFY_ABOVE(quarterDifference(safeOf(name)), 0.07);
    CORTOGRAPH_VERIFY_BELOW(imbalance(safeOf(name)), 0.03);
  }
  CORTOGRAPH_VERIFY_BELOW(quarterDifference(traffic), 0.02);
  CORTOGRAPH_VERIFY_BELOW(quarterDifference(rainbow), 0.07);
  CORTOGRAPH_VERIFY_ABOVE(imbalance(colormapNamed("coolwarm")), 0.08); // red is dark to a protanope
}

void ColorVisionTest::certaintyIsNoSide() {
  for (const float v : {0.0F, 0.5F, 0.8F}) {
    CORTOGRAPH_VERIFY_BELOW(imbalance(safeOf("coolwarm-certainty"), v), 0.03);
  }
  CORTOGRAPH_VERIFY_ABOVE(imbalance(colormapNamed("coolwarm-certainty")), 0.08);
  CORTOGRAPH_VERIFY_ABOVE(quarterDifference(safeOf("coolwarm-certainty")), 0.07);
}

void ColorVisionTest::placesStayApart() {
  CORTOGRAPH_VERIFY_ABOVE(gridDifference(safeOf("place")), 0.05);
  CORTOGRAPH_VERIFY_BELOW(gridDifference(colormapNamed("place")), 0.01);
}

void ColorVisionTest::categoriesStayApart() {
  CORTOGRAPH_VERIFY_ABOVE(categoryDifference(safeOf("tab20")), 0.09);
  CORTOGRAPH_VERIFY_ABOVE(categoryDifference(safeOf("tab20"), Vision::full), 0.09);
  CORTOGRAPH_VERIFY_BELOW(categoryDifference(colormapNamed("tab20")), 0.02);
}

CORTOGRAPH_TEST(ColorVisionTest, QCoreApplication)
#include "color_vision_test.moc"
