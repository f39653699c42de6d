#pragma once

#include <filesystem>
#include <string_view>

namespace cortograph {

/// Throws Error{file} when the folder that `target` lies in is missing or not writable.
void requireWritableFolder(const std::filesystem::path& target);

/// Flushes `temporary` to disk and renames it over `target`; throws Error{file}.
void moveIntoPlace(const std::filesystem::path& temporary, const std::filesystem::path& target);

/// A file that is written whole or not at all: write to temporary(), then call commit(), which
/// renames it over `target`. Without commit(), the destructor removes the temporary file.
class PendingFile {
public:
  /// Throws what requireWritableFolder() throws.
  explicit PendingFile(std::filesystem::path target);
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  PendingFile(PendingFile&&) = delete;
  PendingFile& operator=(PendingFile&&) = delete;
  ~PendingFile();

  /// Returns the file to write, in the target's folder, with the target's ending.
  [[nodiscard]] const std::filesystem::path& temporary() const noexcept { return temporary_; }
  /// Calls moveIntoPlace().
  void commit();

private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  bool committed_ = false;
};

/// Writes a file whole or not at all. Throws Error{file}.
void writeWhole(const std::filesystem::path& file, std::string_view bytes);

} // namespace cortograph
