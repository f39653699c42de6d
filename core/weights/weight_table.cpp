#include "weights/weight_table.h"

#include "base/array.h"

#include <algorithm>
#include <array>

namespace cortograph {

namespace {

struct TypeEntry {
  WeightType type;
  std::string_view name;
  std::size_t bytes;
};
constexpr std::array<TypeEntry, 15> typeTable{{{WeightType::f64, "F64", 8},
                                               {WeightType::f32, "F32", 4},
                                               {WeightType::f16, "F16", 2},
                                               {WeightType::bf16, "BF16", 2},
                                               {WeightType::f8e4m3, "F8_E4M3", 1},
                                               {WeightType::f8e5m2, "F8_E5M2", 1},
                                               {WeightType::i64, "I64", 8},
                                               {WeightType::i32, "I32", 4},
                                               {WeightType::i16, "I16", 2},
                                               {WeightType::i8, "I8", 1},
                                               {WeightType::u64, "U64", 8},
                                               {WeightType::u32, "U32", 4},
                                               {WeightType::u16, "U16", 2},
                                               {WeightType::u8, "U8", 1},
                                               {WeightType::boolean, "BOOL", 1}}};

const TypeEntry& entryOf(WeightType type) {
  return *std::find_if(
      typeTable.begin(), typeTable.end(), [type](const TypeEntry& e) { return e.type == type; });
}

} // namespace

std::string_view toString(WeightType type) noexcept {
  return entryOf(type).name;
}

std::size_t bytesOf(WeightType type) noexcept {
  return entryOf(type).bytes;
}

std::optional<WeightType> weightTypeNamed(std::string_view name) noexcept {
  const auto* found = std::find_if(
      typeTable.begin(), typeTable.end(), [name](const TypeEntry& e) { return e.name == name; });
  return found == typeTable.end() ? std::nullopt : std::optional(found->type);
}

std::string weightTypeNames() {
  std::string names;
  for (const TypeEntry& entry : typeTable) {
    names += (names.empty() ? "" : ", ") + std::string(entry.name);
  }
  return names;
}

std::optional<std::size_t> byteCount(const std::vector<std::int64_t>& shape, WeightType type) {
  auto bytes = static_cast<std::int64_t>(bytesOf(type));
  bool empty = false;
  for (const std::int64_t axis : shape) {
    empty = empty || axis == 0;
    if (axis < 0 || __builtin_mul_overflow(bytes, std::max<std::int64_t>(axis, 1), &bytes)) {
      return std::nullopt;
    }
  }
  return empty ? 0 : static_cast<std::size_t>(bytes);
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
  return toString(ArrayShape(shape.begin(), shape.end()));
}

} // namespace cortograph
