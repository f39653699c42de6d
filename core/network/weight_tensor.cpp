#include "network/weight_tensor.h"

#include <cstdint>

namespace cortograph {

namespace {

torch::ScalarType scalarType(WeightType type) {
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
    break;
  }
  return torch::kBool;
}

} // namespace

torch::Tensor toTensor(const WeightTensor& weight) {
  const auto options = torch::TensorOptions().dtype(scalarType(weight.type));
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
  // Writable for torch's sake: the mapping is private, so a write would not reach the file.
  auto* data = const_cast<std::byte*>(weight.bytes.data());
  return torch::from_blob(
      data, weight.shape, [memory = weight.memory](void*) {}, options);
}

torch::Tensor toFloatTensor(const WeightTensor& weight, torch::Device device) {
  return toTensor(weight).to(device, torch::kFloat32);
}

} // namespace cortograph
