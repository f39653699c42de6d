#include "base/hash.h"

#include "base/error.h"
#include "base/plain_file.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>

namespace cortograph {

namespace {

class Sha256 {
public:
  Sha256() {
    if (context_ == nullptr || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
      throw Error(ErrorKind::internal, "OpenSSL could not start a SHA-256 digest.");
    }
  }

  void add(const void* bytes, std::size_t count) { EVP_DigestUpdate(context_.get(), bytes, count); }

  [[nodiscard]] std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
      text += digits[digest[i] >> 4U];
      text += digits[digest[i] & 15U];
    }
    return text;
  }

private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(),
                                                                   &EVP_MD_CTX_free};
};

} // namespace

std::string contentHash(std::span<const std::byte> bytes) {
  return contentHash(std::vector{bytes});
}

std::string contentHash(const std::vector<std::span<const std::byte>>& pieces) {
  Sha256 hash;
  for (const std::span<const std::byte> piece : pieces) {
    hash.add(piece.data(), piece.size());
  }
  return hash.hex();
}

std::string contentHash(const std::filesystem::path& file) {
  std::ifstream stream = openPlainFile(file);
  if (!stream || std::filesystem::is_directory(file)) {
    throw Error(ErrorKind::file,
                "The file " + file.string() +
                    " can't be read; check that it exists and may be read.");
  }
  Sha256 hash;
  std::vector<char> block(std::size_t{1} << 20U);
  while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) ||
         stream.gcount() > 0) {
    hash.add(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  return hash.hex();
}

} // namespace cortograph
