#include "base/zip_archive.h"

#include "base/error.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace cortograph {

namespace {

using Bytes = std::span<const std::byte>;

constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::uint32_t end64LocatorSignature = 0x07064b50;
constexpr std::uint32_t entrySignature = 0x02014b50;
constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::size_t endSize = 22;
constexpr std::size_t end64LocatorSize = 20;
constexpr std::size_t entrySize = 46;
constexpr std::size_t localSize = 30;
constexpr std::size_t longestComment = 65535;
constexpr std::uint32_t in64Bits = 0xffffffff; ///< the number is in the 64-bit record
constexpr std::uint16_t encrypted = 1;
constexpr std::uint16_t deflated = 8;

class Archive {
public:
  Archive(std::string file, Bytes bytes) : file_(std::move(file)), bytes_(bytes) {}

  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorKind::format,
                file_ + " is not a complete zip archive: " + what + " Get the file again.");
  }

  template <class T> [[nodiscard]] T at(std::uint64_t offset) const {
    static_assert(std::is_unsigned_v<T>);
    T value = 0;
    std::memcpy(&value, part(offset, sizeof(T)).data(), sizeof(T));
    return value;
  }

  [[nodiscard]] Bytes part(std::uint64_t offset, std::uint64_t size) const {
    if (offset > bytes_.size() || size > bytes_.size() - offset) {
      refuse("a record ends beyond its " + std::to_string(bytes_.size()) + " bytes.");
    }
    return bytes_.subspan(offset, size);
  }

  [[nodiscard]] std::string text(std::uint64_t offset, std::uint64_t size) const {
    const Bytes found = part(offset, size);
    return {reinterpret_cast<const char*>(found.data()), found.size()};
  }

  /// Returns the offset of the record that ends every archive, searched for from the end.
  [[nodiscard]] std::uint64_t endRecord() const {
    const std::uint64_t farthest =
        bytes_.size() - std::min<std::uint64_t>(bytes_.size(), endSize + longestComment);
    for (std::uint64_t offset = bytes_.size(); offset-- > farthest;) {
      if (bytes_.size() - offset >= endSize && at<std::uint32_t>(offset) == endSignature) {
        return offset;
      }
    }
    refuse("its end record is missing.");
  }

private:
  std::string file_;
  Bytes bytes_;
};

struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t offset = 0;
};

Directory directoryOf(const Archive& archive) {
  const std::uint64_t end = archive.endRecord();
  Directory directory{.entries = archive.at<std::uint16_t>(end + 10),
                      .offset = archive.at<std::uint32_t>(end + 16)};
  const bool has64 = end >= end64LocatorSize &&
                     archive.at<std::uint32_t>(end - end64LocatorSize) == end64LocatorSignature;
  if (has64) {
    const auto record = archive.at<std::uint64_t>(end - end64LocatorSize + 8);
    if (archive.at<std::uint32_t>(record) != end64Signature) {
      archive.refuse("its 64-bit end record is missing.");
    }
    directory = {.entries = archive.at<std::uint64_t>(record + 32),
                 .offset = archive.at<std::uint64_t>(record + 48)};
  }
  return directory;
}

struct Entry {
  std::string name;
  std::uint64_t size = 0;
  std::uint64_t packedSize = 0;
  std::uint64_t local = 0;  ///< offset of the header before the data
  std::uint64_t next = 0;   ///< offset of the next entry
  std::uint16_t method = 0; ///< 0: stored as it is
  bool isEncrypted = false;
};

/// Reads the numbers that are too large for 32 bits, which are in the extra field of kind 1.
void takeLargeNumbers(const Archive& archive,
                      std::uint64_t extra,
                      std::uint64_t size,
                      Entry& entry) {
  const std::uint64_t end = extra + size;
  while (extra + 4 <= end) {
    const auto kind = archive.at<std::uint16_t>(extra);
    const auto length = archive.at<std::uint16_t>(extra + 2);
    if (kind == 1) {
      std::uint64_t at = extra + 4;
      for (std::uint64_t* number : {&entry.size, &entry.packedSize, &entry.local}) {
        if (*number == in64Bits) {
          *number = archive.at<std::uint64_t>(at);
          at += sizeof(*number);
        }
      }
      return;
    }
    extra += 4 + length;
  }
}

Entry entryAt(const Archive& archive, std::uint64_t offset) {
  if (archive.at<std::uint32_t>(offset) != entrySignature) {
    archive.refuse("an entry of its directory is missing.");
  }
  const auto nameSize = archive.at<std::uint16_t>(offset + 28);
  const auto extraSize = archive.at<std::uint16_t>(offset + 30);
  const auto commentSize = archive.at<std::uint16_t>(offset + 32);
  Entry entry{.name = archive.text(offset + entrySize, nameSize),
              .size = archive.at<std::uint32_t>(offset + 24),
              .packedSize = archive.at<std::uint32_t>(offset + 20),
              .local = archive.at<std::uint32_t>(offset + 42),
              .next = offset + entrySize + nameSize + extraSize + commentSize,
              .method = archive.at<std::uint16_t>(offset + 10),
              .isEncrypted = (archive.at<std::uint16_t>(offset + 8) & encrypted) != 0};
  takeLargeNumbers(archive, offset + entrySize + nameSize, extraSize, entry);
  return entry;
}

} // namespace

ZipMembers zipMembers(const std::string& file, Bytes bytes) {
  const Archive archive(file, bytes);
  const Directory directory = directoryOf(archive);
  ZipMembers members;
  std::uint64_t offset = directory.offset;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    const Entry entry = entryAt(archive, offset);
    if (archive.at<std::uint32_t>(entry.local) != localSignature) {
      archive.refuse("the member " + inQuotes(entry.name) + " is not where the directory says.");
    }
    const std::uint64_t data = entry.local + localSize +
                               archive.at<std::uint16_t>(entry.local + 26) +
                               archive.at<std::uint16_t>(entry.local + 28);
    const bool isTwice = members.stored.contains(entry.name) || members.packed.contains(entry.name);
    if (isTwice) {
      archive.refuse("it has the member " + inQuotes(entry.name) + " twice.");
    }
    if (entry.method == 0 && !entry.isEncrypted) {
      members.stored.emplace(entry.name, archive.part(data, entry.size));
    } else {
      members.packed.emplace(
          entry.name,
          PackedMember{.bytes = archive.part(data, entry.packedSize),
                       .size = entry.size,
                       .deflated = entry.method == deflated && !entry.isEncrypted});
    }
    offset = entry.next;
  }
  return members;
}

} // namespace cortograph
