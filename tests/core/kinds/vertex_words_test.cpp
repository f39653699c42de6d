#include "kinds/vertex_words.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;

class VertexWordsTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void findsTheModeledVertex() {
    const BrainMap map = test::smallMap(); // left 0, 3, 11; right 1, 2
    QCOMPARE(modeledVertex(map.vertices, Side::left, 3), std::optional<std::size_t>(1));
    QCOMPARE(modeledVertex(map.vertices, Side::right, 2), std::optional<std::size_t>(4));
    QVERIFY(!modeledVertex(map.vertices, Side::right, 3));
    QVERIFY(!modeledVertex(map.vertices, Side::left, 12));
  }

  void saysWhatTheMapKnowsAndWhatIsShownBesides() {
    const MapSource source{std::make_shared<BrainMap>(test::smallMap()), nullptr};
    const std::string always = "layer 1 of 4, 100 % sure; ";
    const std::string words = vertexInWords(source, 0, {});
    QVERIFY(words.starts_with(always));
    QVERIFY(words.ends_with("R2 0.41 of 0.55"));
    const std::vector<std::string> shown{"layer", "channel"};
    QCOMPARE(vertexInWords(source, 0, shown), words + "; cluster 1 of 3");
  }
};

CORTOGRAPH_TEST(VertexWordsTest, QCoreApplication)
#include "vertex_words_test.moc"
