#include "base/npz.h"

#include "base/error.h"
#include "base/zip_archive.h"
#include "base/zip_unpack.h"

#include <zlib.h>

#include <fstream>
#include <iterator>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using Bytes = std::vector<std::byte>;

std::shared_ptr<const Bytes> bytesOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  const auto size = stream ? static_cast<std::streamoff>(stream.tellg()) : -1;
  if (size < 0 || fs::is_directory(file)) {
    throw Error(ErrorKind::file, "The file " + file.string() + " can't be read.");
  }
  auto bytes = std::make_shared<Bytes>(static_cast<std::size_t>(size));
  stream.seekg(0);
  if (!stream.read(reinterpret_cast<char*>(bytes->data()), size)) {
    throw Error(ErrorKind::file, "The file " + file.string() + " can't be read to its end.");
  }
  return bytes;
}

} // namespace

std::map<std::string, NpyFile> readNpz(const fs::path& file) {
  const std::shared_ptr<const Bytes> archive = bytesOf(file);
  const ZipMembers members = zipMembers(file.string(), *archive);
  std::map<std::string, NpyFile> arrays;
  const auto add = [&](const std::string& name,
                       const std::shared_ptr<const Bytes>& memory,
                       std::span<const std::byte> bytes) {
    const std::string shown = file.string() + ", array " + inQuotes(name) + ",";
    arrays.emplace(name.substr(0, name.rfind(".npy")), NpyFile(shown, memory, bytes));
  };
  for (const auto& [name, bytes] : members.stored) {
    add(name, archive, bytes);
  }
  for (const auto& [name, member] : members.packed) {
    const auto plain = unpacked(member);
    if (!plain) {
      throw Error(ErrorKind::format,
                  "The member " + inQuotes(name) + " of " + file.string() +
                      " does not unpack to the " + std::to_string(member.size) +
                      " bytes that the archive promises; save the arrays again with numpy.savez.");
    }
    add(name, plain, *plain);
  }
  return arrays;
}

} // namespace cortograph
