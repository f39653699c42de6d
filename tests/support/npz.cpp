#include "support/npz.h"

#include "base/error.h"
#include "base/npy.h"

#include <zlib.h>

#include <QTemporaryDir>

#include <cstring>
#include <fstream>
#include <iterator>

namespace cortograph::test {

namespace {

template <class T> T at(const std::vector<char>& bytes, std::size_t offset) {
  T value{};
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::vector<char> inflated(const char* data, std::size_t packed, std::size_t plain) {
  std::vector<char> out(plain);
  z_stream stream{};
  inflateInit2(&stream, -MAX_WBITS);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data));
  stream.avail_in = static_cast<uInt>(packed);
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(plain);
  const int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (status != Z_STREAM_END) {
    throw Error(ErrorKind::format, "A member of the .npz file does not inflate.");
  }
  return out;
}

} // namespace

std::map<std::string, Array<float>> readNpz(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::vector<char> zip{std::istreambuf_iterator<char>(stream), {}};
  constexpr std::size_t endSize = 22;
  std::size_t end = zip.size() - endSize;
  while (at<std::uint32_t>(zip, end) != 0x06054b50) {
    --end;
  }
  const QTemporaryDir folder;
  std::map<std::string, Array<float>> arrays;
  std::size_t entry = at<std::uint32_t>(zip, end + 16);
  for (int left = at<std::uint16_t>(zip, end + 10); left > 0; --left) {
    const auto method = at<std::uint16_t>(zip, entry + 10);
    const auto packed = at<std::uint32_t>(zip, entry + 20);
    const auto plain = at<std::uint32_t>(zip, entry + 24);
    const auto nameLength = at<std::uint16_t>(zip, entry + 28);
    const auto local = at<std::uint32_t>(zip, entry + 42);
    const std::string name(zip.data() + entry + 46, nameLength);
    const char* data = zip.data() + local + 30 + at<std::uint16_t>(zip, local + 26) +
                       at<std::uint16_t>(zip, local + 28);
    const std::vector<char> npy =
        method == 0 ? std::vector<char>(data, data + plain) : inflated(data, packed, plain);
    const std::filesystem::path member = folder.filePath("member.npy").toStdString();
    std::ofstream(member, std::ios::binary)
        .write(npy.data(), static_cast<std::streamsize>(npy.size()));
    arrays[name.substr(0, name.rfind(".npy"))] = NpyFile(member).read<float>();
    entry +=
        46U + nameLength + at<std::uint16_t>(zip, entry + 30) + at<std::uint16_t>(zip, entry + 32);
  }
  return arrays;
}

} // namespace cortograph::test
