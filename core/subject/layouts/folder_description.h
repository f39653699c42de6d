#pragma once

#include "brain/mesh_space.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// One file of all vertices, or a file of each side, of which one may be absent.
struct SidedFiles {
  std::filesystem::path whole;
  std::array<std::filesystem::path, 2> ofSide; ///< left, right

  [[nodiscard]] bool empty() const {
    return whole.empty() && ofSide[0].empty() && ofSide[1].empty();
  }
};

/// The files of one split of a plain folder.
struct SplitFiles {
  SidedFiles responses;
  std::optional<std::vector<std::string>>
      images;                     ///< a name for each response; else in sorted order
  std::filesystem::path sessions; ///< a number for each response
};

/// What is what in a plain folder of images and responses. A path is empty when there is no such
/// file.
struct FolderDescription {
  std::string name;
  std::filesystem::path images; ///< folder
  SplitFiles training;
  SplitFiles test;
  SidedFiles vertices;
  std::optional<MeshSpace> mesh;
  std::filesystem::path surfaces; ///< folder
  std::filesystem::path coordinates;
  std::filesystem::path regions; ///< folder
  std::filesystem::path noiseCeiling;
  std::filesystem::path ncsnr;
  std::string
      repeats; ///< as parseRepeats() reads it; empty: once, or as often as `images` names it
};

/// The name of the file that describes a folder: a JSON object, in which // comments are allowed.
inline constexpr const char* descriptionFile = "subject.json";

/// Returns whether the folder has a description or, with their default names, images and responses
/// to them. Never throws.
[[nodiscard]] bool describesSubject(const std::filesystem::path& folder);

/// Reads the folder's description; where it is silent, files with the default names are found.
/// Throws Error{format} that names an unknown key or a value of the wrong type, Error{notFound}
/// when a file that is named is missing, Error{mismatch} when several files have one default name.
[[nodiscard]] FolderDescription readDescription(const std::filesystem::path& folder);

/// Writes a new folder with a description in which every key is explained and commented out.
/// Throws Error{file} when the folder holds a description, or can't be written.
void writeNewSubject(const std::filesystem::path& folder);

} // namespace cortograph
