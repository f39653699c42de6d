#include "app/window/window_words.h"
#include "support/test_case.h"

using namespace cortograph;

class WindowWordsTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void optionsBecomeFieldsOfTheWindow_data() {
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a field") << "Give the number of heads with --heads N."
                             << "Give the number of heads in the panel Train, under Heads.";
    QTest::newRow("a menu") << "has no surfaces; give a folder of surfaces (--surfaces DIR)."
                            << "has no surfaces; give a folder of surfaces by File > Open or by "
                               "dropping them on the window.";
    QTest::newRow("only the command line")
        << "give a multiple of the patch size with --image-size."
        << "give a multiple of the patch size with --image-size (on the command line).";
    QTest::newRow("none") << "It is -- well -- damaged."
                          << "It is -- well -- damaged.";
  }

  void optionsBecomeFieldsOfTheWindow() {
    QFETCH(const QString, message);
    QFETCH(const QString, expected);
    QCOMPARE(inWindowWords(message), expected);
  }
};

CORTOGRAPH_TEST(WindowWordsTest, QCoreApplication)
#include "window_words_test.moc"
