#pragma once

#include "network/family.h"
#include "network/vit.h"
#include "network/vit_names.h"

#include <span>
#include <string>
#include <string_view>

namespace cortograph {

/// A file's Vision Transformer under some naming.
struct VitCandidate {
  const WeightFile& file;
  std::string prefix; ///< of its names in the file, "module.base_encoder."
  WeightTable canonical;

  /// Whether the name of a tensor of the file contains this.
  [[nodiscard]] bool mentions(std::string_view part) const;
};

/// What tells a family apart, as data.
struct VitNaming {
  std::string_view name;
  std::string_view title;
  std::string_view anchor; ///< the patch embedding's weight, in the file's words, without prefix
  std::span<const NameRule> names{};          ///< empty: the names are canonical
  std::span<const std::string_view> needed{}; ///< canonical, beyond what every ViT has
  VitDefaults defaults{};
  Preparation preparation{}; ///< the family's own
  /// What tells it from families with the same names, for people; empty when nothing does.
  std::string (*tells)(const VitCandidate&) = nullptr;
};

/// A Vision Transformer under a naming, at any prefix: where there are several networks, the one
/// that its authors evaluate.
class VitFamily final : public Family {
public:
  explicit VitFamily(const VitNaming& naming) : naming_(naming) {}

  [[nodiscard]] std::string_view name() const override { return naming_.name; }
  [[nodiscard]] std::string_view title() const override { return naming_.title; }
  [[nodiscard]] FamilyMatch match(const WeightFile& file) const override;
  [[nodiscard]] Description describe(const WeightFile& file,
                                     const NetworkSource& source) const override;
  [[nodiscard]] std::unique_ptr<const Network>
  build(const WeightFile& file, Description description, torch::Device device) const override;

private:
  [[nodiscard]] VitCandidate candidate(const WeightFile& file) const;

  VitNaming naming_;
};

} // namespace cortograph
