#include "subject/layouts/folder_description.h"

#include "base/error.h"
#include "base/mapped_file.h"
#include "base/pending_file.h"
#include "base/plain_file.h"
#include "base/strict_json.h"
#include "subject/response_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;
using Stems = std::initializer_list<std::string_view>;
using Endings = std::span<const std::string_view>;

constexpr std::string_view trainingResponses = "responses_train";
constexpr std::string_view onlyResponses = "responses"; ///< of a folder without a test split
constexpr std::array<std::string_view, 1> plainName{""};
constexpr std::array<std::string_view, 1> numbers{".npy"};
constexpr std::array<std::string_view, 2> vertexValues{".npy", ".csv"};
constexpr std::array<std::string_view, 1> lists{".txt"};

/// Returns the files PREFIX STEM ENDING of a folder.
std::vector<fs::path> existingFiles(const fs::path& folder,
                                    std::string_view prefix,
                                    std::string_view stem,
                                    Endings endings) {
  std::vector<fs::path> files;
  for (const std::string_view ending : endings) {
    fs::path file = folder / (std::string(prefix) + std::string(stem) + std::string(ending));
    std::error_code ignored;
    if (fs::exists(file, ignored)) {
      files.push_back(std::move(file));
    }
  }
  return files;
}

/// A key of the description with its value, which is absent when the description is silent.
class Entry {
public:
  Entry(const fs::path& folder, std::string_view key, const json* value)
      : folder_(folder), key_(key), value_(value) {}

  [[nodiscard]] std::string text(const std::string& otherwise) const {
    if (value_ == nullptr) {
      return otherwise;
    }
    if (value_->is_number_unsigned()) {
      return value_->dump();
    }
    if (!value_->is_string()) {
      refuse("text is expected");
    }
    return value_->get<std::string>();
  }

  /// Returns the given file or folder, else the first with a default name that exists.
  [[nodiscard]] fs::path path(Stems stems, Endings endings = plainName) const {
    return value_ != nullptr ? existing(*value_) : found("", stems, endings);
  }

  /// Returns the given file or list of both sides' files, else those with a default name, to which
  /// "lh." or "rh." is added for a side.
  [[nodiscard]] SidedFiles sides(Stems stems, Endings endings) const {
    SidedFiles files;
    if (value_ == nullptr) {
      files = {found("", stems, endings),
               {found("lh.", stems, endings), found("rh.", stems, endings)}};
      if (!files.whole.empty() && !(files.ofSide[0].empty() && files.ofSide[1].empty())) {
        throw Error(ErrorKind::mismatch,
                    folder_.string() + " holds both " + files.whole.filename().string() +
                        " and files of single sides; name the right ones as \"" + key_ + "\" in " +
                        descriptionFile + ".");
      }
    } else if (value_->is_array() && value_->size() == 2) {
      for (std::size_t side = 0; side < 2; ++side) {
        files.ofSide.at(side) = (*value_)[side].is_null() ? fs::path() : existing((*value_)[side]);
      }
    } else {
      files.whole = existing(*value_);
    }
    return files;
  }

  /// Returns the given names, or the lines of the given or found file.
  [[nodiscard]] std::optional<std::vector<std::string>> names(Stems stems) const {
    if (value_ != nullptr && value_->is_array()) {
      std::vector<std::string> names;
      for (const json& name : *value_) {
        if (!name.is_string()) {
          refuse("a list of names is expected");
        }
        names.push_back(name.get<std::string>());
      }
      return names;
    }
    const fs::path file = path(stems, lists);
    return file.empty() ? std::nullopt : std::optional(linesOf(file));
  }

  [[nodiscard]] std::optional<MeshSpace> mesh() const {
    if (value_ == nullptr) {
      return std::nullopt;
    }
    const auto isCount = [](const json& value) {
      constexpr std::size_t most = 100'000'000;
      return value.is_number_unsigned() && value.get<std::size_t>() < most;
    };
    if (value_->is_array() && value_->size() == 2 && std::ranges::all_of(*value_, isCount)) {
      return meshOfCounts({(*value_)[0].get<std::size_t>(), (*value_)[1].get<std::size_t>()});
    }
    const std::string name = value_->is_string() ? value_->get<std::string>() : "";
    const std::size_t vertices = standardMeshSize(name);
    if (vertices == 0) {
      refuse("the name of a standard mesh, such as \"fsaverage5\", or its numbers of vertices on "
             "the left and the right are expected");
    }
    return MeshSpace{
        .name = name, .vertices = {vertices, vertices}, .toldBy = MeshEvidence::byMetadata};
  }

private:
  [[noreturn]] void refuse(const std::string& expected) const {
    constexpr std::size_t most = 60;
    throw Error(ErrorKind::format,
                "\"" + key_ + "\" is " + value_->dump().substr(0, most) + ", but " + expected +
                    ".");
  }

  [[nodiscard]] fs::path existing(const json& name) const {
    if (!name.is_string() || name.get<std::string>().empty()) {
      refuse("the name of a file is expected");
    }
    fs::path path = folder_ / name.get<std::string>();
    std::error_code ignored;
    if (!fs::exists(responseSource(path).file, ignored)) {
      throw Error(ErrorKind::notFound,
                  "\"" + key_ + "\" is " + path.string() + ", which does not exist; correct it.");
    }
    return path;
  }

  /// Returns the file with a default name, the stems in order; empty when there is none.
  [[nodiscard]] fs::path found(std::string_view prefix, Stems stems, Endings endings) const {
    for (const std::string_view stem : stems) {
      const std::vector<fs::path> files = existingFiles(folder_, prefix, stem, endings);
      if (files.size() > 1) {
        throw Error(ErrorKind::mismatch,
                    "There are " + files[0].string() + " and " + files[1].filename().string() +
                        "; name one of them as \"" + key_ + "\" in " + descriptionFile + ".");
      }
      if (!files.empty()) {
        return files.front();
      }
    }
    return {};
  }

  static std::vector<std::string> linesOf(const fs::path& file) {
    std::ifstream stream = openPlainFile(file);
    if (!stream) {
      throw Error(ErrorKind::file,
                  "The list " + file.string() + " can't be read; check its permissions.");
    }
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
      line.erase(line.find_last_not_of(" \t\r") + 1);
      if (!line.empty()) {
        lines.push_back(std::move(line));
      }
    }
    return lines;
  }

  const fs::path& folder_;
  std::string key_;
  const json* value_;
};

/// A key of the description.
struct Key {
  std::string_view name;
  std::string_view sample;  ///< a value, as a new description shows it
  std::string_view meaning; ///< a comment there
  void (*take)(const Entry& entry, FolderDescription& out);
};

constexpr auto keys = std::to_array<Key>({
    {"name",
     "\"subj01\"",
     "The name of the person; without it, that of this folder.",
     [](const Entry& entry, FolderDescription& out) { out.name = entry.text(out.name); }},
    {"images",
     "\"images\"",
     "The folder of the images. Those whose names begin with train or test belong to that "
     "split.\n"
     "When no name does, all belong to the training.",
     [](const Entry& entry, FolderDescription& out) { out.images = entry.path({"images"}); }},
    {"responses_train",
     "\"responses_train.npy\"",
     "The responses to the training images, images x vertices (or voxels): .npy, .h5\n"
     "(\"data.h5:/train\" when it holds several datasets), .func.gii or .mgh (columns are "
     "images).\n"
     "A list such as [\"lh.responses_train.func.gii\", \"rh.responses_train.func.gii\"] names "
     "the\n"
     "files of the left and the right side; null stands for a side without data. Without a test\n"
     "split, responses.npy is a default name too.",
     [](const Entry& entry, FolderDescription& out) {
       out.training.responses = entry.sides({trainingResponses, onlyResponses}, responseEndings);
     }},
    {"responses_test",
     "\"responses_test.npy\"",
     "The responses to the test images, in the same way.",
     [](const Entry& entry, FolderDescription& out) {
       out.test.responses = entry.sides({"responses_test"}, responseEndings);
     }},
    {"images_train",
     "\"images_train.txt\"",
     "A text file with the name of the image of each response, a line each, or a list of the\n"
     "names; without it, the images are sorted by name. The responses to an image that is named\n"
     "several times are averaged.",
     [](const Entry& entry, FolderDescription& out) {
       out.training.images = entry.names({"images_train", "images"});
     }},
    {"images_test",
     "\"images_test.txt\"",
     "The same for the test images.",
     [](const Entry& entry, FolderDescription& out) {
       out.test.images = entry.names({"images_test"});
     }},
    {"sessions_train",
     "\"sessions_train.npy\"",
     "The number of the scan session of each response, needed by train --standardise session.",
     [](const Entry& entry, FolderDescription& out) {
       out.training.sessions = entry.path({"sessions_train", "sessions"}, numbers);
     }},
    {"sessions_test",
     "\"sessions_test.npy\"",
     "The same for the test images. Equal numbers stand for the same session.",
     [](const Entry& entry, FolderDescription& out) {
       out.test.sessions = entry.path({"sessions_test"}, numbers);
     }},
    {"vertices",
     "\"vertices.npy\"",
     "The vertices of the mesh that the responses are of: their numbers, ascending from 0 "
     "(those\n"
     "of the right side continue after all of the left side), or 0 and 1 for each vertex of the\n"
     "mesh. A list names the files of both sides. Without it, they are all vertices of the mesh.",
     [](const Entry& entry, FolderDescription& out) {
       out.vertices = entry.sides({"vertices"}, numbers);
     }},
    {"mesh",
     "\"fsaverage5\"",
     "The mesh, or its numbers of vertices: [10242, 10242]. Surfaces tell it too.",
     [](const Entry& entry, FolderDescription& out) { out.mesh = entry.mesh(); }},
    {"surfaces",
     "\"surfaces\"",
     "The folder of the person's cortical surfaces.",
     [](const Entry& entry, FolderDescription& out) { out.surfaces = entry.path({"surfaces"}); }},
    {"coordinates",
     "\"coordinates.npy\"",
     "The places of voxels in mm, voxels x 3 (right, anterior, superior), instead of a mesh.",
     [](const Entry& entry, FolderDescription& out) {
       out.coordinates = entry.path({"coordinates"}, numbers);
     }},
    {"regions",
     "\"regions\"",
     "The folder of the regions, NAME.npy or GROUP/NAME.npy: 0 and 1 for each column of the\n"
     "responses or each vertex of the mesh, or the numbers of the columns, from 0. Labels, masks\n"
     "and atlases of the mesh (.annot, .label, .gii, .mgz) are read too.",
     [](const Entry& entry, FolderDescription& out) { out.regions = entry.path({"regions"}); }},
    {"noise_ceiling",
     "\"noise_ceiling.npy\"",
     "The share of variance (0 to 1) that can be explained in each column; .npy or .csv.",
     [](const Entry& entry, FolderDescription& out) {
       out.noiseCeiling = entry.path({"noise_ceiling"}, vertexValues);
     }},
    {"ncsnr",
     "\"ncsnr.npy\"",
     "NSD's signal-to-noise ratio of each column, from which the noise ceiling is computed.",
     [](const Entry& entry, FolderDescription& out) {
       out.ncsnr = entry.path({"ncsnr"}, vertexValues);
     }},
    {"repeats",
     "\"3\"",
     "How often each test image was shown when its responses are averages: \"3\", or, as times "
     "x\n"
     "images, \"3x515,2x200\". Without it, as often as the list names it.",
     [](const Entry& entry, FolderDescription& out) { out.repeats = entry.text(""); }},
    {"version",
     "1",
     "The version of this description.",
     [](const Entry& entry, FolderDescription& /*out*/) {
       if (const std::string version = entry.text("1"); version != "1") {
         throw Error(ErrorKind::unsupported,
                     "\"version\" is " + version +
                         ", but only version 1 is known; get a later Cortograph.");
       }
     }},
});

/// Reads the JSON object; an empty one when the folder has no description.
json readJson(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    return json::object();
  }
  const SharedBytes mapped = mapFile(file);
  std::string fault;
  json parsed =
      parseStrictJson({reinterpret_cast<const char*>(mapped.bytes.data()), mapped.bytes.size()},
                      fault,
                      JsonComments::ignored);
  if (!fault.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " " + fault +
                    " Correct it; every entry but the last ends in a comma.");
  }
  for (const auto& [key, value] : parsed.items()) {
    if (std::ranges::find(keys, key, &Key::name) == keys.end()) {
      std::string known;
      for (const Key& one : keys) {
        known += (known.empty() ? "" : ", ") + std::string(one.name);
      }
      throw Error(ErrorKind::format,
                  file.string() + " has the key " + inQuotes(key) +
                      ", which is not known; the known ones are " + known + ".");
    }
  }
  return parsed;
}

} // namespace

bool describesSubject(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_regular_file(folder / descriptionFile, ignored)) {
    return true;
  }
  bool found = false;
  for (const std::string_view prefix : {"", "lh.", "rh."}) {
    for (const std::string_view stem : {trainingResponses, onlyResponses}) {
      found = found || !existingFiles(folder, prefix, stem, responseEndings).empty();
    }
  }
  return found && fs::is_directory(folder / "images", ignored);
}

FolderDescription readDescription(const fs::path& folder) {
  const fs::path file = folder / descriptionFile;
  return inContext("reading " + file.string(), [&] {
    const json described = readJson(file);
    FolderDescription out;
    out.name = fs::weakly_canonical(folder).filename().string();
    for (const Key& key : keys) {
      const auto value = described.find(key.name);
      key.take(Entry(folder, key.name, value == described.end() ? nullptr : &*value), out);
    }
    return out;
  });
}

void writeNewSubject(const fs::path& folder) {
  const fs::path file = folder / descriptionFile;
  std::error_code failure;
  if (fs::exists(file, failure)) {
    throw Error(ErrorKind::file,
                file.string() + " exists; edit it, or give another folder for a new subject.");
  }
  for (const char* name : {"images", "regions"}) {
    fs::create_directories(folder / name, failure);
    if (failure) {
      throw Error(ErrorKind::file,
                  "The folder " + (folder / name).string() + " can't be made (" +
                      failure.message() + "); choose another place.");
    }
  }
  PendingFile pending(file);
  std::ofstream stream(pending.temporary());
  stream
      << "// What is what in this folder of images and responses. Every entry is optional: without "
         "it, a\n// file of the name shown is used if there is one. To change an entry, remove the "
         "// before it.\n{\n";
  for (const Key& key : keys) {
    std::string comment(key.meaning);
    for (std::size_t at = 0; (at = comment.find('\n', at)) != std::string::npos; at += 6) {
      comment.replace(at, 1, "\n  // ");
    }
    const bool last = &key == &keys.back();
    stream << "  // " << comment << "\n  " << (last ? "" : "// ") << '"' << key.name
           << "\": " << key.sample << (last ? "\n" : ",\n\n");
  }
  stream << "}\n";
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed; free some space or choose another folder.");
  }
  pending.commit();
}

} // namespace cortograph
