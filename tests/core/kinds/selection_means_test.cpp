#include "base/error.h"
#include "kinds/selection_means.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;

class SelectionMeansTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void meansAreOfTheNumbersThereAre();
  void whatAMapLacksHasNoMean();
  void selectionsAreTyped();
  void wrongOnesAreRefused();

private:
  /// Left 0, 3, 11; right 1, 2.
  static std::shared_ptr<BrainMap> map() {
    auto map = std::make_shared<BrainMap>(test::smallMap());
    const float nan = std::nanf("");
    map->r2 = {0.1F, 0.3F, nan, 0.5F, 0.7F};
    map->noiseCeiling = {0.2F, 0.5F, 0.5F, 0, 0.7F};
    map->space.values = {0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, -0.5F, -0.4F, -0.3F, 0.2F};
    map->scale.values = {0, 0.5F, 1, 0.25F, 0.75F};
    map->layer.shape = {5, 3};
    map->layer.values = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5F, 0.5F, 0, 0.25F, 0.25F, 0.5F};
    map->clusters.label = {2, 0, 0, 2, -1};
    map->clusters.count = 3;
    return map;
  }
  static bool same(const Mean& mean, double value, std::size_t count) {
    return mean.count == count && std::abs(mean.value - value) < 1e-6;
  }
};

void SelectionMeansTest::meansAreOfTheNumbersThereAre() {
  const auto small = map();
  // 5 is not modelled.
  const SelectionMeans means = meansOf({small, nullptr}, parseVertices(*small, "lh:0,5,11;rh:1,2"));
  QCOMPARE(means.vertices, std::size_t{4});
  QVERIFY(same(means.r2, (0.1 + 0.5 + 0.7) / 3, 3));                 // one is NaN
  QVERIFY(same(means.normalizedR2, (0.1 / 0.2 + 0.7 / 0.7) / 2, 2)); // one ceiling is 0
  QVERIFY(same(means.place[0].right, (0.1 + 0.5) / 2, 2));
  QVERIFY(same(means.place[0].up, -(0.2 + 0.6) / 2, 2));
  QVERIFY(same(means.place[1].right, (-0.5 - 0.3) / 2, 2));
  QVERIFY(same(means.place[1].up, -(-0.4 + 0.2) / 2, 2));
  QVERIFY(same(means.expectedLayer, (1 + 3 + 1.5 + 2.25) / 4, 4));
  QVERIFY(same(means.local, (1 + 0 + 0.75 + 0.25) / 4, 4));
  QCOMPARE(means.cluster, std::optional<int>(3));
  QCOMPARE(means.clusterVertices, std::size_t{2});
  QCOMPARE(inWords(means),
           std::string("4 vertices; R2 0.43 (3 vertices); normalised R2 0.75 (2 vertices); place "
                       "+0.30 right, -0.40 up (left hemisphere, 2 vertices); place -0.40 right, "
                       "+0.10 up (right hemisphere, 2 vertices); expected layer 1.9; 50 % local; "
                       "most in cluster 3 "
                       "(2 vertices)"));
}

void SelectionMeansTest::whatAMapLacksHasNoMean() {
  const auto small = map();
  small->r2.clear();
  small->clusters = {};
  const SelectionMeans means = meansOf({small, nullptr}, parseVertices(*small, "lh:3"));
  QVERIFY(means.r2.count == 0 && std::isnan(means.r2.value));
  QVERIFY(means.normalizedR2.count == 0);
  QVERIFY(!means.cluster);
  QCOMPARE(inWords(means),
           std::string("1 vertex; place +0.30 right, -0.40 up; expected layer 2.0; 50 % local"));
  QCOMPARE(inWords(meansOf({small, nullptr}, parseVertices(*small, "lh:1"))),
           std::string("0 vertices"));
}

void SelectionMeansTest::selectionsAreTyped() {
  const auto small = map();
  const VertexSelection typed = parseVertices(*small, "rh:2,1,2");
  QVERIFY(typed.ofSide[0].empty());
  QCOMPARE(typed.ofSide[1], (std::vector<std::int32_t>{1, 2}));
  small->regions = {{"V1v", "early", {1, 0, 0, 0, 1}}, {"V1d", "early", {0, 1, 0, 0, 0}}};
  const VertexSelection region = selectRegion(*small, "V1");
  QCOMPARE(region.name, std::string("V1"));
  QCOMPARE(region.ofSide[0], (std::vector<std::int32_t>{0, 3}));
  QCOMPARE(region.ofSide[1], (std::vector<std::int32_t>{2}));
}

void SelectionMeansTest::wrongOnesAreRefused() {
  const auto small = map();
  for (const char* typed : {"", "1,2", "lh:", "lh:1,", "lh:x", "lh:-1", "lh:1;lh:2", "lh:1 2"}) {
    CORTOGRAPH_EXPECT_ERROR((void)parseVertices(*small, typed), ErrorKind::format, "lh:1,2,3;rh:4");
  }
  CORTOGRAPH_EXPECT_ERROR((void)parseVertices(*small, "lh:100000"), ErrorKind::mismatch, "100000");
  CORTOGRAPH_EXPECT_ERROR((void)selectRegion(*small, "V9"), ErrorKind::notFound, "V9");
  VertexSelection other = parseVertices(*small, "lh:1");
  other.mesh.vertices[0] += 1;
  CORTOGRAPH_EXPECT_ERROR(
      (void)meansOf({small, nullptr}, other), ErrorKind::mismatch, "another mesh");
}

CORTOGRAPH_TEST(SelectionMeansTest, QCoreApplication)
#include "selection_means_test.moc"
