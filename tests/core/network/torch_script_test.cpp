#include "base/error.h"
#include "compute/weight_tensor.h"
#include "core/weights/archives.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <torch/csrc/jit/serialization/pickle.h>
#include <torch/nn/modules/linear.h>
#include <torch/script.h>
#include <torch/serialize.h>

#include <QTemporaryDir>

#include <set>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

using torch::jit::Module;

/// Named as OpenAI's CLIP names its parts, with what else such modules carry.
Module clipLike() {
  const Module conv("__torch__.torch.nn.modules.conv.Conv2d");
  Module convolution = conv;
  convolution.register_parameter("weight", torch::randn({4, 3, 2, 2}), false);
  convolution.register_attribute(
      "stride", c10::ListType::ofInts(), c10::List<std::int64_t>({2, 2}));
  Module visual("__torch__.clip.model.___torch_mangle_7.VisionTransformer");
  visual.register_parameter("class_embedding", torch::randn({8}), false);
  visual.register_parameter("proj", torch::randn({6, 8}).t(), false); // strided
  visual.register_module("conv1", convolution);
  Module root("__torch__.multimodal.model.Multimodal");
  root.register_module("visual", visual);
  root.register_buffer("scale", torch::tensor({1.5}, torch::kFloat64));
  root.register_parameter("half", torch::randn({3}).to(torch::kFloat16), false);
  root.register_attribute("training", c10::BoolType::get(), false);
  root.register_attribute("title", c10::StringType::get(), std::string("clip"));
  root.register_attribute("size", c10::IntType::get(), std::int64_t{224});
  root.define("def forward(self, x):\n"
              "  return x * self.scale + self.visual.class_embedding + torch.ones([8])\n");
  return root;
}

bool same(const WeightTensor& weight, const torch::Tensor& expected) {
  const torch::Tensor found = toTensor(weight);
  return found.scalar_type() == expected.scalar_type() && torch::equal(found, expected);
}

} // namespace

class TorchScriptTest : public QObject {
  Q_OBJECT

  const QTemporaryDir folder_;
  const fs::path path_ = folder_.filePath("module.pt").toStdString();

private Q_SLOTS:
  void namesAreThoseOfTheStateDict() {
    const Module module = clipLike();
    module.save(path_.string());
    const WeightFile file = WeightFile::open(path_);
    QVERIFY(file.isTorchScript());
    std::set<std::string> names;
    for (const auto& parameter : module.named_parameters()) {
      QVERIFY2(file.has(parameter.name), parameter.name.c_str());
      QVERIFY2(same(file.at(parameter.name), parameter.value), parameter.name.c_str());
      names.insert(parameter.name);
    }
    for (const auto& buffer : module.named_buffers()) {
      QVERIFY2(same(file.at(buffer.name), buffer.value), buffer.name.c_str());
      names.insert(buffer.name);
    }
    QVERIFY(names.contains("visual.conv1.weight"));
    QCOMPARE(file.tensors().size(), names.size());
    QCOMPARE(shapeText(file.at("visual.proj").shape), std::string("8x6"));
  }

  void constantsAreNoParameters() {
    Module module = clipLike();
    module.eval();
    const Module frozen = torch::jit::freeze(module);
    frozen.save(path_.string());
    const WeightFile file = WeightFile::open(path_);
    QVERIFY(file.isTorchScript());
    QVERIFY(!file.has("visual.class_embedding"));
  }

  void oneModuleUnderTwoNames() {
    Module shared("__torch__.Shared");
    shared.register_parameter("weight", torch::ones({2}), false);
    Module root("__torch__.Root");
    root.register_module("encoder", shared);
    root.register_module("decoder", shared);
    root.save(path_.string());
    const WeightFile file = WeightFile::open(path_);
    QCOMPARE(file.tensors().size(), std::size_t{2});
    QCOMPARE(file.at("encoder.weight").bytes.data(), file.at("decoder.weight").bytes.data());
  }

  void libTorchsOwnPicklesOpen() {
    c10::Dict<std::string, torch::Tensor> table;
    table.insert("a.weight", torch::arange(6, torch::kFloat32).reshape({2, 3}));
    table.insert("b", torch::ones({3}, torch::kInt64));
    const std::vector<char> bytes = torch::jit::pickle_save(table);
    const WeightFile file = WeightFile::fromBytes("made.pt", asBytes({bytes.begin(), bytes.end()}));
    QVERIFY(!file.isTorchScript());
    QVERIFY(same(file.at("a.weight"), table.at("a.weight")));
    QVERIFY(same(file.at("b"), table.at("b")));

    torch::nn::Linear linear(3, 2);
    torch::save(linear, path_.string());
    const WeightFile saved = WeightFile::open(path_);
    QVERIFY(same(saved.at("weight"), linear->weight));
    QVERIFY(same(saved.at("bias"), linear->bias));
  }

  void modulesWithoutTensorsOpen() {
    Module module("__torch__.Empty");
    module.define("def forward(self, x):\n  return x\n");
    module.save(path_.string());
    QVERIFY(WeightFile::open(path_).isTorchScript());
    QVERIFY(WeightFile::open(path_).tensors().empty());
  }

  void modulesInCirclesEnd() {
    const std::string module = pickledModule(
        "__torch__", "Root", pickledText("w") + pickledTensor(0, "\6", "\1") + pickledText("of"));
    const std::string circle =
        module.substr(0, module.find('(')) + "q\x01" +
        module.substr(module.find('('), module.size() - module.find('(') - 2) + "h\x01ub";
    const WeightFile file = WeightFile::fromBytes(
        "made.pt", asBytes(archiveBytes(circle, {{"made/constants.pkl", "\x80\x02)."}})));
    QVERIFY(file.has("w"));
  }

  void foreignClassesAreStillRefused() {
    const std::string bytes = archiveBytes(pickledModule("__torch__x", "Root", ""),
                                           {{"made/constants.pkl", "\x80\x02)."}});
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::fromBytes("made.pt", asBytes(bytes)),
                            ErrorKind::unsupported,
                            "__torch__x Root");
  }
};

CORTOGRAPH_TEST(TorchScriptTest, QCoreApplication)
#include "torch_script_test.moc"
