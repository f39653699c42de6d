#include "base/pending_file.h"

#include "base/error.h"
#include "base/mapped_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

fs::path folderOf(const fs::path& target) {
  return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

} // namespace

void requireWritableFolder(const fs::path& target) {
  const fs::path folder = folderOf(target);
  if (!fs::is_directory(folder)) {
    throw Error(ErrorKind::file,
                "The folder " + folder.string() + " for " + target.filename().string() +
                    " does not exist; create it or choose another.");
  }
  if (access(folder.c_str(), W_OK) != 0) {
    throw Error(ErrorKind::file,
                "The folder " + folder.string() + " is not writable; choose another.");
  }
}

void moveIntoPlace(const fs::path& temporary, const fs::path& target) {
  requireWholeFiles();
  const int descriptor = open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = descriptor >= 0 && fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) {
    close(descriptor);
  }
  if (!flushed) {
    throw Error(ErrorKind::file,
                "Writing " + target.string() + " failed (" +
                    std::generic_category().message(reason) +
                    "); free some space or choose another folder.");
  }
  std::error_code error;
  fs::rename(temporary, target, error);
  if (error) {
    throw Error(ErrorKind::file,
                "Writing " + target.string() + " failed: " + error.message() + ".");
  }
}

PendingFile::PendingFile(fs::path target) : target_(std::move(target)) {
  requireWritableFolder(target_);
  temporary_ = folderOf(target_) / ("." + target_.stem().string() + "." + std::to_string(getpid()) +
                                    ".tmp" + target_.extension().string());
}

PendingFile::~PendingFile() {
  if (!committed_) {
    std::error_code ignored;
    fs::remove(temporary_, ignored);
  }
}

void PendingFile::commit() {
  moveIntoPlace(temporary_, target_);
  committed_ = true;
}

void writeWhole(const fs::path& file, std::string_view bytes) {
  PendingFile pending(file);
  std::ofstream stream(pending.temporary(), std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed: " + std::generic_category().message(errno) +
                    "; free some space or choose another folder.");
  }
  pending.commit();
}

} // namespace cortograph
