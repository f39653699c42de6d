#include "base/npz.h"

#include "base/error.h"
#include "base/plain_file.h"
#include "brain/format.h"
#include "brain/formats/npy_values.h"
#include "brain/value_range.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Returns whether a file is a zip archive whose first member is an array.
bool recognizesNpz(const fs::path& file) {
  constexpr std::size_t nameAt = 30; // of a zip's local file header
  std::ifstream stream = openPlainFile(file);
  std::string start(nameAt, '\0');
  stream.read(start.data(), nameAt);
  const auto byte = [&start](std::size_t i) { return static_cast<unsigned char>(start[i]); };
  if (!stream || !start.starts_with("PK\3\4")) {
    return false;
  }
  std::string name(byte(26) + std::size_t{256} * byte(27), '\0');
  stream.read(name.data(), static_cast<std::streamsize>(name.size()));
  return stream && name.ends_with(".npy");
}

nlohmann::ordered_json npzInfo(const fs::path& file) {
  nlohmann::ordered_json json{{"kind", "arrays"}, {"format", "npz"}};
  for (const auto& [name, npy] : readNpz(file)) {
    json["arrays"][name] = {{"shape", npy.shape()}, {"type", npy.type()}};
    ValueRange range;
    range.addAll(npy.read<double>().values);
    addTo(json["arrays"][name], range);
  }
  return json;
}

BrainFile readNpzColumn(const fs::path& file) {
  const std::map<std::string, NpyFile> arrays = readNpz(file);
  if (arrays.size() != 1) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds " + std::to_string(arrays.size()) +
                    " arrays, but one value per vertex is expected; save the right one in a file "
                    "of its own.");
  }
  return brainFileOf(arrays.begin()->second, file);
}

} // namespace

namespace formats {

const Format& npz();

const Format& npz() {
  static const Format format{
      .name = "npz",
      .title = "NumPy archives of one array",
      .endings = {".npz"},
      .specification = "https://numpy.org/doc/stable/reference/generated/numpy.savez.html",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesNpz,
      .read = &readNpzColumn,
      .info = &npzInfo,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
