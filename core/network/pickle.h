#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
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
    sequence,  ///< items: a tuple or list
    mapping,   ///< items: key, value, key, value, …
    global,    ///< text: "module name"
    object,    ///< text: what would make it; arguments; items, when it was filled as a mapping
    persistent ///< arguments: one value, the identifier of something outside the pickle
  };
  Kind kind = Kind::none;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;
  std::vector<const Pickle*> arguments;
  std::vector<const Pickle*> items;
};

/// Owns its values; they may refer to each other in circles.
struct PickleTree {
  std::deque<Pickle> values;
  const Pickle* root = nullptr;
};

/// Python's pickle, protocols 2 to 5, by a machine of data alone: nothing is called or imported.
/// https://docs.python.org/3/library/pickletools.html
/// A global that is neither among those a state dict needs nor known to be mere data is refused by
/// name. Throws Error{format, unsupported}. `file` stands for the pickle in errors.
[[nodiscard]] PickleTree unpickle(const std::string& file, std::span<const std::byte> bytes);

} // namespace cortograph
