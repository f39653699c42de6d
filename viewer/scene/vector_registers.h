#pragma once

namespace cortograph {

/// Software OpenGL returns with the upper halves of the vector registers in use; until they are
/// cleared, code compiled for SSE runs up to sixteen times slower on processors that have AVX (and
/// in threads that are started from here). To be called before long work of the windows' thread.
#if defined(__x86_64__)
__attribute__((target("avx"))) inline void clearUpperHalves() {
  __builtin_ia32_vzeroupper();
}
inline void clearVectorRegisters() {
  if (static_cast<bool>(__builtin_cpu_supports("avx"))) {
    clearUpperHalves();
  }
}
#else
inline void clearVectorRegisters() {}
#endif

} // namespace cortograph
