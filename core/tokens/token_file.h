#pragma once

#include "base/hdf5.h"
#include "jobs/tokens_job.h"
#include "network/network.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// The head of a tokens file: HDF5, root attributes cortograph_kind="tokens", schema=1 and those
/// below; /layer/<number>/local images×C×h×w and global images×C, float32 or float16, one chunk an
/// image; /images/name, /images/hash.
struct TokenFileInfo {
  std::vector<std::string> imageNames;
  std::vector<std::string> imageHashes;
  std::vector<int> layers;        ///< numbers in the network, from 0
  Extent grid;                    ///< of the local tokens; empty where layers differ in it
  Attributes attributes;          ///< of sourceAttributes(), and what the file was made with
  std::vector<std::uint8_t> done; ///< of each image, 1: its tokens are there
  bool float16 = false;           ///< as they are stored

  [[nodiscard]] bool whole() const;
};

inline constexpr std::int64_t tokenFileSchema = 1;
inline constexpr const char* tokenFileKind = "tokens";
/// "/layer/03/local"
[[nodiscard]] std::string tokenDataset(int layer, const char* which);

/// Streams tokens to `job.out`, batch by batch: memory does not grow with the number of images.
/// Whole or absent; what a killed or cancelled run has done is in token_partial.h's file, from
/// which the next goes on. Tokens that job.out has already, of the same recipe and images of the
/// same content, are not computed again. Returns the number of images.
std::size_t writeTokenFile(const TokensJob& job, const Network& network, const Control& control);

/// A tokens file to read some images of. Safe on several threads (HDF5 serialises them).
class TokenFile {
public:
  enum class Rows {
    all, ///< every image's tokens must be there
    some ///< of info().done
  };
  /// Reads the head, and checks every dataset's shape against it. Throws Error{file, format}.
  explicit TokenFile(std::filesystem::path file, Rows rows = Rows::all);

  [[nodiscard]] const TokenFileInfo& info() const noexcept { return info_; }
  /// Tokens of these rows and layers (numbers in the network), in their order, float32. Throws
  /// Error{mismatch} when the file has no such layer.
  [[nodiscard]] Tokens read(std::span<const std::size_t> rows,
                            const std::vector<int>& layers) const;
  /// Rows of the images' tokens, found by content (hashesOf(images)). Throws Error{mismatch} for
  /// an image without.
  [[nodiscard]] std::vector<std::size_t> rowsOf(const std::vector<Stimulus>& images,
                                                const std::vector<std::string>& hashes) const;

private:
  std::filesystem::path path_;
  Hdf5File file_;
  TokenFileInfo info_;
};

[[nodiscard]] TokenFileInfo readTokenFileInfo(const std::filesystem::path& file);
/// All tokens, float32. Throws Error{file, format}.
[[nodiscard]] Tokens readTokenFile(const std::filesystem::path& file);

} // namespace cortograph
