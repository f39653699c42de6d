#pragma once

#include <string_view>

namespace cortograph {

/// Returns whether a global of a pickle ("module name") is one that state dicts are made of, is a
/// TorchScript class, or is found beside state dicts in checkpoints and known to be mere data.
[[nodiscard]] bool isStateDictGlobal(std::string_view global) noexcept;

/// Returns whether a global is a class that TorchScript compiled. Such a class is harmless: its
/// code is not in the pickle.
[[nodiscard]] bool isTorchScriptClass(std::string_view global) noexcept;

} // namespace cortograph
