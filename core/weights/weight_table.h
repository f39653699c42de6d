#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The element types of safetensors. f8e4m3 has no infinities and one NaN (torch's float8_e4m3fn).
enum class WeightType {
  f64,
  f32,
  f16,
  bf16,
  f8e4m3,
  f8e5m2,
  i64,
  i32,
  i16,
  i8,
  u64,
  u32,
  u16,
  u8,
  boolean
};

[[nodiscard]] std::string_view toString(WeightType type) noexcept; ///< as in safetensors: "BF16"
[[nodiscard]] std::size_t bytesOf(WeightType type) noexcept;       ///< bytes of one element
[[nodiscard]] std::optional<WeightType> weightTypeNamed(std::string_view name) noexcept;
[[nodiscard]] std::string weightTypeNames(); ///< "F64, F32, …"

/// Returns the bytes of a whole tensor; nothing when an axis is negative or the size, with axes of
/// 0 counted as 1, is more than a computer can address.
[[nodiscard]] std::optional<std::size_t> byteCount(const std::vector<std::int64_t>& shape,
                                                   WeightType type);

/// Returns the shape as text: "48x3x16x16", or "scalar" without axes.
[[nodiscard]] std::string shapeText(const std::vector<std::int64_t>& shape);

/// One named tensor of a weights file: row-major, little-endian, shared with the file's memory.
struct WeightTensor {
  WeightType type = WeightType::f32;
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;
  std::shared_ptr<const void> memory; ///< keeps `bytes` alive
};

using WeightTable = std::map<std::string, WeightTensor>;
using WeightMetadata = std::map<std::string, std::string>;

enum class WeightContainer { safetensors, torch, torchScript, shards };

struct WeightContent {
  WeightContainer container = WeightContainer::safetensors;
  WeightTable tensors;
  WeightMetadata metadata;
};

} // namespace cortograph
