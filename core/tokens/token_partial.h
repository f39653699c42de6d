#pragma once

#include "tokens/token_file.h"

#include <cstdint>
#include <filesystem>
#include <future>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// What a tokens file is to hold.
struct TokenPlan {
  Attributes attributes;
  std::vector<std::string> names;
  std::vector<std::string> hashes;
  std::vector<int> layers;
  std::vector<LayerShape> shapes; ///< of these layers
  bool float16 = false;

  [[nodiscard]] std::uintmax_t bytes() const;
};

/// How the file's tokens are made otherwise than the plan's: "preprocessing (128x128, …; now
/// 224x224, …)". Empty: an image's tokens are the same in both.
[[nodiscard]] std::string differenceOf(const TokenPlan& plan, const TokenFileInfo& file);

/// The tokens file that is being made, F.h5.partial beside F.h5: whole but for the rows of images
/// that /images/done does not name yet. A process or machine that dies at any moment leaves it
/// readable, and the next one goes on with it.
class TokenPartial {
public:
  /// Goes on with the partial file of an earlier run where that is of this plan, else begins one;
  /// what an earlier one with other images holds is kept as before(). Throws Error{file} when the
  /// disk has not the space, or another process is making this file.
  TokenPartial(std::filesystem::path out, TokenPlan plan);
  TokenPartial(const TokenPartial&) = delete;
  TokenPartial& operator=(const TokenPartial&) = delete;
  TokenPartial(TokenPartial&&) = delete;
  TokenPartial& operator=(TokenPartial&&) = delete;
  ~TokenPartial();

  /// A partial file of the same recipe, but of other images; it may not be there.
  [[nodiscard]] const std::filesystem::path& before() const noexcept { return before_; }
  /// Copies what `source`, of the same recipe, has of the images that are not done; how many.
  std::size_t copyFrom(const TokenFile& source, const Control& control);
  [[nodiscard]] std::vector<std::int64_t> missing() const;
  /// Rows of these images. They count as done once they are on the disk.
  void write(std::span<const std::int64_t> images, const Tokens& tokens);
  /// All images are there: takes its place as the tokens file.
  void commit();
  /// After a failure: marks what is done and says so, or removes a file that holds nothing.
  void keep() noexcept;

private:
  void lock();
  bool goOn();
  bool goOnWith(const TokenFileInfo& earlier);
  void requireSpace() const;
  void create();
  void advance();
  void settle();
  [[nodiscard]] std::size_t doneCount() const;

  std::filesystem::path out_;
  std::filesystem::path path_;
  std::filesystem::path before_;
  TokenPlan plan_;
  int descriptor_ = -1; ///< of path_: the lock, and for flushing beside HDF5
  std::optional<Hdf5File> file_;
  std::vector<std::uint8_t> done_;
  std::vector<std::int64_t> written_; ///< but not being flushed yet
  std::vector<std::int64_t> flushed_; ///< or about to be, when flushing_ is done
  std::future<bool> flushing_;
};

} // namespace cortograph
