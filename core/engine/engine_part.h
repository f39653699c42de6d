#pragma once

#include <span>
#include <string_view>

namespace cortograph {

/// Base class of interfaces that other folders add to the engine beyond Engine's own jobs. An entry
/// is one function in the engine's library and one word in CMakeLists.txt.
class EnginePart {
public:
  explicit EnginePart(std::string_view name) : name_(name) {}
  EnginePart(const EnginePart&) = delete;
  EnginePart& operator=(const EnginePart&) = delete;
  EnginePart(EnginePart&&) = delete;
  EnginePart& operator=(EnginePart&&) = delete;
  virtual ~EnginePart() = default;

  [[nodiscard]] std::string_view name() const noexcept { return name_; }

private:
  std::string_view name_;
};

using EnginePartEntry = const EnginePart& (*)();
[[nodiscard]] std::span<const EnginePartEntry> enginePartTable();

} // namespace cortograph
