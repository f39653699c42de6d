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

// The parts of HDF5 that base/hdf5.cpp needs; no other file includes this one.
namespace cortograph::hdf5 {

/// The lock that every public call holds, because HDF5 keeps global state and is built without
/// locks. It also stops HDF5 from printing errors, which are thrown as Errors instead.
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

/// Returns HDF5's message for the innermost failure: "file write failed: … No space left on
/// device".
[[nodiscard]] std::string failureReason();

/// Returns the type IEEE binary16, little-endian, which is not predefined in HDF5 1.10.
[[nodiscard]] Id halfType();

/// Returns the layout of an array that is written at once: beside its header when it is small, else
/// compressed in chunks of about 1 MiB; both have checksums. `item` is in bytes.
[[nodiscard]] Id arrayStorage(const ArrayShape& shape, std::size_t item);
/// Returns the layout with one chunk per row, uncompressed, allocated at once and not filled.
[[nodiscard]] Id rowStorage(const ArrayShape& shape);
/// Returns the layout in one contiguous piece that is allocated at once.
[[nodiscard]] Id byteStorage();

/// Returns a data space of this shape; a scalar for no axes.
[[nodiscard]] Id spaceOf(const ArrayShape& shape);

/// Returns the type of UTF-8 strings of fixed length, padded with zeros.
[[nodiscard]] Id textType(std::size_t bytes);

/// Reads strings of `type` into a buffer; returns whether it succeeded.
using FetchText = std::function<bool(hid_t type, void* buffer)>;
/// Appends `count` strings of the stored type, of fixed or variable length, which `fetch` reads.
/// Returns whether it succeeded.
[[nodiscard]] bool fetchTexts(hid_t storedType,
                              hid_t space,
                              std::size_t count,
                              std::vector<std::string>& out,
                              const FetchText& fetch);

/// Reads an attribute; nothing when it is neither one number nor one string.
[[nodiscard]] std::optional<Attribute> attributeValue(hid_t attribute);
/// Writes an attribute, in place of an old one of that name. Returns whether it succeeded.
[[nodiscard]] bool putAttribute(hid_t object, const std::string& key, const Attribute& value);

/// Appends the sorted names of a group's links. Returns whether it succeeded.
[[nodiscard]] bool linkNames(hid_t group, std::vector<std::string>& names);
/// Appends the sorted names of an object's attributes. Returns whether it succeeded.
[[nodiscard]] bool attributeNames(hid_t object, std::vector<std::string>& names);

/// Returns HDF5's type of T, in memory or, with `inFile`, as it is stored: little-endian.
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
