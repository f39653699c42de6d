#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

namespace cortograph {

/// What Cortograph and the process of a module say to each other: frames of a kind, a length, and
/// that many bytes. Both are one build on one machine, so values are sent as they lie in memory.
/// The module's side answers every frame with one.
enum class Frame : std::uint32_t {
  load,   ///< to the module: the bytes of its file
  run,    ///< to the module: RunHeader, then the images, float32
  ready,  ///< from it: sealed, and waiting for `load`
  loaded, ///< from it
  tokens, ///< from it: the number of layers (uint32), a TokenShape for each, then by layer its
          ///< local and its global tokens, float32
  failed  ///< from it: a ModuleFailure (uint32) and what failed, as text
};

struct FrameHeader {
  Frame kind = Frame::failed;
  std::uint32_t unused = 0;
  std::uint64_t bytes = 0;
};

struct RunHeader {
  std::int32_t blasThreads = 0; ///< see ProductThreads
  std::int32_t torchThreads = 1;
  std::int64_t images = 0;
  std::int64_t rows = 0; ///< pixels
  std::int64_t columns = 0;
};

/// Shape of a layer's tokens: local ones are images × channels × rows × columns, global ones images
/// × channels.
struct TokenShape {
  std::int64_t images = 0;
  std::int64_t channels = 0;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};

enum class ModuleFailure : std::uint32_t {
  seal,   ///< the process can't be sealed or limited
  load,   ///< the file can't be loaded as a module
  run,    ///< the module fails on the images
  result, ///< the module gives something other than tokens
  memory  ///< the limit of memory was reached
};

constexpr std::uint32_t mostModuleLayers = 10'000;
constexpr std::size_t longestFailure = 1'000; ///< bytes of text

/// Returns the bytes that tokens of these shapes, a layer each, take. Nothing where a shape can't
/// be that of the tokens of so many images, or where all take more than `most`.
[[nodiscard]] std::optional<std::uint64_t>
tokenBytes(std::span<const TokenShape> layers, std::int64_t images, std::uint64_t most) noexcept;

template <class Value> std::span<const std::byte> rawBytes(const Value& value) {
  static_assert(std::is_trivially_copyable_v<Value>);
  return std::as_bytes(std::span(&value, 1));
}

template <class Value> std::span<std::byte> writableRawBytes(Value& value) {
  static_assert(std::is_trivially_copyable_v<Value>);
  return std::as_writable_bytes(std::span(&value, 1));
}

} // namespace cortograph
