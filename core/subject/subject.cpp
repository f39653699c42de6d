#include "subject/subject.h"

#include "base/error.h"
#include "base/log.h"
#include "brain/cortex_source.h"

#include <algorithm>
#include <cmath>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Returns ", or demo" when there is a built-in subject.
std::string orBuiltIn() {
  const std::vector<std::string> names = builtInSubjects();
  return names.empty() ? "" : ", or " + names.front();
}

[[noreturn]] void throwUnknown(const std::string& spec) {
  std::string titles;
  for (const LayoutEntry entry : layoutTable()) {
    titles += (titles.empty() ? "" : "; ") + std::string(entry().title);
  }
  std::error_code ignored;
  throw Error(ErrorKind::notFound,
              fs::exists(spec, ignored)
                  ? spec + " is not a subject of a known layout; the known ones are: " + titles +
                        "."
                  : "There is no subject " + spec + "; give a folder" + orBuiltIn() + ".");
}

/// Reads or returns the cortex of a subject; null for voxels without a place.
std::shared_ptr<const Cortex> cortexFor(const Subject& subject, const fs::path& surfaces) {
  if (!subject.vertices.placed()) {
    if (!surfaces.empty()) {
      throw Error(ErrorKind::mismatch,
                  "The voxels of " + subject.name +
                      " have no place on a cortex, so surfaces can't be used; leave --surfaces "
                      "out.");
    }
    return nullptr;
  }
  if (!surfaces.empty()) {
    return readCortex(surfaces);
  }
  if (subject.cortex) {
    return subject.cortex;
  }
  if (!subject.surfaces.empty()) {
    return readCortex(subject.surfaces);
  }
  throw Error(ErrorKind::notFound,
              "The subject " + subject.name + " has no surfaces folder; give surfaces of " +
                  inWords(subject.vertices.mesh) + " with --surfaces DIR.");
}

void checkMesh(const Subject& subject) {
  const MeshSpace& wanted = subject.vertices.mesh;
  const MeshSpace& found = subject.cortex->mesh;
  if (!liesOn(wanted, found)) {
    throw Error(ErrorKind::mismatch,
                "The surfaces are " + inWords(found) + ", but the data of " + subject.name +
                    " lie on " + inWords(wanted) + " (" + differenceInWords(wanted, found) +
                    "); give the surfaces of that mesh with --surfaces DIR.");
  }
  for (const Side side : bothSides) {
    const auto& vertices = subject.vertices.of(side);
    const std::size_t size = wanted.of(side);
    const bool sorted =
        std::adjacent_find(vertices.begin(), vertices.end(), std::greater_equal<>()) ==
        vertices.end();
    if (!sorted || (!vertices.empty() &&
                    (vertices.front() < 0 || static_cast<std::size_t>(vertices.back()) >= size))) {
      throw Error(ErrorKind::mismatch,
                  "The " + std::string(toString(side)) + " vertex numbers of " + subject.name +
                      " are not ascending numbers within its mesh of " + std::to_string(size) +
                      " vertices.");
    }
  }
}

/// Returns the subject with its cortex, on the mesh of that.
Subject withCortex(Subject subject, const std::string& spec, const fs::path& surfaces) {
  return inContext("opening the subject " + spec, [&] {
    subject.cortex = cortexFor(subject, surfaces);
    if (subject.cortex) {
      checkMesh(subject);
      subject.vertices.mesh = onSidesOf(subject.cortex->mesh, subject.vertices.mesh.vertices);
    }
    return std::move(subject);
  });
}

void checkSplit(const Subject& subject, const Split& split, const char* what) {
  if (split.responses.empty()) {
    return;
  }
  if (split.responses.images() != split.images.size()) {
    throw Error(ErrorKind::mismatch,
                "The " + std::string(what) + " responses of " + subject.name + " are to " +
                    std::to_string(split.responses.images()) + " images, but there are " +
                    std::to_string(split.images.size()) +
                    " images; add the missing ones or remove the surplus.");
  }
  if (split.responses.vertices() != subject.vertices.size()) {
    throw Error(ErrorKind::mismatch,
                "The " + std::string(what) + " responses of " + subject.name + " have " +
                    std::to_string(split.responses.vertices()) + " vertices, but the subject has " +
                    std::to_string(subject.vertices.size()) + ".");
  }
}

void checkCounts(const Subject& subject) {
  if (subject.vertices.size() == 0) {
    throw Error(ErrorKind::mismatch, "The subject " + subject.name + " has no modelled vertex.");
  }
  if (subject.training.images.empty() || subject.training.responses.empty()) {
    throw Error(ErrorKind::notFound,
                "The subject " + subject.name +
                    " has no training images, or no responses to them.");
  }
  checkSplit(subject, subject.training, "training");
  checkSplit(subject, subject.test, "test");
  const auto checkLength = [&subject](std::size_t found, const std::string& what) {
    if (found != subject.vertices.size()) {
      throw Error(ErrorKind::mismatch,
                  what + " of " + subject.name + " has " + std::to_string(found) +
                      " vertices, but " + std::to_string(subject.vertices.size()) +
                      " are modelled.");
    }
  };
  if (!subject.noiseCeiling.empty()) {
    checkLength(subject.noiseCeiling.size(), "The noise ceiling");
  }
  if (!subject.coordinates.empty()) {
    checkLength(subject.coordinates.size(), "The list of coordinates");
  }
  for (const Region& region : subject.regions) {
    checkLength(region.member.size(), "The region " + region.name);
  }
  if (subject.truth) {
    checkLength(subject.truth->size(), "The truth");
    const std::size_t images = subject.truth->testSignal.rows();
    if (images != 0 && !subject.test.images.empty() && images != subject.test.images.size()) {
      throw Error(ErrorKind::mismatch,
                  "The noise-free responses in the truth of " + subject.name + " are to " +
                      std::to_string(images) + " images, but there are " +
                      std::to_string(subject.test.images.size()) + " test images.");
    }
  }
}

std::vector<std::uint8_t>
unionOf(const Parcellation& regions, const std::vector<std::string>& names, std::size_t vertices) {
  std::vector<std::uint8_t> member(vertices, 0);
  for (const std::string& name : names) {
    const Region region = regionNamed(regions, name);
    std::transform(region.member.begin(),
                   region.member.end(),
                   member.begin(),
                   member.begin(),
                   [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
  }
  return member;
}

template <class T>
std::vector<T> chosenOf(const std::vector<T>& values, const std::vector<std::size_t>& columns) {
  std::vector<T> chosen;
  chosen.reserve(columns.size());
  for (const std::size_t column : columns) {
    chosen.push_back(values[column]);
  }
  return chosen;
}

/// Returns the positions of these vertices among the subject's.
std::vector<std::size_t> columnsOf(const Subject& subject, const VertexSet& vertices) {
  const VertexSet& own = subject.vertices;
  if (match(own.mesh, vertices.mesh) == MeshMatch::different) {
    throw Error(ErrorKind::mismatch,
                "The vertices belong to " + inWords(vertices.mesh) + ", but " + subject.name +
                    " lies on " + inWords(own.mesh) + " (" +
                    differenceInWords(vertices.mesh, own.mesh) +
                    "); give the subject that they belong to.");
  }
  std::vector<std::size_t> columns;
  columns.reserve(vertices.size());
  for (const Side side : bothSides) {
    const auto& there = own.of(side);
    for (const std::int32_t vertex : vertices.of(side)) {
      const auto found = std::lower_bound(there.begin(), there.end(), vertex);
      if (found == there.end() || *found != vertex) {
        throw Error(ErrorKind::mismatch,
                    subject.name + " has no responses of the " + std::string(toString(side)) +
                        " vertex " + std::to_string(vertex) + ", one of " +
                        std::to_string(vertices.size()) +
                        "; give the subject that they belong to.");
      }
      columns.push_back(own.offset(side) + static_cast<std::size_t>(found - there.begin()));
    }
  }
  return columns;
}

} // namespace

const Layout* layoutOf(const std::string& spec) {
  const auto table = layoutTable();
  const auto found =
      std::ranges::find_if(table, [&spec](LayoutEntry entry) { return entry().recognizes(spec); });
  return found == table.end() ? nullptr : &(*found)();
}

std::vector<std::string> builtInSubjects() {
  std::vector<std::string> names;
  for (const LayoutEntry entry : layoutTable()) {
    if (entry().builtIn != nullptr) {
      names.insert(names.end(), entry().builtIn().begin(), entry().builtIn().end());
    }
  }
  return names;
}

Subject readSubject(const std::string& spec) {
  return inContext("opening the subject " + spec, [&] {
    const Layout* layout = layoutOf(spec);
    if (layout == nullptr) {
      throwUnknown(spec);
    }
    Subject subject = layout->read(spec);
    checkCounts(subject);
    return subject;
  });
}

Subject openSubject(const std::string& spec, const fs::path& surfaces) {
  return withCortex(readSubject(spec), spec, surfaces);
}

Subject readSubjectOnItsMesh(const std::string& spec) {
  Subject subject = readSubject(spec);
  return subject.surfaces.empty() ? subject : withCortex(std::move(subject), spec, {});
}

std::vector<Point> selectorCoordinates(const Subject& subject) {
  return subject.cortex ? selectorCoordinates(*subject.cortex, subject.vertices)
                        : subject.coordinates;
}

void requireTrainable(const Subject& subject) {
  constexpr std::size_t fewestImages = 4; // two to learn from and two to be scored on
  const std::size_t images = subject.training.images.size();
  const Responses& responses = subject.training.responses;
  if (responses.empty()) {
    throw Error(ErrorKind::notFound,
                "The subject " + subject.name +
                    " has no responses to its training images; give a subject with responses.");
  }
  if (responses.images() != images || responses.vertices() != subject.vertices.size()) {
    throw Error(ErrorKind::mismatch,
                "The responses are " + std::to_string(responses.images()) + " images x " +
                    std::to_string(responses.vertices()) + " vertices, but the subject has " +
                    std::to_string(images) + " training images and " +
                    std::to_string(subject.vertices.size()) + " vertices.");
  }
  if (images < fewestImages) {
    throw Error(ErrorKind::mismatch,
                "The subject " + subject.name + " has " + std::to_string(images) +
                    " training images; an encoder needs at least " + std::to_string(fewestImages) +
                    ".");
  }
}

Subject restrictTo(const Subject& subject, const std::vector<std::string>& regions) {
  const std::vector<std::uint8_t> member =
      unionOf(subject.regions, regions, subject.vertices.size());
  VertexSet kept = subject.vertices;
  for (const Side side : bothSides) {
    auto& vertices = kept.ofSide.at(static_cast<std::size_t>(side));
    vertices.clear();
    std::size_t column = subject.vertices.offset(side);
    for (const std::int32_t vertex : subject.vertices.of(side)) {
      if (member[column++] != 0) {
        vertices.push_back(vertex);
      }
    }
  }
  if (kept.size() == 0) {
    throw Error(ErrorKind::notFound, "The chosen regions have no vertex; choose others.");
  }
  return restrictToVertices(subject, kept);
}

Subject restrictToVertices(const Subject& subject, const VertexSet& vertices) {
  const std::vector<std::size_t> columns = columnsOf(subject, vertices);
  Subject part = subject;
  part.vertices.ofSide = vertices.ofSide;
  part.regions.clear();
  for (const Region& region : subject.regions) {
    std::vector<std::uint8_t> kept = chosenOf(region.member, columns);
    if (std::find(kept.begin(), kept.end(), 1) != kept.end()) {
      part.regions.push_back({region.name, region.group, std::move(kept)});
    }
  }
  if (!subject.noiseCeiling.empty()) {
    part.noiseCeiling = chosenOf(subject.noiseCeiling, columns);
  }
  if (!subject.coordinates.empty()) {
    part.coordinates = chosenOf(subject.coordinates, columns);
  }
  if (subject.truth) {
    part.truth = std::make_shared<const Truth>(subject.truth->ofVertices(columns));
  }
  for (Split* split : {&part.training, &part.test}) {
    if (!split->responses.empty()) {
      split->responses = split->responses.ofVertices(columns);
    }
  }
  return part;
}

} // namespace cortograph
