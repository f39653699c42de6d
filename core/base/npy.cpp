#include "base/npy.h"

#include "base/error.h"
#include "base/half.h"
#include "base/npy_header.h"
#include "base/pending_file.h"
#include "base/stored_number.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cortograph {

static_assert(std::endian::native == std::endian::little,
              "mapped values are read without conversion");

namespace {

namespace fs = std::filesystem;

/// Returns the bytes per value. Throws when the type can't be read.
std::size_t itemSize(const fs::path& file, const std::string& type) {
  if (type.find('O') != std::string::npos && type.front() != '[') {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds pickled Python objects, which are never opened because "
                                "they can run code; save its numbers as a plain array.");
  }
  const std::string_view kind = type.size() == 3 ? std::string_view(type).substr(1) : "";
  const bool ordered = !type.empty() && std::string_view("<>|=").find(type[0]) != std::string::npos;
  for (const std::string_view known :
       {"b1", "i1", "u1", "i2", "u2", "f2", "i4", "u4", "f4", "i8", "u8", "f8"}) {
    if (ordered && kind == known) {
      return static_cast<std::size_t>(known[1] - '0');
    }
  }
  throw Error(ErrorKind::unsupported,
              file.string() + " holds values of type " + type +
                  ", but bool, integers or floats of 1 to 8 bytes are expected; convert it with "
                  "numpy.astype.");
}

struct Half {
  std::uint16_t bits;
};

template <class To, class From> bool convert(From value, To& out) {
  if constexpr (std::is_same_v<From, Half>) {
    return convert(floatFromHalf(value.bits), out);
  } else if constexpr (std::is_floating_point_v<To>) {
    out = static_cast<To>(value);
    return true;
  } else if constexpr (std::is_floating_point_v<From>) {
    // 2^digits is exact in From; the largest value of To may not be.
    const From limit = std::ldexp(From{1}, std::numeric_limits<To>::digits);
    const From least = std::is_signed_v<To> ? -limit : From{0};
    if (!(value >= least && value < limit) || value != std::trunc(value)) {
      return false;
    }
    out = static_cast<To>(value);
    return true;
  } else {
    out = static_cast<To>(value); // NOLINT(bugprone-signed-char-misuse): i1 are numbers
    return std::in_range<To>(value);
  }
}

/// Calls `put(position in C order, index in the file)` for each value of a Fortran array.
template <class Put> void walkFortran(const ArrayShape& shape, Put&& put) {
  const std::size_t count = elementCount(shape);
  std::vector<std::size_t> strides(shape.size()); // of the file, fastest axis first
  std::size_t stride = 1;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  std::vector<std::size_t> index(shape.size(), 0);
  std::size_t source = 0;
  for (std::size_t position = 0; position < count; ++position) {
    put(position, source);
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      source += strides[axis];
      if (++index[axis] < shape[axis]) {
        break;
      }
      source -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

struct Source {
  const fs::path& file;
  const std::byte* data;
  const ArrayShape& shape;
  bool fortran;
  std::endian order;
};

template <class From, class To> std::vector<To> convertAll(const Source& source) {
  const std::size_t count = elementCount(source.shape);
  std::vector<To> values(count);
  const auto put = [&](std::size_t position, std::size_t index) {
    const From value = storedNumber<From>(source.data + index * sizeof(From), source.order);
    if (!convert(value, values[position])) {
      throw Error(ErrorKind::format,
                  source.file.string() + " holds a value that is not a whole number between " +
                      std::to_string(std::numeric_limits<To>::min()) + " and " +
                      std::to_string(std::numeric_limits<To>::max()) + " at position " +
                      std::to_string(position) + ", where whole numbers are expected.");
    }
  };
  if (source.fortran && source.shape.size() > 1) {
    walkFortran(source.shape, put);
  } else if (std::is_same_v<From, To> && source.order == std::endian::native) {
    if (count > 0) {
      std::memcpy(values.data(), source.data, count * sizeof(From));
    }
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      put(i, i);
    }
  }
  return values;
}

template <class T> constexpr const char* typeName() {
  if constexpr (std::is_same_v<T, float>) {
    return "<f4";
  } else if constexpr (std::is_same_v<T, double>) {
    return "<f8";
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return "<i4";
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return "<i8";
  } else {
    static_assert(std::is_same_v<T, std::uint8_t>);
    return "|u1";
  }
}

std::string headerText(const char* type, const ArrayShape& shape) {
  std::string text = "{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (";
  for (const std::size_t extent : shape) {
    text += std::to_string(extent) + (shape.size() == 1 ? "," : ", ");
  }
  if (shape.size() > 1) {
    text.resize(text.size() - 2);
  }
  text += "), }";
  // Values start at a multiple of 64 bytes, as NumPy's do.
  constexpr std::size_t prefix = 10;
  text.append(63 - (prefix + text.size()) % 64, ' ');
  return text + "\n";
}

} // namespace

NpyFile::NpyFile(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  if (mapped.bytes.empty()) {
    throw Error(ErrorKind::format, file.string() + " is empty, but a .npy array is expected.");
  }
  *this = NpyFile(file, mapped);
}

NpyFile::NpyFile(const fs::path& file, const SharedBytes& from) : path_(file) {
  const std::span<const std::byte> bytes = from.bytes;
  NpyHeader parsed = parseNpyHeader(
      file, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  std::size_t claimed = itemSize(file, parsed.type);
  for (const std::size_t extent : parsed.shape) {
    if (__builtin_mul_overflow(claimed, extent, &claimed)) {
      throwDamagedNpy(file, "its header claims more values than a computer can hold");
    }
  }
  const std::size_t present = bytes.size() - parsed.dataOffset;
  if (present != claimed) {
    throwDamagedNpy(file,
                    "its header claims " + std::to_string(claimed) + " bytes of values (" +
                        toString(parsed.shape) + " of " + parsed.type + "), but " +
                        std::to_string(present) + " follow");
  }
  mapping_ = from.memory;
  data_ = bytes.data() + parsed.dataOffset;
  shape_ = std::move(parsed.shape);
  type_ = std::move(parsed.type);
  fortran_ = parsed.fortran;
}

template <class T> Array<T> NpyFile::read() const {
  const std::endian order = type_.front() == '>' ? std::endian::big : std::endian::little;
  const Source source{path_, data_, shape_, fortran_, order};
  const std::string_view kind = std::string_view(type_).substr(1);
  const auto values = [&]() -> std::vector<T> {
    if (kind == "f4") {
      return convertAll<float, T>(source);
    }
    if (kind == "f8") {
      return convertAll<double, T>(source);
    }
    if (kind == "f2") {
      return convertAll<Half, T>(source);
    }
    if (kind == "i1") {
      return convertAll<std::int8_t, T>(source);
    }
    if (kind == "i2") {
      return convertAll<std::int16_t, T>(source);
    }
    if (kind == "i4") {
      return convertAll<std::int32_t, T>(source);
    }
    if (kind == "i8") {
      return convertAll<std::int64_t, T>(source);
    }
    if (kind == "u2") {
      return convertAll<std::uint16_t, T>(source);
    }
    if (kind == "u4") {
      return convertAll<std::uint32_t, T>(source);
    }
    if (kind == "u8") {
      return convertAll<std::uint64_t, T>(source);
    }
    return convertAll<std::uint8_t, T>(source); // u1, b1
  };
  return {shape_, values()};
}

std::span<const float> NpyFile::mappedFloats() const {
  const bool inPlace = (type_ == "<f4" || type_ == "=f4") && (!fortran_ || shape_.size() < 2) &&
                       reinterpret_cast<std::uintptr_t>(data_) % alignof(float) == 0;
  if (!inPlace) {
    return {};
  }
  return {reinterpret_cast<const float*>(data_), elementCount(shape_)};
}

template <class T> void writeNpy(const fs::path& file, const Array<T>& array) {
  if (array.values.size() != elementCount(array.shape)) {
    throw Error(ErrorKind::internal,
                "An array of shape " + toString(array.shape) + " has " +
                    std::to_string(array.values.size()) + " values.");
  }
  const std::string header = headerText(typeName<T>(), array.shape);
  PendingFile pending(file);
  std::ofstream stream(pending.temporary(), std::ios::binary);
  stream.write("\x93NUMPY\x01\x00", 8);
  stream.put(static_cast<char>(header.size() & 0xFFU));
  stream.put(static_cast<char>(header.size() >> 8U));
  stream.write(header.data(), static_cast<std::streamsize>(header.size()));
  stream.write(reinterpret_cast<const char*>(array.values.data()),
               static_cast<std::streamsize>(array.values.size() * sizeof(T)));
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed: " + std::generic_category().message(errno) +
                    "; free some space or choose another folder.");
  }
  pending.commit();
}

template Array<float> NpyFile::read() const;
template Array<double> NpyFile::read() const;
template Array<std::int32_t> NpyFile::read() const;
template Array<std::int64_t> NpyFile::read() const;
template Array<std::uint8_t> NpyFile::read() const;
template void writeNpy(const fs::path&, const Array<float>&);
template void writeNpy(const fs::path&, const Array<double>&);
template void writeNpy(const fs::path&, const Array<std::int32_t>&);
template void writeNpy(const fs::path&, const Array<std::int64_t>&);
template void writeNpy(const fs::path&, const Array<std::uint8_t>&);

} // namespace cortograph
