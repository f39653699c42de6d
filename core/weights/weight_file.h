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

/// A file of named tensors as its authors published it: safetensors (safetensors.h), the zip
/// archive of torch.save or TorchScript (torch_archive.h), or the index of either in shards
/// (shard_index.h). It is memory-mapped, so opening reads only the headers. Cheap to copy.
class WeightFile {
public:
  /// Opens a file and checks the description of all tensors against the bytes. Throws
  /// Error{notFound, file, format, unsupported}; for other kinds of file the error says which kind.
  [[nodiscard]] static WeightFile open(const std::filesystem::path& file);
  /// Opens a file that exists only in memory; `name` stands for its path in errors.
  [[nodiscard]] static WeightFile fromBytes(const std::string& name, std::vector<std::byte> bytes);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// Returns the bytes of the file that was named, without its shards.
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return parts_[0].bytes; }
  /// Returns the size in bytes of the file and its shards together.
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// Returns the SHA-256 of the whole file; with shards, of the index followed by the shards sorted
  /// by name. Reads all bytes.
  [[nodiscard]] std::string hash() const;
  [[nodiscard]] const WeightTable& tensors() const noexcept { return content_.tensors; }
  [[nodiscard]] const WeightMetadata& metadata() const noexcept { return content_.metadata; }
  [[nodiscard]] WeightContainer container() const noexcept { return content_.container; }
  /// Returns whether the file can also be run as a TorchScript module. Its tensors are those of the
  /// state_dict(); a frozen module has none.
  [[nodiscard]] bool isTorchScript() const noexcept {
    return content_.container == WeightContainer::torchScript;
  }
  [[nodiscard]] bool has(const std::string& tensor) const { return tensors().contains(tensor); }
  /// Returns a tensor by name. Throws Error{notFound}, which lists some of the existing names.
  [[nodiscard]] const WeightTensor& at(const std::string& tensor) const;

private:
  WeightFile(std::string name, std::vector<SharedBytes> parts, WeightContent content);

  std::string name_;
  std::vector<SharedBytes> parts_; ///< the file, then its shards
  WeightContent content_;
};

/// Returns the bytes of a safetensors file. Names are sorted and the header is padded to 8 bytes,
/// so the same tensors give the same bytes. `type` is f32, or f16, to which values are rounded.
[[nodiscard]] std::vector<std::byte>
serializeWeights(const std::map<std::string, Array<float>>& tensors,
                 const WeightMetadata& metadata,
                 WeightType type = WeightType::f32);

/// Writes bytes to a file, which is complete or absent. Throws Error{file}.
void writeWeights(const std::filesystem::path& file, std::span<const std::byte> bytes);

} // namespace cortograph
