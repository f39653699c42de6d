#pragma once

#include "network/network.h"
#include "weights/weight_file.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// How well a file's tensors fit a family.
struct FamilyMatch {
  std::size_t found = 0; ///< tensors that it can have and that are there in the right shape
  std::string evidence;  ///< names and shapes that tell, for people
  bool distinct = false; ///< something tells it from families with the same names
  std::vector<std::string> missing;     ///< names in the file's own words, with expected shapes
  std::vector<std::string> unexplained; ///< tensors that would change the result, not understood

  [[nodiscard]] bool fits() const { return missing.empty() && unexplained.empty(); }
};

/// A network as its file describes it, before its weights are read.
struct Description {
  NetworkInfo info;        ///< but for name, family, evidence, preprocessing, bytes and hash
  Preparation preparation; ///< the network's own
};

/// A naming of weights and the network behind it. An entry is one .cpp in families/ and one word in
/// CMakeLists.txt; what is named as a Vision Transformer needs only a VitFamily (vit_family.h).
class Family {
public:
  Family() = default;
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;
  Family(Family&&) = delete;
  Family& operator=(Family&&) = delete;
  virtual ~Family() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;  ///< "timm"
  [[nodiscard]] virtual std::string_view title() const = 0; ///< "Vision Transformer, timm names"
  /// Looks at names and shapes only; never throws.
  [[nodiscard]] virtual FamilyMatch match(const WeightFile& file) const = 0;
  /// Of a file that fits. Throws Error{unsupported} on settings that don't.
  [[nodiscard]] virtual Description describe(const WeightFile& file,
                                             const NetworkSource& source) const = 0;
  /// Throws Error{unsupported} when something is not known, Error{format} on weights that are no
  /// numbers.
  [[nodiscard]] virtual std::unique_ptr<const Network>
  build(const WeightFile& file, Description description, torch::Device device) const = 0;
};

using FamilyEntry = const Family& (*)();
[[nodiscard]] std::span<const FamilyEntry> familyTable();

/// Throws Error{notFound} with the names there are.
[[nodiscard]] const Family& familyNamed(std::string_view name);

/// The family that `wanted` names ("auto": the one that the file's metadata names, else the one
/// that fits; of several the one that something tells from the others, else the first of the
/// table). Throws Error{unsupported} that tells the nearest family and what it misses.
[[nodiscard]] const Family& recogniseFamily(const WeightFile& file, const std::string& wanted);

} // namespace cortograph
