#pragma once

#include "base/hdf5.h"
#include "jobs/tokens_job.h"
#include "network/network.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// What a tokens file says about its tokens. The file is HDF5, with root attributes
/// cortograph_kind="tokens", schema=1 and the attributes below. /layer/<number>/local is
/// images×C×h×w and /layer/<number>/global is images×C, float32 or float16, with one chunk per
/// image. /images/name and /images/hash describe the images; /images/done is 1 for each image whose
/// tokens are stored.
struct TokenFileInfo {
  std::vector<std::string> imageNames;
  std::vector<std::string> imageHashes;
  std::vector<int> layers;        ///< layer numbers in the network, from 0
  Extent grid;                    ///< grid of the local tokens; empty if layers differ in it
  Attributes attributes;          ///< from sourceAttributes(), plus how the file was made
  std::vector<std::uint8_t> done; ///< one per image; 1: its tokens are stored
  bool float16 = false;           ///< whether tokens are stored as float16

  [[nodiscard]] bool whole() const; ///< whether all images are done
};

inline constexpr std::int64_t tokenFileSchema = 1;
inline constexpr const char* tokenFileKind = "tokens";
/// Returns the path of a dataset, such as "/layer/03/local".
[[nodiscard]] std::string tokenDataset(int layer, const char* which);

/// Writes tokens to `job.out` batch by batch, so memory does not grow with the number of images.
/// The file is complete or absent. A killed or cancelled run leaves a partial file
/// (token_partial.h), which the next run continues. Tokens that job.out already holds are not
/// computed again if they were made with the same settings from images of the same content. Returns
/// the number of images.
std::size_t writeTokenFile(const TokensJob& job, const Network& network, const Control& control);

/// Reads the tokens of chosen images from a tokens file. Safe on several threads (HDF5 serialises
/// them).
class TokenFile {
public:
  enum class Rows {
    all, ///< the tokens of every image must be stored
    some ///< only the images in info().done need be stored
  };
  /// Reads the description of the file and checks every dataset's shape against it. Throws
  /// Error{file, format}.
  explicit TokenFile(std::filesystem::path file, Rows rows = Rows::all);

  [[nodiscard]] const TokenFileInfo& info() const noexcept { return info_; }
  /// Reads the tokens of these rows and layers (numbers in the network), in the given order,
  /// float32. Throws Error{mismatch} when the file has no such layer.
  [[nodiscard]] Tokens read(std::span<const std::size_t> rows,
                            const std::vector<int>& layers) const;
  /// Returns the row of each image's tokens, found by content; `hashes` is hashesOf(images). Throws
  /// Error{mismatch} for an image that the file does not hold.
  [[nodiscard]] std::vector<std::size_t> rowsOf(const std::vector<Stimulus>& images,
                                                const std::vector<std::string>& hashes) const;

private:
  std::filesystem::path path_;
  Hdf5File file_;
  TokenFileInfo info_;
};

[[nodiscard]] TokenFileInfo readTokenFileInfo(const std::filesystem::path& file);
/// Reads all tokens of a file, float32. Throws Error{file, format}.
[[nodiscard]] Tokens readTokenFile(const std::filesystem::path& file);

} // namespace cortograph
