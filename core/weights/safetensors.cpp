#include "weights/safetensors.h"

#include "base/error.h"
#include "base/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace cortograph {

namespace {

using nlohmann::json;

constexpr std::size_t lengthBytes = 8;
constexpr std::size_t largestHeader = 100'000'000; // the limit of the reference reader
constexpr std::size_t mostAxes = 8;

struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::uint64_t headerLength(std::span<const std::byte> bytes) {
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), lengthBytes);
  return length;
}

bool fits(std::uint64_t length, std::span<const std::byte> bytes) {
  return length <= bytes.size() - lengthBytes && length <= largestHeader;
}

class Reader {
public:
  Reader(const std::string& file, const SharedBytes& from) : file_(file), from_(from) {}

  WeightContent read() {
    const json header = readHeader();
    for (const auto& [name, entry] : header.items()) {
      if (name == "__metadata__") {
        takeMetadata(entry);
      } else {
        takeTensor(name, entry);
      }
    }
    checkTiling();
    return std::move(content_);
  }

private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorKind::format,
                file_ + " is not a whole safetensors file: " + what +
                    " Fetch or convert the weights again.");
  }
  [[noreturn]] void refuse(const std::string& tensor, const std::string& what) const {
    refuse("tensor " + inQuotes(tensor) + " " + what);
  }

  json readHeader() {
    const std::span<const std::byte> bytes = from_.bytes;
    if (bytes.size() < lengthBytes) {
      refuse("it has only " + std::to_string(bytes.size()) + " bytes.");
    }
    const std::uint64_t length = headerLength(bytes);
    if (!fits(length, bytes)) {
      if (bytes.size() > lengthBytes && bytes[lengthBytes] == std::byte{'{'} &&
          fits(__builtin_bswap64(length), bytes)) {
        refuse("the length of its header is stored with the highest byte first, but safetensors "
               "store the lowest byte first.");
      }
      refuse("its header would take " + std::to_string(length) + " bytes of a file of " +
             std::to_string(bytes.size()) + ".");
    }
    data_ = bytes.subspan(lengthBytes + length);
    std::string fault;
    json header =
        parseStrictJson({reinterpret_cast<const char*>(bytes.data()) + lengthBytes, length}, fault);
    if (!fault.empty()) {
      refuse("its header " + fault);
    }
    return header;
  }

  void takeMetadata(const json& entry) {
    if (!entry.is_object()) {
      refuse("its __metadata__ is not a JSON object.");
    }
    for (const auto& [key, value] : entry.items()) {
      content_.metadata[key] = value.is_string() ? value.get<std::string>() : value.dump();
    }
  }

  void takeTensor(const std::string& name, const json& entry) {
    if (!entry.is_object()) {
      refuse(name, "is not described by a JSON object.");
    }
    const Extent extent = extentOf(name, entry);
    WeightTensor tensor{.type = typeOf(name, entry),
                        .shape = shapeOf(name, entry),
                        .bytes = {},
                        .memory = from_.memory};
    if (extent.begin > extent.end || extent.end > data_.size()) {
      refuse(name,
             "should be stored from byte " + std::to_string(extent.begin) + " to " +
                 std::to_string(extent.end) + " of the data, which has only " +
                 std::to_string(data_.size()) + " bytes.");
    }
    if (byteCount(tensor.shape, tensor.type) != extent.end - extent.begin) {
      refuse(name,
             "has " + std::to_string(extent.end - extent.begin) +
                 " bytes, which does not match its shape " + shapeText(tensor.shape) +
                 " and type " + std::string(toString(tensor.type)) + ".");
    }
    tensor.bytes = data_.subspan(extent.begin, extent.end - extent.begin);
    extents_.emplace_back(extent, name);
    content_.tensors.emplace(name, std::move(tensor));
  }

  [[nodiscard]] Extent extentOf(const std::string& name, const json& entry) const {
    const auto offsets = entry.find("data_offsets");
    if (offsets == entry.end() || !offsets->is_array() || offsets->size() != 2 ||
        !(*offsets)[0].is_number_unsigned() || !(*offsets)[1].is_number_unsigned()) {
      refuse(name, "does not have two data_offsets.");
    }
    return {(*offsets)[0].get<std::size_t>(), (*offsets)[1].get<std::size_t>()};
  }

  [[nodiscard]] WeightType typeOf(const std::string& name, const json& entry) const {
    const auto found = entry.find("dtype");
    if (found == entry.end() || !found->is_string()) {
      refuse(name, "has no dtype.");
    }
    const auto text = found->get<std::string>();
    const std::optional<WeightType> known = weightTypeNamed(text);
    if (!known) {
      throw Error(ErrorKind::unsupported,
                  "Tensor " + inQuotes(name) + " of " + file_ + " is stored as " + inQuotes(text) +
                      "; the types that can be read are " + weightTypeNames() +
                      ". Convert it, for example to F16.");
    }
    return *known;
  }

  [[nodiscard]] std::vector<std::int64_t> shapeOf(const std::string& name,
                                                  const json& entry) const {
    const auto found = entry.find("shape");
    if (found == entry.end() || !found->is_array() || found->size() > mostAxes) {
      refuse(name, "does not have a shape of at most " + std::to_string(mostAxes) + " numbers.");
    }
    std::vector<std::int64_t> shape;
    for (const json& axis : *found) {
      if (!axis.is_number_unsigned() || axis.get<std::uint64_t>() > INT64_MAX) {
        refuse(name, "has a shape that is not a list of whole numbers.");
      }
      shape.push_back(axis.get<std::int64_t>());
    }
    return shape;
  }

  /// Checks that every byte of the data belongs to exactly one tensor.
  void checkTiling() {
    std::sort(extents_.begin(), extents_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.begin, a.first.end) < std::pair(b.first.begin, b.first.end);
    });
    std::size_t reached = 0;
    for (const auto& [extent, name] : extents_) {
      if (extent.begin != reached) {
        refuse(name,
               "starts at byte " + std::to_string(extent.begin) + " of the data, but byte " +
                   std::to_string(reached) + " was expected.");
      }
      reached = extent.end;
    }
    if (reached != data_.size()) {
      refuse("its tensors take " + std::to_string(reached) + " bytes, but " +
             std::to_string(data_.size()) + " follow the header.");
    }
  }

  const std::string& file_;
  const SharedBytes& from_;
  std::span<const std::byte> data_; ///< after the header
  std::vector<std::pair<Extent, std::string>> extents_;
  WeightContent content_;
};

} // namespace

bool isSafetensors(std::span<const std::byte> bytes) noexcept {
  // The length of a header needs fewer than eight bytes, so one end of it is 0 (in either byte
  // order). In a JSON file, both ends would be text.
  return bytes.size() > lengthBytes && bytes[lengthBytes] == std::byte{'{'} &&
         (bytes[0] == std::byte{0} || bytes[lengthBytes - 1] == std::byte{0});
}

WeightContent readSafetensors(const std::string& file, const SharedBytes& from) {
  return Reader(file, from).read();
}

} // namespace cortograph
