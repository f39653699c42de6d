#include "app/session/document.h"
#include "app/session/open_figure.h"
#include "app/session/saved_view.h"
#include "app/session/vertex_text.h"
#include "base/error.h"
#include "demo/cortex/cortex.h"
#include "subject/find_cortex.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "synthetic_map.h"

using namespace cortograph;

namespace {

/// A cortex of the demo's geometry, but told to be fsaverage5, which has as many vertices.
std::shared_ptr<const Cortex> otherCortex() {
  Cortex cortex = *demoCortex();
  cortex.mesh.name = "fsaverage5";
  cortex.mesh.triangulation = {"another", "another"};
  cortex.mesh.toldBy = MeshEvidence::byTriangulation;
  cortex.folder = "/surfaces/fsaverage5";
  cortex.simulated = false;
  return std::make_shared<const Cortex>(std::move(cortex));
}

MapRow rowOn(const std::shared_ptr<const Cortex>& cortex, const std::string& file) {
  MapRow row;
  row.title = file;
  row.file = file;
  row.map = std::make_shared<const BrainMap>(test::syntheticMap(*cortex));
  row.cortex = cortex;
  return row;
}

std::vector<std::string> kindsOf(const std::vector<Pane>& panes) {
  std::vector<std::string> kinds;
  for (const Pane& pane : panes) {
    kinds.push_back(pane.kind);
  }
  return kinds;
}

} // namespace

class DocumentTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void nothingOpenIsAnEmptyGrid() { QVERIFY(gridOf({}).rows.empty()); }

  void aCortexAloneIsOneBarePane() {
    Document document;
    addCortex(document, demoCortex());
    document.style.legends = {true, 1.5, LegendPlace::below, Font::mono};
    const GridState grid = gridOf(document);
    QVERIFY(grid.style.legends == document.style.legends);
    QCOMPARE(grid.rows.size(), std::size_t{1});
    QCOMPARE(grid.rows[0].size(), std::size_t{1});
    QVERIFY(grid.rows[0][0].source.map == nullptr);
    QVERIFY(grid.rows[0][0].cortex == demoCortex());
    QVERIFY(showsSimulated(document));
  }

  void eachShownMapIsARowOfItsKindsInTableOrder() {
    Document document;
    addMap(document, rowOn(demoCortex(), "a.h5"));
    const int second = addMap(document, rowOn(demoCortex(), "b.h5"));
    setKindShown(document, {}, "scale", true);
    setKindShown(document, {}, "layer", false);
    setKindShown(document, {}, "layer", true);
    setKindShown(document, second, "space", false);
    const GridState grid = gridOf(document);
    QCOMPARE(grid.rows.size(), std::size_t{2});
    QCOMPARE(kindsOf(grid.rows[0]), (std::vector<std::string>{"layer", "space", "scale"}));
    QCOMPARE(kindsOf(grid.rows[1]), (std::vector<std::string>{"layer", "scale"}));

    findRow(document, second)->shown = false;
    QCOMPARE(gridOf(document).rows.size(), std::size_t{1});
    // Rows to come look as all do.
    QCOMPARE(lookOf(document, {}).kinds.size(), std::size_t{3});
  }

  void aKindThatIsNotThereYetShowsTheBareCortexAndSaysSo() {
    Document document;
    MapRow row = rowOn(demoCortex(), "a.h5");
    BrainMap unscored = *row.map;
    unscored.r2.clear();
    row.map = std::make_shared<const BrainMap>(std::move(unscored));
    row.state = RowState::training;
    addMap(document, std::move(row));
    setKindShown(document, {}, "r2", true);
    const std::vector<Pane> panes = gridOf(document).rows.at(0);
    QCOMPARE(panes.size(), std::size_t{3});
    QVERIFY(panes[0].source.map != nullptr);
    QVERIFY(panes[2].source.map == nullptr);
    QVERIFY(QString::fromStdString(panes[2].title).contains("not measured yet"));
  }

  void shapesAreThoseOfAllAndAChoiceGoesToOneOrAll() {
    Cortex cut = *otherCortex();
    for (Hemisphere& hemisphere : cut.hemispheres) {
      hemisphere.shapes.erase(Shape::flat);
    }
    const auto withoutFlat = std::make_shared<const Cortex>(std::move(cut));
    Document document;
    const int demo = addMap(document, rowOn(demoCortex(), "a.h5"));
    const int other = addMap(document, rowOn(withoutFlat, "b.h5"));
    QCOMPARE(shapesOf(document, demo).size(), std::size_t{5});
    QCOMPARE(shapesOf(document, {}).size(), std::size_t{4});
    setShape(document, demo, Shape::flat);
    QVERIFY(gridOf(document).rows[0][0].shape == Shape::flat);
    QVERIFY(gridOf(document).rows[1][0].shape == Shape::inflated);
    // A shape that a cortex lacks falls back to one it has.
    setShape(document, {}, Shape::flat);
    QVERIFY(gridOf(document).rows[1][0].shape == Shape::pial);
    Q_UNUSED(other);
  }

  void theDemoIsNotTakenForTheStandardMeshOfTheSameSize() {
    const auto fsaverage5 = otherCortex();
    const BrainMap onDemo = test::syntheticMap(*demoCortex());
    const BrainMap onStandard = test::syntheticMap(*fsaverage5);
    QVERIFY(fits(*demoCortex(), onDemo.vertices));
    QVERIFY(!fits(*fsaverage5, onDemo.vertices));
    QVERIFY(fits(*fsaverage5, onStandard.vertices));
    QVERIFY(!fits(*demoCortex(), onStandard.vertices));
    // Triangles tell more than the name; where none were seen the name counts, unless it was
    // guessed from the counts.
    VertexSet named = onStandard.vertices;
    named.mesh.name = "subj01";
    QVERIFY(fits(*fsaverage5, named));
    named.mesh.triangulation = {};
    QVERIFY(!fits(*fsaverage5, named));
    named.mesh = meshOfCounts(named.mesh.vertices);
    QVERIFY(fits(*fsaverage5, named));
    QVERIFY(!fits(*demoCortex(), named)); // made by the program: never by the count alone
    named.mesh.vertices[1] += 1;
    QVERIFY(!fits(*fsaverage5, named));
  }

  void aMapWaitsForItsSurfacesAndHidesTheDemo() {
    const auto fsaverage5 = otherCortex();
    Document document;
    addCortex(document, demoCortex());
    MapRow builtIn = rowOn(demoCortex(), "demo.h5");
    builtIn.builtIn = true;
    addMap(document, std::move(builtIn));
    MapRow waiting = rowOn(fsaverage5, "mine.h5");
    waiting.cortex = nullptr;
    const int id = addMap(document, std::move(waiting));
    QVERIFY(!document.rows[0].shown);

    addCortex(document, fsaverage5);
    QVERIFY(findRow(document, id)->cortex == fsaverage5);
    QCOMPARE(gridOf(document).rows.size(), std::size_t{1});
    QVERIFY(gridOf(document).rows[0][0].cortex == fsaverage5);
    QVERIFY(!showsSimulated(document));
  }

  void aPaneIsShownAloneAndAllComeBack() {
    Document document;
    addMap(document, rowOn(demoCortex(), "a.h5"));
    const int second = addMap(document, rowOn(demoCortex(), "b.h5"));
    setKindShown(document, {}, "r2", true); // layer, space, r2
    toggleEnlarged(document, 1, 2);
    const GridState alone = gridOf(document);
    QCOMPARE(alone.rows.size(), std::size_t{1});
    QCOMPARE(alone.rows[0].size(), std::size_t{1});
    QCOMPARE(alone.rows[0][0].kind, std::string("r2"));
    QVERIFY(alone.rows[0][0].source.map == findRow(document, second)->map);
    toggleEnlarged(document, 0, 0);
    QCOMPARE(gridOf(document).rows.size(), std::size_t{2});
    toggleEnlarged(document, 1, 0);
    findRow(document, second)->shown = false; // it is gone: the others are seen
    QCOMPARE(gridOf(document).rows.size(), std::size_t{1});
    QCOMPARE(gridOf(document).rows[0].size(), std::size_t{3});
  }

  void pinsAreOfAllPanesOrOfEachItsOwn() {
    Document document;
    addMap(document, rowOn(demoCortex(), "a.h5"));
    addMap(document, rowOn(demoCortex(), "b.h5"));
    const VertexOf first{Side::left, 20};
    const VertexOf second{Side::right, 40};
    const auto pinsOf = [&document] {
      std::vector<std::optional<VertexOf>> pins;
      const GridState grid = gridOf(document);
      for (const Pane* pane : panesOf(grid)) {
        pins.push_back(pane->pinned);
      }
      return pins;
    };
    using Pins = std::vector<std::optional<VertexOf>>;
    QCOMPARE(pinsOf(), Pins(4));
    QVERIFY(pinnedText(gridOf(document)).isEmpty());
    pinVertex(document, {0, 0, first});
    QCOMPARE(pinsOf(), Pins(4, first));
    linkPins(document, false);
    pinVertex(document, {1, 0, second});
    QCOMPARE(pinsOf(), (Pins{first, first, second, first}));
    pinVertex(document, {0, 1, second});
    pinVertex(document, {1, 0, first});
    QCOMPARE(pinsOf(), (Pins{first, second, first, first}));
    const QString words = pinnedText(gridOf(document));
    QCOMPARE(words.count("vertex 20, left hemisphere"), 1);
    QCOMPARE(words.count("vertex 40, right hemisphere"), 1);
    toggleEnlarged(document, 0, 1);
    QCOMPARE(pinsOf(), (Pins{second}));
    toggleEnlarged(document, 0, 0);

    const SavedView saved = parseSavedView(toJson({document, {}, "", {}, {}}));
    QVERIFY(saved.document.pins == document.pins);
    QVERIFY(!saved.document.pinsLinked);
    linkPins(document, true);
    QCOMPARE(pinsOf(), Pins(4, first)); // the newest
  }

  void everyMapSpeaksOfAVertexHoweverPanesAreArranged() {
    Document document;
    for (const char* file : {"a.h5", "b.h5", "c.h5"}) {
      MapRow row = rowOn(demoCortex(), file);
      BrainMap map = *row.map;
      map.attributes["network"] = std::string("network of ") + file;
      row.map = std::make_shared<const BrainMap>(std::move(map));
      addMap(document, std::move(row));
    }
    for (const Arrangement arrangement : allArrangements) {
      document.style.arrangement = arrangement;
      const QString words = vertexText(gridOf(document), {Side::left, 20});
      for (const char* file : {"a.h5", "b.h5", "c.h5"}) {
        QVERIFY2(words.count(QString("<b>") + file + "</b>") == 1, qPrintable(words));
      }
      QCOMPARE(words.count("R2"), 3);
    }
    Document weights = document;
    for (MapRow& row : weights.rows) {
      row.look.kinds = {"layer-weight:1", "layer-weight:2"};
    }
    const QString layers = vertexText(gridOf(weights), {Side::left, 20});
    QCOMPARE(layers.count("weight of layer 1:"), 3);
    QCOMPARE(layers.count("weight of layer 2:"), 3);
    document.selection = {"two", {}, {}};
    document.selection->mesh = gridOf(document).rows[0][0].source.map->vertices.mesh;
    document.selection->ofSide[0] = {20, 40};
    QCOMPARE(selectionText(gridOf(document)).count("<b>"), 3);
    const auto again = [&document] {
      return parseSavedView(toJson({document, {}, "", {}, {}})).document;
    };
    QVERIFY(again().selection == document.selection);
    toggleEnlarged(document, 0, 0);
    QVERIFY(document.enlarged && again().enlarged == document.enlarged);
    document.selection->ofSide[1] = {1'000'000};
    CORTOGRAPH_EXPECT_ERROR(
        (void)again(), ErrorKind::format, "vertices that its mesh does not have");
  }

  void regionsAreOutlinedOneByOne() {
    Document document;
    MapRow row = rowOn(demoCortex(), "a.h5");
    BrainMap map = *row.map;
    const std::vector<std::uint8_t> member(map.size(), 1);
    map.regions = {{"V1", "prf", member}, {"early", "streams", member}, {"V2", "prf", member}};
    row.map = std::make_shared<const BrainMap>(std::move(map));
    addMap(document, std::move(row));
    using Regions = std::vector<RegionChoice>;
    const auto regions = [&](bool v1, bool v2, bool early) {
      return Regions{{"V1", "prf", v1}, {"V2", "prf", v2}, {"early", "streams", early}};
    };
    QVERIFY(regionsOf(document) == regions(true, true, false));
    outlineRegions(document, {"V1"}, false);
    QVERIFY(regionsOf(document) == regions(false, true, false));
    QVERIFY(document.style.outlines.regions == RegionNames{"V2"});
    outlineRegions(document, {"V1", "V2", "early"}, false);
    QVERIFY(regionsOf(document) == regions(false, false, false));
    QVERIFY(document.style.outlines.regions == RegionNames{});
    const SavedView saved = parseSavedView(toJson({document, {}, "", {}, {}}));
    QVERIFY(saved.document.style.outlines == document.style.outlines);
    outlineRegions(document, {"V1", "V2"}, true);
    QVERIFY(!document.style.outlines.regions); // as at first: of maps to come as well
  }

  void equalColorsMeanEqualVertices() {
    Document document;
    MapRow first = rowOn(demoCortex(), "a.h5");
    auto clustered = std::make_shared<BrainMap>(*first.map);
    clustered->clusters.count = 3;
    for (std::size_t n = 0; n < clustered->size(); ++n) {
      clustered->clusters.label.push_back(static_cast<std::int32_t>(n % 3));
    }
    first.map = clustered;
    addMap(document, first);
    MapRow second = rowOn(demoCortex(), "b.h5");
    auto renamed = std::make_shared<BrainMap>(*clustered);
    for (std::int32_t& label : renamed->clusters.label) {
      label = (label + 1) % 3;
    }
    second.map = renamed;
    addMap(document, second);
    setKindShown(document, {}, "channel", true);
    matchClusters(document);
    const GridState grid = gridOf(document);
    const Pane& a = grid.rows[0].back();
    const Pane& b = grid.rows[1].back();
    QCOMPARE(b.kind, std::string("channel"));
    QCOMPARE(mapKindNamed("channel").values(b.source).first,
             mapKindNamed("channel").values(a.source).first);
    QVERIFY(QString::fromStdString(b.title).contains("agreement 1.00"));
  }

  void theSameFileAgainReplacesItsRow() {
    Document document;
    const int first = addMap(document, rowOn(demoCortex(), "a.h5"));
    setShape(document, first, Shape::sphere);
    const int again = addMap(document, rowOn(demoCortex(), "a.h5"));
    QCOMPARE(again, first);
    QCOMPARE(document.rows.size(), std::size_t{1});
    QVERIFY(document.rows[0].look.shape == Shape::sphere);
    // Two trained maps without a file are two maps.
    MapRow unsaved = rowOn(demoCortex(), "");
    unsaved.state = RowState::unsaved;
    addMap(document, unsaved);
    addMap(document, unsaved);
    QCOMPARE(document.rows.size(), std::size_t{3});
    QCOMPARE(unsavedRows(document).size(), std::size_t{2});
    removeRow(document, document.rows[1].id);
    QCOMPARE(document.rows.size(), std::size_t{2});
  }

  void aFigureOpensBesideWhatIsOpen() {
    Document document;
    const int mine = addMap(document, rowOn(demoCortex(), "a.h5"));
    OpenedFigure figure;
    Document& saved = figure.session.document;
    saved.rows.push_back(rowOn(demoCortex(), "b.h5"));
    saved.rows.back().id = mine; // its numbers are its own
    saved.reference = mine;
    saved.pins = {{{Side::left, 20}, PaneName{mine, "layer"}}};
    saved.style.titles = false;
    figure.session.cameras = {{View::dorsal, {}, {}}};
    restore(document, figure);
    QCOMPARE(document.rows.size(), std::size_t{2});
    const int theirs = document.rows.back().id;
    QVERIFY(theirs != mine);
    QVERIFY(!findRow(document, mine)->shown && findRow(document, theirs)->shown);
    QVERIFY(document.reference == theirs);
    QVERIFY(document.pins.front().pane == PaneName({theirs, "layer"}));
    QVERIFY(!document.style.titles);
    QVERIFY(document.camera.view == View::dorsal);
  }

  void rowsOfOneTitleCanBeToldApart() {
    Document document;
    MapRow row = rowOn(demoCortex(), "runs/one.h5");
    row.title = "ViT";
    addMap(document, row);
    row.file = "runs/two.h5";
    const int second = addMap(document, row);
    row.file.clear();
    const int third = addMap(document, row);
    QCOMPARE(document.rows[0].title, std::string("ViT"));
    QCOMPARE(findRow(document, second)->title, std::string("ViT, two"));
    QCOMPARE(findRow(document, third)->title, std::string("ViT, 2"));
    row.file = "runs/two.h5";
    addMap(document, row);
    QCOMPARE(findRow(document, second)->title, std::string("ViT, two"));
  }

  void dataAreARowOfTheirOwnAndAColumnOfMapsOfTheirCortex() {
    const auto cortex = otherCortex();
    Document document;
    addCortex(document, cortex);
    const int map = addMap(document, rowOn(cortex, "a.h5"));
    VertexData made =
        oneColumn("t", {std::vector<float>(cortex->hemispheres[0].vertexCount(), 1.5F), {}});
    made.files = {"/t", ""};
    const auto statistic = std::make_shared<const VertexData>(std::move(made));
    QVERIFY(cortexFor(*statistic, {cortex}) == cortex);
    QVERIFY(cortexFor(*statistic, {demoCortex()}) == nullptr); // made by the program: no one's
    const int id = addData(document, statistic, cortex);
    QCOMPARE(gridOf(document).rows.size(), std::size_t{2});
    QCOMPARE(kindsOf(gridOf(document).rows[1]), (std::vector<std::string>{"data"}));
    QCOMPARE(gridOf(document).rows[1][0].title, std::string("t"));
    QVERIFY(gridOf(document).rows[1][0].source.data == statistic);

    setKindShown(document, {}, "data", true);
    setKindShown(document, {}, "curvature", true);
    GridState grid = gridOf(document);
    for (std::vector<Pane>& row : grid.rows) {
      for (Pane& pane : row) {
        pane.source.cortex = pane.cortex; // as the scene does
      }
    }
    QCOMPARE(kindsOf(grid.rows[0]),
             (std::vector<std::string>{"layer", "space", "data", "curvature"}));
    QCOMPARE(kindsOf(grid.rows[1]), (std::vector<std::string>{"data", "curvature"}));
    QVERIFY(grid.rows[0][2].source.data == statistic);
    QCOMPARE(grid.rows[0][2].title, std::string("a.h5 – t"));
    const QString words = vertexText(grid, {Side::left, 20});
    QVERIFY2(words.contains("<b>t</b>: t 1.5; curvature"), qPrintable(words));
    QVERIFY2(words.contains("R2"), qPrintable(words)); // of the map
    QVERIFY(vertexText(grid, {Side::right, 20}).contains("t no data"));
    QCOMPARE(addData(document, statistic, cortex), id); // the same files again
    QCOMPARE(document.rows.size(), std::size_t{2});
    // What data can't be: a reference, a run, a map to match clusters with.
    document.rows[0].shown = false;
    matchClusters(document);
    QCOMPARE(gridOf(document).rows.size(), std::size_t{1});
    removeRow(document, id);
    findRow(document, map)->shown = true;
    QVERIFY(gridOf(document).rows[0][2].source.data == nullptr);
  }

  void dataWaitForTheirSurfaces() {
    const auto cortex = otherCortex();
    Document document;
    const std::vector<float> values(cortex->hemispheres[0].vertexCount(), 1.5F);
    VertexData made = oneColumn("t", {values, values});
    made.files = {"/l", "/r"};
    const int id = addData(document, std::make_shared<const VertexData>(std::move(made)), nullptr);
    QVERIFY(gridOf(document).rows.empty());
    addCortex(document, demoCortex());
    QVERIFY(findRow(document, id)->cortex == nullptr);
    addCortex(document, cortex);
    QVERIFY(findRow(document, id)->cortex == cortex);
    QCOMPARE(gridOf(document).rows.size(), std::size_t{1});
  }

  void rangesAreOfKindsThatHaveOne() {
    Document document;
    addMap(document, rowOn(demoCortex(), "a.h5"));
    setKindShown(document, {}, "r2", true);
    setKindShown(document, {}, "scale", true);
    QCOMPARE(rangedKinds(document), (std::vector<std::string>{"scale", "r2"}));
    const RangeChoice given{RangeMode::given, 0, 0.4};
    setRange(document, "r2", given);
    QVERIFY(gridOf(document).style.ranges.at("r2") == given);
    CORTOGRAPH_EXPECT_ERROR(
        setRange(document, "r2", {RangeMode::given, 1, 0}), ErrorKind::format, "lower one first");
    CORTOGRAPH_EXPECT_ERROR(
        setRange(document, "layer", given), ErrorKind::unsupported, "layer", "r2");
    QVERIFY(document.style.ranges.at("r2") == given);
    setRange(document, "r2", {});
    QVERIFY(document.style.ranges.empty());
  }

  void anImageShowsThePredictionColumnAndForgettingItHidesIt() {
    Document document;
    const int id = addMap(document, rowOn(demoCortex(), "a.h5"));
    setProbe(document, {"/x/dog.png", "dog.png", nullptr});
    QCOMPARE(kindsOf(gridOf(document).rows[0]).back(), std::string("prediction"));
    QVERIFY(gridOf(document).rows[0].back().source.map == nullptr);
    MapRow* row = findRow(document, id);
    row->probe =
        std::make_shared<const Probe>(Probe{"dog.png", std::vector<float>(row->map->size(), 0.5F)});
    QVERIFY(gridOf(document).rows[0].back().source.probe == row->probe);
    // Another image: the old prediction is not shown as its own.
    setProbe(document, {"/x/cat.png", "cat.png", nullptr});
    QVERIFY(findRow(document, id)->probe == nullptr);
    clearProbe(document);
    QCOMPARE(kindsOf(gridOf(document).rows[0]).back(), std::string("space"));
  }
};

CORTOGRAPH_TEST(DocumentTest, QCoreApplication)
#include "document_test.moc"
