#include "base/error.h"
#include "brain/format.h"
#include "brain/resample.h"
#include "brain/sphere_index.h"
#include "brain/subdivision.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// The sphere after a rotation that maps none of its vertices to another.
Surface rotated(const Surface& sphere) {
  Surface result = sphere;
  for (Point& p : result.verticesRas) {
    p = {0.36F * p[0] + 0.48F * p[1] - 0.8F * p[2],
         -0.8F * p[0] + 0.6F * p[1],
         0.48F * p[0] + 0.64F * p[1] + 0.6F * p[2]};
  }
  return result;
}

/// A smooth function on the sphere of radius 100, from -1.5 to 1.5.
std::vector<float> smoothOn(const Surface& sphere) {
  std::vector<float> values;
  for (const Point& p : sphere.verticesRas) {
    values.push_back(p[0] / 100 + p[1] * p[2] / 10'000);
  }
  return values;
}

double sumOf(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// What wb_command 1.5.0 computes at a vertex.
struct Expected {
  std::size_t vertex;
  double value;
};

bool agree(const std::vector<float>& values, const std::vector<Expected>& expected) {
  return std::ranges::all_of(expected, [&](const Expected& one) {
    return std::abs(values.at(one.vertex) - one.value) < 1e-4;
  });
}

} // namespace

/// Resampling between fsaverage5, fsaverage and rotated spheres, against known truth and
/// Connectome Workbench.
class ResampleTest : public QObject {
  Q_OBJECT

private:
  Surface fine_;   ///< sphere of fsaverage, left
  Surface coarse_; ///< of fsaverage5
  Surface pial_;   ///< of fsaverage5

  /// Left data of fsaverage5.
  [[nodiscard]] static std::vector<float> coarseData(const char* name) {
    return readVertexData(dataPath("fsaverage5") / (std::string(name) + "_left.gii.gz"))
        .of(Side::left);
  }

private Q_SLOTS:
  void initTestCase() {
    const auto fine = dataPath("fsaverage/fsaverage_std_sphere.L.164k_fsavg_L.surf.gii");
    CORTOGRAPH_NEED(fine);
    fine_ = readSurface(fine).surface;
    coarse_ = readSurface(dataPath("fsaverage5/sphere_left.gii.gz")).surface;
    pial_ = readSurface(dataPath("fsaverage5/pial_left.gii.gz")).surface;
  }

  void aPlaceIsAMeanOfTheCornersAroundIt() {
    const SphereIndex index(coarse_);
    // A vertex, and the middle of a triangle.
    const MeshPlace vertex = index.nearest(coarse_.verticesRas[77]);
    const auto* const largest = std::ranges::max_element(vertex.weights);
    QCOMPARE(vertex.corners.at(static_cast<std::size_t>(largest - vertex.weights.begin())), 77);
    QVERIFY(std::abs(*largest - 1) < 1e-5);
    for (const Triangle& triangle : coarse_.triangles) {
      Point middle{};
      for (const std::int32_t corner : triangle) {
        for (std::size_t axis = 0; axis < 3; ++axis) {
          middle.at(axis) += coarse_.verticesRas[static_cast<std::size_t>(corner)].at(axis);
        }
      }
      const MeshPlace place = index.nearest(middle);
      QCOMPARE(place.corners, triangle);
      for (const double weight : place.weights) {
        QVERIFY(std::abs(weight - 1.0 / 3) < 1e-3); // the middle is projected to the sphere
      }
    }
  }

  void aConstantStaysConstant() {
    const Surface target = rotated(coarse_);
    const ResampleAreas areas{.from = vertexAreas(fine_), .to = vertexAreas(target)};
    const std::vector<float> constant(fine_.verticesRas.size(), 3.25F);
    for (const ResampleMethod method : allResampleMethods) {
      for (const float value : resampled(resampling(fine_, target, method, areas), constant)) {
        QVERIFY(std::abs(value - 3.25F) < 1e-6F);
      }
    }
  }

  void numbersAgreeWithWorkbench() {
    // wb_command -metric-resample lh.curv … BARYCENTRIC|ADAP_BARY_AREA -area-surfs …
    const std::vector<float> curvature =
        readVertexData(dataPath("fsaverage/lh.curv")).of(Side::left);
    const ResampleAreas down{.from = vertexAreas(fine_), .to = vertexAreas(pial_)};
    const std::vector<float> coarse =
        resampled(resampling(fine_, coarse_, ResampleMethod::adaptive, down), curvature);
    QVERIFY(agree(coarse,
                  {{0, -0.108753},
                   {100, -0.018239},
                   {1234, -0.025642},
                   {5000, 0.036326},
                   {10241, 0.143522}}));
    QVERIFY(std::abs(sumOf(coarse) + 244.4671) < 0.001);
    const ResampleAreas up{.from = vertexAreas(pial_), .to = vertexAreas(fine_)};
    const std::vector<float> thickness =
        resampled(resampling(coarse_, fine_, ResampleMethod::adaptive, up), coarseData("thick"));
    QVERIFY(agree(thickness,
                  {{0, 2.901222},
                   {10242, 2.790679},
                   {50000, 2.371557},
                   {99999, 2.049116},
                   {163841, 2.343589}}));
    QVERIFY(std::abs(sumOf(thickness) - 372916.6056) < 0.05);
    const std::vector<float> depth =
        resampled(resampling(coarse_, fine_, ResampleMethod::barycentric), coarseData("sulc"));
    QVERIFY(agree(depth,
                  {{0, -0.781269},
                   {10242, -0.675651},
                   {50000, -0.532645},
                   {99999, -0.624808},
                   {163841, 0.406398}}));
    QVERIFY(std::abs(sumOf(depth) - 4873.0538) < 0.02);
  }

  void labelsAgreeWithWorkbench() {
    // wb_command -label-resample … BARYCENTRIC -largest, and ADAP_BARY_AREA
    const std::vector<float> networks =
        readVertexData(dataPath("formats/gifti/lh.Yeo2011.gii")).of(Side::left);
    const auto counts = [&](ResampleMethod method) {
      const ResampleAreas areas{.from = vertexAreas(fine_), .to = vertexAreas(pial_)};
      std::map<float, int> count;
      for (const float key :
           resampled(resampling(fine_, coarse_, method, areas), networks, VertexDataKind::labels)) {
        ++count[key];
      }
      return count;
    };
    const std::map<float, int> nearest{
        {0, 885}, {1, 1348}, {2, 1859}, {3, 1094}, {4, 1086}, {5, 716}, {6, 1057}, {7, 2197}};
    const std::map<float, int> adaptive{
        {0, 888}, {1, 1352}, {2, 1861}, {3, 1094}, {4, 1087}, {5, 712}, {6, 1041}, {7, 2207}};
    QVERIFY(counts(ResampleMethod::nearest) == nearest);
    QVERIFY(counts(ResampleMethod::adaptive) == adaptive);
  }

  void nestedMeshesNeedNoSphere() {
    const std::vector<float> curvature =
        readVertexData(dataPath("fsaverage/lh.curv")).of(Side::left);
    const std::vector<float> first =
        resampled(nestedResampling(curvature.size(), 10242), curvature);
    QVERIFY(std::equal(first.begin(), first.end(), curvature.begin()));
    const Surface nested = coarsened(fine_, 10242);
    QCOMPARE(triangulationHash(nested.triangles), triangulationHash(coarse_.triangles));
    QVERIFY(resampled(resampling(fine_, nested, ResampleMethod::nearest), curvature) == first);
    CORTOGRAPH_EXPECT_ERROR(
        (void)nestedResampling(10242, 40962), ErrorKind::mismatch, "40962", "10242", "sphere");
    CORTOGRAPH_EXPECT_ERROR((void)coarsened(fine_, 1000), ErrorKind::mismatch, "163842", "1000");
  }

  void allColumnsOfBothSidesAreResampled() {
    VertexData data = oneColumn("x", {smoothOn(coarse_), smoothOn(coarse_)});
    data.columns.push_back(data.columns.front());
    data.columns.back().name = "y";
    const Resampling weights = nestedResampling(10242, 642);
    const VertexData result = resampled(data, {weights, weights});
    QCOMPARE(inWords(result.mesh), std::string("fsaverage3, 642 vertices a side"));
    QCOMPARE(result.columns.size(), std::size_t{2});
    QCOMPARE(result.of(Side::right, 1).size(), std::size_t{642});
    QCOMPARE(result.of(Side::right, 1)[641], data.of(Side::right)[641]);
  }

  void whatIsNoSphereIsRefused() {
    CORTOGRAPH_EXPECT_ERROR(
        requireSphere(pial_), ErrorKind::mismatch, "one distance", "sphere.reg");
    Surface cut = coarse_;
    cut.triangles.pop_back();
    CORTOGRAPH_EXPECT_ERROR(requireSphere(cut), ErrorKind::mismatch, "20479", "20480");
    CORTOGRAPH_EXPECT_ERROR(requireSphere({}), ErrorKind::mismatch, "0 vertices");
    CORTOGRAPH_EXPECT_ERROR((void)resampling(coarse_, fine_, ResampleMethod::adaptive),
                            ErrorKind::mismatch,
                            "10242 vertices of the old mesh",
                            "0 are given");
    const std::vector<float> few(7);
    CORTOGRAPH_EXPECT_ERROR(
        (void)resampled(nestedResampling(642, 12), few), ErrorKind::mismatch, "7 values", "642");
  }
};

CORTOGRAPH_TEST(ResampleTest, QCoreApplication)
#include "resample_test.moc"
