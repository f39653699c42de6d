#include "base/mapped_file.h"

#include "base/error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

class Descriptor {
public:
  explicit Descriptor(const fs::path& file)
      : number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }

private:
  int number_;
};

[[noreturn]] void refuse(const fs::path& file, int code, const char* wayOut) {
  const std::error_code reason(code, std::generic_category());
  throw Error(code == ENOENT ? ErrorKind::notFound : ErrorKind::file,
              "The file " + file.string() + " can't be read (" + reason.message() + "); " + wayOut);
}

} // namespace

SharedBytes mapFile(const fs::path& file) {
  const Descriptor descriptor(file);
  struct stat status {};
  if (descriptor.number() < 0 || fstat(descriptor.number(), &status) != 0) {
    refuse(file, errno, "check that it exists and that you may read it.");
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::file, file.string() + " is not a regular file; give one.");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) {
    return {};
  }
  void* start = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor.number(), 0);
  if (start == MAP_FAILED) {
    refuse(file, errno, "copy it to a local disk.");
  }
  return {{static_cast<const std::byte*>(start), size},
          std::shared_ptr<const void>(start, [size](void* p) { munmap(p, size); })};
}

} // namespace cortograph
