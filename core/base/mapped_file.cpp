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

namespace {

/// An open file. A pipe that nobody writes to must not keep us waiting.
class Descriptor {
public:
  explicit Descriptor(const std::filesystem::path& file)
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

} // namespace

MappedFile mapFile(const std::filesystem::path& file, std::string_view what) {
  const std::string named = "The " + std::string(what) + " " + file.string();
  const Descriptor descriptor(file);
  struct stat status {};
  if (descriptor.number() < 0 || fstat(descriptor.number(), &status) != 0) {
    const std::error_code reason(errno, std::generic_category());
    throw Error(reason.value() == ENOENT ? ErrorKind::notFound : ErrorKind::file,
                named + " can't be read (" + reason.message() +
                    "); check that it exists and may be read.");
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::file, named + " is no plain file.");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) {
    return {};
  }
  void* start = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor.number(), 0);
  if (start == MAP_FAILED) {
    const std::error_code reason(errno, std::generic_category());
    throw Error(ErrorKind::file,
                named + " can't be mapped (" + reason.message() + "); copy it to a local disk.");
  }
  return {.bytes = {static_cast<const std::byte*>(start), size},
          .memory = std::shared_ptr<const void>(start, [size](void* p) { munmap(p, size); })};
}

} // namespace cortograph
