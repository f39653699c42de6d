#include "base/hdf5_probe.h"

#include "base/hdf5_library.h"
#include "base/plain_file.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>

namespace cortograph::hdf5 {

namespace {

constexpr unsigned longestWalkSeconds = 20;
constexpr std::size_t smallBytes = std::size_t{1} << 24U; ///< arrays up to this size are read

/// Returns whether the metadata have checksums: since version 2 of the superblock.
bool hasChecksums(const std::filesystem::path& file) {
  constexpr std::size_t versionAt = 8;
  std::array<char, versionAt + 1> start{};
  std::ifstream stream = openPlainFile(file);
  stream.read(start.data(), start.size());
  return stream && start[versionAt] >= 2;
}

void readAttributes(hid_t object) {
  std::vector<std::string> names;
  if (!attributeNames(object, names)) {
    return;
  }
  for (const std::string& name : names) {
    const Id attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), &H5Aclose);
    if (attribute.get() >= 0) {
      (void)attributeValue(attribute.get());
    }
  }
}

void readArray(hid_t dataset) {
  const Id how(H5Dget_create_plist(dataset), &H5Pclose);
  const Id space(H5Dget_space(dataset), &H5Sclose);
  const Id type(H5Dget_type(dataset), &H5Tclose);
  if (how.get() < 0 || space.get() < 0 || type.get() < 0 ||
      H5Pget_layout(how.get()) == H5D_VIRTUAL || H5Pget_external_count(how.get()) != 0) {
    return;
  }
  hsize_t chunks = 0;
  if (H5Pget_layout(how.get()) == H5D_CHUNKED) {
    H5Dget_num_chunks(dataset, space.get(), &chunks);
  }
  const auto count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get()));
  const std::size_t item = H5Tget_size(type.get());
  if (item == 0 || item > smallBytes || count > smallBytes / item) {
    return;
  }
  if (H5Tget_class(type.get()) == H5T_STRING) {
    std::vector<std::string> texts;
    (void)fetchTexts(type.get(), space.get(), count, texts, [dataset](hid_t as, void* buffer) {
      return H5Dread(dataset, as, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer) >= 0;
    });
    return;
  }
  std::vector<char> values(count * item);
  H5Dread(dataset, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
}

/// Called for each object once, however many links lead to it.
herr_t visit(hid_t root, const char* name, const H5O_info_t* /*info*/, void* /*data*/) {
  const Id object(H5Oopen(root, name, H5P_DEFAULT), &H5Oclose);
  if (object.get() >= 0) {
    readAttributes(object.get());
    if (H5Iget_type(object.get()) == H5I_DATASET) {
      readArray(object.get());
    }
  }
  return 0;
}

/// Errors that the library reports are not looked at: whoever reads the file gets them again.
[[noreturn]] void walkThrough(const std::filesystem::path& file) {
  constexpr rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  alarm(longestWalkSeconds); // ends the process
  const hid_t id = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (id >= 0) {
    H5Ovisit(id, H5_INDEX_NAME, H5_ITER_INC, &visit, nullptr);
  }
  _exit(0);
}

} // namespace

bool survives(const std::filesystem::path& file) {
  if (hasChecksums(file)) {
    return true;
  }
  const pid_t child = fork();
  if (child == 0) {
    walkThrough(file);
  }
  if (child < 0) {
    return true; // no process to be had: the file is read as it is
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return !WIFSIGNALED(status);
}

} // namespace cortograph::hdf5
