#pragma once

#include "network/image_prep.h"
#include "network/network.h"
#include "network/weight_file.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// How well a file's tensors fit a family.
struct FamilyMatch {
  double share = 0;     ///< of the needed tensors that are there in the right shape; 1: all
  std::string evidence; ///< names and shapes that tell, for people
  std::vector<std::string> missing;     ///< names with the shapes that were expected
  std::vector<std::string> unexplained; ///< tensors that would change the result, not understood

  [[nodiscard]] bool fits() const { return missing.empty() && unexplained.empty(); }
};

/// A naming of weights and the network behind it. An entry is one .cpp in families/ and one word in
/// CMakeLists.txt.
struct Family {
  std::string_view name;  ///< "timm"
  std::string_view title; ///< "Vision Transformer, timm names"
  Preparation nativePreparation;
  /// Looks at names and shapes only; never throws.
  FamilyMatch (*match)(const WeightTable&) = nullptr;
  /// Names and shapes only; everything but name, family, preprocessing, bytes and hash, which the
  /// caller knows. Throws Error{unsupported}.
  NetworkInfo (*describe)(const WeightFile&, const NetworkSource&) = nullptr;
  std::unique_ptr<const Network> (*build)(const WeightFile&,
                                          NetworkInfo info,
                                          torch::Device) = nullptr;
};

using FamilyEntry = const Family& (*)();
[[nodiscard]] std::span<const FamilyEntry> familyTable();

/// Throws Error{notFound} with the names there are.
[[nodiscard]] const Family& familyNamed(std::string_view name);

/// The family that `wanted` names ("auto": the one that fits). Throws Error{unsupported} that tells
/// the nearest family and what it misses.
[[nodiscard]] const Family& recogniseFamily(const WeightFile& file, const std::string& wanted);

} // namespace cortograph
