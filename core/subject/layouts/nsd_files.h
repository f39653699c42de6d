#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cortograph {

/// A subject's folder in a copy of the Natural Scenes Dataset (Allen et al. 2022,
/// doi:10.1038/s41593-021-00962-x), whose files lie where the distribution has them:
/// https://cvnlab.slite.page/p/CT9Fwl4_hc
struct NsdFolder {
  std::filesystem::path root; ///< holds nsddata, nsddata_betas and nsddata_stimuli
  std::string subject;        ///< "subj01"

  /// Returns the place of a file; `relative` is its path in the distribution.
  [[nodiscard]] std::filesystem::path at(const std::string& relative) const {
    return root / relative;
  }
  /// Throws Error{notFound} that names the files that are missing, and where to fetch them.
  void require(const std::vector<std::string>& relative) const;
  /// Returns the distribution's path of the subject's betas on fsaverage.
  [[nodiscard]] std::string betas() const;
};

/// Returns whether the folder is a subject's in nsddata_betas/ppdata, or one that holds
/// nsddata_betas. Never throws.
[[nodiscard]] bool isNsdFolder(const std::filesystem::path& folder);
/// Throws Error{notFound} when the copy holds several subjects and `folder` is not that of one.
[[nodiscard]] NsdFolder nsdFolderOf(const std::filesystem::path& folder);

/// The files of one scan session: left, right; a side that the copy lacks is empty.
using NsdSession = std::array<std::filesystem::path, 2>;
/// Returns the sessions that are there, by number. Throws Error{notFound} when there is none, or
/// when one side is missing in some, Error{unsupported} when the betas are in other spaces only.
[[nodiscard]] std::map<int, NsdSession> nsdSessionsOf(const NsdFolder& folder);

/// What was shown when. Images are rows of the dataset imgBrick in nsd_stimuli.hdf5.
struct NsdDesign {
  std::vector<std::size_t> imageOfTrial; ///< of all sessions
  std::set<std::size_t> shared;          ///< images shown to every subject
};
/// Reads a subject's design from nsd_expdesign.mat. Throws Error{format, mismatch}.
[[nodiscard]] NsdDesign readNsdDesign(const std::filesystem::path& file,
                                      const std::string& subject);

} // namespace cortograph
