#include "brain/formats/nifti_file.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/stored_number.h"
#include "brain/formats/nifti_values.h"

#include <nifti2_io.h>

#include <algorithm>
#include <array>
#include <span>

namespace cortograph::nifti {

namespace fs = std::filesystem;

namespace {

using Endings = std::array<std::string_view, 2>;
constexpr Endings headerEndings{".hdr", ".hdr.gz"};
constexpr Endings imageEndings{".img", ".img.gz"};

/// Returns the other file of a pair; the same file when its name has another ending, or when there
/// is no other file.
fs::path partnerOf(const fs::path& file, const Endings& from, const Endings& to) {
  const std::string name = file.filename().string();
  for (const std::string_view ending : from) {
    if (!hasEnding(file, ending)) {
      continue;
    }
    const std::string stem = name.substr(0, name.size() - ending.size());
    for (const std::string_view other : to) {
      fs::path partner = file.parent_path() / (stem + std::string(other));
      std::error_code ignored;
      if (fs::exists(partner, ignored)) {
        return partner;
      }
    }
  }
  return file;
}

fs::path headerFileOf(const fs::path& file) {
  return partnerOf(file, imageEndings, headerEndings);
}

Header readHeader(const fs::path& file) {
  const fs::path path = headerFileOf(file);
  std::array<std::byte, longestHeader> start{};
  const std::size_t got = UnpackedFile(path).read(start);
  return headerOf(std::span(start).first(got), path);
}

/// Returns the file that holds the values.
fs::path valuesFileOf(const fs::path& file, const Header& header) {
  if (!header.isPair) {
    return file;
  }
  fs::path image = partnerOf(file, headerEndings, imageEndings);
  if (!hasEnding(image, imageEndings)) {
    throw Error(ErrorKind::file,
                file.string() + " is the header of a NIfTI pair, but the file of its values, with "
                                "the ending .img, is not beside it; put it there.");
  }
  return image;
}

/// Throws when a file of at most so many bytes can't hold the values that the header claims.
void requireRoom(const Header& header, std::uint64_t most, const fs::path& file) {
  std::uint64_t room = most > header.offset ? (most - header.offset) / header.itemSize : 0;
  const std::uint64_t held = room;
  for (const std::size_t extent : header.shape) {
    room /= extent;
  }
  if (room == 0) {
    throwDamaged(file,
                 "its header states " + toString(header.shape) + " values, but it can hold " +
                     std::to_string(held) + " at most");
  }
}

/// Reads so many bytes in parts, so that memory grows only with what is there.
std::string readBytes(UnpackedFile& stream, std::uint64_t count, const fs::path& file) {
  constexpr std::uint64_t part = 1U << 20U;
  std::string bytes;
  while (bytes.size() < count) {
    const std::size_t before = bytes.size();
    bytes.resize(before + static_cast<std::size_t>(std::min(part, count - before)));
    if (stream.read(std::as_writable_bytes(std::span(bytes).subspan(before))) <
        bytes.size() - before) {
      throwDamaged(file, "it is cut short before its first value");
    }
  }
  return bytes;
}

} // namespace

Container containerOf(const fs::path& file) noexcept {
  try {
    const std::string start = firstBytes(headerFileOf(file), longestHeader);
    const auto bytes = std::as_bytes(std::span(start));
    return !isHeader(bytes)       ? Container::none
           : isCiftiHeader(bytes) ? Container::cifti
                                  : Container::nifti;
  } catch (...) {
    return Container::none;
  }
}

File::File(const fs::path& file)
    : header_(readHeader(file)), path_(valuesFileOf(file, header_)), bytes_(path_) {
  requireRoom(header_, bytes_.mostBytes(), path_);
  left_ = elementCount(header_.shape);
  extensions_ = readBytes(bytes_, header_.offset, path_);
  const std::size_t header = header_.version == 1 ? sizeof(nifti_1_header) : longestHeader;
  extensions_.erase(0, header_.isPair ? extensions_.size() : header);
}

std::string_view File::extension(int code) const {
  constexpr std::size_t announcement = 4;
  constexpr std::size_t entry = 8; // size and code
  std::string_view left = extensions_;
  if (left.size() < announcement || left.front() == 0) {
    return {};
  }
  left.remove_prefix(announcement);
  while (left.size() >= entry) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(left.data());
    const std::int64_t size = storedNumber<std::int32_t>(bytes, header_.order);
    if (size < std::int64_t{entry} || size > static_cast<std::int64_t>(left.size())) {
      break;
    }
    if (storedNumber<std::int32_t>(bytes + sizeof(std::int32_t), header_.order) == code) {
      return left.substr(entry, static_cast<std::size_t>(size) - entry);
    }
    left.remove_prefix(static_cast<std::size_t>(size));
  }
  return {};
}

void File::append(std::vector<float>& values, std::size_t count) {
  constexpr std::size_t part = std::size_t{1} << 16U;
  values.reserve(values.size() + count);
  for (std::size_t left = count; left > 0;) {
    const std::size_t next = std::min(part, left);
    buffer_.resize(next * header_.itemSize);
    if (bytes_.read(buffer_) < buffer_.size()) {
      throwDamaged(path_, "it is cut short before its last value");
    }
    values.resize(values.size() + next);
    convert(header_, buffer_, std::span(values).last(next), path_);
    left -= next;
  }
  left_ -= count;
  if (left_ == 0) {
    std::array<std::byte, 1> behind{};
    (void)bytes_.read(behind); // checks the sum at the end of a gzip stream
  }
}

} // namespace cortograph::nifti
