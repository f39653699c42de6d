#include "network/vit_family.h"

#include "base/error.h"
#include "base/text.h"
#include "network/config_beside.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace cortograph {

namespace {

/// Returns whether an unknown tensor would change the tokens. Heads, decoders and leftovers of
/// training do not; tokens, embeddings and parts of blocks do.
bool changesTokens(std::string_view name) {
  static constexpr std::array<std::string_view, 4> harmless{
      "decoder", "mask_token", "head", "mask_embed"};
  if (std::any_of(harmless.begin(), harmless.end(), [name](std::string_view part) {
        return name.starts_with(part);
      })) {
    return false;
  }
  return name.starts_with("blocks.") ||
         ((name.find("token") != std::string_view::npos ||
           name.find("embed") != std::string_view::npos) &&
          !name.ends_with("mask_token") && !name.ends_with("position_ids"));
}

class Comparison {
public:
  Comparison(const VitNaming& naming, const VitCandidate& candidate)
      : naming_(naming), candidate_(candidate), expected_(expectedTensors(candidate.canonical)) {}

  FamilyMatch match() const {
    FamilyMatch match;
    for (const ExpectedTensor& expected : expected_) {
      const bool optional = expected.optional && !isNeeded(expected.name);
      const auto found = candidate_.canonical.find(expected.name);
      const bool exists = found != candidate_.canonical.end();
      const bool right =
          exists && sameShape(found->second.shape, expected.shape) && !found->second.bytes.empty();
      match.found += right ? 1 : 0;
      if (!right && (exists || !optional)) {
        match.missing.push_back(wanted(expected));
      }
    }
    const std::set<std::string> known = knownNames();
    for (const std::string_view name : naming_.needed) {
      if (!known.contains(std::string(name))) {
        match.missing.push_back(inFile(std::string(name)));
      }
    }
    for (const auto& [name, tensor] : candidate_.canonical) {
      if (!known.contains(name) && changesTokens(name)) {
        match.unexplained.push_back(inFile(name));
      }
    }
    return match;
  }

  std::string evidence() const {
    std::string text;
    for (const char* name : {"patch_embed.proj.weight",
                             "pos_embed",
                             "blocks.0.attn.qkv.weight",
                             "blocks.0.attn.q.weight"}) {
      const auto found = candidate_.canonical.find(name);
      if (found != candidate_.canonical.end()) {
        text += (text.empty() ? "" : ", ") + inFile(name) + " " + shapeText(found->second.shape);
      }
    }
    return text;
  }

  /// Returns the names of all tensors of the file that the network does not use.
  std::vector<std::string> unused() const {
    const std::set<std::string> known = knownNames();
    std::vector<std::string> names;
    for (const auto& [name, tensor] : candidate_.file.tensors()) {
      const bool inside = name.starts_with(candidate_.prefix);
      if (!inside || !known.contains(canonicalName(
                         naming_.names, std::string_view(name).substr(candidate_.prefix.size())))) {
        names.push_back(name);
      }
    }
    return names;
  }

  std::int64_t parameters() const {
    std::int64_t count = 0;
    for (const std::string& name : knownNames()) {
      const auto found = candidate_.canonical.find(name);
      if (found != candidate_.canonical.end()) {
        count +=
            static_cast<std::int64_t>(found->second.bytes.size() / bytesOf(found->second.type));
      }
    }
    return count;
  }

private:
  [[nodiscard]] bool isNeeded(const std::string& name) const {
    return std::find(naming_.needed.begin(), naming_.needed.end(), name) != naming_.needed.end();
  }
  [[nodiscard]] std::string inFile(const std::string& name) const {
    return candidate_.prefix + nameInFile(naming_.names, name);
  }
  [[nodiscard]] std::string wanted(const ExpectedTensor& expected) const {
    const std::string name = inFile(expected.name);
    return std::find(expected.shape.begin(), expected.shape.end(), 0) == expected.shape.end()
               ? name + " (" + shapeText(expected.shape) + ")"
               : name;
  }
  [[nodiscard]] std::set<std::string> knownNames() const {
    std::set<std::string> names;
    for (const ExpectedTensor& expected : expected_) {
      names.insert(expected.name);
    }
    return names;
  }

  const VitNaming& naming_;
  const VitCandidate& candidate_;
  std::vector<ExpectedTensor> expected_;
};

/// Builds the description of a network: decides what names and shapes don't show, and records where
/// each setting came from.
class DescriptionBuilder {
public:
  DescriptionBuilder(const WeightFile& file, const NetworkSource& source, const VitNaming& naming)
      : file_(file), source_(source), naming_(naming) {}

  Description build(const WeightTable& canonical) && {
    const VitShape shape = shapeOf(canonical);
    NetworkInfo& info = result_.info;
    config_ = configBeside(file_.name(), shape.width);
    info.patch = shape.patch;
    info.registers = shape.registers;
    settleHeads(shape);
    settleActivation();
    info.layerNormEps = config_.layerNormEps.value_or(naming_.defaults.layerNormEps);
    note("layer norm's epsilon", config_.layerNormEps ? fromConfig("layer_norm_eps") : ofFamily());
    settlePreparation();
    settlePositions(shape, canonical);
    settleImageSize(shape);
    const Extent grid{info.image.rows / info.patch, info.image.columns / info.patch};
    info.layers.assign(static_cast<std::size_t>(shape.depth), {shape.width, grid});
    return std::move(result_);
  }

private:
  void note(const char* what, std::string where) {
    result_.info.origins.emplace_back(what, std::move(where));
  }
  [[nodiscard]] std::string ofFamily() const { return "default of " + std::string(naming_.name); }
  [[nodiscard]] std::string fromConfig(const std::string& what) const {
    for (const auto& [name, file] : config_.origins) {
      if (name == what) {
        return file;
      }
    }
    return ofFamily();
  }

  void settleHeads(const VitShape& shape) {
    NetworkInfo& info = result_.info;
    int fromFile = 0;
    if (const auto found = file_.metadata().find("heads"); found != file_.metadata().end()) {
      fromFile = numberIn<int>(found->second).value_or(0);
    }
    if (source_.heads != 0) {
      info.heads = source_.heads;
      note("heads", "given");
    } else if (shape.heads != 0) {
      info.heads = shape.heads; // shown by the file's shapes
    } else if (fromFile != 0) {
      info.heads = fromFile;
      note("heads", "the file's metadata");
    } else if (config_.heads) {
      info.heads = *config_.heads;
      note("heads", fromConfig("heads"));
    } else {
      const auto byWidth = naming_.defaults.heads;
      info.heads = byWidth != nullptr ? byWidth(shape.width) : publishedHeads(shape.width);
      note("heads", info.heads == 0 ? "unknown; give --heads" : "usual for networks of this width");
    }
    if (info.heads < 0 || (info.heads > 0 && shape.width % info.heads != 0)) {
      throw Error(ErrorKind::unsupported,
                  "The weights " + file_.name() + " would have " + std::to_string(info.heads) +
                      " heads, but their width " + std::to_string(shape.width) +
                      " can't be divided into that many heads. Give the right number with "
                      "--heads N.");
    }
  }

  void settleActivation() {
    std::string& activation = result_.info.activation;
    if (!source_.activation.empty()) {
      activation = source_.activation;
      note("activation", "given");
    } else {
      activation = config_.activation.value_or(std::string(naming_.defaults.activation));
      note("activation", config_.activation ? fromConfig("activation") : ofFamily());
    }
  }

  void settlePreparation() {
    result_.preparation = preparationOf(config_, naming_.preparation);
    note("native preprocessing", config_.mean ? fromConfig("mean") : ofFamily());
  }

  /// Decides which grid the positions were learnt on. Their number alone shows it only if the grid
  /// is assumed to be square.
  void settlePositions(const VitShape& shape, const WeightTable& canonical) {
    const auto fits = [&](const Extent& size) {
      return isWhole(size, shape.patch) && positionsFit(canonical, gridOf(size, shape.patch));
    };
    Extent& positions = result_.positions;
    if (config_.trainedSize && fits(*config_.trainedSize)) {
      positions = gridOf(*config_.trainedSize, shape.patch);
      note("grid of the positions", fromConfig("trained size"));
    } else if (!shape.grid.empty()) {
      positions = shape.grid;
    } else if (!source_.imageSize.empty() && fits(source_.imageSize)) {
      positions = gridOf(source_.imageSize, shape.patch);
      note("grid of the positions", "given as the image size");
    } else {
      throw Error(ErrorKind::unsupported,
                  "The position embedding of " + file_.name() +
                      " is not that of a square grid; give the size of the images that the network "
                      "was trained on, with --image-size ROWSxCOLUMNS or as image_size in a "
                      "config.json beside the file.");
    }
  }

  static Extent gridOf(const Extent& size, int patch) {
    return {size.rows / patch, size.columns / patch};
  }

  void settleImageSize(const VitShape& shape) {
    Extent& image = result_.info.image;
    if (!source_.imageSize.empty()) {
      image = source_.imageSize;
      note("image size", "given");
    } else if (config_.imageSize && isWhole(*config_.imageSize, shape.patch)) {
      image = *config_.imageSize;
      note("image size", fromConfig("image size"));
    } else {
      image = {result_.positions.rows * shape.patch, result_.positions.columns * shape.patch};
    }
    if (!isWhole(image, shape.patch)) {
      throw Error(ErrorKind::unsupported,
                  "Images of " + toString(image) +
                      " pixels can't be divided into whole patches of " +
                      std::to_string(shape.patch) + " pixels, as " + file_.name() +
                      " needs; give a multiple of the patch size with --image-size.");
    }
  }

  static bool isWhole(const Extent& image, int patch) {
    return image.rows >= patch && image.columns >= patch && image.rows % patch == 0 &&
           image.columns % patch == 0;
  }

  const WeightFile& file_;
  const NetworkSource& source_;
  const VitNaming& naming_;
  NetworkConfig config_;
  Description result_;
};

} // namespace

bool VitCandidate::mentions(std::string_view part) const {
  return std::any_of(file.tensors().begin(), file.tensors().end(), [part](const auto& entry) {
    return entry.first.find(part) != std::string::npos;
  });
}

VitCandidate VitFamily::candidate(const WeightFile& file) const {
  const std::vector<std::string> prefixes = prefixesOf(file.tensors(), naming_.anchor);
  std::string prefix = prefixes.empty() ? "" : prefixes.front();
  WeightTable canonical = canonicalTable(file.tensors(), prefix, naming_.names);
  return {file, std::move(prefix), std::move(canonical)};
}

FamilyMatch VitFamily::match(const WeightFile& file) const {
  const VitCandidate found = candidate(file);
  const Comparison comparison(naming_, found);
  FamilyMatch match = comparison.match();
  match.evidence = comparison.evidence();
  if (const std::string tells = naming_.tells != nullptr ? naming_.tells(found) : "";
      !tells.empty()) {
    match.distinct = true;
    match.evidence += "; " + tells;
  }
  return match;
}

Description VitFamily::describe(const WeightFile& file, const NetworkSource& source) const {
  const VitCandidate found = candidate(file);
  Description description = DescriptionBuilder(file, source, naming_).build(found.canonical);
  const Comparison comparison(naming_, found);
  description.info.parameters = comparison.parameters();
  description.info.unused = comparison.unused();
  return description;
}

std::unique_ptr<const Network>
VitFamily::build(const WeightFile& file, Description description, torch::Device device) const {
  const VitCandidate found = candidate(file);
  const auto inFile = [&](const std::string& name) {
    return found.prefix + nameInFile(naming_.names, name);
  };
  return buildVit(found.canonical, std::move(description), naming_.defaults, inFile, device);
}

} // namespace cortograph
