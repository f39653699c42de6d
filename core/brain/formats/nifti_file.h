#pragma once

#include "brain/formats/nifti_header.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// NIfTI files, private to formats/nifti.cpp and formats/cifti.cpp.
namespace cortograph::nifti {

enum class Container { none, nifti, cifti };
/// Returns what a file is, gzipped or not, by its header; "x.img" by the header in "x.hdr" beside
/// it. Never throws.
[[nodiscard]] Container containerOf(const std::filesystem::path& file) noexcept;

/// A NIfTI file that is read from its beginning to its end, gzipped or not: a single file, or a
/// pair .hdr and .img, of which either is given.
class File {
public:
  /// Reads the header. Throws Error{file, format, unsupported}, also when the file can't hold as
  /// many values as its header claims.
  explicit File(const std::filesystem::path& file);

  [[nodiscard]] const Header& header() const noexcept { return header_; }
  /// Returns the content of the first extension with this code; empty when there is none.
  [[nodiscard]] std::string extension(int code) const;

  /// Reads the next `count` values, scaled and as numbers, and appends them. Memory grows with what
  /// the file really holds. Throws Error{file, format} when it ends before.
  void append(std::vector<float>& values, std::size_t count);

private:
  struct Close {
    void operator()(void* stream) const noexcept;
  };
  using Stream = std::unique_ptr<void, Close>;

  [[nodiscard]] Stream open() const;
  /// Reads as many bytes as there are, at most those of `out`.
  std::size_t read(std::span<std::byte> out);

  std::filesystem::path path_; ///< of what is open: the header's file, then the values'
  Stream stream_;
  Header header_;
  std::string extensions_;
  std::vector<std::byte> buffer_;
};

} // namespace cortograph::nifti
