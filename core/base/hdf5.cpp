#include "base/hdf5.h"

#include "base/error.h"
#include "base/half.h"
#include "base/hdf5_library.h"

#include <algorithm>
#include <fstream>

namespace cortograph {

namespace fs = std::filesystem;
using hdf5::Id;
using hdf5::Library;

struct Hdf5File::Handle {
  fs::path path;
  hid_t file = H5I_INVALID_HID;

  Handle(fs::path p, hid_t f) : path(std::move(p)), file(f) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&&) = delete;
  Handle& operator=(Handle&&) = delete;
  ~Handle() {
    const Library library;
    H5Fclose(file);
  }

  [[noreturn]] void throwDamaged(const std::string& name) const {
    throw Error(ErrorKind::format,
                "Reading " + name + " of " + path.string() + " failed (" + hdf5::failureReason() +
                    "): the file is damaged or cut short; write or copy it anew.");
  }

  /// `id` is what a reading call returned.
  [[nodiscard]] Id readable(hid_t id, Id::Close close, const std::string& name) const {
    if (id < 0) {
      throwDamaged(name);
    }
    return {id, close};
  }

  /// `status` is what a writing call returned.
  hid_t written(hid_t status, const std::string& name) const {
    if (status < 0) {
      throw Error(ErrorKind::file,
                  "Writing " + name + " to " + path.string() + " failed (" + hdf5::failureReason() +
                      "); free some space or choose another folder.");
    }
    return status;
  }

  /// H5Lexists wants every group on the way to exist.
  [[nodiscard]] bool has(const std::string& name) const {
    for (std::size_t end = name.find('/', 1); end != std::string::npos;
         end = name.find('/', end + 1)) {
      if (H5Lexists(file, name.substr(0, end).c_str(), H5P_DEFAULT) <= 0) {
        return false;
      }
    }
    return name == "/" || (H5Lexists(file, name.c_str(), H5P_DEFAULT) > 0 &&
                           H5Oexists_by_name(file, name.c_str(), H5P_DEFAULT) > 0);
  }

  [[nodiscard]] Id openObject(const std::string& name) const {
    if (!has(name)) {
      throw Error(ErrorKind::format,
                  path.string() + " has no " + name +
                      "; it was written by another program or is damaged.");
    }
    return readable(H5Oopen(file, name.c_str(), H5P_DEFAULT), &H5Oclose, name);
  }

  [[nodiscard]] Id openDataset(const std::string& name) const {
    Id object = openObject(name);
    if (H5Iget_type(object.get()) != H5I_DATASET) {
      throw Error(ErrorKind::format,
                  name + " of " + path.string() + " is a group where a dataset is expected.");
    }
    return object;
  }

  [[nodiscard]] ArrayShape shapeOf(const Id& dataset, const std::string& name) const {
    const Id space = readable(H5Dget_space(dataset.get()), &H5Sclose, name);
    std::array<hsize_t, H5S_MAX_RANK> extents{};
    const int axes = H5Sget_simple_extent_dims(space.get(), extents.data(), nullptr);
    if (axes < 0) {
      throwDamaged(name);
    }
    return {extents.begin(), extents.begin() + axes};
  }

  /// Throws when the file can't hold as many values as it promises: nothing huge is allocated.
  void checkSize(const Id& dataset,
                 const ArrayShape& shape,
                 std::size_t item,
                 const std::string& name) const {
    std::size_t bytes = item;
    bool possible = true;
    for (const std::size_t extent : shape) {
      possible = possible && !__builtin_mul_overflow(bytes, extent, &bytes);
    }
    std::error_code ignored;
    const auto stored =
        std::min<std::uintmax_t>(H5Dget_storage_size(dataset.get()), fs::file_size(path, ignored));
    // What is unwritten reads as zeros, and is not stored: small arrays may do so. Deflate saves
    // at most 1,032 times; values widen at most eightfold.
    constexpr std::size_t harmless = std::size_t{1} << 26U;
    constexpr std::size_t mostSaved = std::size_t{1032} * 8;
    if (!possible || (bytes > harmless && bytes / mostSaved > stored)) {
      throw Error(ErrorKind::format,
                  "The dataset " + name + " of " + path.string() + " promises " + toString(shape) +
                      " values, more than the file can hold: it is damaged.");
    }
  }

  void requireClass(const Id& type, bool text, const std::string& name) const {
    const H5T_class_t kind = H5Tget_class(type.get());
    const bool number = kind == H5T_INTEGER || kind == H5T_FLOAT || kind == H5T_ENUM;
    if (text ? kind != H5T_STRING : !number) {
      throw Error(ErrorKind::format,
                  "The dataset " + name + " of " + path.string() + " holds " +
                      (number               ? "numbers"
                       : kind == H5T_STRING ? "text"
                                            : "records") +
                      " where " + (text ? "text is" : "numbers are") + " expected.");
    }
  }

  /// Makes the groups above `name`. (HDF5 would, but stamps them with the time.)
  void makeGroups(const std::string& name) const {
    const Id untimed(H5Pcreate(H5P_GROUP_CREATE), &H5Pclose);
    H5Pset_obj_track_times(untimed.get(), false);
    for (std::size_t end = name.find('/', 1); end != std::string::npos;
         end = name.find('/', end + 1)) {
      const std::string group = name.substr(0, end);
      if (!has(group)) {
        const Id made(
            written(H5Gcreate2(file, group.c_str(), H5P_DEFAULT, untimed.get(), H5P_DEFAULT),
                    group),
            &H5Gclose);
      }
    }
  }

  /// A new dataset in place of an old one of that name.
  [[nodiscard]] Id makeDataset(const std::string& name,
                               hid_t type,
                               const ArrayShape& shape,
                               const Id& storage,
                               const std::string& meaning) const {
    makeGroups(name);
    if (has(name)) {
      written(H5Ldelete(file, name.c_str(), H5P_DEFAULT), name);
    }
    const Id space = hdf5::spaceOf(shape);
    Id dataset(
        written(H5Dcreate2(
                    file, name.c_str(), type, space.get(), H5P_DEFAULT, storage.get(), H5P_DEFAULT),
                name),
        &H5Dclose);
    written(hdf5::putAttribute(dataset.get(), "meaning", meaning) ? 0 : -1, name);
    return dataset;
  }

  /// Selected values as float32; halves are converted here, HDF5 takes ten times as long.
  void readFloats(const Id& dataset,
                  hid_t inMemory,
                  hid_t inFile,
                  std::span<float> out,
                  const std::string& name) const {
    const Id half = hdf5::halfType();
    const Id stored = readable(H5Dget_type(dataset.get()), &H5Tclose, name);
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

  /// Rows of the first axis, in the file; `given` values must fill them.
  [[nodiscard]] Id selectRows(const Id& dataset,
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
    Id space = readable(H5Dget_space(dataset.get()), &H5Sclose, name);
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

namespace {

/// How files are opened: metadata with checksums, in a form that HDF5 1.10 reads; no locks, which
/// network file systems lack (a file that is written has a name of its own). Written chunks are
/// not cached: a full disk shows when they are written, and closing, which can't fail well, has
/// nothing left to do.
Id accessProperties(unsigned mode) {
  Id access(H5Pcreate(H5P_FILE_ACCESS), &H5Pclose);
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_V110, H5F_LIBVER_V110);
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
  if (mode == H5F_ACC_RDWR) {
    H5Pset_cache(access.get(), 0, 0, 0, 0);
  }
#if H5_VERSION_GE(1, 10, 7)
  H5Pset_file_locking(access.get(), false, true);
#endif
  return access;
}

/// Opens an existing file, for reading and perhaps writing; the caller holds the library.
hid_t openExisting(const fs::path& file, unsigned mode) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) {
    throw Error(ErrorKind::file,
                fs::exists(file, ignored) ? file.string() + " is no plain file."
                                          : "There is no file " + file.string() + ".");
  }
  if (!std::ifstream(file, std::ios::binary)) {
    throw Error(ErrorKind::file, "The file " + file.string() + " may not be read.");
  }
  if (!Hdf5File::recognises(file)) {
    throw Error(ErrorKind::format,
                file.string() + " is no HDF5 file; it does not begin as one does.");
  }
  const Id access = accessProperties(mode);
  const hid_t id = H5Fopen(file.c_str(), mode, access.get());
  if (id < 0) {
    throw Error(ErrorKind::format,
                "Opening " + file.string() + " failed (" + hdf5::failureReason() +
                    "): the file is damaged or cut short; write or copy it anew.");
  }
  return id;
}

} // namespace

Hdf5File::Hdf5File(std::shared_ptr<Handle> handle) : handle_(std::move(handle)) {}

Hdf5File Hdf5File::open(const fs::path& file) {
  const Library library;
  return Hdf5File(std::make_shared<Handle>(file, openExisting(file, H5F_ACC_RDONLY)));
}

Hdf5File Hdf5File::append(const fs::path& file) {
  const Library library;
  return Hdf5File(std::make_shared<Handle>(file, openExisting(file, H5F_ACC_RDWR)));
}

Hdf5File Hdf5File::create(const fs::path& file) {
  const Library library;
  const Id how(H5Pcreate(H5P_FILE_CREATE), &H5Pclose);
  H5Pset_obj_track_times(how.get(), false);
  const Id access = accessProperties(H5F_ACC_RDWR);
  const hid_t id = H5Fcreate(file.c_str(), H5F_ACC_TRUNC, how.get(), access.get());
  if (id < 0) {
    throw Error(ErrorKind::file,
                "Making the file " + file.string() + " failed (" + hdf5::failureReason() +
                    "); choose another folder.");
  }
  return Hdf5File(std::make_shared<Handle>(file, id));
}

bool Hdf5File::recognises(const fs::path& file) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::array<char, signature.size()> start{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), start.size());
  return stream && std::string_view(start.data(), start.size()) == signature;
}

bool Hdf5File::has(const std::string& name) const {
  const Library library;
  return handle_->has(name);
}

bool Hdf5File::isGroup(const std::string& name) const {
  const Library library;
  return handle_->has(name) && H5Iget_type(handle_->openObject(name).get()) == H5I_GROUP;
}

std::vector<std::string> Hdf5File::children(const std::string& group) const {
  const Library library;
  std::vector<std::string> names;
  if (!handle_->has(group)) {
    return names;
  }
  const Id object = handle_->openObject(group);
  if (H5Iget_type(object.get()) == H5I_GROUP && !hdf5::linkNames(object.get(), names)) {
    handle_->throwDamaged(group);
  }
  return names;
}

ArrayShape Hdf5File::shapeOf(const std::string& dataset) const {
  const Library library;
  return handle_->shapeOf(handle_->openDataset(dataset), dataset);
}

template <class T> Array<T> Hdf5File::read(const std::string& dataset) const {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id stored = handle_->readable(H5Dget_type(id.get()), &H5Tclose, dataset);
  handle_->requireClass(stored, false, dataset);
  const ArrayShape shape = handle_->shapeOf(id, dataset);
  handle_->checkSize(id, shape, sizeof(T), dataset);
  Array<T> array(shape);
  if constexpr (std::is_same_v<T, float>) {
    handle_->readFloats(id, H5S_ALL, H5S_ALL, array.values, dataset);
  } else if (H5Dread(id.get(),
                     hdf5::typeOf<T>(false),
                     H5S_ALL,
                     H5S_ALL,
                     H5P_DEFAULT,
                     array.values.data()) < 0) {
    handle_->throwDamaged(dataset);
  }
  return array;
}

std::vector<std::string> Hdf5File::readStrings(const std::string& dataset) const {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id stored = handle_->readable(H5Dget_type(id.get()), &H5Tclose, dataset);
  handle_->requireClass(stored, true, dataset);
  const ArrayShape shape = handle_->shapeOf(id, dataset);
  handle_->checkSize(id, shape, H5Tget_size(stored.get()), dataset);
  const Id space = handle_->readable(H5Dget_space(id.get()), &H5Sclose, dataset);
  std::vector<std::string> texts;
  const auto fetch = [&id](hid_t type, void* buffer) {
    return H5Dread(id.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer) >= 0;
  };
  if (!hdf5::fetchTexts(stored.get(), space.get(), elementCount(shape), texts, fetch)) {
    handle_->throwDamaged(dataset);
  }
  return texts;
}

template <class T>
void Hdf5File::write(const std::string& dataset,
                     const Array<T>& array,
                     const std::string& meaning) {
  if (array.values.size() != elementCount(array.shape)) {
    throw Error(ErrorKind::internal,
                dataset + " of shape " + toString(array.shape) + " was given " +
                    std::to_string(array.values.size()) + " values.");
  }
  const Library library;
  const Id id = handle_->makeDataset(dataset,
                                     hdf5::typeOf<T>(true),
                                     array.shape,
                                     hdf5::arrayStorage(array.shape, sizeof(T)),
                                     meaning);
  handle_->written(
      H5Dwrite(
          id.get(), hdf5::typeOf<T>(false), H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values.data()),
      dataset);
}

void Hdf5File::writeStrings(const std::string& dataset,
                            const std::vector<std::string>& values,
                            const std::string& meaning) {
  std::size_t longest = 1;
  for (const std::string& value : values) {
    longest = std::max(longest, value.size());
  }
  std::vector<char> texts(longest * values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::copy(values[i].begin(), values[i].end(), texts.data() + i * longest);
  }
  const Library library;
  const Id type = hdf5::textType(longest);
  const ArrayShape shape{values.size()};
  const Id id =
      handle_->makeDataset(dataset, type.get(), shape, hdf5::arrayStorage(shape, longest), meaning);
  handle_->written(H5Dwrite(id.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()),
                   dataset);
}

void Hdf5File::createRows(const std::string& dataset,
                          const ArrayShape& shape,
                          StoredFloat stored,
                          const std::string& meaning) {
  if (elementCount(shape) == 0 || shape.empty()) {
    throw Error(ErrorKind::internal,
                dataset + " of shape " + toString(shape) + " would have no rows.");
  }
  const Library library;
  const Id half = hdf5::halfType();
  const Id made = handle_->makeDataset(dataset,
                                       stored == StoredFloat::float16 ? half.get() : H5T_IEEE_F32LE,
                                       shape,
                                       hdf5::rowStorage(shape),
                                       meaning);
}

void Hdf5File::writeRows(const std::string& dataset,
                         std::size_t first,
                         std::size_t count,
                         std::span<const float> values) {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id inFile = handle_->selectRows(id, first, count, values.size(), dataset);
  const Id inMemory = hdf5::spaceOf({values.size()});
  const Id half = hdf5::halfType();
  const Id stored = handle_->readable(H5Dget_type(id.get()), &H5Tclose, dataset);
  const auto put = [&](hid_t type, const void* data) {
    handle_->written(H5Dwrite(id.get(), type, inMemory.get(), inFile.get(), H5P_DEFAULT, data),
                     dataset);
  };
  if (H5Tequal(stored.get(), half.get()) <= 0) {
    put(H5T_NATIVE_FLOAT, values.data());
    return;
  }
  std::vector<std::uint16_t> halves(values.size());
  std::transform(values.begin(), values.end(), halves.begin(), &halfFromFloat);
  put(half.get(), halves.data());
}

void Hdf5File::readRows(const std::string& dataset,
                        std::size_t first,
                        std::size_t count,
                        std::span<float> out) const {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id inFile = handle_->selectRows(id, first, count, out.size(), dataset);
  const Id inMemory = hdf5::spaceOf({out.size()});
  handle_->readFloats(id, inMemory.get(), inFile.get(), out, dataset);
}

Attributes Hdf5File::attributes(const std::string& object) const {
  const Library library;
  const Id id = handle_->openObject(object);
  std::vector<std::string> names;
  if (!hdf5::attributeNames(id.get(), names)) {
    handle_->throwDamaged("the attributes of " + object);
  }
  Attributes all;
  for (const std::string& name : names) {
    const Id attribute = handle_->readable(
        H5Aopen(id.get(), name.c_str(), H5P_DEFAULT), &H5Aclose, name + " of " + object);
    if (auto value = hdf5::attributeValue(attribute.get())) {
      all.emplace(name, std::move(*value));
    }
  }
  return all;
}

void Hdf5File::setAttribute(const std::string& object,
                            const std::string& key,
                            const Attribute& value) {
  const Library library;
  const Id id = handle_->openObject(object);
  handle_->written(hdf5::putAttribute(id.get(), key, value) ? 0 : -1, key + " of " + object);
}

void Hdf5File::setAttributes(const std::string& object, const Attributes& attributes) {
  for (const auto& [key, value] : attributes) {
    setAttribute(object, key, value);
  }
}

void Hdf5File::addName(const std::string& existing, const std::string& name) {
  const Library library;
  handle_->makeGroups(name);
  handle_->written(
      H5Lcreate_hard(
          handle_->file, existing.c_str(), handle_->file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT),
      name);
}

void Hdf5File::flush() {
  const Library library;
  handle_->written(H5Fflush(handle_->file, H5F_SCOPE_GLOBAL), "the last data");
}

template Array<float> Hdf5File::read(const std::string&) const;
template Array<double> Hdf5File::read(const std::string&) const;
template Array<std::int32_t> Hdf5File::read(const std::string&) const;
template Array<std::int64_t> Hdf5File::read(const std::string&) const;
template Array<std::uint8_t> Hdf5File::read(const std::string&) const;
template void Hdf5File::write(const std::string&, const Array<float>&, const std::string&);
template void Hdf5File::write(const std::string&, const Array<double>&, const std::string&);
template void Hdf5File::write(const std::string&, const Array<std::int32_t>&, const std::string&);
template void Hdf5File::write(const std::string&, const Array<std::int64_t>&, const std::string&);
template void Hdf5File::write(const std::string&, const Array<std::uint8_t>&, const std::string&);

} // namespace cortograph
