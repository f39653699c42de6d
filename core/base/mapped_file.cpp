#include "base/mapped_file.h"

#include "base/error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <map>
#include <mutex>
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

/// A mapping that the answer to SIGBUS must find without locks or allocation.
struct Watched {
  std::atomic<std::uintptr_t> begin = 0; ///< 0: the place is free
  std::atomic<std::size_t> size = 0;
  std::atomic<bool> cut = false; ///< bytes of it were missing
};
constexpr std::size_t mostWatched = 4096; ///< more mappings than these are not watched
std::array<Watched, mostWatched> watched; // NOLINT: a signal's answer needs a global

struct Names {
  std::mutex mutex;
  std::map<Watched*, std::string> cut; ///< files that were cut and are mapped no longer
  std::map<Watched*, std::string> open;
};
Names& names() {
  static Names all;
  return all;
}

/// Puts a page of zeros where a file has none any more; ends the program as before for any other
/// address.
void answerBusError(int signal, siginfo_t* info, void* /*context*/) {
  const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (Watched& one : watched) {
    const std::uintptr_t begin = one.begin;
    if (begin != 0 && at >= begin && at < begin + one.size) {
      const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
      one.cut = true;
      if (mmap(reinterpret_cast<void*>(at / page * page),
               page,
               PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
               -1,
               0) != MAP_FAILED) {
        return;
      }
    }
  }
  std::signal(signal, SIG_DFL); // the same access now ends the program
}

void answerBusErrors() {
  static const bool done = [] {
    struct sigaction action {};
    action.sa_sigaction = &answerBusError;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    return sigaction(SIGBUS, &action, nullptr) == 0;
  }();
  static_cast<void>(done);
}

/// Returns the place of a mapping that is now watched; null when all places are taken.
Watched* watch(const fs::path& file, const void* start, std::size_t size) {
  answerBusErrors();
  const std::lock_guard lock(names().mutex);
  for (Watched& one : watched) {
    if (one.begin == 0 && !names().cut.contains(&one)) {
      one.cut = false;
      one.size = size;
      one.begin = reinterpret_cast<std::uintptr_t>(start);
      names().open[&one] = file.string();
      return &one;
    }
  }
  return nullptr;
}

void unwatch(Watched* one) {
  if (one == nullptr) {
    return;
  }
  const std::lock_guard lock(names().mutex);
  one->begin = 0;
  if (one->cut) {
    names().cut[one] = names().open[one];
  }
  names().open.erase(one);
}

} // namespace

void requireWholeFiles() {
  const std::lock_guard lock(names().mutex);
  std::string found;
  for (auto& [one, name] : names().open) {
    if (one->cut.exchange(false)) {
      found = name;
    }
  }
  for (const auto& [one, name] : names().cut) {
    found = name;
  }
  names().cut.clear();
  if (!found.empty()) {
    throw Error(ErrorKind::file,
                "The file " + found +
                    " was cut short while it was read; let the program that writes it finish, "
                    "then try again.");
  }
}

SharedBytes mapFile(const fs::path& file) {
  const Descriptor descriptor(file);
  struct stat status {};
  if (descriptor.number() < 0 || fstat(descriptor.number(), &status) != 0) {
    refuse(file, errno, "check that it exists and may be read.");
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::file, file.string() + " is no plain file and can't be read; name one.");
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
          std::shared_ptr<const void>(start, [size, place = watch(file, start, size)](void* p) {
            unwatch(place);
            munmap(p, size);
          })};
}

} // namespace cortograph
