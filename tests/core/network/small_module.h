#pragma once

#include <torch/script.h>

#include <string>

namespace cortograph::test {

/// Two convolutions; `code` is the methods that give their tokens.
inline torch::jit::Module convolutional(const std::string& code) {
  torch::jit::Module module("__torch__.Small");
  torch::manual_seed(4);
  module.register_parameter("first", torch::randn({5, 3, 3, 3}), false);
  module.register_parameter("second", torch::randn({7, 5, 3, 3}), false);
  module.define(code);
  return module;
}

} // namespace cortograph::test
