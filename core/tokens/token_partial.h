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

/// Describes what a tokens file will hold.
struct TokenPlan {
  Attributes attributes;
  std::vector<std::string> names;
  std::vector<std::string> hashes;
  std::vector<int> layers;
  std::vector<LayerShape> shapes; ///< one per layer
  bool float16 = false;

  [[nodiscard]] std::uintmax_t bytes() const; ///< size of all tokens
};

/// Returns the first setting in which the file's tokens differ from the plan's, such as
/// "preprocessing (128x128, …; now 224x224, …)". Empty: an image's tokens are the same in both.
[[nodiscard]] std::string differenceOf(const TokenPlan& plan, const TokenFileInfo& file);

/// A tokens file in the making: F.h5.partial beside F.h5. It is complete except for the rows of
/// images that /images/done does not mark yet. If the process or the machine dies at any moment,
/// the file stays readable and the next run continues it.
class TokenPartial {
public:
  /// Continues the partial file of an earlier run if it has the same plan, else begins a new one.
  /// An earlier partial file with other images is kept as before(). Throws Error{file} when the
  /// disk has too little space or another process is making this file.
  TokenPartial(std::filesystem::path out, TokenPlan plan);
  TokenPartial(const TokenPartial&) = delete;
  TokenPartial& operator=(const TokenPartial&) = delete;
  TokenPartial(TokenPartial&&) = delete;
  TokenPartial& operator=(TokenPartial&&) = delete;
  ~TokenPartial();

  /// Returns the path of a partial file with the same settings but other images; it may not exist.
  [[nodiscard]] const std::filesystem::path& before() const noexcept { return before_; }
  /// Copies the tokens that `source` (made with the same settings) has of images that are not done
  /// yet. Returns the number of images copied.
  std::size_t copyFrom(const TokenFile& source, const Control& control);
  /// Returns the numbers of the images that are not done.
  [[nodiscard]] std::vector<std::int64_t> missing() const;
  /// Writes the rows of these images. They count as done once they are on the disk.
  void write(std::span<const std::int64_t> images, const Tokens& tokens);
  /// Moves the complete file into its final place. All images must have been written.
  void commit();
  /// Keeps what is done after a failure and logs it; removes a file that holds no tokens.
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
  int descriptor_ = -1; ///< of path_; holds the lock and flushes data independently of HDF5
  std::optional<Hdf5File> file_;
  std::vector<std::uint8_t> done_;
  std::vector<std::int64_t> written_; ///< images written, but not yet being flushed
  std::vector<std::int64_t> flushed_; ///< images that are on the disk once flushing_ is done
  std::future<bool> flushing_;        ///< false: the flush failed
};

} // namespace cortograph
