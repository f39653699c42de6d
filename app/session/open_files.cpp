#include "app/session/open_files.h"

#include "base/file_ending.h"
#include "base/hdf5.h"
#include "brain/cortex_source.h"
#include "brain/file_names.h"
#include "brain/format.h"
#include "map/brain_map.h"
#include "map/shipped_maps.h"
#include "subject/find_cortex.h"
#include "subject/subject.h"
#include "weights/weight_endings.h"

#include <algorithm>
#include <future>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

bool holdsSurfaces(const fs::path& folder) {
  std::error_code problem;
  return std::ranges::any_of(
      fs::directory_iterator(folder, problem),
      [](const fs::directory_entry& entry) { return hasSurfaceEnding(entry.path()); });
}

/// Returns whether a file's name or content is that of a surface.
bool isSurface(const fs::path& file) {
  const Format* format = hasSurfaceEnding(file) ? nullptr : formatOf(file);
  return hasSurfaceEnding(file) || (format != nullptr && format->holds(FormatContent::surface));
}

bool isSubject(const fs::path& folder) {
  return layoutOf(folder.string()) != nullptr;
}

/// The open cortices, and the functions that read more.
struct Known {
  std::vector<CortexPointer> cortices;
  const FileReaders& readers;
};

/// Returns the folder of surfaces that a map records; empty when it records none.
fs::path surfacesOf(const fs::path& map) {
  try {
    return textOf(Hdf5File::open(map).attributes("/"), "surfaces");
  } catch (const Error&) { // reading the map will report the error
    return {};
  }
}

/// Starts reading the surfaces that a map records, in parallel with the map itself; the result is
/// null when it records none.
std::future<CortexPointer> readAhead(const fs::path& map, const Known& known) {
  const fs::path folder = surfacesOf(map);
  const bool open = folder.empty() || std::ranges::any_of(known.cortices, [&](const auto& cortex) {
                      return cortex->folder == folder;
                    });
  return std::async(
      open ? std::launch::deferred : std::launch::async,
      [folder, read = known.readers.cortex] { return folder.empty() ? nullptr : read(folder); });
}

OpenedMap openMap(const fs::path& file, const Known& known) {
  std::future<CortexPointer> surfaces = readAhead(file, known);
  OpenedMap opened{
      .file = file, .map = std::make_shared<const BrainMap>(readMap(file)), .cortex = nullptr};
  if (!cortexFor(opened.map->vertices, known.cortices)) {
    try {
      opened.cortex = findCortex(opened.map->vertices,
                                 {textOf(opened.map->attributes, "surfaces")},
                                 [&surfaces](const fs::path&) { return surfaces.get(); });
    } catch (const Error&) {
      // The map waits for its surfaces; needsSurfaces() tells the user.
    }
  }
  return opened;
}

Opened openFolder(const fs::path& folder, const CortexReader& read) {
  if (isSubject(folder)) {
    return OpenedSubject{folder};
  }
  if (holdsSurfaces(folder)) {
    return read(folder);
  }
  throw Error(ErrorKind::unsupported,
              "The folder " + folder.string() +
                  " holds neither surfaces (lh.pial, .gii) nor a subject. Choose the folder that "
                  "directly holds the surface files, or the subject's top folder.");
}

/// Returns the saved view in a file; empty when the file is not a figure or can't be read, which
/// will be reported when it is read as another kind of file.
std::string savedViewIn(const fs::path& file, const FileReaders& readers) {
  try {
    return readers.savedView ? readers.savedView(file) : std::string();
  } catch (const Error&) {
    return {};
  }
}

Opened openFile(const fs::path& file, const Known& known, const Control& control) {
  if (const std::string view = savedViewIn(file, known.readers); !view.empty()) {
    return openFigure(file, view, known.cortices, control);
  }
  if (isPicture(file) || hasPictureEnding(file)) {
    return OpenedImage{.file = file, .picture = std::make_shared<const Picture>(readPicture(file))};
  }
  if (isMap(file) || hasEnding(file, hdf5Endings)) {
    return openMap(file, known);
  }
  if (namesWeights(file)) {
    return OpenedNetwork{file};
  }
  if (isSurface(file)) {
    return known.readers.cortex(file.parent_path());
  }
  if (formatOf(file) != nullptr) {
    (void)readVertexData(file); // says why the file is neither a surface nor vertex data
  }
  throw Error(
      ErrorKind::unsupported,
      file.string() +
          " can't be opened in the window. Choose a map (.h5), a folder of surfaces (lh.pial, "
          ".gii), vertex data (lh.curv, .gii, .mgz, .npy), an exported figure, an image (.png, "
          ".jpg, .gif, .webp), weights (.safetensors, .pth, .pt, .bin) or a subject folder.");
}

/// Returns whether a file holds vertex data and not a surface or a volume.
bool holdsVertexData(const fs::path& file) {
  const Format* format = formatOf(file);
  if (format == nullptr || !format->holds(FormatContent::vertexData)) {
    return false;
  }
  if (format->contents.size() == 1) {
    return true;
  }
  try {
    return !format->read(file).columns.empty();
  } catch (const Error&) {
    return false; // reading it as a surface will report the error
  }
}

Opened openPath(const fs::path& path, const Known& known, const Control& control) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (!fs::exists(status)) {
    throw Error(ErrorKind::notFound,
                "There is no file " + path.string() +
                    ". Check its name and that it was not moved.");
  }
  return fs::is_directory(status) ? openFolder(path, known.readers.cortex)
                                  : openFile(path, known, control);
}

/// Returns the place of a file in the order of opening: surfaces before maps, so that a map dropped
/// together with its surfaces finds them.
int openingOrder(const fs::path& path) {
  std::error_code problem;
  if (fs::is_directory(path, problem) || hasSurfaceEnding(path)) {
    return 0;
  }
  return isMap(path) ? 1 : 2;
}

/// Returns whether a file is a surface of a folder that was opened: the surfaces of a folder are
/// one cortex.
bool isOpened(const std::vector<Opened>& opened, const fs::path& file) {
  return hasSurfaceEnding(file) && std::ranges::any_of(opened, [&](const Opened& entry) {
           const auto* cortex = std::get_if<CortexPointer>(&entry);
           return cortex != nullptr &&
                  (*cortex)->folder == fs::weakly_canonical(file.parent_path());
         });
}

/// Opens vertex data. Files of one name are read together, so that left and right are merged; an
/// error in one of them does not affect files of other names.
void openData(OpenedFiles& result,
              const std::vector<fs::path>& files,
              const std::vector<CortexPointer>& cortices) {
  std::map<std::string, std::vector<fs::path>> named;
  for (const fs::path& file : files) {
    named[sidelessName(file)].push_back(file);
  }
  for (const auto& [name, group] : named) {
    try {
      for (const auto& data : readVertexDataFiles(group)) {
        CortexPointer cortex = cortexFor(*data, cortices);
        result.opened.emplace_back(
            OpenedData{.data = data, .cortex = cortex ? cortex : cortexBeside(*data)});
      }
    } catch (const Error& error) {
      result.errors.push_back(error);
    }
  }
}

} // namespace

OpenedFiles openFiles(const std::vector<fs::path>& files,
                      const std::vector<CortexPointer>& known,
                      const Control& control,
                      const FileReaders& readers) {
  std::vector<fs::path> ordered;
  for (const fs::path& file : files) {
    std::error_code problem;
    fs::path absolute = fs::absolute(file, problem).lexically_normal();
    // "surfaces/" and "surfaces" are the same folder.
    ordered.push_back(absolute.has_filename() ? absolute : absolute.parent_path());
  }
  std::ranges::stable_sort(ordered, {}, openingOrder);

  OpenedFiles result;
  Known now{.cortices = known, .readers = readers};
  std::vector<fs::path> data;
  for (const fs::path& file : ordered) {
    control.cancel.throwIfCanceled();
    if (holdsVertexData(file)) {
      data.push_back(file);
      continue;
    }
    if (isOpened(result.opened, file)) {
      continue;
    }
    try {
      Opened opened =
          inContext("opening " + file.string(), [&] { return openPath(file, now, control); });
      if (const auto* cortex = std::get_if<CortexPointer>(&opened)) {
        now.cortices.push_back(*cortex);
      } else if (const auto* map = std::get_if<OpenedMap>(&opened); map != nullptr && map->cortex) {
        now.cortices.push_back(map->cortex);
      }
      result.opened.push_back(std::move(opened));
    } catch (const Error& error) {
      result.errors.push_back(error);
    }
  }
  openData(result, data, now.cortices);
  return result;
}

void requireSubject(const fs::path& folder) {
  if (!isSubject(folder)) {
    throw Error(ErrorKind::unsupported,
                "The folder " + folder.string() +
                    " holds no subject; choose the top folder of one, with its images and "
                    "responses.");
  }
}

void requireSurfaces(const fs::path& folder) {
  if (!holdsSurfaces(folder)) {
    throw Error(ErrorKind::unsupported,
                "The folder " + folder.string() +
                    " holds no surfaces (lh.pial, .gii); choose the folder that holds the surface "
                    "files themselves.");
  }
}

OpenedFiles openShipped(const Control& control) {
  const CortexPointer cortex = firstBuiltInCortex();
  std::vector<fs::path> maps;
  std::vector<Error> errors;
  try {
    for (const ShippedMap& map : shippedMaps()) {
      if (map.opensFirst) {
        maps.push_back(map.file);
      }
    }
  } catch (const Error& error) {
    errors.push_back(error);
  }
  OpenedFiles result = openFiles(maps, {cortex}, control, {});
  result.opened.insert(result.opened.begin(), cortex);
  result.errors.insert(result.errors.end(), errors.begin(), errors.end());
  return result;
}

Error needsSurfaces(const fs::path& file, const VertexSet& vertices) {
  if (!vertices.placed()) {
    return {ErrorKind::notFound,
            file.string() + " holds " + inWords(vertices.mesh) +
                " on a cortex, so it can't be painted. Its predictions can be scored with "
                "\"cortograph score\"."};
  }
  return {ErrorKind::notFound,
          file.string() + " lies on " + inWords(vertices.mesh) +
              ", but no surfaces of this mesh are open. Choose File > Open surfaces… and select "
              "their folder; the map is drawn as soon as they are read."};
}

Error needsSurfaces(const VertexData& data) {
  return {ErrorKind::notFound,
          "The data " + data.name + " lie on " + inWords(data.mesh) +
              ", but no surfaces of this mesh are open. Choose File > Open surfaces… and select "
              "their folder; the data are drawn as soon as they are read."};
}

} // namespace cortograph
