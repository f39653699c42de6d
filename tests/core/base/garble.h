#pragma once

#include "base/error.h"
#include "base/random.h"

#include <QTemporaryDir>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace cortograph::test {

inline std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void writeBytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

struct Survival {
  int asBefore = 0; ///< `read` said the same as of the sound file
  int other = 0;    ///< it said something else
  int refused = 0;  ///< it threw an Error
};

/// Reads copies of the file cut at `trials` lengths, or with a few bytes changed by a fixed seed.
/// `read` returns something comparable; what else than an Error it throws gets out.
enum class Damage { cut, garbled };
template <class Read>
Survival survive(const std::filesystem::path& file, Damage damage, int trials, Read&& read) {
  const std::string sound = bytesOf(file);
  const auto expected = read(file);
  const QTemporaryDir folder;
  const std::filesystem::path copy =
      folder.filePath(QString::fromStdString(file.filename().string())).toStdString();
  SplitMix random(20231117);
  Survival survival;
  for (int trial = 0; trial < trials; ++trial) {
    std::string bytes = sound;
    if (damage == Damage::cut) {
      bytes.resize(sound.size() * static_cast<std::size_t>(trial) /
                   static_cast<std::size_t>(trials));
    } else {
      // Half of them near the start, where headers lie.
      const std::size_t reach =
          trial % 2 == 0 ? bytes.size() : std::min<std::size_t>(bytes.size(), 4096);
      for (std::uint64_t flips = 1 + random.below(4U); flips > 0; --flips) {
        bytes[random.below(reach)] = static_cast<char>(random.bits());
      }
    }
    writeBytes(copy, bytes);
    try {
      ++(read(copy) == expected ? survival.asBefore : survival.other);
    } catch (const Error&) {
      ++survival.refused;
    }
  }
  return survival;
}

} // namespace cortograph::test
