#include "brains.h"
#include "demo/cortex/cortex.h"
#include "pictures.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "viewer/color/legend.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/legend_drawing.h"
#include "viewer/scene/opengl.h"

#include <vtkNew.h>
#include <vtkStdString.h>
#include <vtkTextProperty.h>
#include <vtkTextRenderer.h>

#include <QRegularExpression>
#include <QStringList>
#include <QtTest>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr int vertices = 3000;

/// Clusters of different sizes, the last the smallest, over both hemispheres, one vertex in none.
ChannelClusters clustersOf(int count) {
  ChannelClusters clusters;
  clusters.count = count;
  clusters.label.push_back(-1);
  for (int round = 0; clusters.label.size() < vertices; ++round) {
    for (std::int32_t label = 0; label <= round % count; ++label) {
      clusters.label.push_back(label);
    }
  }
  clusters.label.resize(vertices);
  return clusters;
}

/// A map that every kind can be made of.
MapSource sourceOf(std::size_t layers, int clusters, int regions) {
  BrainMap map;
  map.vertices = {{.name = "tiny", .vertices = {vertices, vertices}}, {}};
  for (std::int32_t i = 0; i < vertices / 2; ++i) {
    map.vertices.ofSide[0].push_back(i);
    map.vertices.ofSide[1].push_back(i);
  }
  map.layer = Array<float>({vertices, layers});
  map.space = Array<float>({vertices, 2});
  map.scale = Array<float>({vertices});
  map.r2.assign(vertices, 0.5F);
  map.noiseCeiling.assign(vertices, 0.8F);
  map.clusters = clustersOf(clusters);
  for (int r = 0; r < regions; ++r) {
    Region region{"midparietal-" + std::to_string(r + 1), "test", {}};
    for (int i = 0; i < vertices; ++i) {
      region.member.push_back(i % regions == r ? 1 : 0);
    }
    map.regions.push_back(region);
  }
  MapSource source{std::make_shared<BrainMap>(map), nullptr};
  source.probe = std::make_shared<Probe>(Probe{"cat", std::vector<float>(vertices)});
  source.other = source.map;
  source.runs = {source.map, source.map};
  source.layer = static_cast<int>(layers);
  VertexData data = oneColumn("thickness", {std::vector<float>(vertices, 2.5F), {}});
  data.unit = "mm";
  source.data = std::make_shared<VertexData>(std::move(data));
  source.cortex = demoCortex();
  return source;
}

Legend legendOf(std::string_view name, const MapSource& source) {
  const MapKind& kind = mapKindNamed(name);
  return makeLegend(kind, source, colormapNamed(kind.colormap));
}

struct TextBox {
  std::string text;
  double left = 0, right = 0, bottom = 0, top = 0;
};

/// Where a text's letters lie, measured by what draws them.
TextBox boxOf(const DrawnText& text, Font font) {
  constexpr int size = 100;
  vtkNew<vtkTextProperty> property;
  property->SetFontFamily(vtkFontOf(font));
  property->SetFontSize(size);
  property->SetBold(text.bold ? 1 : 0);
  std::array<int, 4> box{};
  vtkTextRenderer::GetInstance()->GetBoundingBox(property.Get(), text.text, box.data(), 72);
  double width = (box[1] - box[0] + 1) * text.size / size;
  double height = (box[3] - box[2] + 1) * text.size / size;
  if (text.rotated) {
    std::swap(width, height);
  }
  const auto start = [](double at, double length, Align align) {
    return at - (align == Align::low ? 0 : align == Align::middle ? length / 2 : length);
  };
  const double left = start(text.x, width, text.across);
  const double bottom = start(text.y, height, text.upwards);
  return {text.text, left, left + width, bottom, bottom + height};
}

/// What is wrong with where a drawing's texts lie; empty when nothing is.
std::string faultOf(const Drawing& drawing) {
  constexpr double tolerance = 0.3; // of a line: ends of letters over the edge of a bar
  std::vector<TextBox> boxes;
  for (const DrawnText& text : drawing.texts) {
    boxes.push_back(boxOf(text, drawing.font));
    const TextBox& box = boxes.back();
    if (box.left < -tolerance || box.right > drawing.width + tolerance || box.bottom < -tolerance ||
        box.top > drawing.height + tolerance) {
      return box.text + " is outside";
    }
    for (const DrawnPicture& p : drawing.pictures) {
      if (box.left < p.x + p.width && p.x < box.right && box.bottom < p.y + p.height &&
          p.y < box.top) {
        return box.text + " is on the colours";
      }
    }
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const TextBox& a = boxes[i];
      const TextBox& b = boxes[j];
      if (a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top) {
        return a.text + " covers " + b.text;
      }
    }
  }
  return {};
}

/// In the order they were drawn: "layer|1|12".
QString textsOf(const Drawing& drawing) {
  QStringList texts;
  for (const DrawnText& text : drawing.texts) {
    texts.push_back(QString::fromStdString(text.text));
  }
  return texts.join('|');
}

const DrawnText& textNamed(const Drawing& drawing, const std::string& name) {
  return *std::ranges::find(drawing.texts, name, &DrawnText::text);
}

bool has(const Drawing& drawing, const std::string& text) {
  return std::ranges::find(drawing.texts, text, &DrawnText::text) != drawing.texts.end();
}

} // namespace

class LegendTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void listCountsBothHemispheres();
  void longListShowsTheMostFrequent();
  void sidesOfTheImage();
  void sidesAreDrawnWhereTheyAre();
  void textsFitAndStandApart_data();
  void textsFitAndStandApart();
  void ticksAreThinnedOut();
  void twentyClustersAreReadable_data();
  void twentyClustersAreReadable();
  void placeAndSizeAreObeyed();
  void namesGoThereAndBack();
};

void LegendTest::listCountsBothHemispheres() {
  const MapSource source{std::make_shared<BrainMap>(smallMap()), nullptr};
  const Legend channel = legendOf("channel", source);
  QVERIFY(channel.form == LegendForm::list);
  QCOMPARE(channel.axes.front().title, std::string("3 channel clusters"));
  // Label 0 is of vertex 0 on the left and vertex 4 on the right; vertex 3 is in none.
  QVERIFY(channel.entries == (std::vector<LegendEntry>{{"1", 2}, {"2", 1}, {"3", 1}}));
  const MapKind& kind = mapKindNamed("channel");
  for (int i = 0; i < 3; ++i) {
    const auto expected =
        colorBytes(colormapNamed(kind.colormap), (static_cast<float>(i) + 0.5F) / 20, 0);
    QVERIFY(std::equal(expected.begin(), expected.end(), channel.swatch.pixel(i, 0)));
  }
  const Legend region = legendOf("region", source);
  QVERIFY(region.entries == (std::vector<LegendEntry>{{"V1v", 2}, {"early", 1}}));
  QCOMPARE(region.axes.front().title, std::string("2 regions"));
  const Drawing drawing = drawLegend(channel, {}, Font::sans);
  QCOMPARE(textsOf(drawing), QString("3 channel|clusters|1|2|2|1|3|1|no data"));
}

void LegendTest::longListShowsTheMostFrequent() {
  QCOMPARE(legendOf("channel", sourceOf(2, 25, 1)).more, std::size_t{0});
  const MapSource source = sourceOf(2, 36, 1);
  const Legend legend = legendOf("channel", source);
  QCOMPARE(legend.entries.size(), mostEntries);
  QCOMPARE(legend.more, std::size_t{12});
  QCOMPARE(legend.axes.front().title, std::string("36 channel clusters"));
  std::size_t least = vertices;
  std::size_t listed = 0;
  int before = 0;
  for (const LegendEntry& entry : legend.entries) {
    QVERIFY(std::stoi(entry.label) > before); // in their own order
    before = std::stoi(entry.label);
    least = std::min(least, entry.vertices);
    listed += entry.vertices;
  }
  std::size_t all = 0;
  for (const KindLabel& label : mapKindNamed("channel").labeled(source)) {
    const bool shown =
        std::ranges::find(legend.entries, label.name, &LegendEntry::label) != legend.entries.end();
    QVERIFY(shown ? label.vertices >= least : label.vertices <= least);
    all += label.vertices;
  }
  QCOMPARE(all, std::size_t{vertices - 1});
  QVERIFY(listed < all);
  QVERIFY(has(drawLegend(legend, {}, Font::sans), "and 12 more"));
}

void LegendTest::sidesOfTheImage() {
  const Legend legend = legendOf("space", sourceOf(2, 1, 1));
  QVERIFY(legend == legendOf("place-used", sourceOf(2, 1, 1)));
  for (const bool below : {false, true}) {
    const Drawing drawing = drawLegend(legend, {below}, Font::sans);
    const DrawnPicture& image = drawing.pictures.front();
    const double centerX = image.x + image.width / 2;
    const double centerY = image.y + image.height / 2;
    const DrawnText& left = textNamed(drawing, "left");
    const DrawnText& right = textNamed(drawing, "right");
    const DrawnText& up = textNamed(drawing, "up");
    const DrawnText& down = textNamed(drawing, "down");
    QVERIFY(left.x < image.x && right.x > image.x + image.width);
    QCOMPARE(left.y, centerY);
    QCOMPARE(right.y, centerY);
    QVERIFY(up.y > image.y + image.height && down.y < image.y);
    QCOMPARE(up.x, centerX);
    QCOMPARE(down.x, centerX);
    // The point looked at: two strokes that cross in the middle.
    const auto crosses = std::ranges::count_if(drawing.lines, [&](const DrawnLine& line) {
      return line.raised && std::abs((line.x0 + line.x1) / 2 - centerX) < 1e-9 &&
             std::abs((line.y0 + line.y1) / 2 - centerY) < 1e-9;
    });
    QCOMPARE(crosses, std::ptrdiff_t{2});
  }
}

/// The colour beside each word is that of a map whose every place lies there, in words too.
void LegendTest::sidesAreDrawnWhereTheyAre() {
  CORTOGRAPH_NEED(fsaverage5());
  const auto cortex = readCortex(fsaverage5());
  constexpr float edge = 1 - 1 / 64.0F; // the middle of the swatch's outermost pixel
  constexpr float middle = 1 / 64.0F;
  struct Side4 {
    const char* word;
    float x, y;
    int column, row;
  };
  const std::array<Side4, 4> sides{{{"left", -edge, middle, 0, 32},
                                    {"right", edge, middle, 63, 32},
                                    {"up", middle, -edge, 32, 0},
                                    {"down", middle, edge, 32, 63}}};
  GridState state;
  state.style.legends.shown = false;
  state.style.lit = false;
  const auto paneOf = [&](float x, float y) {
    const auto map = makeMap(
        *cortex,
        [](cortograph::Side side, const Point&) { return side == cortograph::Side::left; },
        [&](cortograph::Side, const Point&) {
          return Selected{0, 1, x, y, 0.3F, 0.75F};
        });
    return Pane{"", cortex, {map, nullptr}, "space", Shape::flat};
  };
  // Places that are no numbers: all that is coloured is the legend.
  state.rows = {{paneOf(std::nanf(""), std::nanf(""))}};
  state.style.legends.shown = true;
  const Picture key = drawFigure(state, View::lateral, 900, 600);
  std::array<int, 4> box{900, 0, 600, 0};
  for (int y = 0; y < 600; ++y) {
    for (int x = 0; x < 900; ++x) {
      if (isColored(colorAt(key, x, y))) {
        box = {std::min(box[0], x), std::max(box[1], x), std::min(box[2], y), std::max(box[3], y)};
      }
    }
  }
  QVERIFY(box[1] - box[0] > 40 && box[3] - box[2] > 40);
  state.style.legends.shown = false;
  for (const Side4& side : sides) {
    const Pane pane = paneOf(side.x, side.y);
    QVERIFY(mapKindNamed("space").inWords(pane.source, 0).find(side.word) != std::string::npos);
    state.rows = {{pane}};
    const Picture brain = drawFigure(state, View::lateral, 600, 300);
    const Color painted = colorAt(brain, 150, 150);
    const std::uint8_t* swatch = legendOf("space", pane.source).swatch.pixel(side.column, side.row);
    QVERIFY2(near(painted, {swatch[0], swatch[1], swatch[2]}, 1), side.word);
    const int x = side.column == 0    ? box[0] + 2
                  : side.column == 63 ? box[1] - 2
                                      : (box[0] + box[1]) / 2;
    const int y = side.row == 0 ? box[2] + 2 : side.row == 63 ? box[3] - 2 : (box[2] + box[3]) / 2;
    QVERIFY2(near(painted, colorAt(key, x, y), 20), side.word); // two pixels of 74 from the edge
  }
}

void LegendTest::textsFitAndStandApart_data() {
  QTest::addColumn<int>("layers");
  QTest::addColumn<int>("font");
  for (const int layers : {1, 12, 24, 40}) {
    for (const Font font : allFonts) {
      QTest::addRow("%d layers, %s", layers, std::string(toString(font)).c_str())
          << layers << static_cast<int>(font);
    }
  }
}

void LegendTest::textsFitAndStandApart() {
  QFETCH(int, layers);
  QFETCH(int, font);
  const MapSource source = sourceOf(static_cast<std::size_t>(layers), layers, layers);
  for (const MapKindEntry entry : mapKindTable()) {
    const Legend legend = legendOf(entry().name, source);
    for (const bool below : {false, true}) {
      // What a pane of 26 letters across leaves, and half of that.
      for (const double part : {1.0, 0.5}) {
        const LegendRoom room{below, (below ? 25 : 12) * part, (below ? 11 : 22) * part};
        const Drawing drawing = drawLegend(legend, room, static_cast<Font>(font));
        const std::string fault = faultOf(drawing);
        QVERIFY2(fault.empty(),
                 (std::string(entry().name) + (below ? " below: " : " beside: ") + fault).c_str());
        QVERIFY(has(drawing, "no data"));
        for (const LegendAxis& axis : legend.axes) {
          if (!axis.ticks.empty()) {
            QVERIFY(has(drawing, axis.ticks.front().label));
            QVERIFY(has(drawing, axis.ticks.back().label));
          }
        }
      }
    }
  }
}

void LegendTest::ticksAreThinnedOut() {
  const auto numbers = [](std::size_t layers, const std::string& kind, bool below) {
    const Legend legend = legendOf(kind, sourceOf(layers, 1, 1));
    const QString texts = textsOf(drawLegend(legend, {below}, Font::sans));
    return texts.left(texts.lastIndexOf(QRegularExpression("[0-9]")) + 1);
  };
  QCOMPARE(numbers(4, "layer", false), QString("1|2|3|4"));
  QCOMPARE(numbers(8, "layer", false), QString("1|4|8"));
  QCOMPARE(numbers(12, "layer", false), QString("1|4|8|12"));
  QCOMPARE(numbers(24, "layer", false), QString("1|12|24"));
  QCOMPARE(numbers(40, "layer", true), QString("1|20|40"));
  QVERIFY(numbers(12, "expected-layer", false).count('|') >= 4); // a longer axis has room for more
  const Drawing drawing = drawLegend(legendOf("layer", sourceOf(40, 1, 1)), {}, Font::sans);
  for (const char* name : {"layer", "certainty", "sure", "unsure", "no data"}) {
    QVERIFY2(has(drawing, name), name);
  }
  QVERIFY(textNamed(drawing, "sure").y > textNamed(drawing, "unsure").y);
}

void LegendTest::twentyClustersAreReadable_data() {
  QTest::addColumn<int>("rows");
  QTest::addColumn<int>("columns");
  QTest::newRow("one pane") << 1 << 1;
  QTest::newRow("two rows of three") << 2 << 3;
}

/// At 1200 x 800 the list need not be made smaller than its text is to be.
void LegendTest::twentyClustersAreReadable() {
  QFETCH(int, rows);
  QFETCH(int, columns);
  const GridLayout bare =
      layOut({std::vector<int>(static_cast<std::size_t>(rows), columns), 1200, 800, true});
  const Rect& brain = bare.rows[0][0].brain;
  const Legend legend = legendOf("channel", sourceOf(2, 20, 1));
  QCOMPARE(legend.entries.size(), std::size_t{20});
  for (const LegendRoom& room :
       {LegendRoom{false, brain.width / 2.0 / bare.em, brain.height / bare.em},
        LegendRoom{true, brain.width / bare.em, brain.height / 2.0 / bare.em}}) {
    const Drawing drawing = drawLegend(legend, room, Font::sans);
    QVERIFY2(drawing.width <= room.width && drawing.height <= room.height,
             qPrintable(QString("%1 of %2, %3 of %4")
                            .arg(drawing.width)
                            .arg(room.width)
                            .arg(drawing.height)
                            .arg(room.height)));
    QCOMPARE(drawing.pictures.size(), std::size_t{21});
  }
  QVERIFY(bare.em >= 12); // pixels
}

void LegendTest::placeAndSizeAreObeyed() {
  CORTOGRAPH_NEED(fsaverage5());
  QVERIFY(openGlProblem().empty());
  Brains brains;
  brains.read();
  auto nothing = std::make_shared<BrainMap>(*brains.leftOnly);
  std::ranges::fill(nothing->scale.values, std::nanf(""));
  GridState state = brains.one(nothing, "scale", Shape::inflated);
  state.style.legends.shown = true;
  const auto colored = [&](const Rect& where) {
    const Picture picture = drawFigure(state, View::dorsal, 900, 600);
    int found = 0;
    for (int y = where.y; y < where.y + where.height; ++y) {
      for (int x = where.x; x < where.x + where.width; ++x) {
        found += isColored(colorAt(picture, x, y)) ? 1 : 0;
      }
    }
    return found;
  };
  const Rect lowest{0, 480, 900, 120}; // from the top
  const Rect rightmost{450, 100, 450, 380};
  state.style.legends.place = LegendPlace::right;
  QVERIFY(colored(rightmost) > 1000);
  QCOMPARE(colored(lowest), 0);
  state.style.legends.place = LegendPlace::below;
  const int normal = colored(lowest);
  QVERIFY(normal > 1000);
  QCOMPARE(colored(rightmost), 0);
  state.style.legends.size = 1.5;
  const int larger = colored({0, 300, 900, 300});
  QVERIFY2(larger > 2 * normal && larger < 2.5 * normal, std::to_string(larger).c_str());
  state.style.legends.shown = false;
  QCOMPARE(colored({0, 0, 900, 600}), 0);
}

void LegendTest::namesGoThereAndBack() {
  for (const LegendPlace place : allLegendPlaces) {
    QVERIFY(legendPlaceNamed(toString(place)) == place);
  }
  for (const Font font : allFonts) {
    QVERIFY(fontNamed(toString(font)) == font);
  }
  QVERIFY(!fontNamed("comic").has_value() && !legendPlaceNamed("above").has_value());
  // Each is a face of its own.
  QVERIFY(textWidth("iiii", Font::mono) > 1.5 * textWidth("iiii", Font::sans));
  QVERIFY(textWidth("certainty", Font::serif) != textWidth("certainty", Font::sans));
}

CORTOGRAPH_TEST(LegendTest, QCoreApplication)
#include "legend_test.moc"
