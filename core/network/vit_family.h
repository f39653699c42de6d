#pragma once

#include "network/family.h"
#include "network/vit.h"
#include "network/vit_names.h"

#include <span>
#include <string>
#include <string_view>

namespace cortograph {

/// A Vision Transformer that a file may hold, under the names of some family.
struct VitCandidate {
  const WeightFile& file;
  std::string prefix; ///< start of its names in the file, "module.base_encoder."
  WeightTable canonical;

  /// Returns whether the name of any tensor in the file contains `part`.
  [[nodiscard]] bool mentions(std::string_view part) const;
};

/// Describes a family of Vision Transformers: its tensor names and its defaults.
struct VitNaming {
  std::string_view name;
  std::string_view title;
  std::string_view anchor; ///< name of the patch embedding's weight in the file, without prefix
  std::span<const NameRule> names{};          ///< empty: the names are canonical
  std::span<const std::string_view> needed{}; ///< canonical names, beyond what every ViT has
  VitDefaults defaults{};
  Preparation preparation{}; ///< how the family's authors prepare images
  /// Returns what distinguishes the candidate from families with the same names, as text for users;
  /// empty if nothing does. May be null.
  std::string (*tells)(const VitCandidate&) = nullptr;
};

/// A family of Vision Transformers, whose names may have any prefix. If a file holds several
/// networks, the one that its authors evaluate is used.
class VitFamily final : public Family {
public:
  explicit VitFamily(const VitNaming& naming) : naming_(naming) {}

  [[nodiscard]] std::string_view name() const override { return naming_.name; }
  [[nodiscard]] std::string_view title() const override { return naming_.title; }
  [[nodiscard]] FamilyMatch match(const WeightFile& file) const override;
  [[nodiscard]] Description describe(const WeightFile& file,
                                     const NetworkSource& source) const override;
  [[nodiscard]] std::unique_ptr<const Network> build(const WeightFile& file,
                                                     Description description,
                                                     torch::Device device,
                                                     const CancelToken& cancel) const override;

private:
  [[nodiscard]] VitCandidate candidate(const WeightFile& file) const;

  VitNaming naming_;
};

} // namespace cortograph
