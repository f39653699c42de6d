#include "base/error.h"
#include "base/resources.h"
#include "engine/engine.h"

#include <dlfcn.h>

#include <atomic>
#include <mutex>

namespace cortograph {

namespace {
std::atomic<const Engine*> loaded{nullptr};
} // namespace

const Engine& loadEngine() {
  static std::mutex mutex;
  const std::scoped_lock lock(mutex);
  if (const Engine* engine = loaded.load()) {
    return *engine;
  }
  // Beside the core; never closed, because LibTorch does not survive that.
  const std::filesystem::path file = libraryFolder() / "libcortograph_engine.so";
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw Error(ErrorKind::notFound,
                std::string("The encoder engine could not be loaded: ") + dlerror() +
                    ". Build the target cortograph_engine, or install LibTorch.");
  }
  using EngineEntry = const Engine* (*)();
  auto entry = reinterpret_cast<EngineEntry>(dlsym(library, "cortographEngine"));
  if (entry == nullptr) {
    throw Error(
        ErrorKind::mismatch,
        "libcortograph_engine.so is not of this version of Cortograph: it has no cortographEngine. "
        "Install program and engine together.");
  }
  const Engine* engine = entry();
  loaded.store(engine);
  return *engine;
}

std::filesystem::path checkpointOf(const std::filesystem::path& map) {
  std::filesystem::path file = map;
  file.replace_extension();
  file += ".checkpoint.h5";
  return file;
}

bool engineLoaded() noexcept {
  return loaded.load() != nullptr;
}

} // namespace cortograph
