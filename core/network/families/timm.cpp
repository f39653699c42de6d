#include "network/vit.h"

#include <utility>

namespace cortograph::families {

namespace {

// timm's names are the canonical ones.
const VitDefaults defaults{1e-6, "gelu"};

FamilyMatch match(const WeightTable& table) {
  return matchVit(table);
}

NetworkInfo describe(const WeightFile& file, const NetworkSource& source) {
  return describeVit(file, file.tensors(), source, defaults);
}

std::unique_ptr<const Network>
build(const WeightFile& file, NetworkInfo info, torch::Device device) {
  return buildVit(file.tensors(), std::move(info), defaults.layerNormEps, device);
}

} // namespace

const Family& timm() {
  static const Family family{
      "timm",
      "Vision Transformer with timm's names",
      {Framing::stretch, Resampling::bilinear, {0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}},
      &match,
      &describe,
      &build};
  return family;
}

} // namespace cortograph::families
