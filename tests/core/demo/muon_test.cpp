#include "compute/threads.h"
#include "demo/training/muon.h"
#include "support/test_case.h"

#include <QTest>

using namespace cortograph;

namespace {

using torch::Tensor;

/// Steps towards `goal` along the gradient of half the squared distance; returns the distance left.
double distanceAfter(int steps, const std::string& name, const Tensor& goal) {
  ParameterSet parameters({{name, goal.sizes().vec(), goal.size(1)}}, torch::kCPU, 3);
  Muon optimizer(parameters, 0);
  for (int step = 0; step < steps; ++step) {
    parameters.gradients().copy_((parameters.values() - goal.flatten()).detach());
    optimizer.step(0.02 * (1 - static_cast<double>(step) / steps));
  }
  return (parameters.values() - goal.flatten()).norm().item<double>();
}

} // namespace

class MuonTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void singularValuesBecomeAlike_data() {
    QTest::addColumn<std::int64_t>("rows");
    QTest::addColumn<std::int64_t>("columns");
    QTest::newRow("square") << std::int64_t{64} << std::int64_t{64};
    QTest::newRow("wide") << std::int64_t{16} << std::int64_t{64};
    QTest::newRow("tall") << std::int64_t{64} << std::int64_t{16};
  }
  void singularValuesBecomeAlike() {
    QFETCH(std::int64_t, rows);
    QFETCH(std::int64_t, columns);
    torch::manual_seed(1);
    // From 1 down to a tenth.
    const auto [u, s, v] = torch::svd(torch::randn({3, rows, columns}));
    const Tensor values = torch::logspace(0, -1, s.size(1));
    const Tensor matrices = torch::matmul(u * values, v.transpose(1, 2));
    const Tensor made = orthogonalised(matrices);
    QVERIFY(made.sizes() == matrices.sizes());
    const Tensor after = std::get<1>(torch::svd(made));
    QVERIFY(after.min().item<double>() > 0.6);
    QVERIFY(after.max().item<double>() < 1.25);
    // The same directions.
    const Tensor within = torch::matmul(torch::matmul(u.transpose(1, 2), made), v);
    const Tensor beside = within - torch::diag_embed(within.diagonal(0, 1, 2));
    QVERIFY(beside.abs().max().item<double>() < 1e-4);
  }

  void reachesAGoal_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("a block's matrix") << "blocks.0.mlp.fc1.weight";
    QTest::newRow("queries, keys and values") << "blocks.0.attn.qkv.weight";
    QTest::newRow("all else, by AdamW") << "patch_embed.proj.weight";
  }
  void reachesAGoal() {
    QFETCH(QString, name);
    torch::manual_seed(2);
    const Tensor goal = torch::randn({24, 8}) * 0.3;
    const double far = distanceAfter(0, name.toStdString(), goal);
    const double near = distanceAfter(500, name.toStdString(), goal);
    QVERIFY2(near < 0.05 * far, qPrintable(QString::number(near / far)));
  }

  void sameValuesOnAnyThreads() {
    torch::manual_seed(3);
    const Tensor goal = torch::randn({48, 16});
    useThreads(1);
    const double alone = distanceAfter(20, "blocks.0.attn.qkv.weight", goal);
    useThreads(2);
    const double together = distanceAfter(20, "blocks.0.attn.qkv.weight", goal);
    QCOMPARE(alone, together);
  }
};

CORTOGRAPH_TEST(MuonTest, QCoreApplication)
#include "muon_test.moc"
