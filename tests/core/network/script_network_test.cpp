#include "base/error.h"
#include "base/parallel.h"
#include "base/seal.h"
#include "compute/weight_tensor.h"
#include "network/family.h"
#include "network/network.h"
#include "small_module.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <torch/csrc/jit/passes/freeze_module.h>
#include <torch/script.h>

#include <QTemporaryDir>

#include <functional>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

using Module = torch::jit::Module;

constexpr const char* listsOfTokens = R"(
def get_tokens(self, x):
    a = torch.relu(torch.conv2d(x, self.first, None, [4, 4]))
    b = torch.relu(torch.conv2d(a, self.second, None, [2, 2]))
    return [a, b], [a.amax([2, 3]), b.amax([2, 3])]
)";
constexpr const char* dictsOfTokens = R"(
def get_tokens(self, x):
    a = torch.relu(torch.conv2d(x, self.first, None, [4, 4]))
    b = torch.relu(torch.conv2d(a, self.second, None, [2, 2]))
    return {"10": a, "9": b}, {"10": a.amax([2, 3]), "9": b.amax([2, 3])}
)";
constexpr const char* forwardAlone = R"(
def forward(self, x):
    a = torch.relu(torch.conv2d(x, self.first, None, [4, 4]))
    b = torch.relu(torch.conv2d(a, self.second, None, [2, 2]))
    return [a, b]
)";

/// Submodules as the names have them.
void addTensors(Module& root, const WeightTable& table) {
  std::map<std::string, Module> modules;
  const std::function<Module&(const std::string&)> at = [&](const std::string& path) -> Module& {
    if (path.empty()) {
      return root;
    }
    const auto found = modules.find(path);
    if (found != modules.end()) {
      return found->second;
    }
    const std::size_t dot = path.rfind('.');
    Module made("__torch__.Part" + std::to_string(modules.size()));
    at(dot == std::string::npos ? "" : path.substr(0, dot))
        .register_module(dot == std::string::npos ? path : path.substr(dot + 1), made);
    return modules.emplace(path, made).first->second;
  };
  for (const auto& [name, tensor] : table) {
    const std::size_t dot = name.rfind('.');
    at(dot == std::string::npos ? "" : name.substr(0, dot))
        .register_parameter(
            dot == std::string::npos ? name : name.substr(dot + 1), toTensor(tensor), false);
  }
}

NetworkSource source(const fs::path& file, Extent imageSize = {}) {
  NetworkSource result;
  result.spec = file.string();
  result.imageSize = imageSize;
  result.trust = Trust::sealed;
  return result;
}

} // namespace

class ScriptNetworkTest : public QObject {
  Q_OBJECT

  const QTemporaryDir folder_;
  const fs::path path_ = folder_.filePath("small.pt").toStdString();

  NetworkInfo describedAs(const std::string& code) {
    convolutional(code).save(path_.string());
    return describeNetwork(source(path_, {32, 48}));
  }
  void refusedAs(const std::string& code, ErrorKind kind, const char* says) {
    CORTOGRAPH_EXPECT_ERROR((void)describedAs(code), kind, "small.pt", says);
  }

private Q_SLOTS:
  void initTestCase() {
    if (!canSealProcesses()) {
      QSKIP("This system can't seal processes.");
    }
  }

  /// Without consent it is described from data alone, and not run.
  void needsConsent() {
    convolutional(forwardAlone).save(path_.string());
    NetworkSource from = source(path_);
    from.trust = Trust::none;
    const NetworkInfo info = describeNetwork(from);
    QVERIFY(info.program);
    QVERIFY(info.layers.empty());
    QCOMPARE(info.parameters, std::int64_t{5 * 27 + 7 * 45});
    QCOMPARE(info.family, std::string("torchscript"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)openNetwork(from, torch::kCPU), ErrorKind::unsupported, "small.pt", "--trust");
    from.trust = Trust::sealed;
    from.trustedHash = info.hash;
    QCOMPARE(describeNetwork(from).depth(), 2);
    convolutional(listsOfTokens).save(path_.string());
    CORTOGRAPH_EXPECT_ERROR(
        (void)openNetwork(from, torch::kCPU), ErrorKind::mismatch, "changed", info.hash.c_str());
  }

  void givesItsTokens_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("global");
    QTest::newRow("lists") << listsOfTokens << true;
    QTest::newRow("dicts") << dictsOfTokens << true;
    QTest::newRow("forward, local only") << forwardAlone << false;
  }
  void givesItsTokens() {
    QFETCH(QString, code);
    QFETCH(bool, global);
    const Module module = convolutional(code.toStdString());
    module.save(path_.string());
    const auto network = openNetwork(source(path_, {32, 48}), torch::kCPU);
    const NetworkInfo& info = network->info();
    QCOMPARE(info.family, std::string("torchscript"));
    QCOMPARE(info.name, std::string("small torchscript"));
    QCOMPARE(info.depth(), 2);
    QCOMPARE(info.layers[0].channels, 5);
    QCOMPARE(toString(info.layers[0].grid), std::string("8x12"));
    QCOMPARE(info.layers[1].channels, 7);
    QCOMPARE(toString(info.layers[1].grid), std::string("3x5"));
    QCOMPARE(info.parameters, std::int64_t{5 * 27 + 7 * 45});
    const torch::Tensor images = torch::randn({2, 3, 32, 48});
    const Tokens tokens = network->tokens(images);
    const torch::Tensor a =
        torch::relu(torch::conv2d(images, module.attr("first").toTensor(), {}, 4));
    const torch::Tensor b = torch::relu(torch::conv2d(a, module.attr("second").toTensor(), {}, 2));
    QVERIFY(torch::equal(tokens.local[0], a));
    QVERIFY(torch::equal(tokens.local[1], b));
    const torch::Tensor expected = global ? b.amax({2, 3}) : b.mean({2, 3});
    QVERIFY(torch::allclose(tokens.global[1], expected, 1e-6));
    // Running it again and again does not change a bit.
    for (int i = 0; i < 3; ++i) {
      QVERIFY(torch::equal(network->tokens(images).local[1], tokens.local[1]));
    }
    CORTOGRAPH_EXPECT_ERROR(
        (void)network->tokens(torch::zeros({1, 3, 48, 32})), ErrorKind::mismatch, "Bx3x32x48");
  }

  /// Wherever it runs, and on as many threads, its tokens are those that it gives here.
  void tokensDoNotDependOnTheProcess() {
    Module module = convolutional(listsOfTokens);
    module.train();
    module.save(path_.string());
    module.eval();
    const torch::Tensor images = torch::randn({3, 3, 32, 48});
    const auto network = openNetwork(source(path_, {32, 48}), torch::kCPU);
    const auto expected = module.get_method("get_tokens")({images}).toTuple()->elements();
    for (std::size_t layer = 0; layer < 2; ++layer) {
      const Tokens found = network->tokens(images);
      QVERIFY(torch::equal(found.local[layer], expected[0].toTensorVector()[layer]));
      QVERIFY(torch::equal(found.global[layer], expected[1].toTensorVector()[layer]));
    }
    std::vector<Tokens> found(8);
    inParallel(found.size(), [&](std::size_t i) { found[i] = network->tokens(images); });
    for (const Tokens& tokens : found) {
      QVERIFY(torch::equal(tokens.local[1], expected[0].toTensorVector()[1]));
    }
  }

  void frozenModulesRun() {
    Module module = convolutional(forwardAlone);
    module.eval();
    torch::jit::freeze(module).save(path_.string());
    const auto network = openNetwork(source(path_, {32, 48}), torch::kCPU);
    const torch::Tensor images = torch::randn({1, 3, 32, 48});
    const torch::Tensor first = module.forward({images}).toTensorVector()[0];
    QVERIFY(torch::equal(network->tokens(images).local[0], first));
    QCOMPARE(network->info().parameters, std::int64_t{0}); // they are constants now
  }

  void halfPrecisionGivesFloats() {
    Module module = convolutional("def forward(self, x):\n"
                                  "  return [torch.conv2d(x, self.first).half()]\n");
    module.save(path_.string());
    const auto network = openNetwork(source(path_, {32, 48}), torch::kCPU);
    const torch::Tensor images = torch::randn({1, 3, 32, 48});
    const torch::Tensor expected = module.forward({images}).toTensorVector()[0];
    const Tokens tokens = network->tokens(images);
    QVERIFY(torch::equal(tokens.local[0], expected.to(torch::kFloat32)));
    QVERIFY(torch::equal(tokens.global[0], tokens.local[0].mean({2, 3})));
  }

  /// What has a known family's tensors is read as weights, unless it is to be run.
  void knownWeightsAreNotRun() {
    const fs::path file = fixturePath("backbones/timm_vit.safetensors");
    CORTOGRAPH_NEED(file);
    Module module("__torch__.Vit");
    module.define("def forward(self, x):\n  return [x]\n");
    addTensors(module, WeightFile::open(file).tensors());
    module.save(path_.string());
    NetworkSource from = source(path_);
    from.heads = 4;
    const torch::Tensor image = torch::randn({1, 3, 64, 64});
    const auto network = openNetwork(from, torch::kCPU);
    QCOMPARE(network->info().family, std::string("timm"));
    from.spec = file.string();
    QVERIFY(torch::equal(network->tokens(image).local[2],
                         openNetwork(from, torch::kCPU)->tokens(image).local[2]));
    from.spec = path_.string();
    from.family = "torchscript";
    QCOMPARE(describeNetwork(from).depth(), 1);
  }

  /// As OpenAI publishes CLIP: QuickGELU is told by the archive.
  void clipAsOpenAiPublishesIt() {
    CORTOGRAPH_NEED(fixturePath("backbones/openai_clip_vit.safetensors"));
    const WeightFile golden =
        WeightFile::open(fixturePath("backbones/openai_clip_vit.expected.safetensors"));
    Module module("__torch__.multimodal.model.Multimodal");
    module.define("def forward(self, x):\n  return x\n");
    addTensors(module,
               WeightFile::open(fixturePath("backbones/openai_clip_vit.safetensors")).tensors());
    module.register_buffer("input_resolution", torch::tensor(64));
    module.save(path_.string());
    NetworkSource from = source(path_);
    from.heads = 4;
    const auto network = openNetwork(from, torch::kCPU);
    QCOMPARE(network->info().family, std::string("openai_clip"));
    QVERIFY(network->info().evidence.ends_with("; a TorchScript archive"));
    const Tokens tokens = network->tokens(toTensor(golden.at("image")));
    const torch::Tensor expected = toTensor(golden.at("local.2"));
    QVERIFY((tokens.local[2] - expected).abs().max().item<double>() <
            1e-4 * expected.abs().max().item<double>());
  }

  void refusesOtherResults() {
    refusedAs("def other(self, x):\n  return x\n", ErrorKind::unsupported, "neither get_tokens");
    refusedAs("def forward(self, x):\n  return x\n", ErrorKind::unsupported, "returns a Tensor");
    refusedAs(
        "def forward(self, x):\n  return [x.flatten(1)]\n", ErrorKind::unsupported, "shape 1x4608");
    refusedAs("def forward(self, x):\n  return [x, x], [x.amax([2, 3])]\n",
              ErrorKind::unsupported,
              "2 local and 1 global");
    refusedAs("def forward(self, x):\n  return [x], [x]\n",
              ErrorKind::unsupported,
              "global tokens of shape 1x3x32x48");
    refusedAs("def forward(self, x):\n  return [x.reshape([1, 3, 5, 5])]\n",
              ErrorKind::unsupported,
              "--image-size");
  }

  void refusesTokensThatChangeFromCallToCall() {
    convolutional("def forward(self, x):\n"
                  "  n = 1\n"
                  "  if bool(x.sum() > 0):\n"
                  "    n = 2\n"
                  "  return [x.repeat([1, n, 1, 1])]\n")
        .save(path_.string());
    const auto network = openNetwork(source(path_, {32, 48}), torch::kCPU);
    CORTOGRAPH_EXPECT_ERROR(
        (void)network->tokens(torch::ones({1, 3, 32, 48})), ErrorKind::unsupported, "call to call");
  }

  void refusesDamagedModules() {
    convolutional(listsOfTokens).save(path_.string());
    fs::resize_file(path_, fs::file_size(path_) - 100);
    CORTOGRAPH_EXPECT_ERROR((void)describeNetwork(source(path_)), ErrorKind::format, "small.pt");
  }
};

CORTOGRAPH_TEST(ScriptNetworkTest, QCoreApplication)
#include "script_network_test.moc"
