#pragma once

#include "viewer/scene/scene.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cortograph {

/// Where a movie's pictures go, in their order, all of one size.
class MovieFile {
public:
  MovieFile() = default;
  MovieFile(const MovieFile&) = delete;
  MovieFile& operator=(const MovieFile&) = delete;
  MovieFile(MovieFile&&) = delete;
  MovieFile& operator=(MovieFile&&) = delete;
  virtual ~MovieFile() = default;

  virtual void add(const Picture& picture) = 0;
  virtual void finish() = 0; ///< without it nothing stands where an MP4 was to be
};

/// "F.mp4" through the program ffmpeg, H.264; "F.png" as F-0001.png, … Throws Error{unsupported}
/// for another ending and without ffmpeg, Error{file}. Width and height must be even for MP4.
[[nodiscard]] std::unique_ptr<MovieFile> openMovie(const std::filesystem::path& file,
                                                   int width,
                                                   int height,
                                                   double framesPerSecond,
                                                   const std::string& command);

/// The brains turned about the vertical by degrees, from where they stand.
[[nodiscard]] Camera spun(Camera camera, double degrees);

} // namespace cortograph
