#include "data_home.h"
#include "support/test_case.h"
#include "window_on_demo.h"

#include <QListWidget>
#include <QXmlStreamReader>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr int longestShown = 200; ///< characters, with what the window says around a name

/// Markup, a key mark, control characters, bytes that are not UTF-8, and a million letters.
std::string hostile(const std::string& start) {
  return start + " <b>bold</b> & <img src=\"/etc/passwd\"> \x1b[31m\n\xff\xfe " +
         std::string(1'000'000, 'x') + " end";
}

BrainMap hostileMap() {
  BrainMap map = test::syntheticMap(*demoCortex());
  map.attributes["network_name"] = hostile("title");
  map.attributes["subject"] = hostile("subject");
  std::vector<std::uint8_t> some(map.size(), 0);
  std::fill_n(some.begin(), map.size() / 2, std::uint8_t{1});
  map.regions = {{"V1 <b>&\x1b", "group <i>\xff", some}};
  return map;
}

} // namespace

/// Names from files are shown as they are, and never as anything else.
class WindowNamesTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  /// No label takes what is from files for markup, and none is endless.
  static void checkLabels(MainWindow& window) {
    for (const auto* label : window.findChildren<QLabel*>()) {
      QVERIFY2(label->text().size() < 5'000, qPrintable(label->objectName()));
      if (label->text().contains("<b>bold")) {
        QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName()));
      }
      QVERIFY2(!label->text().contains(QChar(0x1B)), qPrintable(label->objectName()));
    }
    for (const auto* action : window.findChildren<QAction*>()) {
      QVERIFY2(action->text().size() < longestShown, qPrintable(action->objectName()));
    }
  }

private Q_SLOTS:
  void aMapIsShownAsItIsNamed() {
    const DataHome home;
    const fs::path file =
        folder_.filePath("map <i>&amp;.h5").toStdString() + std::string("\xff.h5");
    writeMap(file, hostileMap());
    const auto window = windowOnDemo();
    window->openFiles({file});
    const std::size_t before = window->document().rows.size();
    QTRY_COMPARE_WITH_TIMEOUT(window->document().rows.size(), before + 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(window->idle(), patience);
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
    checkLabels(*window);

    const auto& list = child<QListWidget>(*window, "mapList");
    const QListWidgetItem& item = *list.item(list.count() - 1);
    QVERIFY2(item.text().startsWith("title <b>bold</b> & <img"), qPrintable(item.text()));
    QVERIFY2(item.text().size() < longestShown, qPrintable(QString::number(item.text().size())));
    QVERIFY(item.text().contains(QChar(0x2026)));
    QVERIFY2(item.toolTip().contains("&lt;b&gt;bold&lt;/b&gt; &amp; "), qPrintable(item.toolTip()));
    QVERIFY2(item.toolTip().contains("map &lt;i&gt;&amp;amp;"), qPrintable(item.toolTip()));
    const QAction& undo = child<QAction>(*window, "undoAction");
    QVERIFY2(undo.text().contains("open map <i>&&amp;"), qPrintable(undo.text()));

    // The picture, and drawings of it, hold the words alone.
    QVERIFY(colorsIn(window->scene().capture(400, 300)) > 100);
    const fs::path drawing = folder_.filePath("names.svg").toStdString();
    window->exportPicture(drawing, {{1600, 900}, 150, false});
    QTRY_VERIFY_WITH_TIMEOUT(window->idle() && fs::exists(drawing), patience);
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
    QFile svg(QString::fromStdString(drawing.string()));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&svg);
    QString words;
    while (!reader.atEnd()) {
      reader.readNext();
      QVERIFY(reader.name() != QLatin1String("b"));
      words += reader.isCharacters() ? reader.text().toString() : QString();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(words.contains("<b>bold"));
  }

  void aRegionIsTickedAndSelectedByItsWholeName() {
    const fs::path file = folder_.filePath("regions.h5").toStdString();
    writeMap(file, hostileMap());
    const auto window = windowOnDemo();
    while (!window->document().rows.empty()) {
      child<QToolButton>(*window, "removeButton").click();
    }
    drop(*window, {file});
    QTRY_VERIFY_WITH_TIMEOUT(window->idle() && window->document().rows.size() == 1, patience);
    const std::string name = window->document().rows[0].map->regions[0].name;
    auto& tree = child<QTreeWidget>(*window, "regionTree");
    QCOMPARE(tree.topLevelItemCount(), 1);
    QVERIFY(tree.topLevelItem(0)->text(0).startsWith("group <i>"));
    QTreeWidgetItem& region = *tree.topLevelItem(0)->child(0);
    QVERIFY(region.text(0).startsWith("V1 <b>&"));
    const Qt::CheckState was = region.checkState(0);
    region.setCheckState(0, was == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    const std::optional<RegionNames>& outlined = window->document().style.outlines.regions;
    QVERIFY(outlined && outlined->size() == (was == Qt::Checked ? 0U : 1U));

    auto& combo = child<QComboBox>(*window, "regionCombo");
    combo.setCurrentIndex(0);
    Q_EMIT combo.textActivated(combo.currentText());
    QVERIFY(window->document().selection && window->document().selection->name == name);
    const QString words = child<QLabel>(*window, "selectionWords").text();
    QVERIFY2(words.contains("V1 &lt;b&gt;&amp;"), qPrintable(words));
    checkLabels(*window);
  }

  void aMessageIsOneLineOfPlainText() {
    const auto window = windowOnDemo();
    const int width = window->width();
    drop(*window, {"/nowhere/<b>bold</b>\n" + std::string(200, 'x') + ".h5"});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 1, patience);
    QVERIFY(!window->messages()[0].contains('\n'));
    QVERIFY(window->messages()[0].contains("<b>bold</b>"));
    checkLabels(*window);
    QCOMPARE(window->width(), width);
  }

  void aRefusedNetworkLeavesTheChoice() {
    const auto window = windowOnDemo();
    auto& combo = child<QComboBox>(*window, "networkCombo");
    auto& reading = child<QLabel>(*window, "networkReading");
    auto& start = child<QPushButton>(*window, "startButton");
    combo.lineEdit()->selectAll();
    QTest::keyClicks(combo.lineEdit(), "demo:gabor");
    QTest::keyClick(combo.lineEdit(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(reading.isVisible(), patience);
    const QString said = reading.text();

    const fs::path page = folder_.filePath("model.safetensors").toStdString();
    std::ofstream(page) << "<!DOCTYPE html><html>Please log in</html>";
    drop(*window, {page});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 1, patience);
    QVERIFY2(window->messages()[0].contains("is a web page"), qPrintable(window->messages()[0]));
    QCOMPARE(combo.currentText(), QString("demo:gabor"));
    QCOMPARE(reading.text(), said);
    QVERIFY(reading.isVisible() && start.isEnabled());

    combo.lineEdit()->selectAll();
    QTest::keyClicks(combo.lineEdit(), "demo:nothing");
    QTest::keyClick(combo.lineEdit(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 2, patience);
    QCOMPARE(combo.currentText(), QString("demo:gabor"));
    QCOMPARE(reading.text(), said);
    QVERIFY(reading.isVisible() && start.isEnabled());
  }
};

CORTOGRAPH_TEST(WindowNamesTest, QApplication)
#include "window_names_test.moc"
