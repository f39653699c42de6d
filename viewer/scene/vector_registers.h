#pragma once

namespace cortograph {

/// Clears the upper halves of the vector registers. Software OpenGL returns with these halves in
/// use; until they are cleared, code compiled for SSE runs up to sixteen times slower on processors
/// with AVX, also in threads started from this one. Call clearVectorRegisters() before long work on
/// the GUI thread.
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
