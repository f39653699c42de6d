#pragma once

#include "base/error.h"
#include "base/half.h"
#include "base/hdf5.h"
#include "base/hdf5_library.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace cortograph {

/// An open file and the operations on it that base/hdf5.cpp is made of; private to that file. The
/// caller holds the library's lock.
struct Hdf5File::Handle {
  std::filesystem::path path;
  hid_t file = H5I_INVALID_HID;

  Handle(std::filesystem::path p, hid_t f) : path(std::move(p)), file(f) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&&) = delete;
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    const hdf5::Library library;
    H5Fclose(file);
  }

  [[noreturn]] void throwDamaged(const std::string& name) const {
    throw Error(ErrorKind::format,
                "Reading " + name + " of " + path.string() + " failed (" + hdf5::failureReason() +
                    "): the file is damaged or cut short; write or copy it again.");
  }

  /// Takes the id that a reading call returned. Throws when the call failed.
  [[nodiscard]] hdf5::Id readable(hid_t id, hdf5::Id::Close close, const std::string& name) const {
    if (id < 0) {
      throwDamaged(name);
    }
    return {id, close};
  }

  /// Throws when a writing call failed.
  void checkWritten(bool done, const std::string& name) const {
    if (!done) {
      throw Error(ErrorKind::file,
                  "Writing " + name + " to " + path.string() + " failed (" + hdf5::failureReason() +
                      "); free some space or choose another folder.");
    }
  }

  /// Takes the id that a creating call returned. Throws when the call failed.
  [[nodiscard]] hdf5::Id written(hid_t id, hdf5::Id::Close close, const std::string& name) const {
    checkWritten(id >= 0, name);
    return {id, close};
  }

  /// Returns whether there is a hard link of this name. Throws for a soft or external link, which
  /// may lead out of the file.
  [[nodiscard]] bool hasLink(const std::string& name) const {
    if (H5Lexists(file, name.c_str(), H5P_DEFAULT) <= 0) {
      return false;
    }
    H5L_info_t info{};
    if (H5Lget_info(file, name.c_str(), &info, H5P_DEFAULT) < 0) {
      throwDamaged(name);
    }
    if (info.type != H5L_TYPE_HARD) {
      throw Error(ErrorKind::unsupported,
                  name + " of " + path.string() +
                      " is a link to another place or file, which is not followed; copy the file "
                      "with its links resolved (h5repack).");
    }
    return true;
  }

  /// Returns whether there is an object of this name. Tests the groups that it lies in first, as
  /// H5Lexists requires.
  [[nodiscard]] bool has(const std::string& name) const {
    for (std::size_t end = name.find('/', 1); end != std::string::npos;
         end = name.find('/', end + 1)) {
      if (!hasLink(name.substr(0, end))) {
        return false;
      }
    }
    return name == "/" || (hasLink(name) && H5Oexists_by_name(file, name.c_str(), H5P_DEFAULT) > 0);
  }

  [[nodiscard]] hdf5::Id openObject(const std::string& name) const {
    if (!has(name)) {
      throw Error(ErrorKind::format,
                  path.string() + " has no " + name +
                      "; it was written by another program or is damaged.");
    }
    return readable(H5Oopen(file, name.c_str(), H5P_DEFAULT), &H5Oclose, name);
  }

  [[nodiscard]] hdf5::Id openDataset(const std::string& name) const {
    hdf5::Id object = openObject(name);
    if (H5Iget_type(object.get()) != H5I_DATASET) {
      throw Error(ErrorKind::format,
                  name + " of " + path.string() + " is a group, but a dataset is expected.");
    }
    const hdf5::Id how = readable(H5Dget_create_plist(object.get()), &H5Pclose, name);
    if (H5Pget_external_count(how.get()) != 0 || H5Pget_layout(how.get()) == H5D_VIRTUAL) {
      throw Error(ErrorKind::unsupported,
                  "The values of " + name + " of " + path.string() +
                      " are stored in other files, which are not read; copy them into this file "
                      "(h5repack).");
    }
    return object;
  }

  [[nodiscard]] ArrayShape shapeOf(const hdf5::Id& dataset, const std::string& name) const {
    const hdf5::Id space = readable(H5Dget_space(dataset.get()), &H5Sclose, name);
    std::array<hsize_t, H5S_MAX_RANK> extents{};
    const int axes = H5Sget_simple_extent_dims(space.get(), extents.data(), nullptr);
    if (axes < 0) {
      throwDamaged(name);
    }
    return {extents.begin(), extents.begin() + axes};
  }

  /// Throws when the file is too small for as many values as its header claims, so that a damaged
  /// header does not lead to a huge allocation.
  void checkSize(const hdf5::Id& dataset,
                 const ArrayShape& shape,
                 std::size_t item,
                 const std::string& name) const {
    std::size_t bytes = item;
    bool possible = true;
    for (const std::size_t extent : shape) {
      possible = possible && !__builtin_mul_overflow(bytes, extent, &bytes);
    }
    std::error_code ignored;
    const auto stored = std::min<std::uintmax_t>(H5Dget_storage_size(dataset.get()),
                                                 std::filesystem::file_size(path, ignored));
    // Values never written are read as zeros without being stored, which is accepted for small
    // arrays. Deflate compresses at most 1,032 times; conversion widens values at most eightfold.
    constexpr std::size_t harmless = std::size_t{1} << 26U;
    constexpr std::size_t mostSaved = std::size_t{1032} * 8;
    if (!possible || (bytes > harmless && bytes / mostSaved > stored)) {
      throw Error(ErrorKind::format,
                  "The dataset " + name + " of " + path.string() + " claims " + toString(shape) +
                      " values, more than the file can hold: the file is damaged.");
    }
  }

  void requireClass(const hdf5::Id& type, bool text, const std::string& name) const {
    const H5T_class_t kind = H5Tget_class(type.get());
    const bool number = kind == H5T_INTEGER || kind == H5T_FLOAT || kind == H5T_ENUM;
    if (text ? kind != H5T_STRING : !number) {
      throw Error(ErrorKind::format,
                  "The dataset " + name + " of " + path.string() + " holds " +
                      (number               ? "numbers"
                       : kind == H5T_STRING ? "text"
                                            : "records") +
                      ", but " + (text ? "text is" : "numbers are") + " expected.");
    }
  }

  /// Creates the groups that `name` lies in, without the time stamps that HDF5 itself would add.
  void makeGroups(const std::string& name) const {
    const hdf5::Id untimed(H5Pcreate(H5P_GROUP_CREATE), &H5Pclose);
    H5Pset_obj_track_times(untimed.get(), false);
    for (std::size_t end = name.find('/', 1); end != std::string::npos;
         end = name.find('/', end + 1)) {
      const std::string group = name.substr(0, end);
      if (!has(group)) {
        const hdf5::Id made =
            written(H5Gcreate2(file, group.c_str(), H5P_DEFAULT, untimed.get(), H5P_DEFAULT),
                    &H5Gclose,
                    group);
      }
    }
  }

  /// Creates a dataset, in place of an old one of that name.
  [[nodiscard]] hdf5::Id makeDataset(const std::string& name,
                                     hid_t type,
                                     const ArrayShape& shape,
                                     const hdf5::Id& storage,
                                     const std::string& meaning) const {
    makeGroups(name);
    if (has(name)) {
      checkWritten(H5Ldelete(file, name.c_str(), H5P_DEFAULT) >= 0, name);
    }
    const hdf5::Id space = hdf5::spaceOf(shape);
    hdf5::Id dataset = written(
        H5Dcreate2(file, name.c_str(), type, space.get(), H5P_DEFAULT, storage.get(), H5P_DEFAULT),
        &H5Dclose,
        name);
    checkWritten(hdf5::putAttribute(dataset.get(), "meaning", meaning), name);
    return dataset;
  }

  /// Reads selected values as float32. Converts float16 itself, ten times as fast as HDF5 does.
  void readFloats(const hdf5::Id& dataset,
                  hid_t inMemory,
                  hid_t inFile,
                  std::span<float> out,
                  const std::string& name) const {
    const hdf5::Id half = hdf5::halfType();
    const hdf5::Id stored = readable(H5Dget_type(dataset.get()), &H5Tclose, name);
    if (H5Tequal(stored.get(), half.get()) <= 0) {
      if (H5Dread(dataset.get(), H5T_NATIVE_FLOAT, inMemory, inFile, H5P_DEFAULT, out.data()) < 0) {
        throwDamaged(name);
      }
      return;
    }
    std::vector<std::uint16_t> halves(out.size());
    if (H5Dread(dataset.get(), half.get(), inMemory, inFile, H5P_DEFAULT, halves.data()) < 0) {
      throwDamaged(name);
    }
    std::transform(halves.begin(), halves.end(), out.begin(), &floatFromHalf);
  }

  /// Returns the data space of `count` rows in memory. It has as many axes as the dataset: for
  /// another rank HDF5 would copy the values one by one.
  [[nodiscard]] hdf5::Id
  rowsInMemory(const hdf5::Id& dataset, std::size_t count, const std::string& name) const {
    ArrayShape shape = shapeOf(dataset, name);
    shape.front() = count;
    return hdf5::spaceOf(shape);
  }

  /// Returns the data space of the rows first .. first + count - 1 in the file. Throws when they
  /// don't hold `given` values.
  [[nodiscard]] hdf5::Id selectRows(const hdf5::Id& dataset,
                                    std::size_t first,
                                    std::size_t count,
                                    std::size_t given,
                                    const std::string& name) const {
    const ArrayShape shape = shapeOf(dataset, name);
    ArrayShape selected = shape;
    if (!selected.empty()) {
      selected.front() = count;
    }
    if (shape.empty() || first > shape.front() || count > shape.front() - first ||
        elementCount(selected) != given) {
      throw Error(ErrorKind::mismatch,
                  "Rows " + std::to_string(first) + " to " + std::to_string(first + count) +
                      " with " + std::to_string(given) + " values do not fit the dataset " + name +
                      " of " + path.string() + ", which is " + toString(shape) + ".");
    }
    hdf5::Id space = readable(H5Dget_space(dataset.get()), &H5Sclose, name);
    std::vector<hsize_t> start(shape.size(), 0);
    start.front() = first;
    const std::vector<hsize_t> extents(selected.begin(), selected.end());
    if (H5Sselect_hyperslab(
            space.get(), H5S_SELECT_SET, start.data(), nullptr, extents.data(), nullptr) < 0) {
      throwDamaged(name);
    }
    return space;
  }
};

} // namespace cortograph
