#include "encoder/training_data.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "encoder/random.h"
#include "network/demo_networks.h"
#include "network/token_batches.h"
#include "network/token_file.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace cortograph {

namespace {

constexpr std::int64_t fewestImages = 4; ///< two to learn from and two to be scored on

std::string hashOfText(const std::string& text) {
  return contentHash(std::as_bytes(std::span(text)));
}

void requireFit(const Subject& subject) {
  const std::size_t images = subject.training.images.size();
  const Responses& responses = subject.training.responses;
  if (responses.empty()) {
    throw Error(ErrorKind::notFound,
                "The subject " + subject.name + " has no responses to its training images.");
  }
  if (responses.images() != images || responses.vertices() != subject.vertices.size()) {
    throw Error(ErrorKind::mismatch,
                "The responses are " + std::to_string(responses.images()) + " images x " +
                    std::to_string(responses.vertices()) + " vertices, the subject has " +
                    std::to_string(images) + " training images and " +
                    std::to_string(subject.vertices.size()) + " vertices.");
  }
  if (static_cast<std::int64_t>(images) < fewestImages) {
    throw Error(ErrorKind::mismatch,
                "The subject " + subject.name + " has " + std::to_string(images) +
                    " training images; an encoder needs at least " + std::to_string(fewestImages) +
                    ".");
  }
}

std::vector<std::string> hashesOf(const std::vector<Stimulus>& images, const Control& control) {
  std::vector<std::string> hashes;
  for (const Stimulus& image : images) {
    control.cancel.throwIfCancelled();
    hashes.push_back(
        inContext("reading the image " + image.name, [&image] { return image.hash(); }));
  }
  return hashes;
}

std::string joined(const std::vector<int>& numbers) {
  std::string text;
  for (const int number : numbers) {
    text += (text.empty() ? "" : ",") + std::to_string(number);
  }
  return text;
}

void tokensFromNetwork(const TrainJob& job,
                       torch::Device device,
                       const Control& control,
                       TrainingData& data) {
  const std::unique_ptr<const Network> network = openNetwork(job.network, device);
  const std::vector<Stimulus>& images = job.subject.training.images;
  TokenPacker packer(static_cast<std::int64_t>(images.size()));
  forEachTokenBatch(
      *network,
      picturesInBatches(images, network->info(), job.network.preprocess),
      job.tokenSettings,
      control,
      [&packer](std::int64_t first, const Tokens& tokens) { packer.add(first, tokens); });
  data.tokens = packer.take();
  const NetworkInfo& info = network->info();
  const std::string& spec = job.network.spec;
  data.source = {
      {"network", info.name},
      {"network_path", isDemoNetwork(spec) ? spec : std::filesystem::absolute(spec).string()},
      {"network_hash", info.hash},
      {"network_family", info.family},
      {"network_activation", info.activation},
      {"network_heads", std::int64_t{info.heads}},
      {"preprocessing", info.preprocessing},
      {"layers", joined(chosenLayers(job.tokenSettings, info.depth))},
      {"grid", std::int64_t{chosenGrid(job.tokenSettings, info)}}};
}

/// Rows of the file for the subject's images, found by content.
std::vector<std::int64_t> rowsInFile(const TrainJob& job,
                                     const std::vector<std::string>& fileHashes,
                                     const std::vector<std::string>& hashes) {
  std::map<std::string, std::int64_t> rowOf;
  for (std::size_t row = 0; row < fileHashes.size(); ++row) {
    rowOf.emplace(fileHashes[row], static_cast<std::int64_t>(row));
  }
  std::vector<std::int64_t> rows;
  for (std::size_t image = 0; image < hashes.size(); ++image) {
    const auto found = rowOf.find(hashes[image]);
    if (found == rowOf.end()) {
      throw Error(ErrorKind::mismatch,
                  job.tokens.string() + " has no tokens of the image " +
                      job.subject.training.images[image].name +
                      "; take tokens of this subject's training images.");
    }
    rows.push_back(found->second);
  }
  return rows;
}

/// Positions in the file of the layers that are asked for.
std::vector<std::size_t> layersInFile(const TrainJob& job, const std::vector<int>& there) {
  std::vector<std::size_t> positions;
  for (const int layer : job.tokenSettings.layers.empty() ? there : job.tokenSettings.layers) {
    const auto found = std::find(there.begin(), there.end(), layer);
    if (found == there.end()) {
      throw Error(ErrorKind::mismatch,
                  job.tokens.string() + " has no layer " + std::to_string(layer) +
                      "; it holds the layers " + joined(there) + " (from 0).");
    }
    positions.push_back(static_cast<std::size_t>(found - there.begin()));
  }
  return positions;
}

void tokensFromFile(const TrainJob& job,
                    const std::vector<std::string>& hashes,
                    TrainingData& data) {
  const TokenFileInfo info = readTokenFileInfo(job.tokens);
  const std::vector<std::int64_t> rows = rowsInFile(job, info.imageHashes, hashes);
  const std::vector<std::size_t> layers = layersInFile(job, info.layers);
  const torch::Tensor index = torch::tensor(rows, torch::kInt64);
  const Tokens all = readTokenFile(job.tokens);
  Tokens chosen;
  std::vector<int> numbers;
  for (const std::size_t layer : layers) {
    chosen.local.push_back(all.local[layer].index_select(0, index));
    chosen.global.push_back(all.global[layer].index_select(0, index));
    numbers.push_back(info.layers[layer]);
  }
  TokenPacker packer(static_cast<std::int64_t>(rows.size()));
  packer.add(0, std::move(chosen));
  data.tokens = packer.take();
  for (const auto& [key, value] : info.attributes) {
    if (key == "activation" || key == "heads") {
      data.source["network_" + key] = value;
    } else if (key.starts_with("network") || key == "preprocessing") {
      data.source[key] = value;
    }
  }
  data.source["layers"] = joined(numbers);
  data.source["grid"] = std::int64_t{info.grid};
}

void split(const TrainSettings& settings, TrainingData& data) {
  const std::int64_t images = data.tokens.images();
  std::int64_t held = 0;
  if (settings.validationShare > 0) {
    const double wanted = std::round(settings.validationShare * static_cast<double>(images));
    held = std::clamp<std::int64_t>(static_cast<std::int64_t>(wanted), 2, images - 2);
  }
  const std::vector<std::int64_t> order =
      Random(settings.seed, RandomUse::split).permutation(images);
  data.validation.assign(order.begin(), order.begin() + held);
  data.train.assign(order.begin() + held, order.end());
  std::sort(data.validation.begin(), data.validation.end());
  std::sort(data.train.begin(), data.train.end());
}

/// Which vertices can be learnt, and the hash of the rows' hashes.
void lookThroughResponses(const Subject& subject, const Control& control, TrainingData& data) {
  const Responses& responses = subject.training.responses;
  const std::size_t vertices = responses.vertices();
  data.usable = torch::ones({static_cast<std::int64_t>(vertices)});
  float* usable = data.usable.data_ptr<float>();
  std::vector<float> row(vertices);
  std::string hashes;
  for (std::size_t image = 0; image < responses.images(); ++image) {
    control.cancel.throwIfCancelled();
    responses.copyRow(image, row);
    hashes += contentHash(std::as_bytes(std::span(row)));
    for (std::size_t n = 0; n < vertices; ++n) {
      if (!std::isfinite(row[n])) {
        usable[n] = 0;
      }
    }
  }
  data.source["responses_hash"] = hashOfText(hashes);
  const auto bad = static_cast<std::int64_t>(vertices) - data.usable.sum().item<std::int64_t>();
  if (bad == static_cast<std::int64_t>(vertices)) {
    throw Error(ErrorKind::mismatch,
                "Every vertex of " + subject.name +
                    " has a response that is not a finite number; nothing can be learnt.");
  }
  if (bad > 0) {
    logWarning(std::to_string(bad) + " of " + std::to_string(vertices) + " vertices of " +
               subject.name +
               " have responses that are not finite numbers; they are left out of the training.");
  }
}

} // namespace

TrainingData prepareTraining(const TrainJob& job, torch::Device device, const Control& control) {
  requireFit(job.subject);
  TrainingData data;
  const std::vector<std::string> hashes = hashesOf(job.subject.training.images, control);
  if (job.tokens.empty()) {
    tokensFromNetwork(job, device, control, data);
  } else {
    tokensFromFile(job, hashes, data);
  }
  std::string all;
  for (const std::string& hash : hashes) {
    all += hash;
  }
  data.source["images_hash"] = hashOfText(all);
  lookThroughResponses(job.subject, control, data);
  split(job.settings, data);
  return data;
}

torch::Tensor responsesTo(const Responses& responses,
                          const std::vector<std::int64_t>& images,
                          const torch::Tensor& usable) {
  torch::Tensor target = torch::empty({static_cast<std::int64_t>(images.size()), usable.size(0)});
  float* row = target.data_ptr<float>();
  for (const std::int64_t image : images) {
    responses.copyRow(static_cast<std::size_t>(image), {row, responses.vertices()});
    row += responses.vertices();
  }
  return target.masked_fill_(usable == 0, 0);
}

} // namespace cortograph
