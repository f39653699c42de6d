#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// A value of a pickle as plain data. A call in the pickle is stored as a name and arguments and is
/// never made.
struct Pickle {
  enum class Kind {
    none,
    boolean,   ///< uses `integer`: 0 or 1
    integer,   ///< uses `integer`
    real,      ///< uses `real`
    text,      ///< uses `text`, for text and bytes
    sequence,  ///< uses `items`: a tuple, list or set
    mapping,   ///< uses `items`: key, value, key, value, …
    global,    ///< uses `text`: "module name"
    object,    ///< callee(arguments), with `items` if filled as a mapping, `state` if it was set
    persistent ///< uses `arguments`: the identifier of something outside the pickle
  };
  Kind kind = Kind::none;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;
  const Pickle* callee = nullptr;    ///< of kind global
  const Pickle* arguments = nullptr; ///< for an object, of kind sequence
  const Pickle* state = nullptr;
  std::vector<const Pickle*> items;

  /// Returns whether this is an object that calling `global` would make.
  [[nodiscard]] bool madeBy(std::string_view global) const {
    return callee != nullptr && callee->text == global;
  }
};

/// Owns the values of a pickle. They may refer to each other in cycles.
struct PickleTree {
  std::deque<Pickle> values;
  const Pickle* root = nullptr;
};

/// What a pickle is read for.
struct PickleUse {
  std::string_view name;                  ///< "a state dict"
  bool (*needs)(std::string_view global); ///< also true for what is known to be mere data
  std::string_view wayOut;                ///< "Save the state dict alone."
};

/// Reads a Python pickle of protocol 2 to 5 as plain data; nothing is called or imported.
/// https://docs.python.org/3/library/pickletools.html
/// A global that the use does not need is refused by name. Uses memory in proportion to `bytes`.
/// Throws Error{format, unsupported}. `file` names the pickle in errors.
[[nodiscard]] PickleTree
unpickle(const std::string& file, std::span<const std::byte> bytes, const PickleUse& use);

} // namespace cortograph
