#include "encoder/training_data.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/number_words.h"
#include "encoder/random_use.h"
#include "subject/usable_vertices.h"
#include "tokens/token_batches.h"
#include "tokens/token_file.h"
#include "weights/weight_source.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace cortograph {

namespace {

std::string hashOfText(const std::string& text) {
  return contentHash(std::as_bytes(std::span(text)));
}

/// Returns the bytes that the tokens of this number of images take in memory.
double bytesOf(std::size_t images, const std::vector<LayerShape>& layers) {
  double values = 0;
  for (const auto& [channels, grid] : layers) {
    values += channels * (static_cast<double>(grid.rows) * grid.columns + 1);
  }
  return values * static_cast<double>(images) * sizeof(float);
}

std::unique_ptr<const TokenSource>
holdTokens(const TrainJob& job, const Network& network, const Control& control) {
  const std::vector<Stimulus>& images = job.subject.training.images;
  const NetworkInfo& info = network.info();
  const double needed = bytesOf(images.size(), chosenShapes(job.tokenSettings, info));
  if (const double there = availableMemory(); needed > there) {
    throw Error(ErrorKind::memory,
                "The tokens of " + std::to_string(images.size()) + " images take " +
                    inBytes(needed) + " of memory, but " + inBytes(there) +
                    " is free; write them to a file first (cortograph tokens, then train "
                    "--tokens), or choose fewer layers or a smaller grid.");
  }
  TokenPacker packer(static_cast<std::int64_t>(images.size()));
  forEachTokenBatch(
      network,
      picturesInBatches(images, network),
      job.tokenSettings,
      control,
      [&packer](std::int64_t first, const Tokens& tokens) { packer.add(first, tokens); });
  return heldTokens(packer.take());
}

void tokensFromNetwork(const TrainJob& job,
                       torch::Device device,
                       const Control& control,
                       TrainingData& data) {
  std::unique_ptr<const Network> network = openNetwork(job.network, device, control.cancel);
  data.source = sourceAttributes(job.network, network->info(), job.tokenSettings);
  data.tokens =
      job.streamTokens
          ? computedTokens(std::move(network), job.subject.training.images, job.tokenSettings)
          : holdTokens(job, *network, control);
}

void tokensFromFile(const TrainJob& job,
                    const std::vector<std::string>& hashes,
                    const Control& control,
                    TrainingData& data) {
  const auto file = std::make_shared<TokenFile>(job.tokens);
  const TokenFileInfo& info = file->info();
  const std::vector<std::size_t> rows = file->rowsOf(job.subject.training.images, hashes);
  const std::vector<int> layers =
      job.tokenSettings.layers.empty() ? info.layers : job.tokenSettings.layers;
  data.tokens = storedTokens(file, rows, layers);
  std::vector<LayerShape> shapes;
  for (const std::int64_t width : data.tokens->widths()) {
    shapes.push_back({static_cast<int>(width), info.grid});
  }
  const double needed = bytesOf(rows.size(), shapes);
  if (!job.streamTokens && needed < availableMemory() / 2) {
    TokenPacker packer(static_cast<std::int64_t>(rows.size()));
    constexpr std::size_t together = 64;
    for (std::size_t first = 0; first < rows.size(); first += together) {
      control.cancel.throwIfCanceled();
      const std::size_t count = std::min(together, rows.size() - first);
      packer.add(static_cast<std::int64_t>(first),
                 file->read(std::span(rows).subspan(first, count), layers));
      control.report({.what = "reading tokens",
                      .done = static_cast<double>(first + count),
                      .total = static_cast<double>(rows.size()),
                      .unit = "images",
                      .secondsLeft = std::nullopt});
    }
    data.tokens = heldTokens(packer.take());
  }
  for (const auto& [key, value] : info.attributes) {
    if (key.starts_with("network") || key == "preprocessing" || key == "grid") {
      data.source[key] = value;
    }
  }
  data.source["layers"] = layerList(layers);
}

void split(const TrainJob& job, TrainingData& data) {
  const TrainSettings& settings = job.settings;
  const auto images = static_cast<std::int64_t>(job.subject.training.images.size());
  std::int64_t held = 0;
  if (settings.validationShare > 0) {
    const double wanted = std::round(settings.validationShare * static_cast<double>(images));
    held = std::clamp<std::int64_t>(static_cast<std::int64_t>(wanted), 2, images - 2);
  }
  const std::vector<std::int64_t> order =
      randomFor(RandomUse::split, settings.seed).permutation(images);
  data.validation.assign(order.begin(), order.begin() + held);
  data.train.assign(order.begin() + held, order.end());
  std::sort(data.validation.begin(), data.validation.end());
  std::sort(data.train.begin(), data.train.end());
}

/// Lists the first unusable vertices: "left 17, right 30 and 12 more".
std::string unusableNames(const VertexSet& vertices, const torch::Tensor& usable) {
  constexpr int most = 8;
  std::string names;
  int count = 0;
  const float* at = usable.data_ptr<float>();
  for (const Side side : bothSides) {
    for (const std::int32_t vertex : vertices.of(side)) {
      if (*at++ == 0 && ++count <= most) {
        names += (names.empty() ? "" : ", ") + std::string(toString(side)) + " " +
                 std::to_string(vertex);
      }
    }
  }
  return names + (count > most ? " and " + std::to_string(count - most) + " more" : "");
}

/// Finds the usable vertices and computes the hash of the rows' hashes.
void lookThroughResponses(const Subject& subject, const Control& control, TrainingData& data) {
  const Responses& responses = subject.training.responses;
  const std::size_t vertices = responses.vertices();
  UsableVertices usable(vertices);
  std::vector<float> row(vertices);
  std::string hashes;
  for (std::size_t image = 0; image < responses.images(); ++image) {
    control.cancel.throwIfCanceled();
    responses.copyRow(image, row);
    hashes += contentHash(std::as_bytes(std::span(row)));
    usable.add(row);
  }
  const std::vector<std::uint8_t> found = usable.values();
  data.usable = torch::empty({static_cast<std::int64_t>(vertices)});
  std::copy(found.begin(), found.end(), data.usable.data_ptr<float>());
  data.source["responses_hash"] = hashOfText(hashes);
  const auto bad = static_cast<std::int64_t>(vertices) - data.usable.sum().item<std::int64_t>();
  if (bad == static_cast<std::int64_t>(vertices)) {
    throw Error(ErrorKind::mismatch,
                "Every vertex of " + subject.name +
                    " has a response that is not a finite number, or responses that never change; "
                    "nothing can be learnt.");
  }
  if (bad > 0) {
    logWarning(std::to_string(bad) + " of " + std::to_string(vertices) + " vertices of " +
               subject.name + " have responses that are not finite numbers or never change (" +
               unusableNames(subject.vertices, data.usable) +
               "); they are left out of the training and are NaN in the map.");
  }
}

} // namespace

std::vector<std::uint8_t> TrainingData::leftOut() const {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(usable.numel()));
  const float* at = usable.data_ptr<float>();
  std::transform(at, at + out.size(), out.begin(), [](float use) {
    return use == 0 ? std::uint8_t{1} : std::uint8_t{0};
  });
  return out;
}

TrainingData prepareTraining(const TrainJob& job, torch::Device device, const Control& control) {
  requireTrainable(job.subject);
  TrainingData data;
  const std::vector<std::string> hashes = hashesOf(job.subject.training.images, control.cancel);
  if (job.tokens.empty()) {
    tokensFromNetwork(job, device, control, data);
  } else {
    tokensFromFile(job, hashes, control, data);
  }
  std::string all;
  for (const std::string& hash : hashes) {
    all += hash;
  }
  data.source["images_hash"] = hashOfText(all);
  lookThroughResponses(job.subject, control, data);
  split(job, data);
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
