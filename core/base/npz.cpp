#include "base/npz.h"

#include "base/error.h"
#include "base/mapped_file.h"
#include "base/zip_archive.h"
#include "base/zip_unpack.h"

namespace cortograph {

namespace fs = std::filesystem;

std::map<std::string, NpyFile> readNpz(const fs::path& file) {
  return readNpz(file, mapFile(file));
}

std::map<std::string, NpyFile> readNpz(const fs::path& file, const SharedBytes& from) {
  const ZipMembers members = zipMembers(file.string(), from.bytes);
  std::map<std::string, NpyFile> arrays;
  const auto add = [&](const std::string& name, const SharedBytes& member) {
    const std::string shown = file.string() + ", array " + inQuotes(name) + ",";
    arrays.emplace(name.substr(0, name.rfind(".npy")), NpyFile(shown, member));
  };
  for (const auto& [name, bytes] : members.stored) {
    add(name, {bytes, from.memory});
  }
  for (const auto& [name, member] : members.packed) {
    const auto plain = unpacked(member);
    if (!plain) {
      throw Error(ErrorKind::format,
                  "The member " + inQuotes(name) + " of " + file.string() +
                      " does not unpack to the " + std::to_string(member.size) +
                      " bytes that the archive claims; save the arrays again with numpy.savez.");
    }
    add(name, {*plain, plain});
  }
  return arrays;
}

} // namespace cortograph
