#include "base/error.h"
#include "images/preparations.h"
#include "network/config_beside.h"
#include "network/family.h"
#include "network/module/script_module.h"

#include <filesystem>
#include <utility>

namespace cortograph::families {

namespace {

class ScriptNetwork final : public Network {
public:
  ScriptNetwork(Description description, ScriptModule module)
      : Network(std::move(description.info), description.preparation, torch::kCPU),
        module_(std::move(module)) {}

  [[nodiscard]] Tokens tokens(const torch::Tensor& images,
                              const CancelToken& cancel) const override {
    requireInput(images);
    cancel.throwIfCanceled();
    Tokens tokens = module_.tokens(images, cancel);
    requireShapes(tokens);
    return tokens;
  }

private:
  /// Throws unless the tokens are what the module gave when it was described.
  void requireShapes(const Tokens& tokens) const {
    bool same = tokens.layers() == info().layers.size();
    for (std::size_t i = 0; same && i < tokens.layers(); ++i) {
      const auto& [channels, grid] = info().layers[i];
      const torch::Tensor& local = tokens.local[i];
      same =
          local.size(1) == channels && local.size(2) == grid.rows && local.size(3) == grid.columns;
    }
    if (!same) {
      throw Error(ErrorKind::unsupported,
                  "The TorchScript module " + info().name +
                      " gives tokens of other shapes from call to call, but the same were "
                      "expected; make them depend on the size of the images alone.");
    }
  }

  ScriptModule module_;
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

  /// Leaves the layers open: only running the module tells them.
  [[nodiscard]] Description describe(const WeightFile& file,
                                     const NetworkSource& source) const override {
    constexpr Extent usual{224, 224};
    Description description;
    NetworkInfo& info = description.info;
    info.program = true;
    const NetworkConfig config = configBeside(file.name(), 0);
    info.image = !source.imageSize.empty() ? source.imageSize : config.imageSize.value_or(usual);
    if (source.imageSize.empty()) {
      info.origins.emplace_back("image size", config.imageSize ? "beside the file" : "usual");
    }
    description.preparation =
        preparationOf(config, imageNetPreparation(Resampling::bilinear, 224.0 / 256));
    for (const auto& [tensorName, tensor] : file.tensors()) {
      info.parameters += static_cast<std::int64_t>(tensor.bytes.size() / bytesOf(tensor.type));
    }
    info.name = std::filesystem::path(file.name()).stem().string() + " torchscript";
    return description;
  }

  [[nodiscard]] std::unique_ptr<const Network> build(const WeightFile& file,
                                                     Description description,
                                                     torch::Device /*device*/,
                                                     const CancelToken& cancel) const override {
    ScriptModule module(file, description.trust, cancel);
    description.info.layers = module.layers(description.info.image, cancel);
    return std::make_unique<const ScriptNetwork>(std::move(description), std::move(module));
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
