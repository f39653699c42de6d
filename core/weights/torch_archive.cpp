#include "weights/torch_archive.h"

#include "base/error.h"
#include "base/pickle.h"
#include "base/zip_archive.h"
#include "weights/state_dict_globals.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace cortograph {

namespace {

using Kind = Pickle::Kind;

constexpr std::size_t deepest = 64; ///< levels of mappings or modules inside each other
constexpr std::size_t mostTensors = 1'000'000;
constexpr std::size_t mostEntries = 4'000'000;
constexpr std::size_t largestPickle = 64'000'000; ///< bytes; also of all names together
constexpr std::size_t mostCopies = 4;             ///< copied bytes over the archive's size

constexpr PickleUse stateDict{.name = "a state dict",
                              .needs = &isStateDictGlobal,
                              .wayOut = "Save the state dict alone, best as .safetensors."};

using TypeNames = std::array<std::pair<std::string_view, WeightType>, 10>;
constexpr TypeNames storageTypes{{{"torch DoubleStorage", WeightType::f64},
                                  {"torch FloatStorage", WeightType::f32},
                                  {"torch HalfStorage", WeightType::f16},
                                  {"torch BFloat16Storage", WeightType::bf16},
                                  {"torch LongStorage", WeightType::i64},
                                  {"torch IntStorage", WeightType::i32},
                                  {"torch ShortStorage", WeightType::i16},
                                  {"torch CharStorage", WeightType::i8},
                                  {"torch ByteStorage", WeightType::u8},
                                  {"torch BoolStorage", WeightType::boolean}}};
/// Types that torch introduced after its typed storages; they are stored as bytes and a type.
constexpr std::array<std::pair<std::string_view, WeightType>, 5> laterTypes{
    {{"torch float8_e4m3fn", WeightType::f8e4m3},
     {"torch float8_e5m2", WeightType::f8e5m2},
     {"torch uint16", WeightType::u16},
     {"torch uint32", WeightType::u32},
     {"torch uint64", WeightType::u64}}};

template <class Table> std::optional<WeightType> typeIn(const Table& table, std::string_view name) {
  const auto* found = std::find_if(
      table.begin(), table.end(), [name](const auto& entry) { return entry.first == name; });
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

/// The call that would rebuild a tensor.
struct RebuildCall {
  std::string_view function;
  const std::vector<const Pickle*>* arguments = nullptr;
};

/// Returns the call that rebuilds a tensor or parameter, also one of a subclass; nothing for any
/// other value.
std::optional<RebuildCall> rebuildOf(const Pickle& value) {
  constexpr int mostWrappers = 4;
  const Pickle* made = &value;
  for (int wrappers = 0; wrappers < mostWrappers && made->kind == Kind::object; ++wrappers) {
    RebuildCall rebuild{made->callee->text, &made->arguments->items};
    if (rebuild.function == "torch._tensor _rebuild_from_type_v2" &&
        rebuild.arguments->size() >= 3) {
      const std::vector<const Pickle*>& parts = *rebuild.arguments;
      rebuild = {parts[0]->text, &parts[2]->items};
    }
    if (rebuild.function == "torch._utils _rebuild_tensor_v2" ||
        rebuild.function == "torch._utils _rebuild_tensor_v3") {
      return rebuild;
    }
    if (!rebuild.function.starts_with("torch._utils _rebuild_parameter") ||
        rebuild.arguments->empty()) {
      return std::nullopt;
    }
    made = rebuild.arguments->front();
  }
  return std::nullopt;
}

struct Storage {
  WeightType type = WeightType::f32;
  std::span<const std::byte> bytes;
  [[nodiscard]] std::int64_t count() const {
    return static_cast<std::int64_t>(bytes.size() / bytesOf(type));
  }
};

/// The position of a tensor in its storage, in elements.
struct Layout {
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;

  [[nodiscard]] bool rowMajor() const {
    std::int64_t expected = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      if (shape[axis] != 1 && strides[axis] != expected) {
        return false;
      }
      expected *= shape[axis];
    }
    return true;
  }
};

class StateDict {
public:
  StateDict(const std::string& file, const SharedBytes& from)
      : file_(file), from_(from), members_(zipMembers(file, from.bytes)) {}

  WeightContent read() {
    folder_ = findFolder();
    const std::span<const std::byte> data = *member("data.pkl");
    content_.container =
        member("constants.pkl") ? WeightContainer::torchScript : WeightContainer::torch;
    if (const auto order = member("byteorder"); order && textOf(*order) != "little") {
      throw Error(ErrorKind::unsupported,
                  file_ + " was saved on a machine with another byte order; save the weights on a "
                          "little-endian machine.");
    }
    if (data.size() > largestPickle) {
      throw Error(ErrorKind::format,
                  file_ + " describes its tensors in " + std::to_string(data.size()) +
                      " bytes, too many for a state dict; save the state dict alone.");
    }
    const PickleTree tree = unpickle(file_, data, stateDict);
    gather(*tree.root, "");
    if (content_.tensors.empty() && content_.container == WeightContainer::torch) {
      throw Error(ErrorKind::format,
                  file_ + " holds no named tensors, but a state dict was expected; save the "
                          "model's state_dict().");
    }
    return std::move(content_);
  }

private:
  /// Returns the folder of data.pkl, ending in a slash. An archive has only one.
  [[nodiscard]] std::string findFolder() const {
    std::vector<std::string> names;
    for (const auto& [name, member] : members_.packed) {
      names.push_back(name);
    }
    for (const auto& [name, bytes] : members_.stored) {
      names.push_back(name);
    }
    const auto data = std::find_if(names.begin(), names.end(), [](const std::string& name) {
      return name.ends_with("/data.pkl") && std::count(name.begin(), name.end(), '/') == 1;
    });
    if (data == names.end()) {
      throw Error(ErrorKind::format,
                  file_ + " is a zip archive, but not from torch.save: it has no data.pkl" +
                      (names.empty() ? "." : ", but " + inQuotes(names.front()) + ".") +
                      " If it was packed for sending, unpack it and name the weights inside.");
    }
    return data->substr(0, data->find('/') + 1);
  }

  /// Returns the bytes of a member of the archive's folder; nothing when it does not exist.
  [[nodiscard]] std::optional<std::span<const std::byte>> member(const std::string& name) const {
    if (members_.packed.contains(folder_ + name)) {
      throw Error(ErrorKind::unsupported,
                  "The member " + inQuotes(name) + " of " + file_ +
                      " is compressed or encrypted, which torch.save does not do; save the weights "
                      "again.");
    }
    const auto found = members_.stored.find(folder_ + name);
    return found == members_.stored.end() ? std::nullopt : std::optional(found->second);
  }

  [[noreturn]] void refuse(const std::string& name, const std::string& what) const {
    throw Error(ErrorKind::format,
                "The tensor " + inQuotes(name) + " of " + file_ + " " + what +
                    " Fetch the weights again.");
  }

  static std::string_view textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  /// Returns the value that holds named entries: those of a dictionary, or the attributes of a
  /// TorchScript module. Null for a value without entries.
  static const Pickle* entriesOf(const Pickle& value) {
    if (value.kind == Kind::mapping) {
      return &value;
    }
    if (value.kind != Kind::object) {
      return nullptr;
    }
    if (isTorchScriptClass(value.callee->text)) {
      return value.state != nullptr && value.state->kind == Kind::mapping ? value.state : nullptr;
    }
    const bool tagged = value.madeBy("torch.jit._pickle restore_type_tag") &&
                        !value.arguments->items.empty() &&
                        value.arguments->items[0]->kind == Kind::mapping;
    return tagged ? value.arguments->items[0] : &value;
  }

  void gather(const Pickle& value, const std::string& prefix) {
    const Pickle* entries = entriesOf(value);
    if (entries == nullptr || path_.size() == deepest ||
        std::find(path_.begin(), path_.end(), entries) != path_.end()) {
      return;
    }
    const bool module = value.kind == Kind::object && isTorchScriptClass(value.callee->text);
    path_.push_back(entries);
    for (std::size_t i = 0; i + 1 < entries->items.size(); i += 2) {
      if (entries->items[i]->kind == Kind::text) { // an optimiser's state has numbers as keys
        take(prefix + entries->items[i]->text, *entries->items[i + 1], module);
      }
    }
    path_.pop_back();
  }

  void take(const std::string& name, const Pickle& value, bool ofModule) {
    nameBytes_ += name.size();
    if (++entries_ > mostEntries || nameBytes_ > largestPickle) {
      throw Error(ErrorKind::format,
                  file_ + " nests the same entries over and over, which no state dict does; save "
                          "the state dict alone.");
    }
    if (const std::optional<RebuildCall> tensor = rebuildOf(value)) {
      if (content_.tensors.size() == mostTensors ||
          !content_.tensors.emplace(name, weightOf(name, *tensor)).second) {
        refuse(name, "is stored twice.");
      }
    } else if (!ofModule ||
               (value.kind == Kind::object && isTorchScriptClass(value.callee->text))) {
      gather(value, name + ".");
    }
  }

  [[nodiscard]] std::vector<std::int64_t> numbersOf(const std::string& name,
                                                    const Pickle& value) const {
    std::vector<std::int64_t> numbers;
    constexpr std::size_t mostAxes = 8;
    bool fits = value.kind == Kind::sequence && value.items.size() <= mostAxes;
    for (const Pickle* item : value.items) {
      fits = fits && item->kind == Kind::integer && item->integer >= 0;
      numbers.push_back(item->integer);
    }
    if (!fits) {
      refuse(name, "has a shape or strides that are not a list of whole numbers.");
    }
    return numbers;
  }

  /// Finds the storage of a tensor, described as ('storage', type, key, device, count).
  [[nodiscard]] Storage storageOf(const std::string& name, const RebuildCall& tensor) const {
    const std::vector<const Pickle*>& arguments = *tensor.arguments;
    const Pickle& value = *arguments[0];
    const bool known = value.kind == Kind::persistent && value.arguments->items.size() == 5;
    if (!known || value.arguments->items[0]->text != "storage") {
      refuse(name, "has no storage.");
    }
    const std::vector<const Pickle*>& parts = value.arguments->items;
    const bool untyped = parts[1]->text.ends_with(" UntypedStorage") && arguments.size() > 6;
    const std::string& typeName = untyped ? arguments[6]->text : parts[1]->text;
    const std::optional<WeightType> type =
        untyped ? typeIn(laterTypes, typeName) : typeIn(storageTypes, typeName);
    if (!type) {
      throw Error(ErrorKind::unsupported,
                  "The tensor " + inQuotes(name) + " of " + file_ + " is stored as " +
                      inQuotes(typeName) +
                      ", which can't be read; convert it, for example to half.");
    }
    const auto bytes = member("data/" + parts[2]->text);
    if (!bytes) {
      refuse(name,
             "has no data: the member " + inQuotes("data/" + parts[2]->text) + " is missing.");
    }
    return {*type, *bytes};
  }

  [[nodiscard]] WeightTensor weightOf(const std::string& name, const RebuildCall& tensor) {
    const std::vector<const Pickle*>& arguments = *tensor.arguments;
    if (arguments.size() < 4 || arguments[1]->kind != Kind::integer || arguments[1]->integer < 0) {
      refuse(name, "is not described by a storage, an offset, a shape and strides.");
    }
    const Storage storage = storageOf(name, tensor);
    const Layout layout{
        arguments[1]->integer, numbersOf(name, *arguments[2]), numbersOf(name, *arguments[3])};
    const std::optional<std::size_t> bytes = byteCount(layout.shape, storage.type);
    if (layout.shape.size() != layout.strides.size() || !bytes || *bytes > storage.bytes.size()) {
      refuse(name,
             "has the shape " + shapeText(layout.shape) + ", more than the " +
                 std::to_string(storage.count()) + " values of its storage.");
    }
    if (*bytes > 0) {
      requireInside(name, layout, storage);
    }
    WeightTensor weight{
        .type = storage.type, .shape = layout.shape, .bytes = {}, .memory = from_.memory};
    if (*bytes > 0 && layout.rowMajor()) {
      weight.bytes = storage.bytes.subspan(
          static_cast<std::size_t>(layout.offset) * bytesOf(storage.type), *bytes);
    } else if (*bytes > 0) {
      copied_ += *bytes;
      if (copied_ / mostCopies > from_.bytes.size()) {
        refuse(name, "is one of too many views of one storage.");
      }
      copyStrided(layout, storage, *bytes, weight);
    }
    return weight;
  }

  void requireInside(const std::string& name, const Layout& layout, const Storage& storage) const {
    std::int64_t last = layout.offset;
    bool overflow = false;
    for (std::size_t axis = 0; axis < layout.shape.size(); ++axis) {
      std::int64_t reach = 0;
      overflow = overflow ||
                 __builtin_mul_overflow(layout.shape[axis] - 1, layout.strides[axis], &reach) ||
                 __builtin_add_overflow(last, reach, &last);
    }
    if (overflow || last >= storage.count()) {
      refuse(name,
             "reaches beyond the " + std::to_string(storage.count()) + " values of its storage.");
    }
  }

  static void copyStrided(const Layout& layout,
                          const Storage& storage,
                          std::size_t bytes,
                          WeightTensor& weight) {
    const std::size_t size = bytesOf(storage.type);
    auto copy = std::make_shared<std::vector<std::byte>>(bytes);
    std::vector<std::int64_t> index(layout.shape.size(), 0);
    for (std::size_t out = 0; out < bytes; out += size) {
      std::int64_t from = layout.offset;
      for (std::size_t axis = 0; axis < index.size(); ++axis) {
        from += index[axis] * layout.strides[axis];
      }
      std::memcpy(
          copy->data() + out, storage.bytes.data() + static_cast<std::size_t>(from) * size, size);
      for (std::size_t axis = index.size(); axis-- > 0 && ++index[axis] == layout.shape[axis];) {
        index[axis] = 0;
      }
    }
    weight.bytes = *copy;
    weight.memory = std::move(copy);
  }

  const std::string& file_;
  const SharedBytes& from_;
  ZipMembers members_;
  std::string folder_;              ///< folder of all members, ending in a slash
  std::vector<const Pickle*> path_; ///< the nested entries being read, outermost first
  std::size_t entries_ = 0;
  std::size_t nameBytes_ = 0;
  std::size_t copied_ = 0;
  WeightContent content_;
};

} // namespace

WeightContent readTorchArchive(const std::string& file, const SharedBytes& from) {
  return StateDict(file, from).read();
}

} // namespace cortograph
