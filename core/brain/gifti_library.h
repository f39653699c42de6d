#pragma once

#include <mutex>

// A C header that does not say so.
extern "C" {
#include <gifti_io.h>
}

namespace cortograph::gifti {

/// Held around every call that reads or writes a file: the library keeps its state, and how loud it
/// is, in globals.
inline std::mutex& libraryMutex() {
  static std::mutex mutex;
  return mutex;
}

} // namespace cortograph::gifti
