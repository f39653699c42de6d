#include "compute/weight_tensor.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>

namespace cortograph {

namespace {

/// Returns the matching type of LibTorch; nothing for types that version 1.13 lacks.
std::optional<torch::ScalarType> scalarType(WeightType type) {
  switch (type) {
  case WeightType::f64:
    return torch::kFloat64;
  case WeightType::f32:
    return torch::kFloat32;
  case WeightType::f16:
    return torch::kFloat16;
  case WeightType::bf16:
    return torch::kBFloat16;
  case WeightType::i64:
    return torch::kInt64;
  case WeightType::i32:
    return torch::kInt32;
  case WeightType::i16:
    return torch::kInt16;
  case WeightType::i8:
    return torch::kInt8;
  case WeightType::u8:
    return torch::kUInt8;
  case WeightType::boolean:
    return torch::kBool;
  case WeightType::f8e4m3:
  case WeightType::f8e5m2:
  case WeightType::u64:
  case WeightType::u32:
  case WeightType::u16:
    break;
  }
  return std::nullopt;
}

/// Converts 8-bit floating point E4M3 (Open Compute Project): sign, 4 bits of exponent (bias 7), 3
/// of mantissa.
float fromE4m3(std::uint8_t bits) {
  const int exponent = (bits >> 3U) & 0xfU;
  const int mantissa = bits & 7U;
  const float size = (bits & 0x7fU) == 0x7fU ? std::numeric_limits<float>::quiet_NaN()
                     : exponent == 0         ? std::ldexp(static_cast<float>(mantissa), -9)
                                     : std::ldexp(static_cast<float>(8 + mantissa), exponent - 10);
  return (bits & 0x80U) != 0 ? -size : size;
}

/// Converts 8-bit floating point E5M2, which is the upper byte of a float16.
float fromE5m2(std::uint8_t bits) {
  return static_cast<float>(
      c10::Half(static_cast<std::uint16_t>(bits << 8U), c10::Half::from_bits()));
}

template <class Stored, class Value, class Convert>
torch::Tensor converted(const WeightTensor& weight, Convert convert) {
  torch::Tensor tensor = torch::empty(weight.shape, c10::CppTypeToScalarType<Value>::value);
  auto* out = tensor.data_ptr<Value>();
  for (std::size_t at = 0; at < weight.bytes.size(); at += sizeof(Stored)) {
    Stored value{};
    std::memcpy(&value, weight.bytes.data() + at, sizeof(Stored)); // may be unaligned
    *out++ = static_cast<Value>(convert(value));
  }
  return tensor;
}

constexpr auto asItIs = [](auto value) { return value; };

bool needsDouble(const WeightTensor& weight) {
  constexpr std::size_t size = sizeof(std::uint64_t);
  for (std::size_t at = size - 1; at < weight.bytes.size(); at += size) {
    if ((weight.bytes[at] & std::byte{0x80}) != std::byte{0}) {
      return true;
    }
  }
  return false;
}

/// Converts the types that LibTorch 1.13 lacks.
torch::Tensor widened(const WeightTensor& weight) {
  switch (weight.type) {
  case WeightType::f8e4m3:
    return converted<std::uint8_t, float>(weight, fromE4m3);
  case WeightType::f8e5m2:
    return converted<std::uint8_t, float>(weight, fromE5m2);
  case WeightType::u16:
    return converted<std::uint16_t, std::int32_t>(weight, asItIs);
  case WeightType::u32:
    return converted<std::uint32_t, std::int64_t>(weight, asItIs);
  default:
    return needsDouble(weight) ? converted<std::uint64_t, double>(weight, asItIs)
                               : converted<std::uint64_t, std::int64_t>(weight, asItIs);
  }
}

} // namespace

torch::Tensor toTensor(const WeightTensor& weight) {
  const std::optional<torch::ScalarType> type = scalarType(weight.type);
  if (!type) {
    return widened(weight);
  }
  const auto options = torch::TensorOptions().dtype(*type);
  if (weight.bytes.empty()) {
    return torch::empty(weight.shape, options);
  }
  const bool aligned =
      reinterpret_cast<std::uintptr_t>(weight.bytes.data()) % bytesOf(weight.type) == 0;
  if (!aligned) {
    torch::Tensor copy = torch::empty(weight.shape, options);
    std::memcpy(copy.data_ptr(), weight.bytes.data(), weight.bytes.size());
    return copy;
  }
  // LibTorch wants writable memory. The mapping is private, so a write would not reach the file.
  auto* data = const_cast<std::byte*>(weight.bytes.data());
  return torch::from_blob(
      data, weight.shape, [memory = weight.memory](void*) {}, options);
}

torch::Tensor toFloatTensor(const WeightTensor& weight, torch::Device device) {
  if (weight.type == WeightType::u64) { // via float64, it would be rounded twice
    return converted<std::uint64_t, float>(weight, asItIs).to(device);
  }
  return toTensor(weight).to(device, torch::kFloat32);
}

} // namespace cortograph
