#include "encoder/readout_fit.h"
#include "support/test_case.h"

#include <QTest>

#include <cmath>

using namespace cortograph;

namespace {

using torch::Tensor;

RidgeSums sumsOf(const Tensor& x, const Tensor& y) {
  const Tensor across = x.transpose(1, 2);
  return {x.sum(1),
          torch::bmm(across, x),
          y.sum(1),
          torch::bmm(across, y.unsqueeze(2)).squeeze(2),
          y.square().sum(1),
          x.size(1)};
}

/// One regression spelled out with the hat matrix; returns slope and intercept.
std::pair<Tensor, double> ridgePlainly(const Tensor& x, const Tensor& y) {
  const auto count = static_cast<double>(x.size(0));
  const Tensor centered = x - x.mean(0);
  const Tensor answer = y - y.mean();
  const Tensor covariance = torch::matmul(centered.t(), centered) / count;
  const double total = covariance.trace().item<double>();
  const Tensor identity = torch::eye(x.size(1), torch::kFloat64);
  double least = INFINITY;
  Tensor slope;
  for (int quarter = -24; quarter <= 4; ++quarter) {
    const Tensor penalized = covariance + std::pow(10.0, quarter / 4.0) * total * identity;
    const Tensor hat =
        torch::matmul(centered, torch::linalg_solve(penalized, centered.t(), true)) / count;
    const double left = (answer - torch::matmul(hat, answer)).square().mean().item<double>();
    const double freedom = hat.trace().item<double>() + 1;
    const double error = left / std::pow(1 - freedom / count, 2);
    if (error < least) {
      least = error;
      slope = torch::linalg_solve(penalized, torch::matmul(centered.t(), answer) / count, true);
    }
  }
  return {slope, (y.mean() - torch::dot(slope, x.mean(0))).item<double>()};
}

} // namespace

class ReadoutFitTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void agreesWithTheHatMatrix() {
    torch::manual_seed(4);
    const auto options = torch::TensorOptions(torch::kFloat64);
    const Tensor scales = torch::logspace(1, -2, 6, 10, options);
    const Tensor x = torch::randn({3, 90, 6}, options) * scales + 2;
    const Tensor noise = torch::randn({3, 90}, options) * torch::tensor({{0.1}, {3.0}, {40.0}});
    const Tensor y = torch::matmul(x, torch::randn({6}, options)) + noise;
    const RidgeFit fit = ridgeFit(sumsOf(x, y));
    for (std::int64_t n = 0; n < 3; ++n) {
      const auto [slope, intercept] = ridgePlainly(x[n], y[n]);
      QVERIFY((fit.slope[n] - slope).abs().max().item<double>() < 1e-9);
      QVERIFY(std::abs(fit.intercept[n].item<double>() - intercept) < 1e-9);
    }
  }

  void findsATrueReadoutAndShrinksNoise() {
    torch::manual_seed(5);
    const auto options = torch::TensorOptions(torch::kFloat64);
    const Tensor x = torch::randn({2, 400, 8}, options);
    const Tensor slope = torch::randn({8}, options);
    const Tensor noise = torch::randn({400}, options);
    const Tensor y = torch::stack({torch::matmul(x[0], slope) + 3, noise});
    const RidgeFit fit = ridgeFit(sumsOf(x, y));
    QVERIFY((fit.slope[0] - slope).abs().max().item<double>() < 1e-4);
    QVERIFY(std::abs(fit.intercept[0].item<double>() - 3) < 1e-4);
    QVERIFY(fit.slope[1].norm().item<double>() < 0.05); // least squares: about 0.14
  }

  void aConstantResponseNeedsNoSlope() {
    const Tensor x = torch::ones({1, 20, 4}, torch::kFloat64);
    const RidgeFit fit = ridgeFit(sumsOf(x, torch::full({1, 20}, 0.7, torch::kFloat64)));
    QVERIFY(fit.slope.abs().max().item<double>() < 1e-9);
    QVERIFY(std::abs(fit.intercept.item<double>() - 0.7) < 1e-9);
  }
};

CORTOGRAPH_TEST(ReadoutFitTest, QCoreApplication)
#include "readout_fit_test.moc"
