#pragma once

#include "viewer/scene/scene.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cortograph {

/// Writes a movie, picture by picture; all pictures must have the same size.
class MovieFile {
public:
  MovieFile() = default;
  MovieFile(const MovieFile&) = delete;
  MovieFile& operator=(const MovieFile&) = delete;
  MovieFile(MovieFile&&) = delete;
  MovieFile& operator=(MovieFile&&) = delete;
  virtual ~MovieFile() = default;

  virtual void add(const Picture& picture) = 0;
  virtual void finish() = 0; ///< completes the movie; without this call there will be no MP4
};

/// Opens a movie: "F.mp4" is written by the program ffmpeg (H.264), "F.png" as F-0001.png, … Throws
/// Error{unsupported} for another extension, without ffmpeg, and for an odd width or height with
/// MP4; Error{file}.
[[nodiscard]] std::unique_ptr<MovieFile> openMovie(const std::filesystem::path& file,
                                                   int width,
                                                   int height,
                                                   double framesPerSecond,
                                                   const std::string& command);

/// Returns the camera with the brains turned about the vertical by some degrees.
[[nodiscard]] Camera spun(Camera camera, double degrees);

} // namespace cortograph
