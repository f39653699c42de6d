// Pictures as they were when they were last looked at and found right. packaging/renew-baselines
// writes them anew.
#include "base/error.h"
#include "demo/cortex/cortex.h"
#include "demo/maps/demo_maps.h"
#include "kinds/range.h"
#include "pictures.h"
#include "support/test_case.h"
#include "viewer/scene/scene.h"

#include <QtTest>

#include <cstdlib>
#include <filesystem>
#include <map>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

constexpr int width = 340;
constexpr int height = 200;
// A pixel differs when a channel does by more than this: edges are smoothed a little otherwise by
// another processor.
constexpr int channelTolerance = 32;
constexpr double mostDifferent = 0.0015; ///< of all, that may differ

struct Case {
  GridState state;
  View view = View::posterior;
};

double shareThatDiffers(const Picture& a, const Picture& b) {
  if (a.width != b.width || a.height != b.height) {
    return 1;
  }
  int different = 0;
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    int most = 0;
    for (std::size_t c = i; c < i + 3; ++c) {
      most = std::max(most, std::abs(a.rgba[c] - b.rgba[c]));
    }
    different += most > channelTolerance ? 1 : 0;
  }
  return different / (static_cast<double>(a.width) * a.height);
}

} // namespace

class BaselineTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void looksAsItDid_data();
  void looksAsItDid();
  void noBaselineIsLeftOver();
  void seesWhatIsWrong_data();
  void seesWhatIsWrong();

private:
  [[nodiscard]] Pane pane(const std::string& kind, const ShapeMix& shape) const;
  [[nodiscard]] Case one(const std::string& kind, const ShapeMix& shape = Shape::inflated) const;
  [[nodiscard]] static fs::path baselineOf(const std::string& name) {
    return fs::path(CORTOGRAPH_BASELINES) / (name + ".png");
  }
  [[nodiscard]] static Picture drawn(const Case& shown) {
    return drawFigure(shown.state, shown.view, width, height);
  }

  std::shared_ptr<const Cortex> cortex_;
  MapSource source_;
  std::map<std::string, Case> cases_;
};

Pane BaselineTest::pane(const std::string& kind, const ShapeMix& shape) const {
  return {std::string(mapKindNamed(kind).title), cortex_, source_, kind, shape};
}

Case BaselineTest::one(const std::string& kind, const ShapeMix& shape) const {
  Case shown;
  shown.state.rows = {{pane(kind, shape)}};
  return shown;
}

void BaselineTest::initTestCase() {
  cortex_ = demoCortex();
  for (const ShippedMap& map : demoMaps()) {
    if (map.subject == "demo" && map.file.stem() == "clip") {
      source_.map = std::make_shared<BrainMap>(readMap(map.file));
    } else if (map.subject == "demo" && map.file.stem() == "supervised") {
      source_.other = std::make_shared<BrainMap>(readMap(map.file));
    }
  }
  QVERIFY(source_.map && source_.other);
  source_.layer = 8;
  source_.runs = {source_.map};
  source_.probe = std::make_shared<Probe>(Probe{"image", source_.map->r2});
  std::array<std::vector<float>, 2> heights;
  for (const Side side : bothSides) {
    for (const Point& p : cortex_->hemisphere(side).shapes.at(Shape::pial).verticesRas) {
      heights[static_cast<std::size_t>(side)].push_back(p[2]);
    }
  }
  VertexData data = oneColumn("height", heights);
  data.mesh = cortex_->mesh;
  source_.data = std::make_shared<VertexData>(std::move(data));
  source_.cortex = cortex_;

  for (const MapKindEntry entry : mapKindTable()) {
    cases_["kind " + std::string(entry().name)] = one(std::string(entry().name));
  }
  for (const Shape shape : cortex_->shapes()) {
    cases_["shape " + std::string(toString(shape))] = one("layer", shape);
  }
  cases_["shape half inflated"] = one("layer", {Shape::pial, Shape::inflated, 0.5F});
  cases_["shape half flat"] = one("layer", {Shape::inflated, Shape::flat, 0.5F});
  for (const View view : allViews) {
    cases_["view " + std::string(toString(view))] = one("r2");
    cases_["view " + std::string(toString(view))].view = view;
  }
  for (const char* kind : {"layer", "space", "channel", "r2"}) {
    Case& below = cases_[std::string("legend below ") + kind] = one(kind, Shape::flat);
    below.state.style.legends.place = LegendPlace::below;
  }
  Case& serif = cases_["legend large serif"] = one("layer");
  serif.state.style.legends = {true, 1.4, LegendPlace::right, Font::serif};
  Case& strip = cases_["layout strip"];
  strip.state.rows = {{pane("layer", Shape::flat), pane("space", Shape::flat)}};
  Case& grid = cases_["layout grid"];
  grid.state.rows = {{pane("layer", Shape::inflated), pane("scale", Shape::inflated)},
                     {pane("r2", Shape::flat), pane("channel", Shape::flat)}};
  cases_["colours safe"] = one("layer");
  cases_["colours safe"].state.style.colors.safe = true;
  cases_["colours deutan"] = one("space");
  cases_["colours deutan"].state.style.colors.vision = Vision::deutan;
  cases_["threshold dimmed"] = one("layer");
  cases_["threshold dimmed"].state.style.threshold = Threshold{"r2", 0.3, false};
  cases_["threshold dimmed"].state.style.dim = 0.2;
}

void BaselineTest::looksAsItDid_data() {
  QTest::addColumn<QString>("name");
  for (const auto& [name, shown] : cases_) {
    QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
}

void BaselineTest::looksAsItDid() {
  QFETCH(QString, name);
  const Picture picture = drawn(cases_.at(name.toStdString()));
  const fs::path file = baselineOf(name.toStdString());
  if (std::getenv("CORTOGRAPH_RENEW_BASELINES") != nullptr) {
    writePng(file, picture);
    return;
  }
  const double share = shareThatDiffers(picture, readPicture(file));
  if (share > mostDifferent) {
    const fs::path failed = fs::temp_directory_path() / ("baseline " + name.toStdString() + ".png");
    writePng(failed, picture);
    QFAIL(qPrintable(
        QString("%1 % of the pixels differ; see %2").arg(100 * share).arg(failed.c_str())));
  }
}

void BaselineTest::noBaselineIsLeftOver() {
  for (const auto& entry : fs::directory_iterator(CORTOGRAPH_BASELINES)) {
    QVERIFY2(cases_.contains(entry.path().stem().string()), entry.path().c_str());
  }
}

void BaselineTest::seesWhatIsWrong_data() {
  QTest::addColumn<QString>("wrong");
  for (const char* wrong : {"nothing",
                            "a colour",
                            "a mirrored hemisphere",
                            "a missing legend",
                            "a shifted title",
                            "a missing region name",
                            "another outline"}) {
    QTest::newRow(wrong) << QString(wrong);
  }
}

void BaselineTest::seesWhatIsWrong() {
  QFETCH(QString, wrong);
  Case shown = one("scale");
  const Picture right = drawn(shown);
  GridState& state = shown.state;
  Pane& only = state.rows[0][0];
  if (wrong == "a colour") {
    auto map = std::make_shared<BrainMap>(*source_.map);
    for (float& scale : map->scale.values) {
      scale = std::clamp(scale + 0.2F, 0.0F, 1.0F);
    }
    only.source.map = map;
  } else if (wrong == "a mirrored hemisphere") {
    auto mirrored = std::make_shared<Cortex>(*cortex_);
    for (Point& p : mirrored->hemispheres[0].shapes.at(Shape::inflated).verticesRas) {
      p[1] = -p[1];
    }
    only.cortex = mirrored;
  } else if (wrong == "a missing legend") {
    state.style.legends.shown = false;
  } else if (wrong == "a shifted title") {
    only.title += "  ";
  } else if (wrong == "a missing region name") {
    state.style.outlines.labels = false;
  } else if (wrong == "another outline") {
    state.style.outlines.shown = false;
  }
  const double share = shareThatDiffers(drawn(shown), right);
  QVERIFY2(wrong == "nothing" ? share == 0 : share > mostDifferent, std::to_string(share).c_str());
}

CORTOGRAPH_TEST(BaselineTest, QCoreApplication)
#include "baseline_test.moc"
