#include "base/pending_file.h"

#include "base/error.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

PendingFile::PendingFile(fs::path target) : target_(std::move(target)) {
  const fs::path folder = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
  if (!fs::is_directory(folder)) {
    throw Error(ErrorKind::file,
                "The folder " + folder.string() + " for " + target_.filename().string() +
                    " does not exist; make it or choose another.");
  }
  if (access(folder.c_str(), W_OK) != 0) {
    throw Error(ErrorKind::file,
                "The folder " + folder.string() + " may not be written; choose another.");
  }
  temporary_ = folder / ("." + target_.stem().string() + "." + std::to_string(getpid()) + ".tmp" +
                         target_.extension().string());
}

PendingFile::~PendingFile() {
  if (!committed_) {
    std::error_code ignored;
    fs::remove(temporary_, ignored);
  }
}

void PendingFile::commit() {
  const int descriptor = open(temporary_.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = descriptor >= 0 && fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) {
    close(descriptor);
  }
  if (!flushed) {
    throw Error(ErrorKind::file,
                "Writing " + target_.string() + " failed (" +
                    std::generic_category().message(reason) +
                    "); free some space or choose another folder.");
  }
  std::error_code error;
  fs::rename(temporary_, target_, error);
  if (error) {
    throw Error(ErrorKind::file,
                "Writing " + target_.string() + " failed: " + error.message() + ".");
  }
  committed_ = true;
}

} // namespace cortograph
