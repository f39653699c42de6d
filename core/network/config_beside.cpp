#include "network/config_beside.h"

#include "base/log.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

namespace cortograph {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uintmax_t largestFile = 10'000'000;

/// Replaces Python's NaN, Infinity and -Infinity outside strings, which JSON does not have, by
/// null.
std::string withoutPythonNumbers(const std::string& text) {
  std::string plain;
  bool inString = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    std::size_t skipped = 0;
    for (const std::string_view word : {"NaN", "Infinity", "-Infinity"}) {
      skipped = !inString && rest.starts_with(word) ? word.size() : skipped;
    }
    if (skipped > 0) {
      plain += "null";
      at += skipped;
      continue;
    }
    if (inString && rest.front() == '\\' && rest.size() > 1) {
      plain += rest.substr(0, 2);
      at += 2;
      continue;
    }
    inString = rest.front() == '"' ? !inString : inString;
    plain += rest.front();
    ++at;
  }
  return plain;
}

/// Returns the JSON object in a file; null if the file is missing, too large or holds no object.
json readObject(const fs::path& file) {
  std::error_code missing;
  if (!fs::is_regular_file(file, missing) || fs::file_size(file, missing) > largestFile) {
    return {};
  }
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  json read = json::parse(withoutPythonNumbers(text), nullptr, false);
  if (!read.is_object()) {
    logWarning(file.string() + " is not a JSON object; it is ignored and defaults are used.");
    return {};
  }
  return read;
}

template <class T> std::optional<T> valueOf(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    return std::nullopt;
  }
  if constexpr (std::is_same_v<T, bool>) {
    return found->is_boolean() ? std::optional(found->get<bool>()) : std::nullopt;
  } else if constexpr (std::is_arithmetic_v<T>) {
    return found->is_number() ? std::optional(found->get<T>()) : std::nullopt;
  } else {
    return found->is_string() ? std::optional(found->get<T>()) : std::nullopt;
  }
}

const json& partOf(const json& object, const char* key) {
  static const json none = json::object();
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : none;
}

std::optional<std::array<float, 3>> colorsOf(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array() || found->size() != 3) {
    return std::nullopt;
  }
  std::array<float, 3> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(*found)[i].is_number()) {
      return std::nullopt;
    }
    values[i] = (*found)[i].get<float>();
  }
  return values;
}

/// Reads a size written as 224, [224, 112], [3, 224, 112] or {"height": 224, "width": 112}.
std::optional<Extent> sizeOf(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    return std::nullopt;
  }
  if (found->is_number_integer()) {
    return Extent{found->get<int>(), found->get<int>()};
  }
  if (found->is_array()) {
    const std::size_t n = found->size();
    const bool numbers = std::all_of(
        found->begin(), found->end(), [](const json& value) { return value.is_number_integer(); });
    return numbers && (n == 2 || n == 3)
               ? std::optional(Extent{(*found)[n - 2].get<int>(), (*found)[n - 1].get<int>()})
               : std::nullopt;
  }
  const auto rows = found->is_object() ? valueOf<int>(*found, "height") : std::nullopt;
  const auto columns = found->is_object() ? valueOf<int>(*found, "width") : std::nullopt;
  return rows && columns ? std::optional(Extent{*rows, *columns}) : std::nullopt;
}

/// Translates Hugging Face's and torch's names of activations to this program's names.
std::string activationCalled(const std::string& name) {
  if (name == "gelu_new" || name == "gelu_pytorch_tanh" || name == "gelu_tanh") {
    return "gelu_tanh";
  }
  return name == "quickgelu" ? "quick_gelu" : name;
}

class Reader {
public:
  Reader(const fs::path& folder, int width) : folder_(folder), width_(width) {}

  NetworkConfig read() && {
    readConfig();
    readOpenClip();
    readPreprocessor();
    return std::move(config_);
  }

private:
  template <class T>
  void set(std::optional<T>& field, const std::optional<T>& value, const char* what) {
    if (value && !field) {
      field = value;
      config_.origins.emplace_back(what, file_);
    }
  }
  template <class T> void set(std::optional<T>& field, T value, const char* what) {
    set(field, std::optional<T>(std::move(value)), what);
  }

  json open(const char* name) {
    file_ = name;
    return readObject(folder_ / name);
  }

  /// Returns whether the width in the configuration is the network's; logs if it is not.
  [[nodiscard]] bool belongs(const std::optional<int>& width) const {
    if (!width || width_ == 0 || *width == width_) {
      return true;
    }
    logWarning((folder_ / file_).string() + " describes a network of width " +
               std::to_string(*width) + ", not " + std::to_string(width_) + "; it is ignored.");
    return false;
  }

  /// Reads config.json, as written by Hugging Face (with or without a text encoder) or timm.
  void readConfig() {
    const json whole = open("config.json");
    const char* key = whole.contains("vision_config") ? "vision_config" : "vision_config_dict";
    const json& part = whole.contains(key) ? partOf(whole, key) : whole;
    if (!belongs(valueOf<int>(part, "hidden_size"))) {
      return;
    }
    set(config_.heads, valueOf<int>(part, "num_attention_heads"), "heads");
    if (const auto name = valueOf<std::string>(part, "hidden_act")) {
      set(config_.activation, activationCalled(*name), "activation");
    }
    set(config_.layerNormEps, valueOf<double>(part, "layer_norm_eps"), "layer_norm_eps");
    set(config_.trainedSize, sizeOf(part, "image_size"), "trained size");
    set(config_.trainedSize, sizeOf(partOf(whole, "model_args"), "img_size"), "trained size");
    if (const auto name = valueOf<std::string>(whole, "architecture");
        name && name->find("quickgelu") != std::string::npos) {
      set(config_.activation, std::string("quick_gelu"), "activation");
    }
    readTimm(partOf(whole, "pretrained_cfg"));
  }

  void readTimm(const json& part) {
    set(config_.trainedSize, sizeOf(part, "input_size"), "trained size");
    set(config_.mean, colorsOf(part, "mean"), "mean");
    set(config_.deviation, colorsOf(part, "std"), "deviation");
    if (const auto name = valueOf<std::string>(part, "interpolation")) {
      set(config_.resampling,
          *name == "bilinear" ? Resampling::bilinear : Resampling::bicubic,
          "resampling");
    }
    if (const auto share = valueOf<double>(part, "crop_pct"); share && *share > 0 && *share <= 1) {
      set(config_.framing, Framing::centerCrop, "framing");
      set(config_.cropShare, *share, "crop");
    }
  }

  void readOpenClip() {
    const json whole = open("open_clip_config.json");
    const json& model = partOf(whole, "model_cfg");
    const json& vision = partOf(model, "vision_cfg");
    if (!belongs(valueOf<int>(vision, "width"))) {
      return;
    }
    if (const auto perHead = valueOf<int>(vision, "head_width"); perHead && *perHead > 0) {
      set(config_.heads, width_ / *perHead, "heads");
    }
    set(config_.trainedSize, sizeOf(vision, "image_size"), "trained size");
    if (!model.empty()) {
      const bool quick = valueOf<bool>(model, "quick_gelu").value_or(false);
      set(config_.activation, std::string(quick ? "quick_gelu" : "gelu"), "activation");
    }
    const json& images = partOf(whole, "preprocess_cfg");
    set(config_.mean, colorsOf(images, "mean"), "mean");
    set(config_.deviation, colorsOf(images, "std"), "deviation");
  }

  /// Reads Hugging Face's preprocessor_config.json.
  void readPreprocessor() {
    const json part = open("preprocessor_config.json");
    set(config_.mean, colorsOf(part, "image_mean"), "mean");
    set(config_.deviation, colorsOf(part, "image_std"), "deviation");
    if (const auto code = valueOf<int>(part, "resample"); code && (*code == 2 || *code == 3)) {
      set(config_.resampling,
          *code == 2 ? Resampling::bilinear : Resampling::bicubic,
          "resampling");
    }
    const std::optional<Extent> crop = sizeOf(part, "crop_size");
    const std::optional<Extent> size = sizeOf(part, "size");
    if (valueOf<bool>(part, "do_center_crop").value_or(false) && crop) {
      set(config_.imageSize, crop, "image size");
      set(config_.framing, Framing::centerCrop, "framing");
      const auto shortest = valueOf<int>(partOf(part, "size"), "shortest_edge");
      const int covering = shortest ? *shortest : size ? size->rows : crop->rows;
      set(config_.cropShare,
          std::min(1.0, static_cast<double>(crop->rows) / std::max(covering, 1)),
          "crop");
    } else if (size) {
      set(config_.imageSize, size, "image size");
      set(config_.framing, Framing::stretch, "framing");
    }
  }

  fs::path folder_;
  int width_;
  const char* file_ = "";
  NetworkConfig config_;
};

} // namespace

Preparation preparationOf(const NetworkConfig& config, const Preparation& ofFamily) {
  return {.framing = config.framing.value_or(ofFamily.framing),
          .resampling = config.resampling.value_or(ofFamily.resampling),
          .mean = config.mean.value_or(ofFamily.mean),
          .deviation = config.deviation.value_or(ofFamily.deviation),
          .cropShare = config.cropShare.value_or(ofFamily.cropShare)};
}

NetworkConfig configBeside(const fs::path& weights, int width) {
  return Reader(weights.parent_path(), width).read();
}

} // namespace cortograph
