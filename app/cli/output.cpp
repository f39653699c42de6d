#include "app/cli/output.h"

#include "base/error.h"
#include "base/hdf5.h"
#include "base/plain_file.h"
#include "base/text.h"
#include "brain/format.h"

#if CORTOGRAPH_HAS_GUI
#include "viewer/figure/figure_format.h"
#endif

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

std::string startOf(const fs::path& file) {
  std::array<char, 64> bytes{};
  std::ifstream stream = openPlainFile(file);
  stream.read(bytes.data(), bytes.size());
  return {bytes.data(), static_cast<std::size_t>(stream.gcount())};
}

/// Returns the values of all options except --out, also those of lists with commas.
std::vector<fs::path> inputsOf(const CLI::App& app) {
  std::vector<fs::path> inputs;
  for (const CLI::Option* option : app.get_options()) {
    if (option->check_name("--out")) {
      continue;
    }
    for (const std::string& value : option->results()) {
      inputs.emplace_back(value);
      std::istringstream parts(value);
      for (std::string part; std::getline(parts, part, ',');) {
        inputs.emplace_back(part);
      }
    }
  }
  return inputs;
}

bool liesInside(const fs::path& file, const fs::path& folder) {
  std::error_code ignored;
  const fs::path below =
      fs::weakly_canonical(file, ignored).lexically_relative(fs::canonical(folder, ignored));
  return !below.empty() && *below.begin() != "..";
}

[[noreturn]] void refuse(const fs::path& out, const std::string& why) {
  throw Error(ErrorKind::unsupported, out.string() + " " + why);
}

} // namespace

std::string writtenKind(const fs::path& file) {
  try {
    if (Hdf5File::recognizes(file)) {
      return textOf(Hdf5File::open(file).attributes("/"), "cortograph_kind");
    }
#if CORTOGRAPH_HAS_GUI
    if (!sessionIn(file).empty()) {
      return "figure";
    }
#endif
  } catch (const Error&) {
    return "";
  }
  const std::string start = startOf(file);
  constexpr std::size_t headerBytes = 8; // of a safetensors file, before its JSON
  if (const Format* format = formatOf(file); format != nullptr && format->write != nullptr) {
    return std::string(format->name);
  }
  if (start.size() > headerBytes && start.substr(4, 4) == "ftyp") {
    return "mp4";
  }
  if (start.size() > headerBytes && start[headerBytes] == '{') {
    return "safetensors";
  }
  return lowerCase(file.extension().string()) == ".csv" ? "csv" : "";
}

void requireFreeOutput(const CLI::App& app, std::span<const std::string_view> kinds) {
  const CLI::Option* option = app.get_option_no_throw("--out");
  if (option == nullptr || option->count() == 0) {
    return;
  }
  const fs::path out = option->as<std::string>();
  std::error_code ignored;
  if (!fs::exists(out, ignored)) {
    return;
  }
  if (fs::is_directory(out, ignored)) {
    refuse(out, "is a folder, but --out must be a file; name a file in it.");
  }
  const std::string kind = writtenKind(out);
  for (const fs::path& input : inputsOf(app)) {
    if (fs::equivalent(out, input, ignored)) {
      refuse(out, "is an input of this command and would be overwritten; give another --out.");
    }
    // Earlier results of this program in the folder do not belong to a subject or to images.
    const bool ownResult = kind == "map" || kind == "tokens" || kind == "scores" ||
                           kind == "responses" || kind == "figure";
    if (!ownResult && fs::is_directory(input, ignored) && liesInside(out, input)) {
      refuse(out,
             "lies in " + input.string() +
                 ", an input of this command, and would be overwritten; give another --out.");
    }
  }
  const bool own =
      fs::is_empty(out, ignored) || std::ranges::find(kinds, std::string_view(kind)) != kinds.end();
  if (!own && app.count("--force") == 0) {
    std::string wanted;
    for (const std::string_view each : kinds) {
      wanted += (wanted.empty() ? "" : " or ") + std::string(each);
    }
    refuse(out,
           "already exists and is " +
               (kind.empty() ? "of another kind" : "of the kind \"" + kind + "\"") +
               ", but this command writes " + wanted +
               "; give another --out, or --force to replace it.");
  }
}

} // namespace cortograph
