#include "base/gzip.h"

#include "base/error.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr unsigned bufferSize = 1U << 17U;
constexpr std::uint64_t mostGrowth = 1032; // of deflate

gzFile asGzFile(void* stream) {
  return static_cast<gzFile>(stream);
}

} // namespace

void UnpackedFile::Close::operator()(void* stream) const noexcept {
  gzclose(asGzFile(stream));
}

UnpackedFile::UnpackedFile(const fs::path& file) : path_(file) {
  std::error_code failure;
  const bool isPlain = fs::is_regular_file(file, failure);
  const std::uintmax_t size = isPlain ? fs::file_size(file, failure) : 0;
  stream_.reset(isPlain && !failure ? gzopen(file.c_str(), "rbe") : nullptr);
  if (!stream_) {
    throw Error(ErrorKind::file,
                "Opening " + file.string() + " failed; check that it exists and is readable.");
  }
  gzbuffer(asGzFile(stream_.get()), bufferSize);
  const bool isGzipped = gzdirect(asGzFile(stream_.get())) == 0;
  const std::uint64_t growth = isGzipped ? mostGrowth : 1;
  mostBytes_ = std::min(std::uint64_t{size}, std::numeric_limits<std::uint64_t>::max() / growth);
  mostBytes_ *= growth;
}

std::size_t UnpackedFile::read(std::span<std::byte> out) {
  std::size_t got = 0;
  while (got < out.size()) {
    constexpr std::size_t mostAtOnce = std::size_t{1} << 30U;
    const auto wanted = static_cast<unsigned>(std::min(out.size() - got, mostAtOnce));
    const int part = gzread(asGzFile(stream_.get()), out.data() + got, wanted);
    if (part <= 0) {
      if (got == 0) { // else the next call tells
        requireSound();
      }
      break;
    }
    got += static_cast<std::size_t>(part);
  }
  return got;
}

void UnpackedFile::requireSound() const {
  int code = Z_OK;
  gzerror(asGzFile(stream_.get()), &code);
  if (code == Z_ERRNO) {
    throw Error(ErrorKind::file,
                "Reading " + path_.string() + " failed; check its disk and permissions.");
  }
  if (code != Z_OK) {
    throw Error(ErrorKind::format,
                "The gzip stream of " + path_.string() +
                    " is damaged or cut short; copy the file again.");
  }
}

std::string firstBytes(const fs::path& file, std::size_t count) noexcept {
  try {
    std::string bytes(count, '\0');
    UnpackedFile stream(file);
    bytes.resize(stream.read(std::as_writable_bytes(std::span(bytes))));
    return bytes;
  } catch (...) {
    return {};
  }
}

std::string readUnpacked(const fs::path& file) {
  constexpr std::size_t part = std::size_t{1} << 20U;
  constexpr std::size_t most = std::size_t{1} << 31U;
  UnpackedFile stream(file);
  std::string bytes;
  for (std::size_t got = part; got == part;) {
    const std::size_t before = bytes.size();
    if (before > most) {
      throw Error(ErrorKind::unsupported,
                  file.string() + " unpacks to more than 2 GiB; save it in parts.");
    }
    bytes.resize(before + part);
    got = stream.read(std::as_writable_bytes(std::span(bytes).subspan(before)));
    bytes.resize(before + got);
  }
  return bytes;
}

std::string gzipped(std::string_view bytes) {
  constexpr int gzipFormat = MAX_WBITS + 16;
  constexpr int usualMemory = 8;
  z_stream stream{};
  if (deflateInit2(&stream,
                   Z_DEFAULT_COMPRESSION,
                   Z_DEFLATED,
                   gzipFormat,
                   usualMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed;
  std::array<char, bufferSize> part{};
  int status = Z_OK;
  while (status == Z_OK) {
    constexpr std::size_t mostAtOnce = std::size_t{1} << 30U;
    if (stream.avail_in == 0) {
      stream.next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // NOLINT: zlib's way
      stream.avail_in = static_cast<uInt>(std::min(bytes.size(), mostAtOnce));
      bytes.remove_prefix(stream.avail_in);
    }
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    status = deflate(&stream, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
    packed.append(part.data(), part.size() - stream.avail_out);
  }
  deflateEnd(&stream);
  return packed;
}

} // namespace cortograph
