#pragma once

#include "network/network.h"
#include "weights/weight_file.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// Says how well a file's tensors fit a family.
struct FamilyMatch {
  std::size_t found = 0; ///< tensors of the family that the file has in the right shape
  std::string evidence;  ///< the names and shapes that support the match, for users to read
  bool distinct = false; ///< something distinguishes it from families with the same names
  std::vector<std::string> missing;     ///< names as in the file, with expected shapes
  std::vector<std::string> unexplained; ///< unknown tensors that would change the tokens

  [[nodiscard]] bool fits() const { return missing.empty() && unexplained.empty(); }
};

/// A network as its file describes it, before its weights are read.
struct Description {
  NetworkInfo info;        ///< without name, family, evidence, preprocessing, bytes and hash
  Preparation preparation; ///< how the network's authors prepare images
  Extent positions = {};   ///< grid that a position embedding was learnt on; empty: there is none
};

/// A family of networks whose weights are named in the same way. An entry is one .cpp in families/
/// and one word in CMakeLists.txt; a Vision Transformer needs only a VitFamily (vit_family.h).
class Family {
public:
  Family() = default;
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;
  Family(Family&&) = delete;
  Family& operator=(Family&&) = delete;
  virtual ~Family() = default;

  [[nodiscard]] virtual std::string_view name() const = 0; ///< "timm"
  /// Returns the title for users: "Vision Transformer with timm's names".
  [[nodiscard]] virtual std::string_view title() const = 0;
  /// Compares the file's names and shapes with the family's; never throws.
  [[nodiscard]] virtual FamilyMatch match(const WeightFile& file) const = 0;
  /// Describes the network of a file that fits the family. Throws Error{unsupported} on settings
  /// that don't fit it.
  [[nodiscard]] virtual Description describe(const WeightFile& file,
                                             const NetworkSource& source) const = 0;
  /// Builds the network. Throws Error{unsupported} when something needed is unknown, Error{format}
  /// on weights that are not finite numbers.
  [[nodiscard]] virtual std::unique_ptr<const Network>
  build(const WeightFile& file, Description description, torch::Device device) const = 0;
};

using FamilyEntry = const Family& (*)();
[[nodiscard]] std::span<const FamilyEntry> familyTable();

/// Returns a family by name. Throws Error{notFound}, which lists the existing names.
[[nodiscard]] const Family& familyNamed(std::string_view name);

/// Returns the family that `wanted` names. With "auto" it is the one that the file's metadata
/// names, else one that fits; a distinct match is preferred, then the one with the most tensors
/// found, then the first of the table. Throws Error{unsupported}, which names the nearest family
/// and what the file lacks.
[[nodiscard]] const Family& recognizeFamily(const WeightFile& file, const std::string& wanted);

} // namespace cortograph
