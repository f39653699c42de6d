#include "network/torch_archive.h"

#include "base/error.h"
#include "network/pickle.h"
#include "network/zip_archive.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace cortograph {

namespace {

using Kind = Pickle::Kind;
using Members = std::map<std::string, std::span<const std::byte>>;

constexpr int deepest = 8; ///< mappings in mappings
constexpr std::size_t mostTensors = 1'000'000;
constexpr std::size_t largestPickle = 100'000'000;
constexpr std::size_t mostCopies = 4; ///< of the archive's size

constexpr std::array<std::pair<std::string_view, WeightType>, 10> storageTypes{
    {{"torch DoubleStorage", WeightType::f64},
     {"torch FloatStorage", WeightType::f32},
     {"torch HalfStorage", WeightType::f16},
     {"torch BFloat16Storage", WeightType::bf16},
     {"torch LongStorage", WeightType::i64},
     {"torch IntStorage", WeightType::i32},
     {"torch ShortStorage", WeightType::i16},
     {"torch CharStorage", WeightType::i8},
     {"torch ByteStorage", WeightType::u8},
     {"torch BoolStorage", WeightType::boolean}}};

struct Storage {
  WeightType type = WeightType::f32;
  std::span<const std::byte> bytes;
  [[nodiscard]] std::int64_t count() const {
    return static_cast<std::int64_t>(bytes.size() / bytesOf(type));
  }
};

/// A tensor's place in its storage, in elements.
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
  StateDict(const std::string& file,
            std::span<const std::byte> bytes,
            std::shared_ptr<const void> memory)
      : file_(file),
        archiveBytes_(bytes.size()),
        members_(zipMembers(file, bytes)),
        memory_(std::move(memory)) {}

  WeightTable read() {
    const auto data = std::find_if(members_.begin(), members_.end(), [](const auto& member) {
      return member.first.ends_with("/data.pkl") &&
             std::count(member.first.begin(), member.first.end(), '/') == 1;
    });
    if (data == members_.end()) {
      throw Error(ErrorKind::format,
                  file_ + " is a zip archive, but none of torch.save: it has no data.pkl.");
    }
    folder_ = data->first.substr(0, data->first.find('/') + 1);
    if (members_.contains(folder_ + "constants.pkl")) {
      throw Error(ErrorKind::unsupported,
                  file_ + " is a TorchScript module, not a state dict; save its state_dict(), best "
                          "as .safetensors.");
    }
    if (const auto order = members_.find(folder_ + "byteorder");
        order != members_.end() && textOf(order->second) != "little") {
      throw Error(ErrorKind::unsupported,
                  file_ + " is of a machine with another order of bytes; save the weights on a "
                          "little-endian one.");
    }
    if (data->second.size() > largestPickle) {
      throw Error(ErrorKind::format,
                  file_ + " describes its tensors in " + std::to_string(data->second.size()) +
                      " bytes; no state dict needs so many.");
    }
    const PickleTree tree = unpickle(file_, data->second);
    gather(*tree.root, "", 0);
    if (tensors_.empty()) {
      throw Error(ErrorKind::format, file_ + " holds no named tensors; expected a state dict.");
    }
    return std::move(tensors_);
  }

private:
  [[noreturn]] void refuse(const std::string& name, const std::string& what) const {
    throw Error(ErrorKind::format,
                "The tensor \"" + name + "\" of " + file_ + " " + what +
                    " Fetch the weights again.");
  }

  static std::string_view textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  void gather(const Pickle& value, const std::string& prefix, int depth) {
    const bool filled = value.kind == Kind::mapping || value.kind == Kind::object;
    if (!filled || depth > deepest) {
      return;
    }
    for (std::size_t i = 0; i + 1 < value.items.size(); i += 2) {
      if (value.items[i]->kind != Kind::text) {
        continue; // an optimiser's state, by number
      }
      const std::string name = prefix + value.items[i]->text;
      const Pickle& entry = *value.items[i + 1];
      if (const Pickle* tensor = tensorOf(entry)) {
        if (tensors_.size() == mostTensors ||
            !tensors_.emplace(name, weightOf(name, *tensor)).second) {
          refuse(name, "is there twice.");
        }
      } else {
        gather(entry, name + ".", depth + 1);
      }
    }
  }

  /// The object that a tensor or parameter is rebuilt from; null for anything else.
  static const Pickle* tensorOf(const Pickle& value) {
    if (value.kind != Kind::object) {
      return nullptr;
    }
    if (value.text == "torch._utils _rebuild_tensor_v2") {
      return &value;
    }
    const bool parameter =
        value.text == "torch._utils _rebuild_parameter" && !value.arguments.empty();
    return parameter && value.arguments[0] != &value && value.arguments[0]->kind == Kind::object &&
                   value.arguments[0]->text == "torch._utils _rebuild_tensor_v2"
               ? value.arguments[0]
               : nullptr;
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
      refuse(name, "has a shape or strides that are no list of whole numbers.");
    }
    return numbers;
  }

  /// ('storage', type, key, device, count)
  [[nodiscard]] Storage storageOf(const std::string& name, const Pickle& value) const {
    const bool known = value.kind == Kind::persistent && value.arguments[0]->items.size() == 5;
    if (!known || value.arguments[0]->items[0]->text != "storage") {
      refuse(name, "has no storage.");
    }
    const std::vector<const Pickle*>& parts = value.arguments[0]->items;
    const std::string& typeName = parts[1]->text;
    const auto* type = std::find_if(storageTypes.begin(),
                                    storageTypes.end(),
                                    [&](const auto& entry) { return entry.first == typeName; });
    if (type == storageTypes.end()) {
      throw Error(ErrorKind::unsupported,
                  "The tensor \"" + name + "\" of " + file_ + " is stored as " + typeName +
                      ", which is not read; convert it, for example to half.");
    }
    const auto member = members_.find(folder_ + "data/" + parts[2]->text);
    if (member == members_.end()) {
      refuse(name, "has no data: the member data/" + parts[2]->text + " is missing.");
    }
    return {type->second, member->second};
  }

  [[nodiscard]] WeightTensor weightOf(const std::string& name, const Pickle& tensor) {
    if (tensor.arguments.size() < 4 || tensor.arguments[1]->kind != Kind::integer ||
        tensor.arguments[1]->integer < 0) {
      refuse(name, "is not described by storage, offset, shape and strides.");
    }
    const Storage storage = storageOf(name, *tensor.arguments[0]);
    const Layout layout{tensor.arguments[1]->integer,
                        numbersOf(name, *tensor.arguments[2]),
                        numbersOf(name, *tensor.arguments[3])};
    const std::optional<std::size_t> bytes = byteCount(layout.shape, storage.type);
    if (layout.shape.size() != layout.strides.size() || !bytes || *bytes > storage.bytes.size()) {
      refuse(name,
             "is " + shapeText(layout.shape) + ", more than the " +
                 std::to_string(storage.count()) + " values of its storage.");
    }
    if (*bytes > 0) {
      requireInside(name, layout, storage);
    }
    WeightTensor weight{storage.type, layout.shape, {}, memory_};
    if (*bytes > 0 && layout.rowMajor()) {
      weight.bytes = storage.bytes.subspan(
          static_cast<std::size_t>(layout.offset) * bytesOf(storage.type), *bytes);
    } else if (*bytes > 0) {
      copied_ += *bytes;
      if (copied_ / mostCopies > archiveBytes_) {
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
  std::size_t archiveBytes_;
  std::size_t copied_ = 0;
  Members members_;
  std::shared_ptr<const void> memory_;
  std::string folder_; ///< of the archive, with its slash
  WeightTable tensors_;
};

} // namespace

WeightTable readTorchArchive(const std::string& file,
                             std::span<const std::byte> bytes,
                             const std::shared_ptr<const void>& memory) {
  return StateDict(file, bytes, memory).read();
}

} // namespace cortograph
