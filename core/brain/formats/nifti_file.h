#pragma once

#include "base/gzip.h"
#include "brain/formats/nifti_header.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// NIfTI files, private to formats/nifti.cpp and formats/cifti.cpp.
namespace cortograph::nifti {

enum class Container { none, nifti, cifti };
/// Returns what a file is, by its header, which for "x.img" is in "x.hdr" beside it. Never throws.
[[nodiscard]] Container containerOf(const std::filesystem::path& file) noexcept;

/// A NIfTI file, gzipped or not, that is read from its beginning to its end: a single file, or a
/// pair of which .hdr or .img is given.
class File {
public:
  /// Reads the header and what is before the first value. Throws Error{file, format, unsupported},
  /// also when the file can't hold as many values as its header claims.
  explicit File(const std::filesystem::path& file);

  [[nodiscard]] const Header& header() const noexcept { return header_; }
  /// Returns the content of the first extension with this code; empty when there is none.
  [[nodiscard]] std::string_view extension(int code) const;

  /// Reads the next values as numbers, scaled, and appends them. Memory grows with what the file
  /// really holds. Throws Error{format} when the file ends before, or when its gzip stream is
  /// damaged, and what convert() throws.
  void append(std::vector<float>& values, std::size_t count);

private:
  Header header_;
  std::filesystem::path path_; ///< of the file that holds the values
  UnpackedFile bytes_;         ///< from the first value on
  std::uint64_t left_ = 0;     ///< values not read yet
  std::string extensions_;     ///< the bytes between the header and the first value
  std::vector<std::byte> buffer_;
};

} // namespace cortograph::nifti
