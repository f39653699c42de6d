#include "app/session/saved_view.h"
#include "base/error.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "viewer/picture/style_field.h"

using namespace cortograph;

namespace {

SavedView example() {
  SavedView view;
  MapRow row;
  row.id = 3;
  row.title = "CLIP";
  row.file = "/maps/a.h5";
  row.look = {ShapeMix(Shape::inflated, Shape::flat, 0.25F), {"layer", "layer-weight:2"}};
  view.document.rows.push_back(row);
  view.document.nextId = 4;
  view.document.reference = 3;
  view.document.style.threshold = Threshold{"r2", 0.1, false};
  view.document.style.ranges["r2"] = {RangeMode::given, 0, 0.1};
  view.document.pins = {{{Side::right, 12}, PaneName{3, "layer"}}};
  view.document.selection = VertexSelection{"two", meshOfCounts({10, 10}), {{{1, 2}, {}}}};
  view.document.enlarged = PaneName{3, "layer"};
  view.document.probe = ProbeImage{"/dog.png", "dog.png", nullptr};
  view.cameras = {{View::dorsal, {}, {Attitudes{}}}};
  view.command = "cortograph figure";
  view.hashes = {{"/maps/a.h5", "00"}};
  view.surfacesOf = {{3, "/surfaces"}};
  return view;
}

/// The example as text, after a change to its JSON.
template <class Edit> std::string edited(const Edit& edit) {
  Json json = Json::parse(toJson(example()));
  edit(json);
  return json.dump();
}

/// What reading it says; empty when nothing.
std::string problemOf(const std::string& text) {
  try {
    (void)parseSavedView(text);
    return {};
  } catch (const Error& error) {
    return error.kind() == ErrorKind::format ? error.what() : "another kind of error";
  }
}

} // namespace

/// What figures keep of what they show.
class SavedViewTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void comesBack() {
    const SavedView view = example();
    const SavedView again = parseSavedView(toJson(view));
    QVERIFY(again.document == view.document);
    QVERIFY(again.cameras == view.cameras);
    QCOMPARE(again.command, view.command);
    QVERIFY(again.hashes == view.hashes);
    QVERIFY(again.surfacesOf == view.surfacesOf);
  }

  void wrongValuesAreToldWhileReading_data() {
    QTest::addColumn<QString>("path"); // JSON pointer
    QTest::addColumn<QString>("value");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char* path, const char* value, const QStringList& words) {
      QTest::newRow(path) << path << value << words;
    };
    row("/cortograph_session", "2", {"format 2", "reads format 3"});
    row("/rows", "{}", {"rows", "a list"});
    row("/rows/0/id", "0", {"rows[0].id", "0", "whole number"});
    row("/rows/0/title", "5", {"rows[0].title", "5", "text"});
    row("/rows/0/data", "[\"\"]", {"rows[0].data", "list of 2"});
    row("/rows/0/shown", "\"yes\"", {"yes", "true or false"});
    row("/rows/0/kinds/0", "\"weather\"", {"rows[0].kinds[0]", "weather", "r2"});
    row("/rows/0/kinds/1", "\"layer-weight:x\"", {"rows[0].kinds[1]", "layer-weight:3"});
    row("/rows/0/shape/from", "\"cube\"", {"cube", "inflated", "flat"});
    row("/rows/0/shape/part", "2", {"2", "from 0 to 1"});
    row("/reference", "9", {"reference", "9", "one of its rows"});
    row("/style", "null", {"style", "object"});
    row("/style/arrangement", "\"piles\"", {"piles", "maps, kinds, subjects, wrapped"});
    row("/style/columns", "2.5", {"style.columns", "2.5", "whole number"});
    row("/style/vision", "\"xray\"", {"xray", "deutan"});
    row("/style/font", "\"comic\"", {"comic", "sans, serif, mono"});
    row("/style/background", "[0, 0]", {"style.background", "list of 3"});
    row("/style/background/0", "7", {"style.background[0]", "from 0 to 1"});
    row("/style/outline_width", "\"thick\"", {"style.outline_width", "thick", "number"});
    row("/style/outline_width", "null", {"style.outline_width", "null", "number"});
    row("/style/threshold", "\"weather:1\"", {"style.threshold", "weather", "r2"});
    row("/style/threshold", "\"r2:many\"", {"style.threshold", "r2:many", "r2:0.1"});
    row("/style/ranges/r2", "[1, 0]", {"style.ranges.r2", "lower one first"});
    row("/style/ranges/r2", "\"wide\"", {"style.ranges.r2", "wide"});
    row("/style/ranges/weather", "\"own\"", {"weather", "r2"});
    row("/style/novelty", "1", {"novelty", "there are", "legend_place"});
    row("/pins/0/side", "\"middle\"", {"middle", "left, right"});
    row("/pins/0/vertex", "-1", {"pins[0].vertex", "-1"});
    row("/pins/0/pane/row", "8", {"pins[0].pane.row", "8", "one of its rows"});
    row("/pins/0/pane/kind", "\"weather\"", {"pins[0].pane.kind", "weather"});
    row("/selection/vertices/0", "[2, 1]", {"selection.vertices[0]", "ascending"});
    row("/selection/vertices/1", "[10]", {"vertices that its mesh does not have"});
    row("/enlarged/kind", "3", {"enlarged.kind", "text"});
    row("/cameras/0/view", "\"sideways\"", {"cameras[0].view", "sideways", "lateral, medial"});
    row("/cameras/0/shared/solid/zoom", "0", {"cameras[0].shared.solid.zoom", "0"});
    row("/cameras/0/own/0/flat/pan/1", "true", {"cameras[0].own[0].flat.pan[1]", "true"});
    row("/cameras/0/shared/solid/turned/0/0/0", "5", {"turned[0][0][0]", "5"});
    row("/inputs/0/sha256", "[]", {"inputs[0].sha256", "text"});
  }

  void wrongValuesAreToldWhileReading() {
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QStringList, words);
    const std::string problem = problemOf(edited([&](Json& json) {
      json[Json::json_pointer(path.toStdString())] = Json::parse(value.toStdString());
    }));
    QVERIFY2(problem.find("make the figure again") != std::string::npos, problem.c_str());
    for (const QString& word : words) {
      QVERIFY2(QString::fromStdString(problem).contains(word), problem.c_str());
    }
  }

  void whatIsMissingIsTold() {
    const Json whole = Json::parse(toJson(example()));
    for (const auto& [name, value] : whole.items()) {
      if (name == "software") {
        continue; // nobody reads it
      }
      const std::string problem =
          problemOf(edited([&name = name](Json& json) { json.erase(name); }));
      QVERIFY2(problem.find("\"" + name + "\" is missing") != std::string::npos, problem.c_str());
    }
    for (const std::string text : {"", "{", "[]", "7", "null", "{\"cortograph_session\": 1e999}"}) {
      QVERIFY2(!problemOf(text).empty(), text.c_str());
    }
  }

  void everyFieldOfStyleIsRequired() {
    for (const StyleField& field : styleFields()) {
      const std::string name(field.name);
      const std::string problem =
          problemOf(edited([&name](Json& json) { json["style"].erase(name); }));
      QVERIFY2(problem.find("\"" + name + "\" is missing in style") != std::string::npos,
               problem.c_str());
    }
  }

  void whatPointsAtRowsThatAreNotKeptPointsNowhere() {
    SavedView view = example();
    view.document.rows.front().shown = false; // nor is it the reference
    view.document.rows.front().file.clear();
    view.document.reference.reset();
    view.document.probe.reset(); // there is no such file
    const SavedView kept = savedViewOf(view.document, {}, "", {});
    QVERIFY(kept.document.rows.empty() && kept.document.pins.empty() && !kept.document.enlarged);
    QCOMPARE(problemOf(toJson(kept)), std::string());
  }
};

CORTOGRAPH_TEST(SavedViewTest, QCoreApplication)
#include "saved_view_test.moc"
