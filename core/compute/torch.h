#pragma once

// LibTorch's tensors and automatic differentiation. Its modules, optimizers and data loaders stay
// out: they double the time that a file takes to compile.
#include <torch/autograd.h>
#include <torch/cuda.h>
#include <torch/types.h>
