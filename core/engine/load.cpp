#include "base/error.h"
#include "base/resources.h"
#include "engine/engine.h"

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <mutex>

namespace cortograph {

namespace {
std::atomic<const Engine*> loaded{nullptr};

/// OpenBLAS's waiting threads spin by default on the cores that this program's threads need. It
/// reads this variable once, when LibTorch brings it in.
void letWaitingBlasThreadsSleep() {
  // 2^4 cycles is the shortest spin. The engine is the only reader of the variable.
  setenv("OPENBLAS_THREAD_TIMEOUT", "4", /*overwrite=*/0); // NOLINT(concurrency-mt-unsafe)
}
} // namespace

const Engine& loadEngine() {
  static std::mutex mutex;
  const std::scoped_lock lock(mutex);
  if (const Engine* engine = loaded.load()) {
    return *engine;
  }
  letWaitingBlasThreadsSleep();
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

bool engineLoaded() noexcept {
  return loaded.load() != nullptr;
}

} // namespace cortograph
