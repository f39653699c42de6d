#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// A value of a pickle, as data: what a pickle would call is only named.
struct Pickle {
  enum class Kind {
    none,
    boolean,   ///< integer
    integer,   ///< integer
    real,      ///< real
    text,      ///< text
    sequence,  ///< items: a tuple, list or set
    mapping,   ///< items: key, value, key, value, …
    global,    ///< text: "module name"
    object,    ///< callee(arguments); items, when it was filled as a mapping; state, when given one
    persistent ///< arguments: the identifier of something outside the pickle
  };
  Kind kind = Kind::none;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;
  const Pickle* callee = nullptr;    ///< a global
  const Pickle* arguments = nullptr; ///< of an object: a sequence
  const Pickle* state = nullptr;
  std::vector<const Pickle*> items;

  /// Whether this is an object made by that global.
  [[nodiscard]] bool madeBy(std::string_view global) const {
    return callee != nullptr && callee->text == global;
  }
};

/// Owns its values; they may refer to each other in circles.
struct PickleTree {
  std::deque<Pickle> values;
  const Pickle* root = nullptr;
};

/// Python's pickle, protocols 2 to 5, by a machine of data alone: nothing is called or imported.
/// https://docs.python.org/3/library/pickletools.html
/// A global that is neither among those a state dict needs, nor a TorchScript class, nor known to
/// be mere data is refused by name. Takes memory in proportion to `bytes`. Throws Error{format,
/// unsupported}. `file` stands for the pickle in errors.
[[nodiscard]] PickleTree unpickle(const std::string& file, std::span<const std::byte> bytes);

/// Whether a global is a class that TorchScript compiled: inert, its code is not in the pickle.
[[nodiscard]] bool isTorchScriptClass(std::string_view global) noexcept;

} // namespace cortograph
