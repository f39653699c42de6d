#include "base/error.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "viewer/color/colormap.h"
#include "viewer/color/legend.h"

#include <QtTest>

#include <cmath>
#include <set>

using namespace cortograph;

namespace {

std::array<int, 3> at(std::string_view name, float u, float v = 0) {
  const auto bytes = colorBytes(colormapNamed(name), u, v);
  return {bytes[0], bytes[1], bytes[2]};
}

bool near(const std::array<int, 3>& a, const std::array<int, 3>& b, int tolerance) {
  return std::abs(a[0] - b[0]) <= tolerance && std::abs(a[1] - b[1]) <= tolerance &&
         std::abs(a[2] - b[2]) <= tolerance;
}

Legend legendOf(std::string_view name, const std::shared_ptr<const BrainMap>& map) {
  const MapKind& kind = mapKindNamed(name);
  return makeLegend(kind, {map, nullptr}, colormapNamed(kind.colormap));
}

/// CIE L* of an sRGB colour and its OKLab lightness, by their own definitions.
double linear(double c) {
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double okLightness(const Rgb& rgb) {
  const double r = linear(rgb[0]);
  const double g = linear(rgb[1]);
  const double b = linear(rgb[2]);
  return 0.2104542553 * std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) +
         0.7936177850 * std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) -
         0.0040720468 * std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
}

} // namespace

class ColorTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void namesAreUnique();
  void unknownNameListsTheOthers();
  void brewerAnchors();
  void coolwarmIsMorelands();
  void everyClusterHasAColorOfItsOwn_data();
  void everyClusterHasAColorOfItsOwn();
  void certaintyDarkens_data();
  void certaintyDarkens();
  void placeHasOneLightness();
  void placeCorners();
  void placeOnAnAxis();
  void legendOfABar();
  void legendOfASquare();
};

void ColorTest::namesAreUnique() {
  std::set<std::string_view> names;
  for (const ColormapEntry entry : colormapTable()) {
    const Colormap& colormap = entry();
    QVERIFY(names.insert(colormap.name).second);
    QVERIFY(!colormap.title.empty());
    QVERIFY(!colormap.glsl.empty());
    const Colormap& safe = safeAlternative(colormap);
    QCOMPARE(safe.dimensions, colormap.dimensions);
    QCOMPARE(safe.safe, safe.name);
    QVERIFY(colormap.dimensions == 1 || colormap.dimensions == 2);
    for (float u = 0; u <= 1; u += 0.125F) {
      for (float v = 0; v <= 1; v += 0.125F) {
        for (const float c : colormap.color(u, v)) {
          QVERIFY2(c > -0.002F && c < 1.002F, std::string(colormap.name).c_str());
        }
      }
    }
  }
  QCOMPARE(names.size(), std::size_t{12});
}

void ColorTest::unknownNameListsTheOthers() {
  CORTOGRAPH_EXPECT_ERROR(
      (void)colormapNamed("jet"), ErrorKind::notFound, "jet", "puor", "coolwarm-certainty");
}

void ColorTest::brewerAnchors() {
  QCOMPARE(at("puor", 0), (std::array{127, 59, 8}));
  QCOMPARE(at("puor", 0.5F), (std::array{247, 247, 247}));
  QCOMPARE(at("puor", 1), (std::array{45, 0, 75}));
  QVERIFY(near(at("puor", 0.25F), {239, 157, 60}, 1)); // halfway from e08214 to fdb863
  QCOMPARE(at("reds", 0), (std::array{255, 245, 240}));
  QCOMPARE(at("reds", 0.5F), (std::array{251, 106, 74}));
  QCOMPARE(at("reds", 1), (std::array{103, 0, 13}));
  QCOMPARE(at("greys", 0), (std::array{255, 255, 255}));
  QCOMPARE(at("greys", 0.5F), (std::array{150, 150, 150}));
  QCOMPARE(at("greys", 1), (std::array{0, 0, 0}));
  QCOMPARE(at("inferno", 0.5F), (std::array{188, 55, 84}));
}

void ColorTest::coolwarmIsMorelands() {
  // The paper's ends; the table that matplotlib ships at every seventh.
  QVERIFY(near(at("coolwarm", 0), {59, 76, 192}, 1));
  QVERIFY(near(at("coolwarm", 1), {180, 4, 38}, 1));
  QVERIFY(near(at("coolwarm", 0.5F), {221, 221, 221}, 1));
  const std::array<std::array<int, 3>, 6> sevenths{{{0x67, 0x88, 0xee},
                                                    {0x9a, 0xbb, 0xff},
                                                    {0xc9, 0xd7, 0xf0},
                                                    {0xed, 0xd1, 0xc2},
                                                    {0xf7, 0xa8, 0x89},
                                                    {0xe2, 0x69, 0x52}}};
  for (std::size_t i = 0; i < sevenths.size(); ++i) {
    QVERIFY2(near(at("coolwarm", static_cast<float>(i + 1) / 7), sevenths[i], 3),
             std::to_string(i).c_str());
  }
}

void ColorTest::everyClusterHasAColorOfItsOwn() {
  QFETCH(const int, clusters);
  QFETCH(const QString, usual);
  QFETCH(const QString, safe);
  auto map = std::make_shared<BrainMap>();
  map->clusters.count = clusters;
  for (std::int32_t label = -1; label < clusters; ++label) {
    map->clusters.label.push_back(label);
  }
  const MapKind& kind = mapKindNamed("channel");
  const Axis axis = kind.axes({map, nullptr}).front();
  const std::vector<float> values = kind.values({map, nullptr}).first;
  QVERIFY(std::isnan(values.front()));
  const Colormap& colormap = colormapNamed(kind.colormapOn(axis));
  QCOMPARE(std::string(colormap.name), usual.toStdString());
  QCOMPARE(std::string(safeAlternative(colormap).name), safe.toStdString());
  for (const std::string_view name : {colormap.name, colormap.safe}) {
    std::set<std::array<int, 3>> colors;
    for (std::size_t n = 1; n < values.size(); ++n) {
      colors.insert(at(name, placeOn(axis, values[n])));
    }
    QCOMPARE(colors.size(), static_cast<std::size_t>(clusters));
  }
  QCOMPARE(at(colormap.name, placeOn(axis, values[1])), (std::array{31, 119, 180}));
  QCOMPARE(at(colormap.name, placeOn(axis, values[20])), (std::array{158, 218, 229}));
}

void ColorTest::everyClusterHasAColorOfItsOwn_data() {
  QTest::addColumn<int>("clusters");
  QTest::addColumn<QString>("usual");
  QTest::addColumn<QString>("safe");
  QTest::newRow("twenty") << 20 << "tab20"
                          << "distinct20";
  QTest::newRow("one more") << 21 << "tab256"
                            << "distinct256";
  QTest::newRow("as many as there are colours") << 256 << "tab256"
                                                << "distinct256";
}

void ColorTest::certaintyDarkens_data() {
  QTest::addColumn<QString>("name");
  QTest::newRow("coolwarm") << "coolwarm";
  QTest::newRow("blueorange") << "blueorange";
}

void ColorTest::certaintyDarkens() {
  QFETCH(QString, name);
  const std::string plainName = name.toStdString();
  for (const float u : {0.0F, 0.3F, 1.0F}) {
    const Rgb plain = colormapNamed(plainName).color(u, 0);
    for (const float v : {0.0F, 0.5F, 0.9F, 1.0F}) {
      const Rgb dark = colormapNamed(plainName + "-certainty").color(u, v);
      for (std::size_t i = 0; i < 3; ++i) {
        const float expected = std::min(1.0F, plain[i] * (1 - v * v * v + 0.2F));
        QVERIFY(std::abs(dark[i] - expected) < 1e-6F);
      }
    }
  }
}

void ColorTest::placeHasOneLightness() {
  const Colormap& place = colormapNamed("place");
  for (int i = 0; i <= 32; ++i) {
    for (int j = 0; j <= 32; ++j) {
      const double lightness =
          okLightness(place.color(static_cast<float>(i) / 32, static_cast<float>(j) / 32));
      QVERIFY2(std::abs(lightness - 0.74) < 0.002, std::to_string(lightness).c_str());
    }
  }
  const auto center = at("place", 0.5F, 0.5F);
  QVERIFY(near(center, {center[0], center[0], center[0]}, 1));
}

void ColorTest::placeCorners() {
  const auto topLeft = at("place", 0, 0);
  const auto bottomLeft = at("place", 0, 1);
  const auto bottomRight = at("place", 1, 1);
  const auto topRight = at("place", 1, 0);
  QVERIFY(topLeft[2] > topLeft[1] && topLeft[1] > topLeft[0] + 60);                 // cyan
  QVERIFY(bottomLeft[2] > bottomLeft[1] + 40 && bottomLeft[0] > bottomLeft[1]);     // magenta
  QVERIFY(bottomRight[0] > bottomRight[1] + 60 && bottomRight[1] > bottomRight[2]); // orange
  QVERIFY(topRight[1] > topRight[0] && topRight[1] > topRight[2] + 40);             // green
}

void ColorTest::placeOnAnAxis() {
  const Axis axis{"x", "", -1, 3, {}, {}};
  QCOMPARE(placeOn(axis, 0), 0.25F);
  QCOMPARE(placeOn(axis, -7), 0.0F);
  QCOMPARE(placeOn(axis, 7), 1.0F);
  QVERIFY(std::isnan(placeOn(axis, std::nanf(""))));
  QCOMPARE(placeOn(Axis{"layer", "", 1, 1, {}, {}}, 1), 0.5F);
}

void ColorTest::legendOfABar() {
  auto map = std::make_shared<BrainMap>();
  const Legend legend = legendOf("scale", map);
  QCOMPARE(legend.axes.size(), std::size_t{1});
  QCOMPARE(legend.axes[0].ticks.front().label, std::string("local"));
  QCOMPARE(legend.axes[0].ticks.front().place, 0.0F);
  QCOMPARE(legend.axes[0].ticks.back().place, 1.0F);
  QCOMPARE(legend.swatch.height, 256);
  const std::uint8_t* top = legend.swatch.pixel(0, 0);
  QVERIFY(near({top[0], top[1], top[2]}, {45, 0, 75}, 1)); // global, purple, above
}

void ColorTest::legendOfASquare() {
  auto map = std::make_shared<BrainMap>();
  map->layer = Array<float>({1, 12});
  const Legend layer = legendOf("layer", map);
  QCOMPARE(layer.axes.size(), std::size_t{2});
  QCOMPARE(layer.axes[0].ticks.back().label, std::string("12"));
  QCOMPARE(layer.axes[0].ticks.back().place, 1.0F);
  const Legend space = legendOf("space", map);
  const std::uint8_t* upLeft = space.swatch.pixel(0, 0);
  QVERIFY(near({upLeft[0], upLeft[1], upLeft[2]}, at("place", 0, 0), 4));
  QVERIFY(space != layer);
  QVERIFY(space == legendOf("space", map));
}

CORTOGRAPH_TEST(ColorTest, QCoreApplication)
#include "color_test.moc"
