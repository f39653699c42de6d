#pragma once

#include "base/array.h"
#include "base/attributes.h"

#include <hdf5.h>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// What base/hdf5.cpp needs of the HDF5 library: private to it, no other file includes this.
namespace cortograph::hdf5 {

/// Held by every public call: HDF5 keeps global state and is built without locks. Its own printing
/// of errors is off while they become Errors.
class Library {
public:
  Library();

private:
  std::lock_guard<std::mutex> lock_;
};

/// An HDF5 id, closed at the end of its scope.
class Id {
public:
  using Close = herr_t (*)(hid_t);

  Id(hid_t id, Close close) : id_(id), close_(close) {}
  Id(const Id&) = delete;
  Id& operator=(const Id&) = delete;
  Id(Id&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Id& operator=(Id&&) = delete;
  ~Id() {
    if (id_ >= 0) {
      close_(id_);
    }
  }
  [[nodiscard]] hid_t get() const noexcept { return id_; }

private:
  hid_t id_;
  Close close_;
};

/// HDF5's own words for what failed innermost: "file write failed: … No space left on device".
[[nodiscard]] std::string failureReason();

/// IEEE binary16, little-endian, which HDF5 1.10 can describe but has no name for.
[[nodiscard]] Id halfType();

/// How a whole array is kept: beside its header when small, else compressed in chunks of whole rows
/// of about 1 MiB; both have checksums. `item` in bytes.
[[nodiscard]] Id arrayStorage(const ArrayShape& shape, std::size_t item);
/// One chunk a row, uncompressed, its place taken at once; nothing is written there.
[[nodiscard]] Id rowStorage(const ArrayShape& shape);
/// One piece, its place taken at once.
[[nodiscard]] Id byteStorage();

/// A data space of this shape; a scalar for no axes.
[[nodiscard]] Id spaceOf(const ArrayShape& shape);

/// Fixed-length UTF-8, padded with zeros.
[[nodiscard]] Id textType(std::size_t bytes);

/// `fetch(type, buffer)` reads all `count` strings of the stored type, fixed or variable; false
/// when it fails.
using FetchText = std::function<bool(hid_t type, void* buffer)>;
[[nodiscard]] bool fetchTexts(hid_t storedType,
                              hid_t space,
                              std::size_t count,
                              std::vector<std::string>& out,
                              const FetchText& fetch);

/// Nothing when the attribute is neither one number nor one string.
[[nodiscard]] std::optional<Attribute> attributeValue(hid_t attribute);
/// False when writing fails. Replaces an attribute of that name.
[[nodiscard]] bool putAttribute(hid_t object, const std::string& key, const Attribute& value);

/// Sorted; false when the object is damaged.
[[nodiscard]] bool linkNames(hid_t group, std::vector<std::string>& names);
[[nodiscard]] bool attributeNames(hid_t object, std::vector<std::string>& names);

/// The type of T in memory or, with `inFile`, little-endian as it is stored.
template <class T> [[nodiscard]] hid_t typeOf(bool inFile) {
  if constexpr (std::is_same_v<T, float>) {
    return inFile ? H5T_IEEE_F32LE : H5T_NATIVE_FLOAT;
  } else if constexpr (std::is_same_v<T, double>) {
    return inFile ? H5T_IEEE_F64LE : H5T_NATIVE_DOUBLE;
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return inFile ? H5T_STD_I32LE : H5T_NATIVE_INT32;
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return inFile ? H5T_STD_I64LE : H5T_NATIVE_INT64;
  } else {
    static_assert(std::is_same_v<T, std::uint8_t>);
    return inFile ? H5T_STD_U8LE : H5T_NATIVE_UINT8;
  }
}

} // namespace cortograph::hdf5
