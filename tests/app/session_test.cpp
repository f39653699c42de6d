#include "app/session/session.h"
#include "base/error.h"
#include "demo/cortex/cortex.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "synthetic_map.h"

#include <stdexcept>

using namespace cortograph;

namespace {

MapRow rowOf(const std::string& file) {
  MapRow row;
  row.title = file;
  row.file = file;
  row.map = std::make_shared<const BrainMap>(test::syntheticMap(*demoCortex()));
  row.cortex = demoCortex();
  return row;
}

void open(ViewSession& session, const std::string& file) {
  session.apply({"open " + file}, [&file](Document& document) { addMap(document, rowOf(file)); });
}

void show(ViewSession& session, const std::string& kind) {
  session.apply({"show " + kind},
                [&kind](Document& document) { setKindShown(document, {}, kind, true); });
}

void unfold(ViewSession& session, double place) {
  session.apply({.name = "unfold", .mergeKey = "unfold"},
                [place](Document& document) { setUnfolding(document, {}, place); });
}

} // namespace

/// Changes, their history, and who is told of them.
class SessionTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void changesAreUndoneAndRedoneByName() {
    ViewSession session;
    QVERIFY(!session.canUndo() && !session.canRedo());
    session.undo();
    open(session, "a.h5");
    const Document opened = session.document();
    show(session, "scale");
    session.apply({"lateral view"}, [](Document& document) {
      document.camera = {View::lateral, {}, {}};
    });
    QCOMPARE(session.undoName(), std::string_view("lateral view"));
    session.undo();
    QVERIFY(session.document().camera.view == View::posterior);
    QCOMPARE(session.undoName(), std::string_view("show scale"));
    QCOMPARE(session.redoName(), std::string_view("lateral view"));
    const Document scale = session.document();
    session.undo();
    QVERIFY(session.document() == opened);
    session.redo();
    QVERIFY(session.document() == scale);
    session.undo();
    session.undo();
    QVERIFY(session.document().rows.empty() && !session.canUndo());
    session.redo();
    QVERIFY(session.document() == opened);
    show(session, "r2"); // what was undone can't be redone after another change
    QVERIFY(!session.canRedo());
  }

  void whatChangesNothingIsNoStep() {
    ViewSession session;
    int told = 0;
    session.listen([&told](const DocumentChange&) { ++told; });
    session.apply({"titles"}, [](Document& document) { document.style.titles = true; });
    session.apply({"titles"}, [](Document& document) { document.nextId = 7; });
    QVERIFY(!session.canUndo());
    QCOMPARE(told, 0);
  }

  void stepsOfOneSliderAreOneStep() {
    ViewSession session;
    open(session, "a.h5");
    const Document opened = session.document();
    for (const double place : {0.6, 0.7, 0.8}) {
      unfold(session, place);
    }
    session.undo();
    QVERIFY(session.document() == opened);
    QCOMPARE(session.redoName(), std::string_view("unfold"));
    session.redo();
    const Document first = session.document();
    QVERIFY(first != opened);
    unfold(session, 0.9); // not with what was redone
    session.undo();
    QVERIFY(session.document() == first);

    unfold(session, 0.3);
    unfold(session, 0.2);
    session.closeStep(); // let go
    const Document released = session.document();
    unfold(session, 0.1);
    session.undo();
    QVERIFY(session.document() == released);
    session.undo();
    QVERIFY(session.document() == first);

    unfold(session, 0.1);
    show(session, "scale"); // between two
    const Document between = session.document();
    unfold(session, 0);
    session.undo();
    QVERIFY(session.document() == between);
  }

  void aSliderThatComesBackLeavesNoStep() {
    ViewSession session;
    open(session, "a.h5");
    const auto turnTo = [&session](int layer) {
      session.apply({.name = "layer", .mergeKey = "layer"},
                    [layer](Document& document) { document.style.layer = layer; });
    };
    turnTo(2);
    turnTo(1);
    QCOMPARE(session.undoName(), std::string_view("open a.h5"));
  }

  void aFailedChangeLeavesEverythingAsItWas() {
    ViewSession session;
    int told = 0;
    open(session, "a.h5");
    show(session, "scale");
    session.undo();
    session.listen([&told](const DocumentChange&) { ++told; });
    const Document before = session.document();
    const auto fail = [](Document& document) {
      document.rows.clear();
      document.style.titles = false;
      throw Error(ErrorKind::format, "no");
    };
    CORTOGRAPH_EXPECT_ERROR(session.apply({"fail"}, fail), ErrorKind::format, "no");
    CORTOGRAPH_EXPECT_ERROR(session.apply(transientStep, fail), ErrorKind::format, "no");
    // One that fails in a state of the history alone.
    CORTOGRAPH_EXPECT_ERROR(session.apply(transientStep,
                                          [](Document& document) {
                                            if (document.rows.empty()) {
                                              throw Error(ErrorKind::format, "there is no map");
                                            }
                                            document.rows.clear();
                                          }),
                            ErrorKind::format,
                            "there is no map");
    QVERIFY_EXCEPTION_THROWN(
        session.apply({"fail"}, [](Document&) { throw std::runtime_error("no"); }),
        std::runtime_error);
    QVERIFY(session.document() == before);
    QCOMPARE(told, 0);
    QCOMPARE(session.undoName(), std::string_view("open a.h5"));
    QCOMPARE(session.redoName(), std::string_view("show scale"));
    session.redo();
    QCOMPARE(session.document().rows.size(), std::size_t{1});
  }

  void whatIsToldIsInEveryState() {
    ViewSession session;
    open(session, "a.h5");
    show(session, "scale");
    show(session, "r2");
    session.undo();
    // A training's row, its number the same everywhere, and a newer snapshot of it.
    const int id = session.document().nextId;
    session.apply(transientStep, [id](Document& document) {
      MapRow row = rowOf("");
      row.id = id;
      row.title = "training";
      addMap(document, std::move(row));
    });
    const auto snapshot = std::make_shared<const BrainMap>(test::syntheticMap(*demoCortex()));
    session.apply(transientStep, [&](Document& document) {
      if (MapRow* row = findRow(document, id)) {
        row->map = snapshot;
      }
    });
    QCOMPARE(session.undoName(), std::string_view("show scale"));
    QCOMPARE(session.redoName(), std::string_view("show r2"));
    const auto isThere = [&] {
      const MapRow* row = findRow(session.document(), id);
      return row != nullptr && row->map == snapshot;
    };
    QVERIFY(isThere());
    session.redo();
    QVERIFY(isThere());
    while (session.canUndo()) {
      session.undo();
      QVERIFY(isThere());
    }
    QCOMPARE(session.document().rows.size(), std::size_t{1});
    // A number is never given twice.
    open(session, "b.h5");
    QVERIFY(session.document().rows.back().id > id);
  }

  void listenersAreToldWhatKindOfThingChanged() {
    ViewSession session;
    std::vector<std::string> told;
    session.listen([&told](const DocumentChange& change) {
      told.push_back(std::string(change.maps ? "maps " : "") + (change.style ? "style " : "") +
                     (change.camera ? "camera " : "") + (change.selection ? "selection " : ""));
    });
    open(session, "a.h5");
    show(session, "scale");
    session.apply({"titles"}, [](Document& document) { document.style.titles = false; });
    session.apply({"view"}, [](Document& document) { document.camera.view = View::dorsal; });
    session.apply({"pin"}, [](Document& document) { pinVertex(document, {0, 0, {}}); });
    session.apply({"all"}, [](Document& document) {
      document.style.titles = true;
      document.camera.view = View::ventral;
    });
    session.undo();
    session.apply(transientStep, [](Document& document) {
      for (MapRow& row : document.rows) { // there is none in the first state
        row.title = "b";
      }
    });
    using Words = std::vector<std::string>;
    QCOMPARE(told,
             (Words{"maps ",
                    "maps ",
                    "style ",
                    "camera ",
                    "selection ",
                    "style camera ",
                    "style camera ",
                    "maps "}));
  }

  void theHistoryHasAnEnd() {
    ViewSession session;
    const int steps = static_cast<int>(ViewSession::mostSteps) + 20;
    for (int i = 1; i <= steps; ++i) {
      session.apply({"layer"}, [i](Document& document) { document.style.layer = i + 1; });
    }
    int undone = 0;
    for (; session.canUndo(); ++undone) {
      session.undo();
    }
    QCOMPARE(undone, static_cast<int>(ViewSession::mostSteps));
    QCOMPARE(session.document().style.layer, 21);
  }

  void copiesShareWhatIsLarge() {
    ViewSession session;
    open(session, "a.h5");
    show(session, "scale");
    const BrainMap* map = session.document().rows.front().map.get();
    session.undo();
    QVERIFY(session.document().rows.front().map.get() == map);
  }
};

CORTOGRAPH_TEST(SessionTest, QCoreApplication)
#include "session_test.moc"
