#include "app/cli/options.h"

#include "base/error.h"
#include "base/text.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <map>
#include <sstream>

namespace cortograph {

namespace {

int parseNumber(std::string_view text, const std::string& whole) {
  const int number = numberIn<int>(text).value_or(-1);
  if (number < 0) {
    throw CLI::ValidationError("\"" + whole + "\" is not a list of numbers such as 0-3,11");
  }
  return number;
}

Extent extentGiven(const std::string& text) {
  try {
    return parseExtent(text);
  } catch (const Error& error) {
    throw CLI::ValidationError(error.sentence());
  }
}

} // namespace

std::vector<int> parseNumberList(const std::string& text) {
  constexpr int mostLayers = 10'000;
  std::vector<int> numbers;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t dash = part.find('-');
    const int first = parseNumber(part.substr(0, dash), text);
    const int last = dash == std::string::npos ? first : parseNumber(part.substr(dash + 1), text);
    if (last < first || last > mostLayers) {
      throw CLI::ValidationError("\"" + text + "\" is not a list of numbers such as 0-3,11");
    }
    for (int number = first; number <= last; ++number) {
      numbers.push_back(number);
    }
  }
  return numbers;
}

void addNetworkOptions(CLI::App& app, NetworkSource& network) {
  app.add_option(
      "--network", network.spec, "File of weights, or demo:NAME (see cortograph list networks)");
  addNetworkSettings(app, network);
}

void addNetworkSettings(CLI::App& app, NetworkSource& network) {
  app.add_option("--family", network.family, "Family of the network, instead of the recognised one")
      ->capture_default_str();
  app.add_option(
         "--act", network.activation, "Activation function, when the file does not state it")
      ->check(CLI::IsMember({"gelu", "gelu_tanh", "quick_gelu", "relu"}));
  app.add_option(
         "--heads", network.heads, "Number of attention heads, when the file does not state it")
      ->check(CLI::PositiveNumber);
  app.add_option_function<std::string>(
         "--image-size",
         [&network](const std::string& text) { network.imageSize = extentGiven(text); },
         "Size of the network's input in pixels (default: the one of its training)")
      ->option_text("N|ROWSxCOLUMNS");
  app.add_option("--preprocess",
                 network.preprocess,
                 "Prepare images as the public implementation does, or as the network requires")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Preprocess>{
          {"reference", Preprocess::reference}, {"native", Preprocess::native}}))
      ->option_text("reference|native");
  app.add_flag_callback(
      "--trust",
      [&network] { network.trust = std::max(network.trust, Trust::sealed); },
      "Run a network that is a TorchScript module, sealed off from files, network and programs");
  app.add_flag_callback(
      "--trust-unsealed",
      [&network] { network.trust = Trust::unsealed; },
      "Run it with all your rights, where the system can't seal it off");
}

void addComputeOptions(CLI::App& app, ComputeSettings& compute) {
  app.add_option("--device", compute.device, "Device to compute on")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Device>{
          {"auto", Device::automatic}, {"cpu", Device::cpu}, {"cuda", Device::cuda}}))
      ->option_text("auto|cpu|cuda");
  addThreadsOption(app, compute);
}

void addStandardizeOption(CLI::App& app, std::optional<Standardization>& standardization) {
  std::map<std::string, Standardization> words;
  for (const Standardization one :
       {Standardization::none, Standardization::session, Standardization::whole}) {
    words.emplace(toString(one), one);
  }
  app.add_option("--standardise",
                 standardization,
                 "Z-score each vertex's responses over each scan session, or over all of the "
                 "training")
      ->transform(CLI::CheckedTransformer(words))
      ->option_text("none|session|whole");
}

void addRegionOption(CLI::App& app, std::vector<std::filesystem::path>& files) {
  app.add_option("--regions",
                 files,
                 "Files of regions to add: labels (annot, GIFTI, CIFTI), masks, published atlases")
      ->delimiter(',')
      ->option_text("F.annot,F.mgz");
}

void addThreadsOption(CLI::App& app, ComputeSettings& compute) {
  app.add_option("--threads", compute.threads, "Number of CPU threads, 0 for all")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
}

void addClusterOptions(CLI::App& app, ClusterSettings& cluster) {
  app.add_option("--clusters", cluster.clusters, "Number of clusters")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--centres", cluster.centers, "Number of centroids that are merged into clusters")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", cluster.seed, "Random seed of the first centroids")
      ->capture_default_str();
}

void addTokenOptions(CLI::App& app, TokenSettings& tokens) {
  app.add_option_function<std::string>(
         "--grid",
         [&tokens](const std::string& text) { tokens.grid = extentGiven(text); },
         "Grid that local tokens are resampled to, or native (default 8)")
      ->option_text("N|ROWSxCOLUMNS|native");
  app.add_option_function<std::string>(
         "--layers",
         [&tokens](const std::string& text) { tokens.layers = parseNumberList(text); },
         "Layers to use, numbered from 0 (default all)")
      ->option_text("0-3,11");
}

void addHalfOption(CLI::App& app, TokenSettings& tokens) {
  app.add_flag("--half", tokens.half, "Compute in half precision (float16), on CUDA");
}

} // namespace cortograph
