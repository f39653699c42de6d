#include "base/error.h"
#include "brain/vertex_set.h"
#include "core/kinds/kind_values.h"
#include "kinds/kind_data.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;
using namespace cortograph::test;

namespace {

VertexData dataOf(const MapSource& source, const std::vector<std::string>& kinds) {
  std::vector<KindChoice> choices;
  for (const std::string& typed : kinds) {
    choices.push_back(parseKind(typed));
  }
  return vertexDataOf(source, choices);
}

} // namespace

class KindDataTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void numbersBecomeColumnsOnTheMesh() {
    const auto map = std::make_shared<const BrainMap>(smallMap());
    const MapSource source{.map = map, .probe = nullptr};
    const VertexData data = dataOf(source, {"r2", "layer", "space", "layer-weight:3"});
    QCOMPARE(data.mesh, map->vertices.mesh);
    QCOMPARE(data.columns.size(), std::size_t{6});
    QCOMPARE(data.columns[1].name, std::string("layer"));
    QCOMPARE(data.columns[2].name, std::string("certainty (0 sure, 1 unsure)"));
    const VertexValues layer = mapKindNamed("layer").values(source);
    for (const Side side : bothSides) {
      QVERIFY(alike(data.of(side, 0), spreadOverMesh(map->vertices, side, map->r2, none)));
      QVERIFY(alike(data.of(side, 1), spreadOverMesh(map->vertices, side, layer.first, none)));
      QVERIFY(alike(data.of(side, 2), spreadOverMesh(map->vertices, side, layer.second, none)));
      QCOMPARE(data.of(side).size(), map->vertices.mesh.of(side));
    }
    std::vector<float> weight(map->size());
    std::vector<float> x(map->size());
    for (std::size_t n = 0; n < map->size(); ++n) {
      weight[n] = map->layer.row(n)[2];
      x[n] = map->space.row(n)[0];
    }
    QVERIFY(alike(data.of(Side::left, 3), spreadOverMesh(map->vertices, Side::left, x, none)));
    QVERIFY(
        alike(data.of(Side::right, 5), spreadOverMesh(map->vertices, Side::right, weight, none)));
  }

  void labelsHaveNames() {
    const auto map = std::make_shared<const BrainMap>(smallMap());
    const MapSource source{.map = map, .probe = nullptr};
    const VertexData data = dataOf(source, {"region"});
    QVERIFY(data.kind == VertexDataKind::labels);
    QCOMPARE(data.labels.front().key, 0);
    const MapKind& kind = mapKindNamed("region");
    const std::vector<float> keys = kind.values(source).first;
    QVERIFY(data.labels.size() > 1);
    for (const KindLabel& label : kind.labeled(source)) {
      const auto named = std::ranges::find(data.labels, label.name, &VertexLabel::name);
      QVERIFY(named != data.labels.end() && named->key > 0);
      QCOMPARE(static_cast<float>(named->key), label.value);
    }
    QVERIFY(alike(data.of(Side::left), spreadOverMesh(map->vertices, Side::left, keys, none)));
  }

  void whatHasNoNumbersIsRefused() {
    const MapSource source{.map = std::make_shared<const BrainMap>(smallMap()), .probe = nullptr};
    CORTOGRAPH_EXPECT_ERROR(
        (void)dataOf(source, {"region", "r2"}), ErrorKind::unsupported, "Labels");
    CORTOGRAPH_EXPECT_ERROR(
        (void)dataOf(source, {"region", "channel"}), ErrorKind::unsupported, "of its own");
    CORTOGRAPH_EXPECT_ERROR(
        (void)dataOf(source, {"curvature"}), ErrorKind::unsupported, "curvature");
  }
};

CORTOGRAPH_TEST(KindDataTest, QCoreApplication)
#include "kind_data_test.moc"
