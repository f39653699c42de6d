#include "weights/mapped_file.h"

#include "base/error.h"
#include "base/file_ending.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
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

/// Where the weights of a published folder are: by the usual names, else by ending. Empty if none.
std::string candidateIn(const fs::path& folder) {
  static constexpr std::array<const char*, 8> usual{"model.safetensors",
                                                    "model.safetensors.index.json",
                                                    "open_clip_model.safetensors",
                                                    "pytorch_model.bin",
                                                    "pytorch_model.bin.index.json",
                                                    "open_clip_pytorch_model.bin",
                                                    "diffusion_pytorch_model.safetensors",
                                                    "model.pt"};
  static constexpr std::array<const char*, 6> endings{
      ".safetensors.index.json", ".safetensors", ".pth", ".pt", ".bin.index.json", ".bin"};
  std::error_code ignored;
  for (const char* name : usual) {
    if (fs::is_regular_file(folder / name, ignored)) {
      return name;
    }
  }
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  for (const char* ending : endings) {
    for (const std::string& name : names) {
      if (hasEnding(name, ending) && fs::is_regular_file(folder / name, ignored)) {
        return name;
      }
    }
  }
  return {};
}

[[noreturn]] void refuseOther(const fs::path& file, bool folder) {
  const std::string candidate = folder ? candidateIn(file) : std::string();
  throw Error(
      ErrorKind::file,
      file.string() +
          (candidate.empty()
               ? std::string(folder ? " is a folder without weights" : " is no file") +
                     "; name a .safetensors, .pth or .pt file, or the .index.json of shards."
               : " is a folder; name the weights inside it: " + (file / candidate).string() + "."));
}

} // namespace

WeightBytes mapFile(const fs::path& file) {
  const Descriptor descriptor(file);
  struct stat status {};
  if (descriptor.number() < 0 || fstat(descriptor.number(), &status) != 0) {
    const std::error_code reason(errno, std::generic_category());
    throw Error(errno == ENOENT ? ErrorKind::notFound : ErrorKind::file,
                "The weights file " + file.string() + " can't be read (" + reason.message() +
                    "); check that it exists and may be read.");
  }
  if (!S_ISREG(status.st_mode)) {
    refuseOther(file, S_ISDIR(status.st_mode));
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) {
    return {};
  }
  void* start = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor.number(), 0);
  if (start == MAP_FAILED) {
    const std::error_code reason(errno, std::generic_category());
    throw Error(ErrorKind::file,
                "The weights file " + file.string() + " can't be mapped (" + reason.message() +
                    "); copy it to a local disk.");
  }
  return {{static_cast<const std::byte*>(start), size},
          std::shared_ptr<const void>(start, [size](void* p) { munmap(p, size); })};
}

} // namespace cortograph
