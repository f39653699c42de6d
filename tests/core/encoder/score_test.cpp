#include "base/error.h"
#include "core/encoder/small_training.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// A small subject with regions, a noise ceiling and five test images.
Subject scoredSubject() {
  Subject subject = smallSubject();
  const std::size_t vertices = subject.vertices.size();
  Region front{"front", "test", std::vector<std::uint8_t>(vertices, 0)};
  std::fill_n(front.member.begin() + 20, 30, std::uint8_t{1});
  subject.regions = {front};
  subject.noiseCeiling.assign(vertices, 0.5F);
  subject.noiseCeiling[3] = 0.01F;
  constexpr std::size_t tests = 5;
  subject.test.images.assign(subject.training.images.begin(),
                             subject.training.images.begin() + tests);
  Array<float> responses({tests, vertices});
  for (std::size_t i = 0; i < responses.values.size(); ++i) {
    responses.values[i] = 3 + std::sin(0.37F * static_cast<float>(i));
  }
  for (std::size_t image = 0; image < tests; ++image) {
    responses.row(image)[7] = 0.25F; // never changes
  }
  subject.test.responses = Responses(std::move(responses));
  return subject;
}

BrainMap trainedOn(const Subject& subject) {
  TrainJob job = smallJob();
  job.subject = subject;
  return train(job);
}

/// R2 and r of one vertex in float64, from whole columns.
std::pair<double, double>
scoreOf(const Array<float>& predicted, const Array<float>& measured, std::size_t vertex) {
  const auto count = static_cast<double>(measured.rows());
  double meanP = 0;
  double meanM = 0;
  for (std::size_t i = 0; i < measured.rows(); ++i) {
    meanP += predicted.row(i)[vertex] / count;
    meanM += measured.row(i)[vertex] / count;
  }
  double residual = 0;
  double pp = 0;
  double mm = 0;
  double pm = 0;
  for (std::size_t i = 0; i < measured.rows(); ++i) {
    const double p = predicted.row(i)[vertex];
    const double m = measured.row(i)[vertex];
    residual += (m - p) * (m - p);
    pp += (p - meanP) * (p - meanP);
    mm += (m - meanM) * (m - meanM);
    pm += (p - meanP) * (m - meanM);
  }
  return {1 - residual / mm, pm / std::sqrt(pp * mm)};
}

bool sameScores(const std::vector<float>& a, const std::vector<float>& b, double tolerance) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [tolerance](float x, float y) {
    return std::isnan(x) ? std::isnan(y) : std::abs(x - y) <= tolerance;
  });
}

} // namespace

/// Scores of a trained map, through the door.
class ScoreTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase() {
    subject_ = scoredSubject();
    map_ = std::make_shared<const BrainMap>(trainedOn(subject_));
  }

  void validationIsTheStoredSplit() {
    const Scores scores = loadEngine().score(job(), {});
    QCOMPARE(scores.images, map_->validationImages.size());
    QVERIFY(sameScores(scores.r2, map_->r2, 1e-5));
    Subject shuffled = subject_; // the images are found by name, wherever they stand
    std::swap(shuffled.training.images[2], shuffled.training.images[9]);
    ScoreJob other = job();
    other.subject = shuffled;
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(other, {}), ErrorKind::mismatch, "small", "content");
  }

  void testScoresAreTheFormulas() {
    ScoreJob test = job();
    test.images = ScoredImages::test;
    const Scores scores = loadEngine().score(test, {});
    QCOMPARE(scores.images, std::size_t{5});
    PredictJob predict;
    predict.map = map_;
    predict.images = subject_.test.images;
    const Array<float> predicted = loadEngine().predict(predict, {});
    const Array<float> measured = responsesOf(subject_.test);
    for (std::size_t n = 0; n < map_->size(); ++n) {
      if (n == 7) {
        QVERIFY(std::isnan(scores.r2[n]) && std::isnan(scores.correlation[n]));
        continue;
      }
      const auto [r2, r] = scoreOf(predicted, measured, n);
      QVERIFY(std::abs(scores.r2[n] - r2) < 1e-6 * (1 + std::abs(r2)));
      QVERIFY(std::abs(scores.correlation[n] - r) < 1e-5); // predictions hardly differ yet
      if (n != 3) {
        QCOMPARE(scores.normalizedR2[n], scores.r2[n] / 0.5F);
      }
    }
    QVERIFY(std::isnan(scores.normalizedR2[3])); // its ceiling is too low
    QCOMPARE(scores.noiseCeiling, subject_.noiseCeiling);
  }

  void tokensOfAFileScoreTheSame() {
    const QTemporaryDir folder;
    TokensJob tokens;
    tokens.network.spec = "demo:gabor";
    tokens.images = subject_.training.images;
    std::reverse(tokens.images.begin(), tokens.images.end()); // found by content, not by place
    tokens.out = folder.filePath("tokens.h5").toStdString();
    (void)loadEngine().extractTokens(tokens, {});
    ScoreJob fromFile = job();
    fromFile.tokens = tokens.out;
    const Scores expected = loadEngine().score(job(), {});
    const Scores found = loadEngine().score(fromFile, {});
    QVERIFY(sameScores(found.r2, expected.r2, 1e-6));
    QVERIFY(sameScores(found.correlation, expected.correlation, 1e-5));

    tokens.images.resize(3);
    (void)loadEngine().extractTokens(tokens, {});
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(fromFile, {}), ErrorKind::mismatch, "no tokens of the image");
    tokens.network.spec = "demo:random";
    (void)loadEngine().extractTokens(tokens, {});
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(fromFile, {}), ErrorKind::mismatch, "another network");
    tokens.network.spec = "demo:gabor";
    tokens.tokens.layers = {0, 1};
    tokens.images = subject_.training.images;
    (void)loadEngine().extractTokens(tokens, {});
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(fromFile, {}), ErrorKind::mismatch, "no layer 2");
  }

  void aMapOfAPartIsScoredOnTheWholeSubject() {
    ScoreJob part = job();
    const auto map = std::make_shared<const BrainMap>(trainedOn(restrictTo(subject_, {"front"})));
    QCOMPARE(map->size(), std::size_t{30});
    part.map = map;
    const Scores scores = loadEngine().score(part, {});
    QVERIFY(sameScores(scores.r2, map->r2, 1e-5));
    QCOMPARE(scores.noiseCeiling.size(), std::size_t{30});
  }

  void subjectsThatDoNotFitAreRefused() {
    ScoreJob wrong = job();
    wrong.subject.vertices.ofSide[0].pop_back();
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(wrong, {}), ErrorKind::mismatch, "left vertex 39");
    wrong = job();
    wrong.subject.vertices.mesh.vertices = {50, 50};
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(wrong, {}), ErrorKind::mismatch, "50 vertices");
    wrong = job();
    const std::string gone = map_->validationImages.front();
    for (Stimulus& image : wrong.subject.training.images) {
      image.name += image.name == gone ? " renamed" : "";
    }
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(wrong, {}), ErrorKind::mismatch, gone.c_str(), "not among");
    wrong = job();
    wrong.images = ScoredImages::test;
    wrong.subject.test.responses = {};
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(wrong, {}), ErrorKind::notFound, "no responses to its test");
    wrong.subject.test = {};
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(wrong, {}), ErrorKind::notFound, "no test images");
    wrong = job();
    BrainMap unsplit = *map_;
    unsplit.validationImages.clear();
    wrong.map = std::make_shared<const BrainMap>(unsplit);
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().score(wrong, {}), ErrorKind::notFound, "no validation images");
  }

  void aScoreCanBeCanceled() {
    const Control control;
    control.cancel.cancel();
    CORTOGRAPH_EXPECT_ERROR((void)loadEngine().score(job(), control), ErrorKind::canceled, "");
  }

private:
  [[nodiscard]] ScoreJob job() const {
    ScoreJob job;
    job.map = map_;
    job.subject = subject_;
    return job;
  }

  Subject subject_;
  std::shared_ptr<const BrainMap> map_;
};

CORTOGRAPH_TEST(ScoreTest, QCoreApplication)
#include "score_test.moc"
