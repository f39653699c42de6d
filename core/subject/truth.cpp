#include "subject/truth.h"

#include "base/error.h"
#include "base/npz.h"
#include "base/pending_file.h"
#include "base/plain_file.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr const char* namesFile = "area_names.txt";

/// Values of the shape, where 0 stands for any extent.
Array<float> readAs(const NpyFile& npy, const std::string& name, const ArrayShape& shape) {
  const bool fits =
      npy.shape().size() == shape.size() &&
      std::equal(shape.begin(), shape.end(), npy.shape().begin(), [](std::size_t a, std::size_t b) {
        return a == 0 || a == b;
      });
  if (!fits) {
    throw Error(
        ErrorKind::mismatch,
        name + " is " + toString(npy.shape()) + " where " +
            (shape.front() == 0 ? "images x " + std::to_string(shape.back()) : toString(shape)) +
            " is expected, for the vertices that roi_masks says are modelled.");
  }
  return npy.read<float>();
}

void takePlaces(const Array<float>& place, Truth& truth) {
  for (std::size_t n = 0; n < place.rows(); ++n) {
    truth.x.push_back(place.row(n)[0]);
    truth.y.push_back(place.row(n)[1]);
  }
}

/// Names by their numbers from 1; 0 is none.
std::vector<std::string> namesOf(const std::vector<std::int64_t>& numbers,
                                 const std::vector<std::string>& names,
                                 const std::string& file) {
  std::vector<std::string> out;
  for (const std::int64_t number : numbers) {
    if (number < 0 || number > static_cast<std::int64_t>(names.size())) {
      throw Error(ErrorKind::mismatch,
                  file + " holds the area number " + std::to_string(number) + " where 0 to " +
                      std::to_string(names.size()) + " have names.");
    }
    out.push_back(number == 0 ? "" : names[static_cast<std::size_t>(number) - 1]);
  }
  return out;
}

std::vector<std::string> linesOf(const fs::path& file) {
  std::ifstream stream = openPlainFile(file);
  if (!stream) {
    throw Error(ErrorKind::notFound,
                "There is no readable " + file.string() + ", which names the areas of area.npy.");
  }
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

Truth readFolder(const fs::path& folder, std::size_t vertices) {
  const auto read = [&folder](const char* name, const ArrayShape& shape) {
    const fs::path file = folder / name;
    return readAs(NpyFile(file), file.string(), shape);
  };
  Truth truth;
  takePlaces(read("place.npy", {vertices, 2}), truth);
  truth.local = read("local.npy", {vertices}).values;
  const Array<float> numbers = read("area.npy", {vertices});
  truth.area = namesOf({numbers.values.begin(), numbers.values.end()},
                       linesOf(folder / namesFile),
                       (folder / "area.npy").string());
  if (fs::exists(folder / "noise_ceiling.npy")) {
    truth.noiseCeiling = read("noise_ceiling.npy", {vertices}).values;
  }
  if (fs::exists(folder / "test_signal.npy")) {
    truth.testSignal = read("test_signal.npy", {0, vertices});
  }
  return truth;
}

/// Rows of both sides next to each other.
Array<float> besideEachOther(const Array<float>& left, const Array<float>& right) {
  if (left.rows() != right.rows()) {
    throw Error(ErrorKind::mismatch,
                "The noise-free responses in truth.npz are to " + std::to_string(left.rows()) +
                    " images on the left and " + std::to_string(right.rows()) + " on the right.");
  }
  Array<float> both({left.rows(), left.rowSize() + right.rowSize()});
  for (std::size_t i = 0; i < both.rows(); ++i) {
    const auto end = std::copy(left.row(i).begin(), left.row(i).end(), both.row(i).begin());
    std::copy(right.row(i).begin(), right.row(i).end(), end);
  }
  return both;
}

/// Where no area is named yet, the first of these regions that the vertex lies in.
void nameByRegions(const Parcellation& regions, std::vector<std::string>& area) {
  for (const Region& region : regions) {
    for (std::size_t n = 0; n < area.size() && region.group != "streams"; ++n) {
      if (area[n].empty() && region.member[n] != 0) {
        area[n] = region.name;
      }
    }
  }
}

Truth readArchive(const fs::path& file, const VertexSet& vertices, const Parcellation& regions) {
  static const std::vector<std::string> visualAreas{
      "V1v", "V1d", "V2v", "V2d", "V3v", "V3d", "hV4"};
  const std::map<std::string, NpyFile> arrays = readNpz(file);
  const auto read = [&](const std::string& name, const ArrayShape& shape) {
    const auto found = arrays.find(name);
    if (found == arrays.end()) {
      throw Error(ErrorKind::notFound, file.string() + " has no array " + name + ".");
    }
    return readAs(found->second, file.string() + ", array " + name + ",", shape);
  };
  const auto append = [](const Array<float>& from, std::vector<float>& to) {
    to.insert(to.end(), from.values.begin(), from.values.end());
  };
  Truth truth;
  std::vector<float> numbers;
  std::array<Array<float>, 2> signal;
  for (const Side side : bothSides) {
    const std::string prefix = side == Side::left ? "lh_" : "rh_";
    const std::size_t count = vertices.of(side).size();
    if (!vertices.mesh.has(side)) {
      continue;
    }
    takePlaces(read(prefix + "xy", {count, 2}), truth);
    append(read(prefix + "local", {count}), truth.local);
    append(read(prefix + "area", {count}), numbers);
    if (arrays.contains(prefix + "noise_ceiling")) {
      append(read(prefix + "noise_ceiling", {count}), truth.noiseCeiling);
    }
    if (arrays.contains(prefix + "signal_test")) {
      signal.at(static_cast<std::size_t>(side)) = read(prefix + "signal_test", {0, count});
    }
  }
  truth.area = namesOf({numbers.begin(), numbers.end()}, visualAreas, file.string());
  nameByRegions(regions, truth.area);
  const bool both = vertices.mesh.has(Side::left) && vertices.mesh.has(Side::right);
  truth.testSignal = both ? besideEachOther(signal[0], signal[1])
                          : std::move(signal.at(vertices.mesh.has(Side::left) ? 0 : 1));
  return truth;
}

void writeNames(const fs::path& file, const std::vector<std::string>& names) {
  PendingFile pending(file);
  std::ofstream stream(pending.temporary());
  for (const std::string& name : names) {
    stream << name << '\n';
  }
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed; free some space or choose another folder.");
  }
  pending.commit();
}

template <class T>
std::vector<T> chosenOf(const std::vector<T>& values, std::span<const std::size_t> columns) {
  std::vector<T> chosen;
  for (std::size_t i = 0; i < columns.size() && !values.empty(); ++i) {
    chosen.push_back(values[columns[i]]);
  }
  return chosen;
}

} // namespace

Truth Truth::ofVertices(std::span<const std::size_t> columns) const {
  Truth part{chosenOf(area, columns),
             chosenOf(x, columns),
             chosenOf(y, columns),
             chosenOf(local, columns),
             chosenOf(noiseCeiling, columns),
             {}};
  if (!testSignal.empty()) {
    part.testSignal = Array<float>({testSignal.rows(), columns.size()});
    for (std::size_t i = 0; i < testSignal.rows(); ++i) {
      std::transform(columns.begin(),
                     columns.end(),
                     part.testSignal.row(i).begin(),
                     [row = testSignal.row(i)](std::size_t column) { return row[column]; });
    }
  }
  return part;
}

std::shared_ptr<const Truth>
readTruth(const fs::path& folder, const VertexSet& vertices, const Parcellation& regions) {
  std::error_code ignored;
  if (fs::is_directory(folder / "truth", ignored)) {
    return inContext("reading the truth of " + folder.string(), [&] {
      return std::make_shared<const Truth>(readFolder(folder / "truth", vertices.size()));
    });
  }
  if (fs::exists(folder / "truth.npz", ignored)) {
    return inContext("reading the truth of " + folder.string(), [&] {
      return std::make_shared<const Truth>(readArchive(folder / "truth.npz", vertices, regions));
    });
  }
  return nullptr;
}

void writeTruth(const fs::path& folder, const Truth& truth) {
  const std::size_t vertices = truth.size();
  Array<float> place({vertices, 2});
  Array<std::int32_t> numbers({vertices});
  std::vector<std::string> names;
  for (std::size_t n = 0; n < vertices; ++n) {
    place.row(n)[0] = truth.x[n];
    place.row(n)[1] = truth.y[n];
    if (!truth.area[n].empty()) {
      const auto found = std::find(names.begin(), names.end(), truth.area[n]);
      numbers.values[n] = static_cast<std::int32_t>(found - names.begin()) + 1;
      if (found == names.end()) {
        names.push_back(truth.area[n]);
      }
    }
  }
  writeNpy(folder / "place.npy", place);
  writeNpy(folder / "local.npy", Array<float>({vertices}, truth.local));
  writeNpy(folder / "area.npy", numbers);
  writeNames(folder / namesFile, names);
  if (!truth.noiseCeiling.empty()) {
    writeNpy(folder / "noise_ceiling.npy", Array<float>({vertices}, truth.noiseCeiling));
  }
  if (!truth.testSignal.empty()) {
    writeNpy(folder / "test_signal.npy", truth.testSignal);
  }
}

} // namespace cortograph
