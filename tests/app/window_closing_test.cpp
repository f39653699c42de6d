#include "app/window/end_signals.h"
#include "data_home.h"
#include "support/test_case.h"
#include "window_on_demo.h"

#include <QFileDialog>
#include <QMessageBox>

#include <csignal>

using namespace cortograph;
using namespace cortograph::test;

namespace {

BrainMap mapNamed(const std::string& title) {
  BrainMap map = test::syntheticMap(*demoCortex());
  map.attributes["network_name"] = title;
  map.history = {{600}, {0.5F}, {0.25F}};
  map.attributes["steps"] = std::int64_t{600};
  return map;
}

/// The button of this text in the message box of this name, once it is shown.
QPushButton& answer(MainWindow& window, const char* box, const QString& text) {
  const auto found = [&]() -> QPushButton* {
    const auto* question = window.findChild<QMessageBox*>(box);
    if (question == nullptr || !question->isVisible()) {
      return nullptr;
    }
    for (auto* button : question->findChildren<QPushButton*>()) {
      if (button->text().remove('&') == text) {
        return button;
      }
    }
    return nullptr;
  };
  if (!QTest::qWaitFor([&] { return found() != nullptr; }, patience)) {
    qFatal("There is no answer %s in %s", qPrintable(text), box);
  }
  return *found();
}

void press(QPushButton& button) {
  QTest::mouseClick(&button, Qt::LeftButton);
}

bool isAsked(MainWindow& window, const char* box) {
  const auto* question = window.findChild<QMessageBox*>(box);
  return question != nullptr && question->isVisible();
}

/// Types a name into the file dialog that is open.
void nameFile(MainWindow& window, const fs::path& file) {
  const auto open = [&] {
    const auto* dialog = window.findChild<QFileDialog*>();
    return dialog != nullptr && dialog->isVisible();
  };
  QVERIFY(QTest::qWaitFor(open, patience));
  auto& name = child<QLineEdit>(*window.findChild<QFileDialog*>(), "fileNameEdit");
  name.setText(QString::fromStdString(file.string()));
  QTest::keyClick(&name, Qt::Key_Return);
}

/// Opened as maps that are not saved, as trainings that were done and left.
std::unique_ptr<MainWindow> windowWithUnsaved(const std::vector<std::string>& titles) {
  for (const std::string& title : titles) {
    (void)DataHome::leaveTraining(mapNamed(title), true);
  }
  auto window = windowOnDemo();
  const std::size_t before = window->document().rows.size();
  window->offerTrainings();
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const auto offered = [&] {
      auto* button = window->findChild<QPushButton*>("openTrainingButton");
      return button != nullptr && button->isVisible() && button->isEnabled() && window->idle();
    };
    if (!QTest::qWaitFor(offered, patience)) {
      qFatal("No training is offered");
    }
    press(child<QPushButton>(*window, "openTrainingButton"));
    const auto opened = [&] { return window->document().rows.size() == before + i + 1; };
    if (!QTest::qWaitFor(opened, patience)) {
      qFatal("The training was not opened");
    }
  }
  return window;
}

std::size_t foldersLeft() {
  std::error_code none;
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(trainingsFolder(), none), fs::directory_iterator()));
}

} // namespace

/// Nothing that was trained or exported is lost without a question.
class WindowClosingTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

private Q_SLOTS:
  void removingAnUnsavedMapIsAsked() {
    const DataHome home;
    const auto window = windowWithUnsaved({"Precious"});
    const std::size_t rows = window->document().rows.size();
    const MapRow row = window->document().rows.back();
    QVERIFY(row.state == RowState::unsaved);
    QVERIFY(row.file.empty());
    auto& remove = child<QToolButton>(*window, "removeButton");
    remove.click();
    press(answer(*window, "unsavedDialog", "Cancel"));
    QCOMPARE(window->document().rows.size(), rows);

    remove.click();
    press(answer(*window, "unsavedDialog", "Discard"));
    QCOMPARE(window->document().rows.size(), rows - 1);
    action(*window, "Undo remove Precious").trigger();
    QCOMPARE(window->document().rows.size(), rows);
    QVERIFY(findRow(window->document(), row.id)->state == RowState::unsaved);

    auto& list = child<QListWidget>(*window, "mapList");
    list.setCurrentRow(list.count() - 1);
    remove.click();
    press(answer(*window, "unsavedDialog", "Save…"));
    nameFile(*window, path("precious.h5"));
    QTRY_COMPARE_WITH_TIMEOUT(window->document().rows.size(), rows - 1, patience);
    QCOMPARE(readMap(path("precious.h5")).title(), std::string("Precious"));
    QCOMPARE(foldersLeft(), std::size_t{0}); // it is saved elsewhere
    QVERIFY(window->close());
  }

  void savedMapsAndThoseOfFilesAreNotAsked() {
    const DataHome home;
    const auto window = windowWithUnsaved({"Saved"});
    const int id = window->document().rows.back().id;
    window->saveMap(id, path("saved.h5"));
    QTRY_VERIFY_WITH_TIMEOUT(window->idle(), patience);
    const std::size_t rows = window->document().rows.size();
    drop(*window, {path("saved.h5")});
    QTRY_VERIFY_WITH_TIMEOUT(window->idle(), patience);
    QCOMPARE(window->document().rows.size(), rows);
    child<QToolButton>(*window, "removeButton").click();
    QVERIFY(!isAsked(*window, "unsavedDialog"));
    QCOMPARE(window->document().rows.size(), rows - 1);
    QVERIFY(window->close());
  }

  void closingListsAllThatIsNotSaved() {
    const DataHome home;
    const auto window = windowWithUnsaved({"First <b>bold</b>", "Second"});
    QVERIFY(!window->close());
    QPushButton& cancel = answer(*window, "unsavedDialog", "Cancel");
    const auto& question = child<QMessageBox>(*window, "unsavedDialog");
    QVERIFY(question.text().contains("First <b>bold</b>\nSecond"));
    QCOMPARE(question.textFormat(), Qt::PlainText);
    press(cancel);
    QVERIFY(window->isVisible());

    action(*window, "Quit").trigger();
    press(answer(*window, "unsavedDialog", "Save…"));
    nameFile(*window, path("first.h5"));
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(path("first.h5")) && window->idle(), patience);
    QVERIFY(window->isVisible()); // until the second one is saved too
    nameFile(*window, path("second.h5"));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    QCOMPARE(readMap(path("second.h5")).title(), std::string("Second"));
    QCOMPARE(foldersLeft(), std::size_t{0});
  }

  void discardingOnCloseLeavesNothingBehind() {
    const DataHome home;
    auto window = windowWithUnsaved({"Unwanted"});
    QVERIFY(!window->close());
    press(answer(*window, "unsavedDialog", "Discard"));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    QCOMPARE(foldersLeft(), std::size_t{0});
  }

  void whatWasNotAskedForIsOfferedAgain() {
    const DataHome home;
    auto window = windowWithUnsaved({"Later"});
    QSignalSpy ended(window.get(), &MainWindow::ended);
    window->end(); // as by a signal: nothing is asked, nothing is removed
    QCOMPARE(ended.size(), 1);
    window.reset();
    QCOMPARE(findKeptTrainings(trainingsFolder()).size(), std::size_t{1});
  }

  void exportsAreWaitedFor() {
    const auto window = windowOnDemo();
    const fs::path file = path("waited for.png");
    window->exportPicture(file, {{1200, 800}, 150, false});
    QVERIFY(!window->close());
    press(answer(*window, "writingDialog", "Stay"));
    QVERIFY(window->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(window->idle(), patience);
    fs::remove(file);
    window->exportPicture(file, {{1200, 800}, 150, false});
    QVERIFY(!window->close());
    press(answer(*window, "writingDialog", "Wait, then close"));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    QCOMPARE(readPicture(file).width, 1200);
  }

  void theWindowClosesWhenAllIsWrittenBeforeAnAnswer() {
    const auto window = windowOnDemo();
    window->exportPicture(path("written.png"), {{640, 360}, 150, false});
    QVERIFY(!window->close());
    QVERIFY(isAsked(*window, "writingDialog"));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    QCOMPARE(readPicture(path("written.png")).width, 640);
  }

  void exportsAreCanceledWhole() {
    const auto window = windowOnDemo();
    for (const char* name : {"1.png", "2.png", "3.png"}) {
      window->exportPicture(path(name), {{1200, 800}, 150, false});
    }
    QVERIFY(!window->close());
    press(answer(*window, "writingDialog", "Cancel them and close"));
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_.path().toStdString())) {
      QVERIFY2(!entry.path().filename().string().starts_with("."), entry.path().c_str());
      if (entry.path().extension() == ".png") {
        (void)readPicture(entry.path()); // whole
      }
    }
  }

  void anExportThatFailsKeepsTheWindow() {
    const auto window = windowOnDemo();
    window->exportPicture(path("no such folder") / "a.png", {{640, 360}, 150, false});
    QVERIFY(!window->close());
    press(answer(*window, "writingDialog", "Wait, then close"));
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 1, patience);
    QVERIFY(window->isVisible());
  }

  void signalsArriveInTheEventLoop() {
    const EndSignals signals;
    QSignalSpy received(&signals, &EndSignals::received);
    std::raise(SIGTERM);
    QTRY_COMPARE_WITH_TIMEOUT(received.size(), 1, patience);
    QCOMPARE(received.front().front().toInt(), SIGTERM);
  }
};

CORTOGRAPH_TEST(WindowClosingTest, QApplication)
#include "window_closing_test.moc"
