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

/// Makes OpenBLAS's waiting threads sleep: by default they spin on cores that this program's
/// threads need. OpenBLAS reads the variable once, when LibTorch loads it.
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
  // The library is never closed, because LibTorch does not survive that.
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
    throw Error(ErrorKind::mismatch,
                "libcortograph_engine.so belongs to another version of Cortograph: it has no "
                "function cortographEngine. "
                "Install the program and the engine from one package.");
  }
  const Engine* engine = entry();
  loaded.store(engine);
  return *engine;
}

bool engineLoaded() noexcept {
  return loaded.load() != nullptr;
}

} // namespace cortograph
