#include "demo/areas/areas.h"
#include "demo/cortex/cortex.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

using namespace cortograph;
using namespace cortograph::demo;

namespace {

const std::vector<std::string> allAreas{"V1v", "V1d", "V2v",   "V2d",   "V3v",    "V3d",   "hV4",
                                        "LO",  "OFA", "FFA-1", "FFA-2", "EBA",    "FBA-1", "FBA-2",
                                        "OPA", "PPA", "RSC",   "OWFA",  "VWFA-1", "VWFA-2"};

const Areas& areasOf(DemoMesh mesh, int subject) {
  static std::map<std::pair<DemoMesh, int>, Areas> made;
  auto& entry = made[{mesh, subject}];
  if (entry.tuning.empty()) {
    entry = layAreas(*demoCortex(mesh), subject);
  }
  return entry;
}

Side sideOf(const Areas& areas, std::size_t vertex) {
  return vertex < areas.vertices.offset(Side::right) ? Side::left : Side::right;
}

std::int32_t meshVertex(const Areas& areas, std::size_t vertex) {
  const Side side = sideOf(areas, vertex);
  return areas.vertices.of(side)[vertex - areas.vertices.offset(side)];
}

double eccentricity(const Tuning& tuning) {
  return std::hypot(tuning.x, tuning.y);
}

/// Radians from the horizontal meridian, lower field positive.
double polarAngle(const Tuning& tuning) {
  return std::atan2(tuning.y, std::abs(tuning.x));
}

/// Neighbouring modelled vertices of two areas, one side.
std::vector<std::pair<const Tuning*, const Tuning*>>
neighbors(const Areas& areas, Side side, const std::string& one, const std::string& other) {
  const Surface& sphere = demoCortex()->hemisphere(side).shapes.at(Shape::sphere);
  std::map<std::int32_t, const Tuning*> at;
  for (std::size_t n = 0; n < areas.tuning.size(); ++n) {
    if (sideOf(areas, n) == side) {
      at[meshVertex(areas, n)] = &areas.tuning[n];
    }
  }
  std::vector<std::pair<const Tuning*, const Tuning*>> pairs;
  for (const Triangle& t : sphere.triangles) {
    for (std::size_t k = 0; k < 3; ++k) {
      const auto a = at.find(t[k]);
      const auto b = at.find(t[(k + 1) % 3]);
      if (a != at.end() && b != at.end() && a->second->area == one && b->second->area == other) {
        pairs.emplace_back(a->second, b->second);
      }
    }
  }
  return pairs;
}

} // namespace

class AreasTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void modelsAQuarterOfTheCortex();
  void everyAreaIsThere();
  void everyVertexHasOneStream();
  void areasDoNotOverlap();
  void seesTheOtherHalfOfTheImage();
  void magnifiesTheFovea();
  void fieldsGrow();
  void mirrorsAtBorders();
  void upperFieldIsVentral();
  void higherAreasHaveTheirCategories();
  void coarseAndFineAgree();
  void peopleDiffer();
  void lieWhereTheyLieInPeople();
};

void AreasTest::modelsAQuarterOfTheCortex() {
  for (int subject = 0; subject < demoPeople; ++subject) {
    const std::size_t coarse = areasOf(DemoMesh::coarse, subject).tuning.size();
    QVERIFY2(coarse > 3600 && coarse < 4600, qPrintable(QString::number(coarse)));
    const Areas& fine = areasOf(DemoMesh::fine, subject);
    QVERIFY(fine.tuning.size() > 3.9 * static_cast<double>(coarse) &&
            fine.tuning.size() < 4.1 * static_cast<double>(coarse));
    QCOMPARE(fine.vertices.mesh.name, std::string(fineDemoMesh));
    QCOMPARE(fine.tuning.size(), fine.vertices.size());
  }
}

void AreasTest::everyAreaIsThere() {
  for (int subject = 0; subject < demoPeople; ++subject) {
    const Areas& areas = areasOf(DemoMesh::coarse, subject);
    std::map<std::pair<std::string, Side>, int> count;
    for (std::size_t n = 0; n < areas.tuning.size(); ++n) {
      ++count[{areas.tuning[n].area, sideOf(areas, n)}];
    }
    for (const std::string& area : allAreas) {
      for (const Side side : bothSides) {
        const int vertices = count[{area, side}];
        QVERIFY2(vertices >= 20,
                 qPrintable(QString::fromStdString(area + " " + std::to_string(vertices))));
      }
      const Region region = regionNamed(areas.regions, area);
      for (std::size_t n = 0; n < areas.tuning.size(); ++n) {
        QCOMPARE(region.member[n] != 0, areas.tuning[n].area == area);
      }
    }
  }
}

void AreasTest::everyVertexHasOneStream() {
  const Areas& areas = areasOf(DemoMesh::coarse, 0);
  std::vector<int> streams(areas.tuning.size());
  std::set<std::string> names;
  for (const Region& region : areas.regions) {
    if (region.group == "streams") {
      names.insert(region.name);
      for (std::size_t n = 0; n < streams.size(); ++n) {
        streams[n] += region.member[n];
      }
    }
  }
  QCOMPARE(names.size(), std::size_t{7});
  QVERIFY(std::all_of(streams.begin(), streams.end(), [](int count) { return count == 1; }));
}

void AreasTest::areasDoNotOverlap() {
  const Areas& areas = areasOf(DemoMesh::coarse, 1);
  std::vector<int> named(areas.tuning.size());
  for (const Region& region : areas.regions) {
    if (region.group != "streams") {
      for (std::size_t n = 0; n < named.size(); ++n) {
        named[n] += region.member[n];
      }
    }
  }
  QVERIFY(std::all_of(named.begin(), named.end(), [](int count) { return count <= 1; }));
}

void AreasTest::seesTheOtherHalfOfTheImage() {
  for (int subject = 0; subject < demoPeople; ++subject) {
    const Areas& areas = areasOf(DemoMesh::coarse, subject);
    for (std::size_t n = 0; n < areas.tuning.size(); ++n) {
      const Tuning& tuning = areas.tuning[n];
      if (tuning.local) {
        QVERIFY(sideOf(areas, n) == Side::left ? tuning.x >= 0 : tuning.x <= 0);
        QVERIFY(std::abs(tuning.x) <= 0.9 && std::abs(tuning.y) <= 0.9);
      }
    }
  }
}

/// Vertices a unit of the image's area, within 0.2 of the centre and beyond 0.5.
void AreasTest::magnifiesTheFovea() {
  for (const std::string area : {"V1", "V2", "V3"}) {
    int inner = 0;
    int outer = 0;
    for (const Tuning& tuning : areasOf(DemoMesh::coarse, 0).tuning) {
      if (tuning.area.starts_with(area)) {
        inner += eccentricity(tuning) < 0.2 ? 1 : 0;
        outer += eccentricity(tuning) > 0.5 ? 1 : 0;
      }
    }
    const double ratio = (inner / (0.2 * 0.2)) / (outer / (0.88 * 0.88 - 0.5 * 0.5));
    QVERIFY2(ratio > 5, qPrintable(QString::number(ratio)));
    QVERIFY(outer > 20);
  }
}

void AreasTest::fieldsGrow() {
  std::map<std::string, std::pair<double, double>> near; // sums over 0.2 .. 0.4
  for (const Tuning& tuning : areasOf(DemoMesh::coarse, 0).tuning) {
    if (tuning.local && eccentricity(tuning) > 0.2 && eccentricity(tuning) < 0.4) {
      auto& [sum, count] = near[tuning.area.substr(0, 2)];
      sum += tuning.fieldRadius;
      count += 1;
    }
  }
  const auto mean = [&](const char* area) { return near[area].first / near[area].second; };
  QVERIFY(mean("V1") < mean("V2") && mean("V2") < mean("V3") && mean("V3") < mean("hV"));
  double together = 0;
  for (const Tuning& tuning : areasOf(DemoMesh::coarse, 0).tuning) {
    if (tuning.area == "V1d") {
      together += (eccentricity(tuning) - 0.25) * (tuning.fieldRadius - 0.07);
    }
  }
  QVERIFY(together > 0);
}

/// On both sides of a border the same is seen, and the angle turns back.
void AreasTest::mirrorsAtBorders() {
  struct Border {
    std::string one;
    std::string other;
    double angle; ///< at the border, degrees
  };
  const std::vector<Border> borders{{"V1d", "V2d", 90},
                                    {"V2d", "V3d", 0},
                                    {"V1v", "V2v", -90},
                                    {"V2v", "V3v", 0},
                                    {"V3v", "hV4", -90},
                                    {"V1v", "V1d", 0}};
  for (const Border& border : borders) {
    double sum = 0;
    double apart = 0;
    int count = 0;
    for (const Side side : bothSides) {
      for (const auto& [a, b] :
           neighbors(areasOf(DemoMesh::coarse, 0), side, border.one, border.other)) {
        if (eccentricity(*a) > 0.15) { // near the fovea a step spans many degrees
          sum += (polarAngle(*a) + polarAngle(*b)) / 2 * 180 / std::numbers::pi;
          apart += std::hypot(a->x - b->x, a->y - b->y);
          ++count;
        }
      }
    }
    QVERIFY2(count > 6, qPrintable(QString::fromStdString(border.one + border.other)));
    const QString found = QString::fromStdString(border.one + " " + border.other) + " " +
                          QString::number(sum / count) + " " + QString::number(apart / count);
    QVERIFY2(std::abs(sum / count - border.angle) < 25, qPrintable(found));
    QVERIFY2(apart / count < 0.2, qPrintable(found));
  }
  // V2's angles run back from the border: its middle sees what V1's middle sees.
  for (const char* area : {"V1d", "V2d", "V3d"}) {
    double least = 90;
    double most = 0;
    for (const Tuning& tuning : areasOf(DemoMesh::coarse, 0).tuning) {
      if (tuning.area == area) {
        least = std::min(least, polarAngle(tuning) * 180 / std::numbers::pi);
        most = std::max(most, polarAngle(tuning) * 180 / std::numbers::pi);
      }
    }
    QVERIFY(least < 12 && most > 78);
  }
}

void AreasTest::upperFieldIsVentral() {
  const Areas& areas = areasOf(DemoMesh::coarse, 0);
  for (const Tuning& tuning : areas.tuning) {
    if (tuning.local && tuning.area != "hV4") {
      QVERIFY(tuning.area.ends_with('v') ? tuning.y <= 0 : tuning.y >= 0);
    }
  }
  const auto height = [&](const std::string& area) {
    double sum = 0;
    int count = 0;
    for (std::size_t n = 0; n < areas.tuning.size(); ++n) {
      if (areas.tuning[n].area == area) {
        sum += demoCortex()
                   ->hemisphere(sideOf(areas, n))
                   .shapes.at(Shape::sphere)
                   .verticesRas[static_cast<std::size_t>(meshVertex(areas, n))][2];
        ++count;
      }
    }
    return sum / count;
  };
  for (const std::string area : {"V1", "V2", "V3"}) {
    QVERIFY(height(area + "v") < height(area + "d"));
  }
}

void AreasTest::higherAreasHaveTheirCategories() {
  const std::map<std::string, Category> wanted{{"OFA", Category::face},
                                               {"FFA-1", Category::face},
                                               {"FFA-2", Category::face},
                                               {"EBA", Category::body},
                                               {"FBA-1", Category::body},
                                               {"FBA-2", Category::body},
                                               {"PPA", Category::place},
                                               {"OPA", Category::place},
                                               {"RSC", Category::place},
                                               {"OWFA", Category::word},
                                               {"VWFA-1", Category::word},
                                               {"VWFA-2", Category::word}};
  for (int subject = 0; subject < demoPeople; ++subject) {
    std::map<std::string, std::array<double, categoryCount>> sums;
    std::array<double, categoryCount> nameless{};
    for (const Tuning& tuning : areasOf(DemoMesh::coarse, subject).tuning) {
      double sum = 0;
      for (std::size_t c = 0; c < categoryCount; ++c) {
        sum += tuning.categories[c];
        sums[tuning.area][c] += tuning.categories[c];
        nameless[c] = std::max(nameless[c], tuning.area.empty() ? tuning.categories[c] : 0.0);
      }
      QVERIFY(std::abs(sum - (tuning.local ? 0 : 1)) < 1e-6);
    }
    for (const auto& [area, category] : wanted) {
      const auto& weights = sums[area];
      QCOMPARE(std::max_element(weights.begin(), weights.end()) - weights.begin(),
               static_cast<std::ptrdiff_t>(category));
    }
    // Each category is somebody's.
    for (const Category category : {Category::food, Category::animal, Category::tool}) {
      QVERIFY(nameless[static_cast<std::size_t>(category)] > 0.3);
    }
  }
}

void AreasTest::coarseAndFineAgree() {
  for (int subject = 0; subject < demoPeople; ++subject) {
    const Areas& coarse = areasOf(DemoMesh::coarse, subject);
    const Areas& fine = areasOf(DemoMesh::fine, subject);
    std::map<std::pair<Side, std::int32_t>, const Tuning*> first;
    for (std::size_t n = 0; n < fine.tuning.size(); ++n) {
      if (meshVertex(fine, n) < 10242) {
        first[{sideOf(fine, n), meshVertex(fine, n)}] = &fine.tuning[n];
      }
    }
    QCOMPARE(first.size(), coarse.tuning.size());
    for (std::size_t n = 0; n < coarse.tuning.size(); ++n) {
      const auto same = first.find({sideOf(coarse, n), meshVertex(coarse, n)});
      QVERIFY(same != first.end() && *same->second == coarse.tuning[n]);
    }
  }
}

/// As people differ: the same areas, a few millimetres from each other.
void AreasTest::peopleDiffer() {
  const auto& sphere = demoCortex()->hemisphere(Side::right).shapes.at(Shape::sphere).verticesRas;
  const auto center = [&](int subject, const std::string& area) {
    const Areas& areas = areasOf(DemoMesh::coarse, subject);
    std::array<double, 3> sum{};
    for (std::size_t n = 0; n < areas.tuning.size(); ++n) {
      if (areas.tuning[n].area == area && sideOf(areas, n) == Side::right) {
        for (std::size_t k = 0; k < 3; ++k) {
          sum[k] += sphere[static_cast<std::size_t>(meshVertex(areas, n))][k];
        }
      }
    }
    const double length = std::hypot(sum[0], sum[1], sum[2]);
    return std::array<double, 3>{sum[0] / length, sum[1] / length, sum[2] / length};
  };
  double moved = 0;
  for (const std::string& area : allAreas) {
    const auto a = center(0, area);
    const auto b = center(1, area);
    const double degrees =
        std::acos(std::min(1.0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])) * 180 / std::numbers::pi;
    QVERIFY2(degrees < 12, qPrintable(QString::fromStdString(area) + QString::number(degrees)));
    moved += degrees / static_cast<double>(allAreas.size());
  }
  QVERIFY2(moved > 0.5, qPrintable(QString::number(moved)));
}

/// From the midline outwards on the lower face: PPA, FFA, words; EBA on the outer face; OPA above,
/// RSC on the inner face.
void AreasTest::lieWhereTheyLieInPeople() {
  const Areas& areas = areasOf(DemoMesh::coarse, 0);
  std::map<std::string, std::array<double, 4>> sums;
  const auto& sphere = demoCortex()->hemisphere(Side::right).shapes.at(Shape::sphere).verticesRas;
  for (std::size_t n = 0; n < areas.tuning.size(); ++n) {
    if (sideOf(areas, n) == Side::right) {
      auto& sum = sums[areas.tuning[n].area];
      const Point& p = sphere[static_cast<std::size_t>(meshVertex(areas, n))];
      sum = {sum[0] + p[0], sum[1] + p[1], sum[2] + p[2], sum[3] + 1};
    }
  }
  const auto place = [&](const char* area, std::size_t axis) {
    return sums[area][axis] / sums[area][3];
  };
  QVERIFY(place("PPA", 0) < place("FFA-1", 0) && place("FFA-1", 0) < place("VWFA-1", 0));
  QVERIFY(place("FFA-1", 1) < place("FFA-2", 1) && place("OFA", 1) < place("FFA-1", 1));
  QVERIFY(place("FFA-1", 2) < -60 && place("PPA", 2) < -60);
  QVERIFY(place("EBA", 0) > 60 && place("RSC", 0) < -60);
  QVERIFY(place("OPA", 2) > 20 && place("V1v", 1) < -50);
}

CORTOGRAPH_TEST(AreasTest, QCoreApplication)
#include "areas_test.moc"
