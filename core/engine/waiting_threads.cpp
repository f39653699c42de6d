#include <cstdlib>

namespace {

/// OpenBLAS's waiting threads spin by default, on the cores that ours need between two of its
/// calls. It reads this once, when LibTorch brings it in; here no other thread runs yet that could
/// read the environment.
[[gnu::constructor]] void letWaitingBlasThreadsSleep() {
  // 2^4 cycles, the least there is.
  setenv("OPENBLAS_THREAD_TIMEOUT", "4", /*overwrite=*/0); // NOLINT(concurrency-mt-unsafe)
}

} // namespace
