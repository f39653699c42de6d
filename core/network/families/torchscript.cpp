#include "base/error.h"
#include "base/mapped_file.h"
#include "base/zip_archive.h"
#include "base/zip_unpack.h"
#include "images/preparations.h"
#include "network/config_beside.h"
#include "network/family.h"

#include <torch/csrc/jit/passes/freeze_module.h>
#include <torch/script.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <sstream>
#include <utility>

namespace cortograph::families {

namespace {

using torch::Tensor;
using Module = torch::jit::Module;

constexpr std::string_view contract =
    "expected get_tokens(x), or forward(x), of a Bx3xHxW tensor to give two lists or dicts: local "
    "tokens BxCxhxw and global tokens BxC, a tensor a layer";

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw Error(ErrorKind::unsupported,
              "The TorchScript module " + file + " " + what + "; " + std::string(contract) + ".");
}

/// The first line of what went wrong; the rest is a trace through the module.
std::string firstLine(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

/// LibTorch finds members whatever their case.
bool isCode(std::string member) {
  std::transform(member.begin(), member.end(), member.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return member.ends_with(".py");
}

/// A module is code. It may compute; what it must not do is touch files or other machines, and
/// there are few ways to write that. Looked for before anything of it is compiled.
void refuseMoreThanComputing(const std::string& file) {
  static constexpr std::array<std::string_view, 5> ways{
      "from_file(", "torch.save(", "aten.save(", "rpc_", "torch.load("};
  const SharedBytes archive = mapFile(file);
  const ZipMembers members = zipMembers(file, archive.bytes);
  const auto requireComputing = [&](std::string_view code) {
    for (const std::string_view way : ways) {
      if (code.find(way) != std::string_view::npos) {
        throw Error(ErrorKind::unsupported,
                    "The TorchScript module " + file + " calls \"" + std::string(way) +
                        "…)\", which does more than compute; it is not run. Export it without.");
      }
    }
  };
  for (const auto& [member, bytes] : members.stored) {
    if (isCode(member)) {
      requireComputing({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
  }
  for (const auto& [member, packed] : members.packed) {
    const auto bytes = unpacked(packed);
    if (!bytes) {
      throw Error(ErrorKind::format,
                  "The TorchScript module " + file + " does not unpack; save it again.");
    }
    if (isCode(member)) {
      requireComputing({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    }
  }
}

/// A list or dict of tensors, in its own order.
std::vector<Tensor> tensorsOf(const std::string& file, const torch::IValue& value) {
  if (value.isNone()) {
    return {};
  }
  if (value.isTensorList()) {
    return value.toTensorVector();
  }
  std::vector<torch::IValue> items;
  if (value.isList()) {
    const auto list = value.toListRef();
    items.assign(list.begin(), list.end());
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict()) {
      items.push_back(entry.value());
    }
  } else {
    refuse(file, "gives a " + value.tagKind());
  }
  std::vector<Tensor> tensors;
  for (const torch::IValue& item : items) {
    if (!item.isTensor()) {
      refuse(file, "gives a list of " + item.tagKind());
    }
    tensors.push_back(item.toTensor());
  }
  return tensors;
}

Tokens tokensOf(const std::string& file, const torch::IValue& value) {
  const bool pair = value.isTuple() && value.toTupleRef().elements().size() == 2;
  const torch::IValue& local = pair ? value.toTupleRef().elements()[0] : value;
  Tokens tokens{tensorsOf(file, local), {}};
  if (pair) {
    tokens.global = tensorsOf(file, value.toTupleRef().elements()[1]);
  }
  if (tokens.local.empty() ||
      (!tokens.global.empty() && tokens.global.size() != tokens.local.size())) {
    refuse(file,
           "gives " + std::to_string(tokens.local.size()) + " local and " +
               std::to_string(tokens.global.size()) + " global tensors");
  }
  for (std::size_t i = 0; i < tokens.local.size(); ++i) {
    Tensor& at = tokens.local[i];
    if (at.dim() != 4) {
      refuse(file, "gives local tokens of shape " + shapeText(at.sizes().vec()));
    }
    at = at.to(torch::kFloat32).contiguous();
    if (i == tokens.global.size()) {
      tokens.global.push_back(at.mean({2, 3}));
    }
    tokens.global[i] = tokens.global[i].to(torch::kFloat32).contiguous();
    if (tokens.global[i].sizes() != torch::IntArrayRef({at.size(0), at.size(1)})) {
      refuse(file,
             "gives global tokens of shape " + shapeText(tokens.global[i].sizes().vec()) +
                 " beside local ones of " + shapeText(at.sizes().vec()));
    }
  }
  return tokens;
}

/// Runs the module as it is written: optimising it as it runs would change last digits from run to
/// run.
Tokens run(const std::string& file, const Module& module, const Tensor& images) {
  const torch::NoGradGuard noGradients;
  const torch::jit::GraphOptimizerEnabledGuard asWritten(false);
  const auto tokens = module.find_method("get_tokens");
  const auto method = tokens ? tokens : module.find_method("forward");
  if (!method) {
    refuse(file, "has neither get_tokens nor forward");
  }
  torch::IValue result;
  try {
    result = (*method)({images});
  } catch (const std::exception& error) {
    throw Error(ErrorKind::unsupported,
                "The TorchScript module " + file + " fails on images of shape " +
                    shapeText(images.sizes().vec()) + " (" + firstLine(error) +
                    "); give the size it takes with --image-size.");
  }
  return tokensOf(file, result);
}

Module loaded(const std::string& file, torch::Device device) {
  refuseMoreThanComputing(file);
  try {
    Module module = torch::jit::load(file, device);
    module.eval();
    return module;
  } catch (const std::exception& error) {
    throw Error(ErrorKind::format,
                "The TorchScript module " + file + " can't be loaded (" + firstLine(error) +
                    "); export it again, with a PyTorch no newer than this program's.");
  }
}

class ScriptNetwork final : public Network {
public:
  ScriptNetwork(std::string file, Description description, torch::Device device)
      : Network(std::move(description.info), description.preparation, device),
        file_(std::move(file)),
        module_(loaded(file_, device)) {}

  [[nodiscard]] Tokens tokens(const Tensor& images, const CancelToken& cancel) const override {
    requireInput(images);
    cancel.throwIfCanceled();
    Tokens tokens = run(file_, module_, images);
    if (tokens.layers() != info().layers.size()) {
      refuse(file_, "gives another number of layers from call to call");
    }
    return tokens;
  }

private:
  std::string file_;
  Module module_;
};

class ScriptFamily final : public Family {
public:
  [[nodiscard]] std::string_view name() const override { return "torchscript"; }
  [[nodiscard]] std::string_view title() const override {
    return "any network as a TorchScript module with get_tokens";
  }

  [[nodiscard]] FamilyMatch match(const WeightFile& file) const override {
    FamilyMatch match;
    if (file.isTorchScript()) {
      match.evidence = "a TorchScript module";
    } else {
      match.missing.emplace_back("a TorchScript module");
    }
    return match;
  }

  /// Runs the module on one empty image: nothing else tells its layers.
  [[nodiscard]] Description describe(const WeightFile& file,
                                     const NetworkSource& source) const override {
    constexpr Extent usual{224, 224};
    Description description;
    NetworkInfo& info = description.info;
    const NetworkConfig config = configBeside(file.name(), 0);
    info.image = !source.imageSize.empty() ? source.imageSize : config.imageSize.value_or(usual);
    if (source.imageSize.empty()) {
      info.origins.emplace_back("image size", config.imageSize ? "beside the file" : "usual");
    }
    description.preparation =
        preparationOf(config, imageNetPreparation(Resampling::bilinear, 224.0 / 256));
    const Module module = loaded(file.name(), torch::kCPU);
    const Tensor image = torch::zeros({1, 3, info.image.rows, info.image.columns});
    for (const Tensor& local : run(file.name(), module, image).local) {
      info.layers.push_back({static_cast<int>(local.size(1)),
                             {static_cast<int>(local.size(2)), static_cast<int>(local.size(3))}});
    }
    for (const Tensor& parameter : module.parameters()) {
      info.parameters += parameter.numel();
    }
    info.name = std::filesystem::path(file.name()).stem().string() + " torchscript";
    return description;
  }

  [[nodiscard]] std::unique_ptr<const Network>
  build(const WeightFile& file, Description description, torch::Device device) const override {
    return std::make_unique<const ScriptNetwork>(file.name(), std::move(description), device);
  }
};

} // namespace

/// https://pytorch.org/docs/stable/jit.html. A module whose tensors are those of a known family is
/// read as weights instead, unless this family is asked for.
const Family& torchscript() {
  static const ScriptFamily family;
  return family;
}

} // namespace cortograph::families
