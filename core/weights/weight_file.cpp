#include "weights/weight_file.h"

#include "base/error.h"
#include "base/half.h"
#include "base/hash.h"
#include "base/pending_file.h"
#include "weights/foreign_file.h"
#include "weights/safetensors.h"
#include "weights/shard_index.h"
#include "weights/torch_archive.h"
#include "weights/weight_folder.h"

#include <nlohmann/json.hpp>

#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string_view>
#include <system_error>
#include <utility>

namespace cortograph {

static_assert(std::endian::native == std::endian::little, "weights are read in place");

namespace {

bool beginsWith(std::span<const std::byte> bytes, std::string_view start) {
  return bytes.size() >= start.size() && std::memcmp(bytes.data(), start.data(), start.size()) == 0;
}

/// Returns whether a file is JSON, after optional spaces. A safetensors file is not.
bool isJson(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{' && !isSafetensors(bytes);
}

/// Reads a file that holds its tensors itself, not an index of shards.
WeightContent contentOf(const std::string& name, const SharedBytes& from) {
  if (isSafetensors(from.bytes)) {
    return readSafetensors(name, from);
  }
  if (beginsWith(from.bytes, "PK\x03\x04")) {
    return readTorchArchive(name, from);
  }
  refuseForeignFile(name, from.bytes);
  return readSafetensors(name, from); // throws, saying what is missing
}

} // namespace

WeightFile::WeightFile(std::string name, std::vector<SharedBytes> parts, WeightContent content)
    : name_(std::move(name)), parts_(std::move(parts)), content_(std::move(content)) {}

WeightFile WeightFile::open(const std::filesystem::path& file) {
  const std::string name = file.string();
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored)) {
    refuseNoFile(file);
  }
  const SharedBytes from = mapFile(file);
  if (!isJson(from.bytes)) {
    return {name, {from}, contentOf(name, from)};
  }
  ShardedWeights weights = readShards(name, from.bytes, [&](const std::string& shard) {
    const std::filesystem::path path = file.parent_path() / shard;
    return inContext("reading a shard of " + name, [&path] {
      const SharedBytes bytes = mapFile(path);
      return WeightShard{bytes, contentOf(path.string(), bytes)};
    });
  });
  weights.shards.insert(weights.shards.begin(), from);
  return {name, std::move(weights.shards), std::move(weights.content)};
}

WeightFile WeightFile::fromBytes(const std::string& name, std::vector<std::byte> bytes) {
  const auto memory = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  const SharedBytes from{*memory, memory};
  if (isJson(from.bytes)) {
    throw Error(ErrorKind::unsupported,
                name + " is JSON in memory, but an index of shards needs the files beside it; open "
                       "it from its folder.");
  }
  return {name, {from}, contentOf(name, from)};
}

std::uint64_t WeightFile::size() const noexcept {
  return std::accumulate(
      parts_.begin(),
      parts_.end(),
      std::uint64_t{0},
      [](std::uint64_t sum, const SharedBytes& part) { return sum + part.bytes.size(); });
}

std::string WeightFile::hash() const {
  std::vector<std::span<const std::byte>> parts;
  for (const SharedBytes& part : parts_) {
    parts.push_back(part.bytes);
  }
  return contentHash(parts);
}

const WeightTensor& WeightFile::at(const std::string& tensor) const {
  const auto found = tensors().find(tensor);
  if (found != tensors().end()) {
    return found->second;
  }
  std::string names;
  int listed = 0;
  for (const auto& [name, weight] : tensors()) {
    if (++listed > 6) {
      names += ", …";
      break;
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  throw Error(ErrorKind::notFound,
              name_ + " has no tensor \"" + tensor + "\"; its tensors are " +
                  (names.empty() ? "none at all" : names) + ".");
}

std::vector<std::byte> serializeWeights(const std::map<std::string, Array<float>>& tensors,
                                        const WeightMetadata& metadata,
                                        WeightType type) {
  const std::size_t valueBytes = bytesOf(type);
  nlohmann::json header = nlohmann::json::object(); // nlohmann's object sorts its keys
  if (!metadata.empty()) {
    header["__metadata__"] = metadata;
  }
  std::size_t offset = 0;
  for (const auto& [name, array] : tensors) {
    const std::size_t end = offset + array.values.size() * valueBytes;
    header[name] = {
        {"dtype", toString(type)}, {"shape", array.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  constexpr std::size_t lengthBytes = 8;
  std::string text = header.dump();
  text.append((lengthBytes - text.size() % lengthBytes) % lengthBytes, ' ');
  const auto length = static_cast<std::uint64_t>(text.size());
  std::vector<std::byte> bytes(lengthBytes + text.size() + offset);
  std::memcpy(bytes.data(), &length, lengthBytes);
  std::memcpy(bytes.data() + lengthBytes, text.data(), text.size());
  std::byte* out = bytes.data() + lengthBytes + text.size();
  for (const auto& [name, array] : tensors) {
    for (const float value : array.values) {
      const std::uint16_t half = halfFromFloat(value);
      std::memcpy(
          out, type == WeightType::f16 ? static_cast<const void*>(&half) : &value, valueBytes);
      out += valueBytes;
    }
  }
  return bytes;
}

void writeWeights(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  PendingFile pending(file);
  std::ofstream stream(pending.temporary(), std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "The weights could not be written to " + file.string() + "; is the disk full?");
  }
  pending.commit();
}

} // namespace cortograph
