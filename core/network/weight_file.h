#pragma once

#include "base/array.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

enum class WeightType { f64, f32, f16, bf16, i64, i32, i16, i8, u8, boolean };

[[nodiscard]] std::string_view toString(WeightType type) noexcept; ///< "BF16", as safetensors
[[nodiscard]] std::size_t bytesOf(WeightType type) noexcept;       ///< of one element
/// Of a whole tensor; nothing when that is beyond what a computer can address.
[[nodiscard]] std::optional<std::size_t> byteCount(const std::vector<std::int64_t>& shape,
                                                   WeightType type);

/// One named tensor of a weights file: row-major, little-endian, shared with the file's memory.
struct WeightTensor {
  WeightType type = WeightType::f32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes; ///< lives as long as `memory`
  std::shared_ptr<const void> memory;
};

using WeightTable = std::map<std::string, WeightTensor>;
using WeightMetadata = std::map<std::string, std::string>;

/// A file of named tensors, memory-mapped, so that opening costs the header only: safetensors
/// (https://huggingface.co/docs/safetensors, format) or the zip archive of torch.save
/// (torch_archive.h). Cheap to copy.
class WeightFile {
public:
  /// Checks the header against the file's size, every offset against every shape, and that
  /// safetensors neither overlap nor leave holes. Throws Error{file, format, unsupported}.
  [[nodiscard]] static WeightFile open(const std::filesystem::path& file);
  /// A file that is only in memory; `name` stands for its path in errors.
  [[nodiscard]] static WeightFile fromBytes(const std::string& name, std::vector<std::byte> bytes);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }
  /// SHA-256 of the whole file: reads all of it.
  [[nodiscard]] std::string hash() const;
  [[nodiscard]] const WeightTable& tensors() const noexcept { return tensors_; }
  [[nodiscard]] const WeightMetadata& metadata() const noexcept { return metadata_; }
  [[nodiscard]] bool has(const std::string& tensor) const { return tensors_.contains(tensor); }
  /// Throws Error{notFound} with some of the names there are.
  [[nodiscard]] const WeightTensor& at(const std::string& tensor) const;

private:
  WeightFile(std::string name, std::span<const std::byte> bytes, std::shared_ptr<void> memory);
  void parse();
  void parseSafetensors();

  std::string name_;
  std::span<const std::byte> bytes_;
  std::shared_ptr<void> memory_;
  WeightTable tensors_;
  WeightMetadata metadata_;
};

/// "48x3x16x16"; "scalar" for no axes.
[[nodiscard]] std::string shapeText(const std::vector<std::int64_t>& shape);

/// The bytes of a safetensors file: names sorted, header padded to 8 bytes, so the same tensors
/// give the same bytes.
[[nodiscard]] std::vector<std::byte>
serializeWeights(const std::map<std::string, Array<float>>& tensors,
                 const WeightMetadata& metadata);

/// Whole or absent. Throws Error{file}.
void writeWeights(const std::filesystem::path& file, std::span<const std::byte> bytes);

} // namespace cortograph
