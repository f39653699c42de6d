#include "base/hdf5.h"

#include "base/error.h"
#include "base/half.h"
#include "base/hdf5_handle.h"
#include "base/hdf5_library.h"
#include "base/hdf5_probe.h"
#include "base/plain_file.h"

#include <algorithm>
#include <fstream>

namespace cortograph {

namespace fs = std::filesystem;
using hdf5::Id;
using hdf5::Library;

namespace {

/// Returns the properties that files are opened with: metadata with checksums, in a form that HDF5
/// 1.10 reads; no locks, which network file systems lack (a file being written has a name of its
/// own). Written chunks are not cached: a full disk is then noticed when they are written, and
/// closing, whose failure could not be reported, has nothing left to write.
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

/// Opens an existing file, for reading or for both; the caller holds the library's lock.
hid_t openExisting(const fs::path& file, unsigned mode, bool afterKill = false) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) {
    throw Error(ErrorKind::file,
                fs::exists(file, ignored) ? file.string() + " is not a regular file."
                                          : "There is no file " + file.string() + ".");
  }
  if (!openPlainFile(file)) {
    throw Error(ErrorKind::file,
                "The file " + file.string() + " can't be read; check its permissions.");
  }
  if (!Hdf5File::recognizes(file)) {
    throw Error(ErrorKind::format,
                file.string() + " is not an HDF5 file: it does not begin with HDF5's signature.");
  }
  if (mode == H5F_ACC_RDONLY && !hdf5::survives(file)) {
    throw Error(ErrorKind::format,
                file.string() +
                    " is damaged in a way that the HDF5 library does not survive; write or copy it "
                    "again.");
  }
  const Id access = accessProperties(mode);
  if (afterKill) { // what HDF5's own tool h5clear does
    const hbool_t clear = true;
    H5Pset(access.get(), "clear_status_flags", &clear);
  }
  const hid_t id = H5Fopen(file.c_str(), mode, access.get());
  if (id < 0) {
    const std::string reason = hdf5::failureReason();
    if (reason.find("already open for") != std::string::npos) {
      throw Error(ErrorKind::file,
                  file.string() +
                      " is open for writing in another program, or was when that program died. "
                      "Close it there; if no program has it open, \"h5clear -s " +
                      file.string() + "\" removes the mark.");
    }
    throw Error(ErrorKind::format,
                "Opening " + file.string() + " failed (" + reason +
                    "): the file is damaged or cut short; write or copy it again.");
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

Hdf5File Hdf5File::resume(const fs::path& file) {
  const Library library;
  return Hdf5File(std::make_shared<Handle>(file, openExisting(file, H5F_ACC_RDWR, true)));
}

Hdf5File Hdf5File::create(const fs::path& file) {
  const Library library;
  const Id how(H5Pcreate(H5P_FILE_CREATE), &H5Pclose);
  H5Pset_obj_track_times(how.get(), false);
  const Id access = accessProperties(H5F_ACC_RDWR);
  const hid_t id = H5Fcreate(file.c_str(), H5F_ACC_TRUNC, how.get(), access.get());
  if (id < 0) {
    throw Error(ErrorKind::file,
                "Creating the file " + file.string() + " failed (" + hdf5::failureReason() +
                    "); choose another folder.");
  }
  return Hdf5File(std::make_shared<Handle>(file, id));
}

bool Hdf5File::recognizes(const fs::path& file) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::array<char, signature.size()> start{};
  std::ifstream stream = openPlainFile(file);
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

std::vector<std::string> Hdf5File::datasets() const {
  const Library library;
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5O_info_t* info, void* out) -> herr_t {
    if (info->type == H5O_TYPE_DATASET) {
      static_cast<std::vector<std::string>*>(out)->push_back(std::string("/") + name);
    }
    return 0;
  };
  if (H5Ovisit(handle_->file, H5_INDEX_NAME, H5_ITER_INC, collect, &names) < 0) {
    handle_->throwDamaged("/");
  }
  std::sort(names.begin(), names.end());
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
  const herr_t status = H5Dwrite(
      id.get(), hdf5::typeOf<T>(false), H5S_ALL, H5S_ALL, H5P_DEFAULT, array.values.data());
  handle_->checkWritten(status >= 0, dataset);
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
  const herr_t status = H5Dwrite(id.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data());
  handle_->checkWritten(status >= 0, dataset);
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
  const Id inMemory = handle_->rowsInMemory(id, count, dataset);
  const Id half = hdf5::halfType();
  const Id stored = handle_->readable(H5Dget_type(id.get()), &H5Tclose, dataset);
  const auto put = [&](hid_t type, const void* data) {
    const herr_t status = H5Dwrite(id.get(), type, inMemory.get(), inFile.get(), H5P_DEFAULT, data);
    handle_->checkWritten(status >= 0, dataset);
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
  const Id inMemory = handle_->rowsInMemory(id, count, dataset);
  handle_->readFloats(id, inMemory.get(), inFile.get(), out, dataset);
}

void Hdf5File::readRows(const std::string& dataset,
                        std::size_t first,
                        std::size_t count,
                        std::span<std::uint8_t> out) const {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id inFile = handle_->selectRows(id, first, count, out.size(), dataset);
  const Id inMemory = handle_->rowsInMemory(id, count, dataset);
  if (H5Dread(id.get(), H5T_NATIVE_UINT8, inMemory.get(), inFile.get(), H5P_DEFAULT, out.data()) <
      0) {
    handle_->throwDamaged(dataset);
  }
}

std::optional<std::size_t> Hdf5File::offsetOfFloats(const std::string& dataset) const {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id stored = handle_->readable(H5Dget_type(id.get()), &H5Tclose, dataset);
  const haddr_t offset = H5Dget_offset(id.get());
  if (offset == HADDR_UNDEF || H5Tequal(stored.get(), H5T_IEEE_F32LE) <= 0) {
    return std::nullopt;
  }
  const ArrayShape shape = handle_->shapeOf(id, dataset);
  handle_->checkSize(id, shape, sizeof(float), dataset);
  const std::size_t bytes = elementCount(shape) * sizeof(float);
  const std::uintmax_t size = fs::file_size(handle_->path);
  return offset <= size && bytes <= size - offset && H5Dget_storage_size(id.get()) == bytes
             ? std::optional<std::size_t>(offset)
             : std::nullopt;
}

std::size_t Hdf5File::itemBytes(const std::string& dataset) const {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id stored = handle_->readable(H5Dget_type(id.get()), &H5Tclose, dataset);
  return H5Tget_size(stored.get());
}

void Hdf5File::createBytes(const std::string& dataset,
                           std::size_t count,
                           const std::string& meaning) {
  const Library library;
  const Id made =
      handle_->makeDataset(dataset, H5T_STD_U8LE, {count}, hdf5::byteStorage(), meaning);
}

void Hdf5File::writeBytes(const std::string& dataset, std::span<const std::uint8_t> all) {
  const Library library;
  const Id id = handle_->openDataset(dataset);
  const Id inFile = handle_->selectRows(id, 0, all.size(), all.size(), dataset);
  const Id inMemory = handle_->rowsInMemory(id, all.size(), dataset);
  const herr_t status =
      H5Dwrite(id.get(), H5T_NATIVE_UINT8, inMemory.get(), inFile.get(), H5P_DEFAULT, all.data());
  handle_->checkWritten(status >= 0, dataset);
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
    const Id attribute =
        handle_->readable(H5Aopen(id.get(), name.c_str(), H5P_DEFAULT), &H5Aclose, object);
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
  handle_->checkWritten(hdf5::putAttribute(id.get(), key, value), key + " of " + object);
}

void Hdf5File::setAttributes(const std::string& object, const Attributes& attributes) {
  for (const auto& [key, value] : attributes) {
    setAttribute(object, key, value);
  }
}

void Hdf5File::addName(const std::string& existing, const std::string& name) {
  const Library library;
  handle_->makeGroups(name);
  const hid_t file = handle_->file;
  const herr_t status =
      H5Lcreate_hard(file, existing.c_str(), file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
  handle_->checkWritten(status >= 0, name);
}

void Hdf5File::flush() {
  const Library library;
  handle_->checkWritten(H5Fflush(handle_->file, H5F_SCOPE_GLOBAL) >= 0, "the last data");
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
