#pragma once

#include "brain/cortex.h"
#include "brain/parcellation.h"
#include "brain/vertex_set.h"
#include "subject/responses.h"
#include "subject/stimulus.h"
#include "subject/truth.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// The images of the training or the test split and the responses to them.
struct Split {
  std::vector<Stimulus> images;
  Responses responses; ///< images × N; empty when not available (a challenge's test split)
};

/// A person's data: the images seen, the responses of N vertices, and where these lie.
struct Subject {
  std::string name;
  std::filesystem::path folder; ///< empty for a built-in subject
  bool simulated = false;
  VertexSet vertices;
  Parcellation regions;
  Split training;
  Split test;
  std::vector<float>
      noiseCeiling; ///< N, share of variance 0..1 (may exceed 1 by error); empty when unknown
  std::vector<Point> coordinates; ///< N, mm, of voxels; empty when not known
  std::filesystem::path surfaces; ///< folder of its cortex; empty when it has none
  std::shared_ptr<const Cortex> cortex;
  std::shared_ptr<const Truth> truth; ///< of a simulated subject; null when unknown
};

/// A layout of subjects on disk. An entry is one .cpp in layouts/ and one word in CMakeLists.txt.
struct Layout {
  std::string_view name;  ///< "algonauts"
  std::string_view title; ///< "Algonauts 2023 challenge folder"
  std::string_view specification;
  /// Returns whether `spec` (a folder, or a name) has this layout. Never throws.
  bool (*recognizes)(const std::string& spec) = nullptr;
  /// Reads everything except the cortex, unless the layout has its own.
  Subject (*read)(const std::string& spec) = nullptr;
  /// Returns the names of built-in subjects; null for a layout of folders.
  const std::vector<std::string>& (*builtIn)() = nullptr;
};

using LayoutEntry = const Layout& (*)();
[[nodiscard]] std::span<const LayoutEntry> layoutTable();
/// Returns the layout that recognises the folder or name; null when none does.
[[nodiscard]] const Layout* layoutOf(const std::string& spec);
/// Returns the names of the built-in subjects, the default first.
[[nodiscard]] std::vector<std::string> builtInSubjects();

/// Reads a folder or a built-in subject, without a cortex unless the layout has its own. Checks
/// that images, responses and vertices agree. Throws Error{notFound, mismatch, format}.
[[nodiscard]] Subject readSubject(const std::string& spec);

/// Reads a subject with its cortex, which comes from `surfaces` when given, else from the subject
/// itself. A subject of voxels without a place has no cortex. Checks that vertices and mesh agree.
/// Throws Error{notFound, mismatch, format}.
[[nodiscard]] Subject openSubject(const std::string& spec,
                                  const std::filesystem::path& surfaces = {});

/// Reads a subject as openSubject() does when it has surfaces, which identify its mesh, else as
/// readSubject() does.
[[nodiscard]] Subject readSubjectOnItsMesh(const std::string& spec);

/// Returns the N coordinates that an encoder's selectors take: those on the spheres of the
/// subject's cortex, else the voxels' own; empty when it has neither. Throws what the function of
/// the cortex throws.
[[nodiscard]] std::vector<Point> selectorCoordinates(const Subject& subject);

/// Checks that an encoder can be trained on the subject. Throws Error{notFound, mismatch} when it
/// has no responses, too few images, or responses that do not fit images and vertices.
void requireTrainable(const Subject& subject);

/// Returns the subject with only the vertices of these regions. Throws Error{notFound}.
[[nodiscard]] Subject restrictTo(const Subject& subject, const std::vector<std::string>& regions);
/// Returns the subject with only these vertices, such as those of a map. Throws Error{mismatch}
/// when the subject lacks some or lies on another mesh.
[[nodiscard]] Subject restrictToVertices(const Subject& subject, const VertexSet& vertices);

} // namespace cortograph
