#include "base/error.h"
#include "subject/standardize.h"
#include "support/small_subject.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// Four training images and one test image seen by two vertices in sessions 1 and 2. The second
/// vertex is constant in session 2.
Subject twoSessions() {
  Subject subject;
  subject.name = "two";
  subject.vertices = {{.name = unplacedMesh, .vertices = {2, 0}}, {{{0, 1}, {}}}};
  Trials trials({blockOf(Array<float>({6, 2}, {1, 10, 3, 20, 5, 60, 2, 7, 4, 7, 6, 7}))});
  trials.setSessions({1, 1, 1, 2, 2, 2});
  subject.training.responses = Responses(trials, {{0, 3}, {1}, {2}, {4}});
  subject.test.responses = Responses(trials, {{5}});
  for (const char* name : {"a", "b", "c", "d"}) {
    subject.training.images.push_back({.name = name, .file = {}, .picture = nullptr});
  }
  subject.test.images.push_back({.name = "e", .file = {}, .picture = nullptr});
  return subject;
}

std::vector<float> rowOf(const Responses& responses, std::size_t image) {
  std::vector<float> row(responses.vertices());
  responses.copyRow(image, row);
  return row;
}

bool isNear(double a, double b) {
  return std::abs(a - b) < 1e-6;
}

} // namespace

class StandardizeTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void bySession() {
    const Subject subject = standardized(twoSessions(), Standardization::session, {});
    const Responses& training = subject.training.responses;
    QVERIFY(training.standardization() == Standardization::session);
    // Vertex 0 is 1, 3, 5 in session 1 and 2, 4, 6 in session 2: both have the z-scores -a, 0, a.
    const double a = std::sqrt(1.5);
    QVERIFY(isNear(rowOf(training, 0)[0], -a)); // the mean of two trials, both -a
    QVERIFY(isNear(rowOf(training, 1)[0], 0));
    QVERIFY(isNear(rowOf(training, 2)[0], a));
    QVERIFY(isNear(rowOf(training, 3)[0], 0));
    QVERIFY(isNear(rowOf(subject.test.responses, 0)[0], a)); // of session 2 with the training's
    // Vertex 1 is 10, 20, 60 in session 1: mean 30, variance 1400 / 3.
    QVERIFY(isNear(rowOf(training, 1)[1], -10 / std::sqrt(1400 / 3.0)));
    QVERIFY(isNear(rowOf(training, 2)[1], 30 / std::sqrt(1400 / 3.0)));
    QVERIFY(std::isnan(rowOf(training, 0)[1])); // averaged with a constant session
    QVERIFY(std::isnan(rowOf(training, 3)[1]));
    QVERIFY(std::isnan(rowOf(subject.test.responses, 0)[1]));
    QVERIFY(isNear(rowOf(training.ofVertices({1, 0}), 2)[1], a));
    QVERIFY(isNear(rowOf(training.ofVertices({1, 0}).ofVertices({1}), 2)[0], a));
  }

  void asAWhole() {
    const Subject subject = standardized(twoSessions(), Standardization::whole, {});
    QVERIFY(subject.test.responses.standardization() == Standardization::whole);
    // The training's trials of vertex 0 are 1, 3, 5, 2, 4: mean 3, variance 2.
    QVERIFY(isNear(rowOf(subject.training.responses, 0)[0], -1.5 / std::sqrt(2)));
    QVERIFY(isNear(rowOf(subject.training.responses, 2)[0], 2 / std::sqrt(2)));
    QVERIFY(isNear(rowOf(subject.test.responses, 0)[0], 3 / std::sqrt(2)));
  }

  void manyTrialsHaveMeanZeroAndDeviationOne() {
    const Subject before = smallSubject();
    const Subject same = standardized(before, Standardization::none, {});
    QCOMPARE(rowOf(same.training.responses, 3), rowOf(before.training.responses, 3));
    const Subject after = standardized(before, Standardization::whole, {});
    const Array<float> z = responsesOf(after.training);
    for (std::size_t n = 0; n < z.rowSize(); ++n) {
      double sum = 0;
      double square = 0;
      for (std::size_t image = 0; image < z.rows(); ++image) {
        sum += z.row(image)[n];
        square += static_cast<double>(z.row(image)[n]) * z.row(image)[n];
      }
      QVERIFY(std::abs(sum) < 1e-5);
      QVERIFY(std::abs(square / static_cast<double>(z.rows()) - 1) < 1e-6);
    }
  }

  void sessionsMustBeKnown() {
    CORTOGRAPH_EXPECT_ERROR((void)standardized(smallSubject(), Standardization::session, {}),
                            ErrorKind::notFound,
                            "training responses of small",
                            "sessions_train.npy");
    Subject subject = twoSessions();
    subject.test.responses = Responses(Array<float>({1, 2}));
    CORTOGRAPH_EXPECT_ERROR((void)standardized(subject, Standardization::session, {}),
                            ErrorKind::notFound,
                            "test responses of two");
    Trials trials({blockOf(Array<float>({4, 2}))});
    trials.setSessions({1, 1, 1, 7});
    subject.training.responses = Responses(trials);
    subject.test = {};
    CORTOGRAPH_EXPECT_ERROR((void)standardized(subject, Standardization::session, {}),
                            ErrorKind::mismatch,
                            "Session 7",
                            "single response");
    CORTOGRAPH_EXPECT_ERROR(trials.setSessions({1}), ErrorKind::mismatch, "1 numbers", "4 resp");
  }

  void trialsOfManyFilesFollowEachOther() {
    const auto session = [](float first, std::int32_t number) {
      Trials trials({blockOf(Array<float>({2, 1}, {first, first + 1})),
                     blockOf(Array<float>({2, 2}, {first, -first, 0, 9}))});
      trials.setSessions({number, number});
      return trials;
    };
    Trials all;
    all.append(session(10, 3));
    all.append(session(20, 4));
    QCOMPARE(all.size(), std::size_t{4});
    QCOMPARE(all.sessions(), (std::vector<std::int32_t>{3, 3, 4, 4}));
    const Responses responses(all, {{1, 2}, {3}});
    QCOMPARE(rowOf(responses, 0), (std::vector<float>{15.5F, 10, -5.5F}));
    QCOMPARE(rowOf(responses.ofVertices({2, 0}), 1), (std::vector<float>{9, 21}));
    QCOMPARE(responses.trialsOf(0), std::size_t{2});
    CORTOGRAPH_EXPECT_ERROR(
        all.append(Trials({blockOf(Array<float>({1, 2}))})), ErrorKind::mismatch, "3", "2");
    CORTOGRAPH_EXPECT_ERROR((void)Responses(all, {{4}}), ErrorKind::internal, "among 4");
  }
};

CORTOGRAPH_TEST(StandardizeTest, QCoreApplication)
#include "standardize_test.moc"
