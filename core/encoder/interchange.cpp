#include "encoder/interchange.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/version.h"
#include "compute/weight_tensor.h"
#include "encoder/encoder_map.h"
#include "encoder/positional_encoding.h"
#include "map/left_out.h"
#include "tokens/token_batches.h"

#include <algorithm>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

std::string localBottleneck(std::size_t layer) {
  return "local_token_bottleneck." + std::to_string(layer) + ".weight";
}

/// Reads an encoder's state dict, hiding the common prefix of its names.
class Parameters {
public:
  explicit Parameters(const fs::path& path) : file_(WeightFile::open(path)) {
    const std::string first = localBottleneck(0);
    for (const auto& [name, tensor] : file_.tensors()) {
      if (name.ends_with(first)) {
        prefix_ = name.substr(0, name.size() - first.size());
        return;
      }
    }
    throw Error(ErrorKind::format,
                path.string() + " is not a FactorTopy state dict: none of its " +
                    std::to_string(file_.tensors().size()) + " tensors is named " + first +
                    ". Give the state dict of the public implementation's encoder.");
  }

  [[nodiscard]] bool has(const std::string& name) const { return file_.has(prefix_ + name); }

  /// Returns a tensor. Throws Error{mismatch} when it is missing.
  [[nodiscard]] torch::Tensor at(const std::string& name) const {
    if (!has(name)) {
      throw Error(ErrorKind::mismatch,
                  "The state dict has no " + prefix_ + name +
                      "; give the whole state dict of the encoder.");
    }
    return toFloatTensor(file_.at(prefix_ + name), torch::kCPU);
  }

  /// Logs which tensors are none of the parameters in `used`.
  void reportOthers(const ParameterSet& used) const {
    std::string others;
    for (const auto& [name, tensor] : file_.tensors()) {
      const auto isIt = [this, &name = name](const NamedParameter& parameter) {
        return prefix_ + parameter.name == name;
      };
      if (std::none_of(used.all().begin(), used.all().end(), isIt)) {
        others += (others.empty() ? "" : ", ") + name;
      }
    }
    if (!others.empty()) {
      logInfo("These tensors of the state dict are not parameters and were skipped: " + others +
              ".");
    }
  }

private:
  WeightFile file_;
  std::string prefix_;
};

EncoderShape shapeOf(const Parameters& parameters, const Subject& subject) {
  EncoderShape shape;
  const torch::Tensor weight = parameters.at("weight");
  if (weight.dim() != 2 || weight.size(0) != static_cast<std::int64_t>(subject.vertices.size())) {
    throw Error(ErrorKind::mismatch,
                "The state dict reads out " +
                    std::to_string(weight.dim() == 0 ? 0 : weight.size(0)) + " vertices, but " +
                    subject.name + " has " + std::to_string(subject.vertices.size()) +
                    "; give the subject that it was trained on.");
  }
  shape.vertices = weight.size(0);
  shape.bottleneck = weight.size(1);
  shape.selectors = parameters.has("space_selector") ? Selectors::free : Selectors::coordinate;
  for (std::size_t layer = 0; parameters.has(localBottleneck(layer)); ++layer) {
    const torch::Tensor local = parameters.at(localBottleneck(layer));
    shape.widths.push_back(local.dim() < 2 ? 0 : local.size(1));
  }
  return shape;
}

/// Returns which rows of the readout are NaN as a whole, N of 0 or 1: the vertices that the
/// training left out. None when all are, since that training diverged.
torch::Tensor leftOutRows(const ParameterSet& parameters) {
  const torch::Tensor rows =
      parameters.at("weight").isnan().all(1).logical_and(parameters.at("bias").isnan());
  return rows.all().item<bool>() ? torch::zeros_like(rows) : rows;
}

/// Copies the parameters. Returns which vertices the training left out, N of 0 or 1; the encoder's
/// readout of these is 0.
std::vector<std::uint8_t> copyInto(FactorTopy& encoder, const Parameters& parameters) {
  const torch::NoGradGuard noGrad;
  for (const NamedParameter& parameter : encoder.parameters().all()) {
    const torch::Tensor stored = parameters.at(parameter.name);
    torch::Tensor value = parameter.value;
    if (stored.squeeze().sizes() != value.squeeze().sizes()) {
      throw Error(ErrorKind::mismatch,
                  "The state dict's " + parameter.name + " is " + shapeText(stored.sizes().vec()) +
                      " where " + shapeText(value.sizes().vec()) +
                      " is expected; it belongs to another encoder.");
    }
    value.copy_(stored.view(value.sizes()));
  }
  const torch::Tensor leftOut = leftOutRows(encoder.parameters());
  for (const char* name : {"weight", "bias"}) {
    torch::Tensor value = encoder.parameters().at(name);
    value.index_put_({leftOut}, 0.0);
  }
  if (const std::string name = encoder.parameters().firstNotFinite(); !name.empty()) {
    throw Error(ErrorKind::format,
                "The state dict's " + name +
                    " has values that are not finite numbers; its training diverged. Give a state "
                    "dict from an earlier step.");
  }
  const torch::Tensor bytes = leftOut.to(torch::kUInt8);
  return {bytes.data_ptr<std::uint8_t>(), bytes.data_ptr<std::uint8_t>() + bytes.numel()};
}

/// Checks that the chosen layers of the network have these widths, and returns the network's
/// attributes for the map.
Attributes networkOf(const ImportJob& job, const EncoderShape& shape, const CancelToken& cancel) {
  if (job.network.spec.empty()) {
    return {{"network", "unknown"}};
  }
  const NetworkInfo info = describeNetwork(job.network, cancel);
  if (info.layers.empty()) {
    requireTrust(job.network.spec, job.network.trust);
  }
  const std::vector<LayerShape> layers = chosenShapes(job.tokens, info);
  const bool same =
      std::equal(shape.widths.begin(),
                 shape.widths.end(),
                 layers.begin(),
                 layers.end(),
                 [](auto width, const auto& layer) { return width == layer.channels; });
  if (!same) {
    throw Error(ErrorKind::mismatch,
                "The state dict reads " + std::to_string(shape.widths.size()) +
                    " layers, the first of width " + std::to_string(shape.widths.front()) +
                    ", but " + std::to_string(layers.size()) + " layers of " + info.name +
                    " were given, the first of width " + std::to_string(layers.front().channels) +
                    "; give the network it was trained with, and its layers (--layers).");
  }
  return sourceAttributes(job.network, info, job.tokens);
}

std::vector<Point> coordinatesOf(const Subject& subject, Selectors selectors) {
  if (std::vector<Point> points = selectorCoordinates(subject); !points.empty()) {
    return points;
  }
  if (selectors == Selectors::free) {
    return std::vector<Point>(subject.vertices.size());
  }
  throw Error(
      ErrorKind::notFound,
      "The state dict's selectors are functions of the vertex coordinate, but the subject " +
          subject.name + " has no surfaces; give a folder of surfaces (--surfaces).");
}

BrainMap frameOf(const ImportJob& job, const EncoderShape& shape, const CancelToken& cancel) {
  const Subject& subject = job.subject;
  BrainMap map;
  map.attributes = networkOf(job, shape, cancel);
  map.attributes.insert(
      {{"software_version", softwareVersion},
       {"command", job.command},
       {"imported_from", fs::absolute(job.stateDict).string()},
       {"imported_hash", contentHash(job.stateDict)},
       {"subject", subject.name},
       {"subject_folder", subject.folder.string()},
       {"surfaces", subject.cortex ? subject.cortex->folder.string() : ""},
       {"simulated", std::int64_t{subject.simulated ? 1 : 0}},
       {"bottleneck", shape.bottleneck},
       {"selectors", shape.selectors == Selectors::free ? "free" : "coordinate"}});
  map.vertices = subject.vertices;
  map.coordinates = coordinatesOf(subject, shape.selectors);
  if (shape.selectors == Selectors::coordinate) {
    map.encodingFrame = encodingFrameOf(map.coordinates);
  }
  map.noiseCeiling = subject.noiseCeiling;
  map.regions = subject.regions;
  return map;
}

} // namespace

BrainMap importEncoder(const ImportJob& job, const Control& control) {
  return inContext("importing " + job.stateDict.string(), [&] {
    const Parameters parameters(job.stateDict);
    const EncoderShape shape = shapeOf(parameters, job.subject);
    BrainMap map = frameOf(job, shape, control.cancel);
    FactorTopy encoder(
        shape, positionalEncoding(map.coordinates, map.encodingFrame), torch::kCPU, 0);
    const std::vector<std::uint8_t> leftOut = copyInto(encoder, parameters);
    parameters.reportOthers(encoder.parameters());
    control.cancel.throwIfCanceled();
    const torch::NoGradGuard noGrad;
    fillSelection(map, encoder.select());
    fillModel(map, encoder);
    leaveOut(map, leftOut);
    if (!job.out.empty()) {
      writeMap(job.out, map);
    }
    return map;
  });
}

void exportEncoder(const BrainMap& map, const fs::path& out) {
  inContext("exporting " + out.string(), [&] {
    if (!hasEnding(out, ".safetensors")) {
      throw Error(ErrorKind::unsupported,
                  "An encoder can only be exported as .safetensors; give " + out.string() +
                      " that extension.");
    }
    (void)encoderOf(map, torch::kCPU); // checks that all parameters are present and fit
    std::map<std::string, Array<float>> tensors = map.parameters;
    tensors["weight"] = map.readoutWeight;
    tensors["bias"] = map.readoutBias;
    WeightMetadata metadata{{"format", "pt"}, {"software_version", softwareVersion}};
    for (const char* key : {"network",
                            "network_hash",
                            "network_family",
                            "preprocessing",
                            "layers",
                            "grid",
                            "seed",
                            "subject"}) {
      if (std::string text = textOf(map.attributes, key); !text.empty()) {
        metadata[key] = std::move(text);
      }
    }
    writeWeights(out, serializeWeights(tensors, metadata));
  });
}

} // namespace cortograph
