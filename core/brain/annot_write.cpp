#include "brain/annot_write.h"

#include "base/error.h"
#include "base/pending_file.h"
#include "base/stored_number.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>

namespace cortograph {

namespace {

constexpr std::uint32_t mostKeys = 1U << 16U;

template <class T> void append(std::string& bytes, T number) {
  appendNumber(bytes, number, std::endian::big);
}

void appendText(std::string& bytes, const std::string& text) {
  append(bytes, static_cast<std::int32_t>(text.size() + 1));
  bytes += text;
  bytes += '\0';
}

std::uint32_t levelOf(float share) {
  return static_cast<std::uint32_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * 255));
}

/// Returns the colour itself, or the closest free one: one level of one channel away, then two …
std::uint32_t freeColorNear(std::uint32_t color, const std::set<std::uint32_t>& taken) {
  if (!taken.contains(color)) {
    return color;
  }
  constexpr std::int32_t levels = 256;
  for (std::int32_t distance = 1; distance < levels; ++distance) {
    for (const std::uint32_t shift : {16U, 8U, 0U}) {
      for (const std::int32_t change : {distance, -distance}) {
        const std::int32_t level = static_cast<std::int32_t>(color >> shift & 0xFFU) + change;
        const std::uint32_t moved =
            (color & ~(0xFFU << shift)) | static_cast<std::uint32_t>(level & 0xFF) << shift;
        if (level >= 0 && level < levels && !taken.contains(moved)) {
          return moved;
        }
      }
    }
  }
  while (taken.contains(color)) {
    color = (color + 1) & 0xFFFFFFU;
  }
  return color;
}

/// Chooses a colour for each label, red + 256 green + 65536 blue, which is neither 0 nor another
/// label's.
std::vector<std::uint32_t> annotationsOf(const std::vector<VertexLabel>& labels) {
  std::vector<std::uint32_t> annotations;
  std::set<std::uint32_t> taken{0};
  for (const VertexLabel& label : labels) {
    std::uint32_t color =
        levelOf(label.color[0]) | levelOf(label.color[1]) << 8U | levelOf(label.color[2]) << 16U;
    color = freeColorNear(color, taken);
    taken.insert(color);
    annotations.push_back(color);
  }
  return annotations;
}

void requireKeys(const std::filesystem::path& file, const std::vector<VertexLabel>& labels) {
  for (const VertexLabel& label : labels) {
    if (label.key < 0 || static_cast<std::uint32_t>(label.key) >= mostKeys) {
      throw Error(ErrorKind::unsupported,
                  file.string() + " can't hold the label " + inQuotes(label.name) +
                      " with the key " + std::to_string(label.key) +
                      ", but keys of 0 to 65535; number the labels again.");
    }
  }
}

void appendTable(std::string& bytes,
                 const std::vector<VertexLabel>& labels,
                 const std::vector<std::uint32_t>& annotations) {
  constexpr std::int32_t version = -2;
  std::int32_t end = 0;
  for (const VertexLabel& label : labels) {
    end = std::max(end, label.key + 1);
  }
  append(bytes, version);
  append(bytes, end);
  appendText(bytes, "NOFILE");
  append(bytes, static_cast<std::int32_t>(labels.size()));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    append(bytes, static_cast<std::int32_t>(labels[i].key));
    appendText(bytes, labels[i].name);
    for (const unsigned shift : {0U, 8U, 16U}) {
      append(bytes, annotations[i] >> shift & 0xFFU);
    }
    append(bytes, 255 - levelOf(labels[i].color[3])); // transparency
  }
}

} // namespace

void writeAnnotation(const std::filesystem::path& file,
                     const std::vector<float>& keys,
                     const std::vector<VertexLabel>& labels) {
  requireKeys(file, labels);
  const std::vector<std::uint32_t> annotations = annotationsOf(labels);
  std::map<float, std::uint32_t> ofKey;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    ofKey.emplace(static_cast<float>(labels[i].key), annotations[i]);
  }
  std::string bytes;
  append(bytes, static_cast<std::int32_t>(keys.size()));
  for (std::size_t vertex = 0; vertex < keys.size(); ++vertex) {
    const auto found = std::isnan(keys[vertex]) ? ofKey.end() : ofKey.find(keys[vertex]);
    append(bytes, static_cast<std::int32_t>(vertex));
    append(bytes, found == ofKey.end() ? std::uint32_t{0} : found->second);
  }
  append(bytes, std::int32_t{1}); // a table of colours follows
  appendTable(bytes, labels, annotations);
  writeWhole(file, bytes);
}

} // namespace cortograph
