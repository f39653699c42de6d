#include "base/npy_names.h"

#include "base/error.h"
#include "base/mapped_file.h"
#include "base/npy_header.h"
#include "base/pickle.h"

#include <algorithm>
#include <array>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using Kind = Pickle::Kind;

/// The globals that an array of objects is pickled with.
bool isArrayGlobal(std::string_view global) {
  constexpr std::array<std::string_view, 5> known{"numpy ndarray",
                                                  "numpy dtype",
                                                  "numpy.core.multiarray _reconstruct",
                                                  "numpy._core.multiarray _reconstruct",
                                                  "_codecs encode"};
  return std::ranges::find(known, global) != known.end();
}

constexpr PickleUse names{.name = "a list of names",
                          .needs = &isArrayGlobal,
                          .wayOut = "Save it as a dictionary of plain numbers and texts."};

/// Returns the only object of a pickled array; null for any other value. The array's state is
/// version, shape, type, order and the list of its objects.
const Pickle* onlyObject(const Pickle& array) {
  constexpr std::size_t stateSize = 5;
  const bool isArray = array.madeBy("numpy.core.multiarray _reconstruct") ||
                       array.madeBy("numpy._core.multiarray _reconstruct");
  if (!isArray || array.state == nullptr || array.state->kind != Kind::sequence ||
      array.state->items.size() != stateSize) {
    return nullptr;
  }
  const Pickle& objects = *array.state->items.back();
  return objects.kind == Kind::sequence && objects.items.size() == 1 ? objects.items.front()
                                                                     : nullptr;
}

} // namespace

std::map<std::int64_t, std::string> readNpyNames(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  const NpyHeader header = parseNpyHeader(
      file, {reinterpret_cast<const char*>(mapped.bytes.data()), mapped.bytes.size()});
  const auto refuse = [&file](const std::string& found) {
    throw Error(ErrorKind::format,
                file.string() + " holds " + found +
                    ", but a pickled dictionary of numbers to names is expected; save it by "
                    "numpy.save(FILE, {1: \"V1v\", 2: \"V1d\"}).");
  };
  if (header.type != "|O") {
    refuse("values of type " + header.type);
  }
  const PickleTree tree = unpickle(file.string(), mapped.bytes.subspan(header.dataOffset), names);
  const Pickle* object = onlyObject(*tree.root);
  if (object == nullptr || object->kind != Kind::mapping) {
    refuse("another Python object");
  }
  std::map<std::int64_t, std::string> found;
  for (std::size_t i = 0; i < object->items.size(); i += 2) {
    const Pickle& number = *object->items[i];
    const Pickle& name = *object->items[i + 1];
    if (number.kind != Kind::integer || name.kind != Kind::text) {
      refuse("a dictionary of other things");
    }
    found[number.integer] = name.text;
  }
  return found;
}

} // namespace cortograph
