#include "brain/format.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "brain/file_names.h"

#include <algorithm>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

const Format& knownFormatOf(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    throw Error(ErrorKind::file, "There is no file " + file.string() + ".");
  }
  if (fs::is_directory(file, ignored)) {
    throw Error(ErrorKind::file, file.string() + " is a folder, but a file is expected.");
  }
  if (const Format* format = formatOf(file)) {
    return *format;
  }
  std::string titles;
  for (const FormatEntry entry : formatTable()) {
    titles += (titles.empty() ? "" : "; ") + std::string(entry().title);
  }
  throw Error(ErrorKind::format,
              file.string() + " has an unknown format; the known ones are: " + titles + ".");
}

[[noreturn]] void throwHoldsNone(const fs::path& file, const Format& format, const char* what) {
  throw Error(ErrorKind::unsupported,
              file.string() + " has the format " + std::string(format.name) + ", which holds no " +
                  what + "; give a file of another format.");
}

} // namespace

const Format* formatOf(const fs::path& file) {
  for (const FormatEntry entry : formatTable()) {
    if (entry().recognizes(file)) {
      return &entry();
    }
  }
  return nullptr;
}

bool hasFormatEnding(const fs::path& file) {
  return std::ranges::any_of(formatTable(),
                             [&](FormatEntry entry) { return hasEnding(file, entry().endings); });
}

bool hasSurfaceEnding(const fs::path& file) {
  return std::ranges::any_of(formatTable(), [&](FormatEntry entry) {
    return entry().readSurface != nullptr && hasEnding(file, entry().endings);
  });
}

SurfaceFile readSurface(const fs::path& file) {
  const Format& format = knownFormatOf(file);
  if (format.readSurface == nullptr) {
    throwHoldsNone(file, format, "surfaces");
  }
  return format.readSurface(file);
}

VertexData readVertexData(const fs::path& file) {
  const Format& format = knownFormatOf(file);
  if (format.readVertexData == nullptr) {
    throwHoldsNone(file, format, "vertex data");
  }
  return format.readVertexData(file, sideIn(nameWords(file.filename().string())));
}

} // namespace cortograph
