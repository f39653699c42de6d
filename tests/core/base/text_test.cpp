#include "base/attributes.h"
#include "base/enum_words.h"
#include "base/file_ending.h"
#include "base/hdf5.h"
#include "base/picture.h"
#include "base/quantile.h"
#include "base/text.h"
#include "brain/format.h"
#include "brain/surface.h"
#include "support/test_case.h"
#include "weights/weight_endings.h"

#include <QProcess>

#include <cstdint>

using namespace cortograph;

namespace {

enum class Fruit { apple, pear };
constexpr EnumWords fruitWords{
    std::to_array<EnumWord<Fruit>>({{Fruit::pear, "pear"}, {Fruit::apple, "apple"}})};
static_assert(fruitWords.have(std::array{Fruit::apple, Fruit::pear}));
static_assert(!fruitWords.have(std::array{Fruit::apple}));

} // namespace

/// Words and numbers in texts.
class TextTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void numbersAreWholeTexts() {
    QCOMPARE(numberIn<int>("12"), std::optional(12));
    QCOMPARE(numberIn<int>("-3"), std::optional(-3));
    QCOMPARE(numberIn<double>("0.5"), std::optional(0.5));
    for (const char* none : {"", "x", "1x", " 1", "1 ", "+1", "1.5", "99999999999"}) {
      QVERIFY2(!numberIn<int>(none), none);
    }
    QVERIFY(!numberIn<double>("0,5"));
  }

  void listsOfNumbers() {
    QVERIFY((numbersIn("0,3,11") == std::vector<int>{0, 3, 11}));
    QVERIFY((numbersIn("7") == std::vector<int>{7}));
    for (const char* none : {"", ",", "1,", ",1", "1,,2", "1;2", "1, 2", "-1"}) {
      QVERIFY2(!numbersIn(none), none);
    }
  }

  void shellsTakeWordsBack() {
    QCOMPARE(shellWord("plain-1.h5"), std::string("plain-1.h5"));
    QCOMPARE(shellWord(""), std::string("''"));
    QCOMPARE(shellWord("it's"), std::string("'it'\\''s'"));
    for (const char* word :
         {"", "a b", "it's", "\"q\"", "$HOME", "`ls`", "a\\b", "*", "~", "a;b&c|d", "x\ny", "#1"}) {
      QProcess shell;
      shell.start("sh", {"-c", QString::fromStdString("printf %s " + shellWord(word))});
      QVERIFY(shell.waitForFinished());
      QCOMPARE(shell.readAllStandardOutput().toStdString(), std::string(word));
    }
  }

  void endingsInAnyCase() {
    QVERIFY(hasEnding("a/lh.pial.gii.gz", ".gii.gz"));
    QVERIFY(hasEnding("LH.PIAL.GII", ".gii"));
    QVERIFY(hasEnding("map.H5", hdf5Endings));
    QVERIFY(hasEnding("map.hdf5", hdf5Endings));
    QVERIFY(!hasEnding(".h5", hdf5Endings)); // a hidden file without ending
    QVERIFY(!hasEnding("a.h5/b", hdf5Endings));
    QVERIFY(!hasEnding("mapxh5", hdf5Endings));
  }

  void tablesKnowTheEndings() {
    QVERIFY(hasSurfaceEnding("lh.pial.gii"));
    QVERIFY(hasSurfaceEnding("LH.PIAL.GII.GZ"));
    QVERIFY(!hasSurfaceEnding("thickness.npy"));
    QVERIFY(hasFormatEnding("thickness.npy"));
    QVERIFY(!hasFormatEnding("notes.txt"));
    QVERIFY(hasPictureEnding("face.JPG"));
    QVERIFY(!hasPictureEnding("face.gii"));
    QVERIFY(namesWeights("vit.SAFETENSORS"));
    QVERIFY(namesWeights("model.safetensors.index.json"));
    QVERIFY(!namesWeights("config.json"));
  }

  void enumsHaveWords() {
    QCOMPARE(fruitWords.of(Fruit::apple), std::string_view("apple"));
    QVERIFY(fruitWords.named("pear") == Fruit::pear);
    QVERIFY(!fruitWords.named("Pear"));
    for (const Shape shape : allShapes) {
      QVERIFY(shapeNamed(toString(shape)) == shape);
    }
    QVERIFY(!shapeNamed(""));
  }

  void attributesThatAreNumbers() {
    const Attributes attributes{
        {"heads", std::int64_t{12}}, {"rate", 0.5}, {"name", std::string("7")}};
    QCOMPARE(numberOf<std::int64_t>(attributes, "heads"), std::optional<std::int64_t>(12));
    QCOMPARE(numberOf<double>(attributes, "rate"), std::optional(0.5));
    QVERIFY(!numberOf<double>(attributes, "heads"));
    QVERIFY(!numberOf<std::int64_t>(attributes, "name"));
    QVERIFY(!numberOf<std::int64_t>(attributes, "none"));
  }

  void quantilesAreNumPys() {
    const std::vector<float> values{1, 2, 3, 10};
    QCOMPARE(quantile<float>(values, 0), 1.0);
    QCOMPARE(quantile<float>(values, 1), 10.0);
    QCOMPARE(quantile<float>(values, 0.1), 1.3);
    QCOMPARE(quantile<float>(values, 0.9), 7.9);
    QCOMPARE(median<float>({10, 1, 3, 2}), 2.5);
    QCOMPARE(median<double>({5}), 5.0);
  }
};

CORTOGRAPH_TEST(TextTest, QCoreApplication)
#include "text_test.moc"
