#include <cstdlib>

namespace {

/// OpenMP's waiting threads spin by default, and take the cores from the BLAS library's own threads
/// between two calls: a training step takes several times as long. The runtime reads this once,
/// when LibTorch brings it in; here no other thread runs yet that could read the environment.
[[gnu::constructor]] void letOpenMpThreadsSleep() {
  setenv("OMP_WAIT_POLICY", "PASSIVE", /*overwrite=*/0); // NOLINT(concurrency-mt-unsafe)
}

} // namespace
