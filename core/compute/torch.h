#pragma once

// Includes LibTorch's tensors and automatic differentiation, but not its modules, optimizers and
// data loaders, which double the time to compile a file.
#include <torch/autograd.h>
#include <torch/cuda.h>
#include <torch/types.h>
