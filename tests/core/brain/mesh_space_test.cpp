#include "base/error.h"
#include "brain/cortex.h"
#include "brain/gifti_write.h"
#include "brain/mesh_space.h"
#include "brain/subdivision.h"
#include "brain/vertex_data.h"
#include "demo/cortex/cortex.h"
#include "subject/find_cortex.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <numeric>

using namespace cortograph;
namespace fs = std::filesystem;

namespace {

/// An octahedron about (x, 0, 0) whose vertices are numbered in this order.
Surface octahedron(float x, const std::array<std::int32_t, 6>& number) {
  const std::array<Point, 6> points{
      {{x + 1, 0, 0}, {x - 1, 0, 0}, {x, 1, 0}, {x, -1, 0}, {x, 0, 1}, {x, 0, -1}}};
  const std::vector<Triangle> triangles{
      {0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}};
  Surface surface;
  surface.verticesRas.resize(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    surface.verticesRas[static_cast<std::size_t>(number.at(i))] = points.at(i);
  }
  for (const Triangle& t : triangles) {
    surface.triangles.push_back({number.at(static_cast<std::size_t>(t[0])),
                                 number.at(static_cast<std::size_t>(t[1])),
                                 number.at(static_cast<std::size_t>(t[2]))});
  }
  return surface;
}

/// A person's surfaces in a folder of that name.
std::shared_ptr<const Cortex> person(const fs::path& folder,
                                     const std::array<std::int32_t, 6>& number) {
  fs::create_directories(folder / "surf");
  writeSurface(folder / "surf/lh.pial.gii", octahedron(-5, number), Side::left, Shape::pial);
  writeSurface(folder / "surf/rh.pial.gii", octahedron(5, number), Side::right, Shape::pial);
  return readCortex(folder / "surf");
}

} // namespace

class MeshSpaceTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aHashIsOfTheTrianglesInAnyOrder() {
    const std::vector<Triangle> triangles{{0, 1, 2}, {0, 2, 3}, {0, 3, 1}, {1, 3, 2}};
    const std::string hash = triangulationHash(triangles);
    QCOMPARE(hash.size(), std::size_t{16});
    QCOMPARE(triangulationHash({{3, 2, 1}, {2, 0, 1}, {0, 3, 2}, {0, 1, 3}}), hash);
    QVERIFY(triangulationHash({{0, 1, 2}, {0, 2, 3}, {0, 3, 1}, {1, 3, 4}}) != hash);
    QVERIFY(triangulationHash({}) != hash);
  }

  void standardMeshesAreToldByTheirTriangles() {
    CORTOGRAPH_NEED(test::dataPath("fsaverage5"));
    const auto cortex = readCortex(test::dataPath("fsaverage5"));
    QCOMPARE(inWords(cortex->mesh), std::string("fsaverage5, 10,242 vertices a side"));
    QVERIFY(cortex->mesh.toldBy == MeshEvidence::byTriangulation);
    QCOMPARE(cortex->mesh.density(), std::string_view("10k"));
    // Down by nesting: fsaverage4 and 3.
    std::vector<Triangle> triangles = *cortex->hemisphere(Side::left).closedTriangles();
    std::size_t vertices = 10242;
    for (const char* name : {"fsaverage4", "fsaverage3"}) {
      const std::size_t coarse = coarserSize(vertices);
      triangles = coarsened(triangles, vertices, coarse);
      QCOMPARE(standardMeshName({triangulationHash(triangles), ""}), std::string(name));
      QCOMPARE(standardMeshName(coarse), std::string(name));
      vertices = coarse;
    }
    QCOMPARE(standardMeshName({"", ""}), std::string());
    QCOMPARE(standardMeshName({triangulationHash(triangles), "another"}), std::string());
    CORTOGRAPH_NEED(test::dataPath("fsaverage"));
    const auto fine = readCortex(test::dataPath("fsaverage"));
    QCOMPARE(inWords(fine->mesh), std::string("fsaverage, 163,842 vertices a side"));
    const auto whole = *fine->hemisphere(Side::right).closedTriangles();
    QCOMPARE(standardMeshName({triangulationHash(coarsened(whole, 163842, 40962)), ""}),
             std::string("fsaverage6"));
  }

  void asManyVerticesAreNoFsaverage6() {
    // The demo's fine mesh has 40,962 a side too; here under a person's name.
    const QTemporaryDir made;
    const fs::path folder = fs::path(made.path().toStdString()) / "bert";
    fs::create_directories(folder);
    for (const Side side : bothSides) {
      writeSurface(folder / (side == Side::left ? "lh.pial.gii" : "rh.pial.gii"),
                   demoCortex(DemoMesh::fine)->hemisphere(side).shapes.at(Shape::pial),
                   side,
                   Shape::pial);
    }
    const auto cortex = readCortex(folder);
    QCOMPARE(inWords(cortex->mesh), std::string("bert, 40,962 vertices a side"));
    QVERIFY(cortex->mesh.toldBy == MeshEvidence::byFolder);
    QVERIFY(cortex->mesh.density().empty());
    // Nor does a folder's name make it one.
    fs::copy(folder, folder.parent_path() / "fsaverage6");
    const MeshSpace named = readCortex(folder.parent_path() / "fsaverage6")->mesh;
    QCOMPARE(named.name, std::string("fsaverage6 (other triangles)"));
    QVERIFY(match(named, cortex->mesh) == MeshMatch::same);
    // Numbers of as many vertices are told by their count alone, and say so.
    const VertexData data = oneColumn("t", {std::vector<float>(40962), std::vector<float>(40962)});
    QCOMPARE(data.mesh.name, std::string("fsaverage6"));
    QVERIFY(inWords(data.mesh.toldBy).find("alone") != std::string_view::npos);
    QVERIFY(match(data.mesh, cortex->mesh) == MeshMatch::possible);
  }

  void twoPeopleOfEqualCountsAreNotEachOther() {
    const QTemporaryDir made;
    const fs::path folder = made.path().toStdString();
    const auto bert = person(folder / "bert", {0, 1, 2, 3, 4, 5});
    const auto anna = person(folder / "anna", {0, 2, 1, 3, 4, 5});
    QCOMPARE(inWords(bert->mesh), std::string("bert, 6 vertices a side"));
    QVERIFY(match(bert->mesh, anna->mesh) == MeshMatch::different);
    QVERIFY(match(bert->mesh, bert->mesh) == MeshMatch::same);
    VertexSet vertices{bert->mesh, {{{0}, {1}}}};
    QVERIFY(fits(*bert, vertices) && !fits(*anna, vertices));
    CORTOGRAPH_EXPECT_ERROR((void)findCortex(vertices, {folder / "anna/surf"}),
                            ErrorKind::notFound,
                            "bert, 6 vertices a side",
                            "anna, 6 vertices a side",
                            "their triangles differ");
    VertexData data = oneColumn("t", {std::vector<float>(6), std::vector<float>(6)});
    QVERIFY(fits(*anna, data)); // nothing else is known of them
    data.mesh = bert->mesh;
    CORTOGRAPH_EXPECT_ERROR(requireFits(*anna, data),
                            ErrorKind::mismatch,
                            "bert, 6 vertices a side",
                            "anna, 6 vertices a side",
                            "triangles differ");
  }

  void namesAndCountsDecideWhereNoTrianglesWereSeen() {
    const MeshSpace guessed = meshOfCounts({10242, 10242});
    QVERIFY(guessed.toldBy == MeshEvidence::byCount);
    MeshSpace named = guessed;
    named.name = "bert";
    named.toldBy = MeshEvidence::byFolder;
    MeshSpace other = named;
    other.name = "anna";
    QVERIFY(match(guessed, named) == MeshMatch::possible);
    QVERIFY(match(named, named) == MeshMatch::same);
    QVERIFY(match(named, other) == MeshMatch::different);
    QVERIFY(match(guessed, meshOfCounts({10242, 10241})) == MeshMatch::different);
    QVERIFY(match(guessed, demoCortex()->mesh) == MeshMatch::different);
    QVERIFY(differenceInWords(named, other).find("other names") != std::string::npos);
    // One side lies on both, and not the other way round.
    const MeshSpace left = meshOfCounts({10242, 0});
    QCOMPARE(left.name, std::string("fsaverage5"));
    QVERIFY(liesOn(left, guessed) && !liesOn(guessed, left));
    QVERIFY(match(left, meshOfCounts({0, 10242})) == MeshMatch::different);
    QCOMPARE(differenceInWords(guessed, left), std::string("the second has no right side"));
  }

  void oneFunctionHasTheWords() {
    QCOMPARE(inWords(MeshSpace{"bert", {132051, 131712}}),
             std::string("bert, 132,051 + 131,712 vertices"));
    QCOMPARE(inWords(MeshSpace{"bert", {0, 999}}), std::string("bert, 999 vertices on the right"));
    QCOMPARE(inWords(meshOfCounts({1000, 1000})), std::string("a mesh of 1,000 vertices a side"));
    QCOMPARE(inWords(MeshSpace{unplacedMesh, {1234567, 0}}),
             std::string("1,234,567 voxels without a place"));
  }

  void attributesKeepIt() {
    const MeshSpace mesh{"bert", {5, 0}, {"0123456789abcdef", ""}, MeshEvidence::byMetadata};
    QVERIFY(meshSpaceOf(attributesOf(mesh)) == mesh);
    Attributes without = attributesOf(mesh);
    without.erase("mesh_right");
    CORTOGRAPH_EXPECT_ERROR((void)meshSpaceOf(without), ErrorKind::format, "mesh_right");
  }
};

CORTOGRAPH_TEST(MeshSpaceTest, QCoreApplication)
#include "mesh_space_test.moc"
