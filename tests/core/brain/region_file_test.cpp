#include "base/error.h"
#include "brain/atlas.h"
#include "brain/region_file.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>
#include <limits>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// Modelled vertices 1, 3, 4 on the left and 0, 2 on the right of a mesh of 6 + 5 vertices.
VertexSet someVertices() {
  return {.mesh = meshOfCounts({6, 5}), .ofSide = {{{1, 3, 4}, {0, 2}}}};
}

VertexData numbersOf(std::vector<float> left, std::vector<float> right) {
  return oneColumn("areas", {std::move(left), std::move(right)});
}

std::vector<std::uint8_t> membersOf(const Parcellation& regions, const std::string& name) {
  for (const Region& region : regions) {
    if (region.name == name) {
      return region.member;
    }
  }
  return {};
}

using Members = std::vector<std::uint8_t>;

} // namespace

class RegionFileTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void partsBelongToWholeRegions() {
    for (const auto& [name, whole] : std::map<std::string, std::string>{{"V1v", "V1"},
                                                                        {"V3d", "V3"},
                                                                        {"hV4", "hV4"},
                                                                        {"FFA-2", "FFA"},
                                                                        {"mTL-faces", "mTL-faces"},
                                                                        {"VMV1", "VMV1"},
                                                                        {"6v", "6v"},
                                                                        {"23d", "23d"},
                                                                        {"9-46d", "9-46d"},
                                                                        {"i6-8", "i6-8"},
                                                                        {"OP2-3", "OP2-3"}}) {
      QCOMPARE(wholeRegion(name), whole);
    }
  }

  void publishedAtlasesNameTheirNumbers() {
    const auto regionOf = [](const char* file, std::size_t number) {
      const Atlas* atlas = atlasOf(file);
      return atlas == nullptr ? std::string() : std::string(atlas->regions.at(number - 1));
    };
    QCOMPARE(regionOf("x/lh.wang15_mplbl.v1_0.mgz", 25), std::string("FEF"));
    QCOMPARE(regionOf("lh.Kastner2015.mgz", 13), std::string("TO1"));
    QCOMPARE(regionOf("rh.benson14_varea.v4_0.mgz", 12), std::string("V3a"));
    QCOMPARE(regionOf("lh.glasser16_atlas.v1_0.mgz", 180), std::string("p24"));
    QCOMPARE(regionOf("lh.HCP_MMP1.mgz", 23), std::string("MT"));
    QCOMPARE(regionOf("lh.rosenke18_vcatlas.v1_0.mgz", 5), std::string("FG1"));
    QCOMPARE(regionOf("lh.floc-faces.mgz", 2), std::string("FFA-1"));
    QVERIFY(atlasOf("lh.benson14_angle.v4_0.mgz") == nullptr);
    QVERIFY(atlasOf("lh.curv") == nullptr);
  }

  void labelsHaveTheirNames() {
    VertexData data = numbersOf({0, 7, 7, 7, 9, 9}, {9, 9, 0, 0, 0});
    data.kind = VertexDataKind::labels;
    data.labels = {{.key = 0, .name = "???"},
                   {.key = 7, .name = "V1"},
                   {.key = 9, .name = "V2"},
                   {.key = 8, .name = "V3"}};
    const Parcellation regions = regionsOf(data, someVertices());
    QCOMPARE(regions.size(), std::size_t{2}); // V3 has no vertex, and ??? is no region
    QCOMPARE(membersOf(regions, "V1"), (Members{1, 1, 0, 0, 0}));
    QCOMPARE(membersOf(regions, "V2"), (Members{0, 0, 1, 1, 0}));
    QCOMPARE(regions.front().group, std::string("areas"));
  }

  void numbersWithoutNamesAreNumbered() {
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    const VertexSet vertices = someVertices();
    Parcellation regions = regionsOf(numbersOf({0, 1, 0, 1, 0, 1}, {1, 0, none, 0, 0}), vertices);
    QCOMPARE(regions.size(), std::size_t{1}); // a mask
    QCOMPARE(membersOf(regions, "areas"), (Members{1, 1, 0, 1, 0}));
    regions = regionsOf(numbersOf({0, 2, 0, 3, 0, 1}, {2, 0, 0, 0, 0}), vertices);
    QCOMPARE(regions.size(), std::size_t{2});
    QCOMPARE(membersOf(regions, "areas-2"), (Members{1, 0, 0, 1, 0}));
    QCOMPARE(membersOf(regions, "areas-3"), (Members{0, 1, 0, 0, 0}));
    VertexData wang = numbersOf({0, 7, 0, 1, 0, 1}, {2, 0, 0, 0, 0});
    wang.files[0] = "lh.wang15_mplbl.mgz";
    regions = regionsOf(wang, vertices);
    QCOMPARE(membersOf(regions, "hV4"), (Members{1, 0, 0, 0, 0}));
    QCOMPARE(membersOf(regions, "V1v"), (Members{0, 1, 0, 0, 0}));
    QCOMPARE(membersOf(regions, "V1d"), (Members{0, 0, 0, 1, 0}));
    QCOMPARE(regions.front().group, std::string("wang15"));
  }

  void whatIsNoRegionIsRefused() {
    const VertexSet vertices = someVertices();
    CORTOGRAPH_EXPECT_ERROR(
        (void)regionsOf(numbersOf({0, 0.5, 0, 0, 0, 0}, {0, 0, 0, 0, 0}), vertices),
        ErrorKind::format,
        "0.5",
        "whole numbers");
    CORTOGRAPH_EXPECT_ERROR((void)regionsOf(numbersOf({0, 1, 0, 0, 0}, {0, 1, 0, 0, 0}), vertices),
                            ErrorKind::mismatch,
                            "5 vertices a side",
                            "6 + 5 vertices");
  }

  void aFinerFsaverageHoldsTheCoarser() {
    const VertexSet vertices{.mesh = meshOfCounts({642, 642}), .ofSide = {{{5, 600}, {641}}}};
    std::vector<float> left(2562, 0);
    std::vector<float> right(2562, 0);
    left[600] = 1;
    right[641] = 1;
    left[2000] = 1;
    const Parcellation regions = regionsOf(numbersOf(left, right), vertices);
    QCOMPARE(membersOf(regions, "areas"), (Members{0, 1, 1}));
    const VertexSet finer{.mesh = meshOfCounts({2562, 2562}), .ofSide = {{{5}, {6}}}};
    CORTOGRAPH_EXPECT_ERROR(
        (void)regionsOf(numbersOf(std::vector<float>(642, 1), std::vector<float>(642, 1)), finer),
        ErrorKind::mismatch,
        "fsaverage3");
  }

  void aRegionOfTheSameNameAndGroupIsReplaced() {
    Parcellation regions{{.name = "V1", .group = "a", .member = {1, 0}},
                         {.name = "V1", .group = "b", .member = {1, 0}}};
    addRegions(regions,
               {{.name = "V1", .group = "b", .member = {0, 1}},
                {.name = "V2", .group = "b", .member = {1, 1}}});
    QCOMPARE(regions.size(), std::size_t{3});
    QCOMPARE(regions[0].member, (Members{1, 0}));
    QCOMPARE(regions[1].member, (Members{0, 1}));
  }

  void areasOfRegionsSumUpToTheSurface() {
    // A right tetrahedron with legs of 2 mm: faces of 2, 2, 2 and 2 √3 mm².
    Surface surface{.verticesRas = {{0, 0, 0}, {2, 0, 0}, {0, 2, 0}, {0, 0, 2}},
                    .triangles = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}}};
    Cortex cortex;
    cortex.hemispheres[0].shapes[Shape::white] = surface;
    for (Point& point : surface.verticesRas) {
      for (float& coordinate : point) {
        coordinate *= 2;
      }
    }
    cortex.hemispheres[0].shapes[Shape::pial] = surface; // four times the area
    const VertexSet vertices{.mesh = meshOfCounts({4, 0}), .ofSide = {{{0, 1, 2, 3}, {}}}};
    const std::vector<double> areas =
        areasOf({{.name = "corner", .group = "", .member = {1, 0, 0, 0}},
                 {.name = "all", .group = "", .member = {1, 1, 1, 1}}},
                vertices,
                cortex);
    QVERIFY(std::abs(areas[0] - 2.5 * 2) < 1e-9);
    QVERIFY(std::abs(areas[1] - 2.5 * (6 + 2 * std::sqrt(3.0))) < 1e-6);
    cortex.hemispheres[0].shapes = {{Shape::inflated, surface}};
    QVERIFY(std::isnan(
        areasOf({{.name = "all", .group = "", .member = {1, 1, 1, 1}}}, vertices, cortex)[0]));
  }
};

CORTOGRAPH_TEST(RegionFileTest, QCoreApplication)
#include "region_file_test.moc"
