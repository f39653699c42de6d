#include "base/plain_text.h"
#include "support/test_case.h"

using namespace cortograph;

/// Text from files as it is shown and printed.
class PlainTextTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void plainTextStaysAsItIs() {
    for (const char* text : {"", "V1", "ViT-B/16 <b>&amp;", "Größe µ 漢字 🧠", "a\u200Db"}) {
      QCOMPARE(shownText(text), std::string(text));
      QCOMPARE(onOneLine(text), std::string(text));
    }
  }

  void whatIsNoLetterIsReplaced_data() {
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<QByteArray>("shown");
    QTest::addColumn<QByteArray>("printed");
    QTest::newRow("escape") << QByteArray("\x1b[31mred") << QByteArray("\uFFFD[31mred")
                            << QByteArray("\\x1b[31mred");
    QTest::newRow("lines") << QByteArray("a\r\n\tb") << QByteArray("a   b")
                           << QByteArray("a\\r\\n\\tb");
    QTest::newRow("zero") << QByteArray("a\0b", 3) << QByteArray("a\uFFFDb")
                          << QByteArray("a\\x00b");
    QTest::newRow("C1") << QByteArray("\xC2\x9B") << QByteArray("\uFFFD") << QByteArray("\\x9b");
    QTest::newRow("right to left") << QByteArray("\u202Egpj.exe") << QByteArray("\uFFFDgpj.exe")
                                   << QByteArray("\\u202egpj.exe");
    QTest::newRow("Latin-1") << QByteArray("gr\xF6\xDF"
                                           "er")
                             << QByteArray("gr\uFFFD\uFFFDer") << QByteArray("gr\\xf6\\xdfer");
    QTest::newRow("cut short") << QByteArray("a\xE6\xBC") << QByteArray("a\uFFFD\uFFFD")
                               << QByteArray("a\\xe6\\xbc");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << QByteArray("\uFFFD\uFFFD")
                              << QByteArray("\\xc0\\xaf");
    QTest::newRow("overlong, three")
        << QByteArray("\xE0\x80\xAF") << QByteArray("\uFFFD\uFFFD\uFFFD")
        << QByteArray("\\xe0\\x80\\xaf");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("\uFFFD\uFFFD\uFFFD")
                               << QByteArray("\\xed\\xa0\\x80");
    QTest::newRow("beyond") << QByteArray("\xF4\x90\x80\x80")
                            << QByteArray("\uFFFD\uFFFD\uFFFD\uFFFD")
                            << QByteArray("\\xf4\\x90\\x80\\x80");
  }
  void whatIsNoLetterIsReplaced() {
    QFETCH(QByteArray, found);
    QFETCH(QByteArray, shown);
    QFETCH(QByteArray, printed);
    QCOMPARE(QByteArray::fromStdString(shownText(found.toStdString())), shown);
    QCOMPARE(QByteArray::fromStdString(onOneLine(found.toStdString())), printed);
  }

  void longTextLosesItsMiddle() {
    QCOMPARE(shownText("abcdefgh", 8), std::string("abcdefgh"));
    QCOMPARE(shownText("abcdefghi", 8), std::string("abcd…ghi"));
    QCOMPARE(shownText("äöüäöüäöü", 4), std::string("äö…ü"));
    QCOMPARE(shownText("ab", 1), std::string("…"));
    const std::string letters(1'000'000, 'x');
    const std::string once = shownText(letters, 120);
    QCOMPARE(QString::fromStdString(once).size(), 120);
    QCOMPARE(shownText(once, 120), once);
  }
};

CORTOGRAPH_TEST(PlainTextTest, QCoreApplication)
#include "plain_text_test.moc"
