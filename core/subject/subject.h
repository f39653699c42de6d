#pragma once

#include "base/control.h"
#include "base/picture.h"
#include "brain/cortex.h"
#include "brain/parcellation.h"
#include "brain/vertex_set.h"
#include "subject/responses.h"
#include "subject/truth.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// An image that was shown: a file, or pixels made by the program.
struct Stimulus {
  std::string name; ///< "train-0001_nsd-00000"
  std::filesystem::path file;
  std::shared_ptr<const Picture> picture; ///< when there is no file

  [[nodiscard]] Picture read() const;
  /// SHA-256 of the file's bytes; of width, height and pixels when there is no file.
  [[nodiscard]] std::string hash() const;
};

/// Images and the responses to them.
struct Session {
  std::vector<Stimulus> images;
  Responses responses; ///< images × N; empty when they are not given (a challenge's test split)
};

/// A person's data: what was seen, what N vertices answered, and where these lie.
struct Subject {
  std::string name;
  std::filesystem::path folder; ///< empty for one that comes with the program
  bool simulated = false;
  VertexSet vertices;
  Parcellation regions;
  Session training;
  Session test;
  std::vector<float>
      noiseCeiling; ///< N, share of variance 0..1 (may exceed 1 by error); empty when unknown
  std::shared_ptr<const Cortex> cortex;
  std::shared_ptr<const Truth> truth; ///< of a simulated one that brings it; null when unknown
};

/// A way in which a subject lies on disk. An entry is one .cpp in layouts/ and one word in
/// CMakeLists.txt.
struct Layout {
  std::string_view name;  ///< "algonauts"
  std::string_view title; ///< "Algonauts 2023 challenge folder"
  std::string_view specification;
  /// Whether `spec` (a folder, or a name) is of this layout; never throws.
  bool (*recognizes)(const std::string& spec) = nullptr;
  /// Everything but the cortex, unless the layout brings its own.
  Subject (*read)(const std::string& spec) = nullptr;
  /// Names of subjects that come with the program; null for a layout of folders.
  const std::vector<std::string>& (*builtIn)() = nullptr;
};

using LayoutEntry = const Layout& (*)();
[[nodiscard]] std::span<const LayoutEntry> layoutTable();
/// Names of the subjects that come with the program, the one to start with in front.
[[nodiscard]] std::vector<std::string> builtInSubjects();

/// Reads a folder or a built-in subject, without a cortex unless the layout brings one. Checks that
/// images, responses and vertices agree. Throws Error{notFound, mismatch, format}.
[[nodiscard]] Subject readSubject(const std::string& spec);

/// readSubject with its cortex, which unplaced voxels have none of. The cortex comes from
/// `surfaces` when given, else from the subject itself. Checks that vertices and mesh agree. Throws
/// Error{notFound, mismatch, format}.
[[nodiscard]] Subject openSubject(const std::string& spec,
                                  const std::filesystem::path& surfaces = {});

/// openSubject where the folder brings its surfaces, which tell its mesh from another of the same
/// size; else readSubject.
[[nodiscard]] Subject readSubjectOnItsMesh(const std::string& spec);

/// Throws Error{notFound, mismatch} where an encoder cannot be trained on the subject: it has no
/// responses, too few images, or responses that do not fit images and vertices.
void requireTrainable(const Subject& subject);

/// Only the vertices of these regions. Throws Error{notFound}.
[[nodiscard]] Subject restrictTo(const Subject& subject, const std::vector<std::string>& regions);
/// Only these vertices, as those of a map. Throws Error{mismatch} when the subject lacks some or
/// lies on another mesh.
[[nodiscard]] Subject restrictToVertices(const Subject& subject, const VertexSet& vertices);

/// Stimulus::hash() of each; can be cancelled. An unreadable image is an Error that names it.
[[nodiscard]] std::vector<std::string> hashesOf(const std::vector<Stimulus>& images,
                                                const CancelToken& cancel);

/// Image files below a folder (sorted by name), or the one file. Throws Error{notFound, format}.
[[nodiscard]] std::vector<Stimulus> findImages(const std::filesystem::path& fileOrFolder);

} // namespace cortograph
