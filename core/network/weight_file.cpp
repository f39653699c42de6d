#include "network/weight_file.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/pending_file.h"
#include "network/torch_archive.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <set>
#include <utility>

namespace cortograph {

static_assert(std::endian::native == std::endian::little, "weights are read in place");

namespace {

using nlohmann::json;

constexpr std::size_t lengthBytes = 8;
constexpr std::size_t largestHeader = 100'000'000; // the public reader's limit
constexpr std::size_t mostAxes = 8;

struct TypeEntry {
  WeightType type;
  std::string_view name;
  std::size_t bytes;
};
constexpr std::array<TypeEntry, 10> typeTable{{{WeightType::f64, "F64", 8},
                                               {WeightType::f32, "F32", 4},
                                               {WeightType::f16, "F16", 2},
                                               {WeightType::bf16, "BF16", 2},
                                               {WeightType::i64, "I64", 8},
                                               {WeightType::i32, "I32", 4},
                                               {WeightType::i16, "I16", 2},
                                               {WeightType::i8, "I8", 1},
                                               {WeightType::u8, "U8", 1},
                                               {WeightType::boolean, "BOOL", 1}}};

const TypeEntry& entryOf(WeightType type) {
  return *std::find_if(
      typeTable.begin(), typeTable.end(), [type](const TypeEntry& e) { return e.type == type; });
}

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file + " is not a whole safetensors file: " + what +
                  " Fetch or convert the weights again.");
}

/// JSON with no key twice in one object.
json parseHeader(const std::string& file, std::string_view text) {
  std::vector<std::set<std::string>> keys;
  std::optional<std::string> twice;
  const json::parser_callback_t watch = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) {
      keys.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      keys.pop_back();
    } else if (event == json::parse_event_t::key &&
               !keys.back().insert(parsed.get<std::string>()).second) {
      twice = parsed.get<std::string>();
    }
    return true;
  };
  json header = json::parse(text.begin(), text.end(), watch, false);
  if (header.is_discarded()) {
    refuse(file, "its header is not JSON.");
  }
  if (!header.is_object()) {
    refuse(file, "its header is no JSON object.");
  }
  if (twice) {
    refuse(file, "its header has the key \"" + twice->substr(0, 80) + "\" twice.");
  }
  return header;
}

struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Extent extentOf(const std::string& file, const std::string& name, const json& entry) {
  const auto offsets = entry.find("data_offsets");
  if (offsets == entry.end() || !offsets->is_array() || offsets->size() != 2 ||
      !(*offsets)[0].is_number_unsigned() || !(*offsets)[1].is_number_unsigned()) {
    refuse(file, "tensor \"" + name + "\" has no two data_offsets.");
  }
  return {(*offsets)[0].get<std::size_t>(), (*offsets)[1].get<std::size_t>()};
}

WeightType typeOf(const std::string& file, const std::string& name, const json& entry) {
  const auto found = entry.find("dtype");
  if (found == entry.end() || !found->is_string()) {
    refuse(file, "tensor \"" + name + "\" has no dtype.");
  }
  const auto text = found->get<std::string>();
  const auto* known = std::find_if(
      typeTable.begin(), typeTable.end(), [&text](const TypeEntry& e) { return e.name == text; });
  if (known == typeTable.end()) {
    throw Error(ErrorKind::unsupported,
                "Tensor \"" + name + "\" of " + file + " is stored as " + text.substr(0, 20) +
                    "; F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL are read. Convert it, "
                    "for example to F16.");
  }
  return known->type;
}

std::vector<std::int64_t>
shapeOf(const std::string& file, const std::string& name, const json& entry) {
  const auto found = entry.find("shape");
  if (found == entry.end() || !found->is_array() || found->size() > mostAxes) {
    refuse(file,
           "tensor \"" + name + "\" has no shape of at most " + std::to_string(mostAxes) +
               " numbers.");
  }
  std::vector<std::int64_t> shape;
  for (const json& axis : *found) {
    if (!axis.is_number_unsigned() || axis.get<std::uint64_t>() > INT64_MAX) {
      refuse(file, "the shape of tensor \"" + name + "\" is no list of whole numbers.");
    }
    shape.push_back(axis.get<std::int64_t>());
  }
  return shape;
}

/// Every byte of the data belongs to exactly one tensor.
void checkTiling(const std::string& file,
                 std::vector<std::pair<Extent, std::string>> extents,
                 std::size_t dataBytes) {
  std::sort(extents.begin(), extents.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.begin, a.first.end) < std::pair(b.first.begin, b.first.end);
  });
  std::size_t reached = 0;
  for (const auto& [extent, name] : extents) {
    if (extent.begin != reached) {
      refuse(file,
             "tensor \"" + name + "\" starts at byte " + std::to_string(extent.begin) +
                 " of the data, where " + std::to_string(reached) + " was expected.");
    }
    reached = extent.end;
  }
  if (reached != dataBytes) {
    refuse(file,
           "its tensors take " + std::to_string(reached) + " bytes, but " +
               std::to_string(dataBytes) + " follow the header.");
  }
}

class Descriptor {
public:
  explicit Descriptor(const std::filesystem::path& file)
      : number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }

private:
  int number_;
};

} // namespace

std::string_view toString(WeightType type) noexcept {
  return entryOf(type).name;
}

std::size_t bytesOf(WeightType type) noexcept {
  return entryOf(type).bytes;
}

std::optional<std::size_t> byteCount(const std::vector<std::int64_t>& shape, WeightType type) {
  auto bytes = static_cast<std::int64_t>(bytesOf(type));
  for (const std::int64_t axis : shape) {
    if (__builtin_mul_overflow(bytes, axis, &bytes)) {
      return std::nullopt;
    }
  }
  return static_cast<std::size_t>(bytes);
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
  return toString(ArrayShape(shape.begin(), shape.end()));
}

WeightFile::WeightFile(std::string name,
                       std::span<const std::byte> bytes,
                       std::shared_ptr<void> memory)
    : name_(std::move(name)), bytes_(bytes), memory_(std::move(memory)) {
  parse();
}

WeightFile WeightFile::open(const std::filesystem::path& file) {
  const std::string name = file.string();
  const Descriptor descriptor(file);
  struct stat status {};
  if (descriptor.number() < 0 || fstat(descriptor.number(), &status) != 0) {
    const std::error_code reason(errno, std::generic_category());
    throw Error(errno == ENOENT ? ErrorKind::notFound : ErrorKind::file,
                "The weights file " + name + " can't be read (" + reason.message() +
                    "); check that it exists and may be read.");
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::file,
                name + " is no file; name a .safetensors or .pth file of weights.");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size < lengthBytes) {
    refuse(name, "it has " + std::to_string(size) + " bytes.");
  }
  void* start = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor.number(), 0);
  if (start == MAP_FAILED) {
    const std::error_code reason(errno, std::generic_category());
    throw Error(ErrorKind::file,
                "The weights file " + name + " can't be mapped (" + reason.message() + ").");
  }
  std::shared_ptr<void> memory(start, [size](void* p) { munmap(p, size); });
  return {name, {static_cast<const std::byte*>(start), size}, std::move(memory)};
}

WeightFile WeightFile::fromBytes(const std::string& name, std::vector<std::byte> bytes) {
  auto memory = std::make_shared<std::vector<std::byte>>(std::move(bytes));
  const std::span<const std::byte> view(*memory);
  return {name, view, std::move(memory)};
}

void WeightFile::parse() {
  static constexpr std::string_view zipStart = "PK\x03\x04";
  static constexpr std::string_view pickleStart = "\x80\x02";
  const std::string_view start(reinterpret_cast<const char*>(bytes_.data()), bytes_.size());
  if (start.starts_with(zipStart)) {
    tensors_ = readTorchArchive(name_, bytes_, memory_);
  } else if (start.starts_with(pickleStart)) {
    throw Error(ErrorKind::unsupported,
                name_ +
                    " is in torch's format from before 1.6; load it in PyTorch and save it again, "
                    "best as .safetensors.");
  } else {
    parseSafetensors();
  }
}

void WeightFile::parseSafetensors() {
  std::uint64_t length = 0;
  if (bytes_.size() < lengthBytes) {
    refuse(name_, "it has " + std::to_string(bytes_.size()) + " bytes.");
  }
  std::memcpy(&length, bytes_.data(), lengthBytes);
  if (length > bytes_.size() - lengthBytes || length > largestHeader) {
    refuse(name_,
           "its header would take " + std::to_string(length) + " bytes of a file of " +
               std::to_string(bytes_.size()) + ".");
  }
  const std::span<const std::byte> data = bytes_.subspan(lengthBytes + length);
  const json header =
      parseHeader(name_, {reinterpret_cast<const char*>(bytes_.data()) + lengthBytes, length});
  std::vector<std::pair<Extent, std::string>> extents;
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__" && entry.is_object()) {
      for (const auto& [key, value] : entry.items()) {
        metadata_[key] = value.is_string() ? value.get<std::string>() : value.dump();
      }
      continue;
    }
    if (!entry.is_object()) {
      refuse(name_, "tensor \"" + name + "\" is described by no JSON object.");
    }
    const Extent extent = extentOf(name_, name, entry);
    WeightTensor tensor{typeOf(name_, name, entry), shapeOf(name_, name, entry), {}, memory_};
    if (extent.begin > extent.end || extent.end > data.size()) {
      refuse(name_,
             "tensor \"" + name + "\" would end at byte " + std::to_string(extent.end) +
                 " of the data, which has " + std::to_string(data.size()) + ".");
    }
    if (byteCount(tensor.shape, tensor.type) != extent.end - extent.begin) {
      refuse(name_,
             "tensor \"" + name + "\" has " + std::to_string(extent.end - extent.begin) +
                 " bytes, which is not what " + shapeText(tensor.shape) + " of " +
                 std::string(toString(tensor.type)) + " takes.");
    }
    tensor.bytes = data.subspan(extent.begin, extent.end - extent.begin);
    extents.emplace_back(extent, name);
    tensors_.emplace(name, std::move(tensor));
  }
  checkTiling(name_, std::move(extents), data.size());
}

std::string WeightFile::hash() const {
  return contentHash(bytes_);
}

const WeightTensor& WeightFile::at(const std::string& tensor) const {
  const auto found = tensors_.find(tensor);
  if (found != tensors_.end()) {
    return found->second;
  }
  std::string names;
  int listed = 0;
  for (const auto& [name, weight] : tensors_) {
    if (++listed > 6) {
      names += ", …";
      break;
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  throw Error(ErrorKind::notFound,
              name_ + " has no tensor \"" + tensor + "\"; it has " +
                  (names.empty() ? "none" : names) + ".");
}

std::vector<std::byte> serializeWeights(const std::map<std::string, Array<float>>& tensors,
                                        const WeightMetadata& metadata) {
  json header = json::object(); // nlohmann's object sorts its keys
  if (!metadata.empty()) {
    header["__metadata__"] = metadata;
  }
  std::size_t offset = 0;
  for (const auto& [name, array] : tensors) {
    const std::size_t end = offset + array.values.size() * sizeof(float);
    header[name] = {{"dtype", "F32"}, {"shape", array.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump();
  text.append((lengthBytes - text.size() % lengthBytes) % lengthBytes, ' ');
  const auto length = static_cast<std::uint64_t>(text.size());
  std::vector<std::byte> bytes(lengthBytes + text.size() + offset);
  std::memcpy(bytes.data(), &length, lengthBytes);
  std::memcpy(bytes.data() + lengthBytes, text.data(), text.size());
  std::byte* out = bytes.data() + lengthBytes + text.size();
  for (const auto& [name, array] : tensors) {
    std::memcpy(out, array.values.data(), array.values.size() * sizeof(float));
    out += array.values.size() * sizeof(float);
  }
  return bytes;
}

void writeWeights(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  PendingFile pending(file);
  std::ofstream stream(pending.temporary(), std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "The weights could not be written to " + file.string() + "; is the disk full?");
  }
  pending.commit();
}

} // namespace cortograph
