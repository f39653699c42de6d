#pragma once

#include "jobs/settings.h"

namespace cortograph {

/// Describes a training step to time, on random tokens (an 8 × 8 grid) and random responses.
struct StepBench {
  int vertices = 20484;
  int layers = 12;
  int channels = 768;
  int bottleneck = 128;
  int batch = 8;
  int steps = 7;
  bool baseline = false; ///< also time the same step written with LibTorch's own operations
};

/// Describes a timing of token extraction from random images.
struct TokenBench {
  NetworkSource network; ///< empty spec: a ViT-B/16 with random weights
  TokenSettings tokens;
  int images = 64;
};

} // namespace cortograph
