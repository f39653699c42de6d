#pragma once

#include "jobs/settings.h"

namespace cortograph {

/// A training step to time: random tokens, on a grid of 8 × 8, and responses.
struct StepBench {
  int vertices = 20484;
  int layers = 12;
  int channels = 768;
  int bottleneck = 128;
  int batch = 8;
  int steps = 7;
  bool baseline = false; ///< also the step spelled out with stock operations
};

/// Tokens of random images to time.
struct TokenBench {
  NetworkSource network; ///< empty spec: a ViT-B/16 of random weights
  TokenSettings tokens;
  int images = 64;
};

} // namespace cortograph
