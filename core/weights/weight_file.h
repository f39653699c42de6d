#pragma once

#include "base/array.h"
#include "base/mapped_file.h"
#include "weights/weight_table.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// Named tensors as their authors publish them, memory-mapped, so that opening costs the headers
/// only: safetensors (safetensors.h), the zip archive of torch.save or TorchScript
/// (torch_archive.h), or the index of either in shards (shard_index.h). Cheap to copy.
class WeightFile {
public:
  /// Checks everything that is said of the tensors against the bytes there are. Throws
  /// Error{notFound, file, format, unsupported}, which names what a file is that is none of these.
  [[nodiscard]] static WeightFile open(const std::filesystem::path& file);
  /// A file that is only in memory; `name` stands for its path in errors.
  [[nodiscard]] static WeightFile fromBytes(const std::string& name, std::vector<std::byte> bytes);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// Of the file that was named; the shards' are not among them.
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return parts_[0].bytes; }
  /// Of the file and its shards.
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// SHA-256 of the whole file; with shards, of the index's bytes, then each shard's in order of
  /// their names. Reads all of it.
  [[nodiscard]] std::string hash() const;
  [[nodiscard]] const WeightTable& tensors() const noexcept { return content_.tensors; }
  [[nodiscard]] const WeightMetadata& metadata() const noexcept { return content_.metadata; }
  [[nodiscard]] WeightContainer container() const noexcept { return content_.container; }
  /// It may also be run as a module. Its tensors are those of the state_dict(), and none when it
  /// was frozen.
  [[nodiscard]] bool isTorchScript() const noexcept {
    return content_.container == WeightContainer::torchScript;
  }
  [[nodiscard]] bool has(const std::string& tensor) const { return tensors().contains(tensor); }
  /// Throws Error{notFound} with some of the names there are.
  [[nodiscard]] const WeightTensor& at(const std::string& tensor) const;

private:
  WeightFile(std::string name, std::vector<SharedBytes> parts, WeightContent content);

  std::string name_;
  std::vector<SharedBytes> parts_; ///< the file, then its shards
  WeightContent content_;
};

/// The bytes of a safetensors file: names sorted, header padded to 8 bytes, so the same tensors
/// give the same bytes. `type`: f32, or f16, to which values are rounded.
[[nodiscard]] std::vector<std::byte>
serializeWeights(const std::map<std::string, Array<float>>& tensors,
                 const WeightMetadata& metadata,
                 WeightType type = WeightType::f32);

/// Whole or absent. Throws Error{file}.
void writeWeights(const std::filesystem::path& file, std::span<const std::byte> bytes);

} // namespace cortograph
