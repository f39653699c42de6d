#include "base/hdf5_library.h"

#include <algorithm>

namespace cortograph::hdf5 {

namespace {

constexpr std::size_t compactBytes = 4096;
constexpr std::size_t chunkBytes = std::size_t{1} << 20U;

std::mutex& libraryMutex() {
  static std::mutex mutex;
  return mutex;
}

herr_t keepDeepest(unsigned /*depth*/, const H5E_error2_t* error, void* out) {
  if (error->desc != nullptr) {
    // An error must be one line, but some messages of HDF5 hold a time of day with a line feed.
    std::string& reason = *static_cast<std::string*>(out);
    reason.assign(error->desc);
    std::replace(reason.begin(), reason.end(), '\n', ' ');
  }
  return 0;
}

herr_t collectLink(hid_t /*group*/, const char* name, const H5L_info_t* /*info*/, void* out) {
  static_cast<std::vector<std::string>*>(out)->emplace_back(name);
  return 0;
}

herr_t collectAttribute(hid_t /*object*/, const char* name, const H5A_info_t* /*info*/, void* out) {
  static_cast<std::vector<std::string>*>(out)->emplace_back(name);
  return 0;
}

std::string unpadded(std::string_view text, H5T_str_t padding) {
  if (padding == H5T_STR_SPACEPAD) {
    return std::string(text.substr(0, text.find_last_not_of(' ') + 1));
  }
  return std::string(text.substr(0, text.find('\0')));
}

} // namespace

Library::Library() : lock_(libraryMutex()) {
  // HDF5's clean-up at exit crashes after a write to a full disk has failed. It is not needed,
  // because all files are closed.
  static const herr_t noCleanUp = H5dont_atexit();
  static_cast<void>(noCleanUp);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5Eclear2(H5E_DEFAULT);
}

std::string failureReason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, &keepDeepest, &reason);
  return reason.empty() ? "HDF5 gives no reason" : reason;
}

Id halfType() {
  Id type(H5Tcopy(H5T_IEEE_F32LE), &H5Tclose);
  H5Tset_fields(type.get(), 15, 10, 5, 0, 10);
  H5Tset_size(type.get(), 2);
  H5Tset_ebias(type.get(), 15);
  return type;
}

Id arrayStorage(const ArrayShape& shape, std::size_t item) {
  Id how(H5Pcreate(H5P_DATASET_CREATE), &H5Pclose);
  H5Pset_obj_track_times(how.get(), false);
  std::size_t left = elementCount(shape) * item;
  if (left <= compactBytes) {
    if (left > 0) {
      H5Pset_layout(how.get(), H5D_COMPACT);
    }
    return how;
  }
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  for (hsize_t& extent : chunk) {
    left /= extent;
    extent = std::clamp<hsize_t>(chunkBytes / left, 1, extent);
  }
  H5Pset_chunk(how.get(), static_cast<int>(chunk.size()), chunk.data());
  H5Pset_shuffle(how.get());
  constexpr unsigned level = 4;
  H5Pset_deflate(how.get(), level);
  return how;
}

Id rowStorage(const ArrayShape& shape) {
  Id how(H5Pcreate(H5P_DATASET_CREATE), &H5Pclose);
  H5Pset_obj_track_times(how.get(), false);
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  chunk.front() = 1;
  H5Pset_chunk(how.get(), static_cast<int>(chunk.size()), chunk.data());
  H5Pset_alloc_time(how.get(), H5D_ALLOC_TIME_EARLY);
  H5Pset_fill_time(how.get(), H5D_FILL_TIME_NEVER);
  return how;
}

Id byteStorage() {
  Id how(H5Pcreate(H5P_DATASET_CREATE), &H5Pclose);
  H5Pset_obj_track_times(how.get(), false);
  H5Pset_layout(how.get(), H5D_CONTIGUOUS);
  H5Pset_alloc_time(how.get(), H5D_ALLOC_TIME_EARLY);
  return how;
}

Id spaceOf(const ArrayShape& shape) {
  const std::vector<hsize_t> extents(shape.begin(), shape.end());
  return {extents.empty()
              ? H5Screate(H5S_SCALAR)
              : H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr),
          &H5Sclose};
}

Id textType(std::size_t bytes) {
  Id type(H5Tcopy(H5T_C_S1), &H5Tclose);
  H5Tset_size(type.get(), std::max<std::size_t>(bytes, 1));
  H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

bool fetchTexts(hid_t storedType,
                hid_t space,
                std::size_t count,
                std::vector<std::string>& out,
                const FetchText& fetch) {
  const Id type(H5Tcopy(storedType), &H5Tclose);
  if (H5Tis_variable_str(type.get()) > 0) {
    std::vector<char*> texts(count, nullptr);
    const bool fetched = fetch(type.get(), texts.data());
    for (const char* text : texts) {
      out.emplace_back(text == nullptr ? "" : text);
    }
    H5Dvlen_reclaim(type.get(), space, H5P_DEFAULT, texts.data());
    return fetched;
  }
  const std::size_t size = H5Tget_size(type.get());
  std::vector<char> texts(size * count);
  const bool fetched = fetch(type.get(), texts.data());
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(unpadded({texts.data() + i * size, size}, H5Tget_strpad(type.get())));
  }
  return fetched;
}

std::optional<Attribute> attributeValue(hid_t attribute) {
  const Id space(H5Aget_space(attribute), &H5Sclose);
  const Id type(H5Aget_type(attribute), &H5Tclose);
  if (H5Sget_simple_extent_npoints(space.get()) != 1) {
    return std::nullopt;
  }
  const H5T_class_t kind = H5Tget_class(type.get());
  if (kind == H5T_INTEGER) {
    std::int64_t whole = 0;
    if (H5Aread(attribute, H5T_NATIVE_INT64, &whole) >= 0) {
      return whole;
    }
  } else if (kind == H5T_FLOAT) {
    double number = 0;
    if (H5Aread(attribute, H5T_NATIVE_DOUBLE, &number) >= 0) {
      return number;
    }
  } else if (kind == H5T_STRING) {
    std::vector<std::string> texts;
    const auto fetch = [attribute](hid_t as, void* buffer) {
      return H5Aread(attribute, as, buffer) >= 0;
    };
    if (fetchTexts(type.get(), space.get(), 1, texts, fetch)) {
      return texts.front();
    }
  }
  return std::nullopt;
}

bool putAttribute(hid_t object, const std::string& key, const Attribute& value) {
  if (H5Aexists(object, key.c_str()) > 0 && H5Adelete(object, key.c_str()) < 0) {
    return false;
  }
  const auto put = [&](hid_t type, const void* data) {
    const Id space(H5Screate(H5S_SCALAR), &H5Sclose);
    const Id attribute(H5Acreate2(object, key.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                       &H5Aclose);
    return attribute.get() >= 0 && H5Awrite(attribute.get(), type, data) >= 0;
  };
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    return put(H5T_STD_I64LE, whole);
  }
  if (const auto* number = std::get_if<double>(&value)) {
    return put(H5T_IEEE_F64LE, number);
  }
  const auto& text = std::get<std::string>(value);
  return put(textType(text.size()).get(), text.c_str());
}

bool linkNames(hid_t group, std::vector<std::string>& names) {
  const bool listed =
      H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, &collectLink, &names) >= 0;
  std::sort(names.begin(), names.end());
  return listed;
}

bool attributeNames(hid_t object, std::vector<std::string>& names) {
  const bool listed =
      H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, &collectAttribute, &names) >= 0;
  std::sort(names.begin(), names.end());
  return listed;
}

} // namespace cortograph::hdf5
