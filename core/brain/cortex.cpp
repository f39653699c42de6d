#include "brain/cortex.h"

#include "base/error.h"
#include "base/parallel.h"
#include "brain/format.h"
#include "brain/surface_folder.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <numeric>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

void checkSide(const NamedFile& file, std::optional<Side> stated) {
  if (stated && *stated != file.side) {
    throw Error(ErrorKind::mismatch,
                file.path.string() + " says in its metadata that it is the " +
                    std::string(toString(*stated)) + " hemisphere, but its name says " +
                    std::string(toString(file.side)) + "; rename it or give the right file.");
  }
}

/// Computes six times the signed volume inside a closed surface.
double signedVolume(const Surface& surface) {
  double volume = 0;
  for (const Triangle& triangle : surface.triangles) {
    const Point& a = surface.verticesRas[static_cast<std::size_t>(triangle[0])];
    const Point& b = surface.verticesRas[static_cast<std::size_t>(triangle[1])];
    const Point& c = surface.verticesRas[static_cast<std::size_t>(triangle[2])];
    volume += double{a[0]} * (double{b[1]} * c[2] - double{b[2]} * c[1]) +
              double{a[1]} * (double{b[2]} * c[0] - double{b[0]} * c[2]) +
              double{a[2]} * (double{b[0]} * c[1] - double{b[1]} * c[0]);
  }
  return volume;
}

/// Computes twice the signed area of a flat surface seen from +z.
double signedArea(const Surface& surface) {
  double area = 0;
  for (const Triangle& triangle : surface.triangles) {
    const Point& a = surface.verticesRas[static_cast<std::size_t>(triangle[0])];
    const Point& b = surface.verticesRas[static_cast<std::size_t>(triangle[1])];
    const Point& c = surface.verticesRas[static_cast<std::size_t>(triangle[2])];
    area += (double{b[0]} - a[0]) * (double{c[1]} - a[1]) -
            (double{c[0]} - a[0]) * (double{b[1]} - a[1]);
  }
  return area;
}

/// Moves the vertices that no triangle of a flat surface uses into its plane. In some files they
/// keep the coordinates of another shape.
void flattenUnusedVertices(Surface& surface) {
  std::vector<bool> used(surface.verticesRas.size(), false);
  for (const Triangle& triangle : surface.triangles) {
    for (const std::int32_t vertex : triangle) {
      used[static_cast<std::size_t>(vertex)] = true;
    }
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) {
      surface.verticesRas[i][2] = 0;
    }
  }
}

void orient(Surface& surface, Shape shape) {
  if ((shape == Shape::flat ? signedArea(surface) : signedVolume(surface)) < 0) {
    for (Triangle& triangle : surface.triangles) {
      std::swap(triangle[1], triangle[2]);
    }
  }
}

/// The vertex count of the file of a side that was read first; the other files must have the same.
struct FirstCount {
  std::size_t count = 0;
  std::string file;
};

void checkCount(FirstCount& first, std::size_t count, const fs::path& file) {
  if (first.file.empty()) {
    first = {count, file.filename().string()};
  } else if (count != first.count) {
    throw Error(ErrorKind::mismatch,
                file.string() + " has " + std::to_string(count) + " vertices, but " + first.file +
                    " has " + std::to_string(first.count) +
                    "; all files of a folder must belong to one mesh.");
  }
}

std::vector<float>& measureOf(Hemisphere& hemisphere, Measure measure) {
  switch (measure) {
  case Measure::sulcalDepth:
    return hemisphere.sulcalDepth;
  case Measure::thickness:
    return hemisphere.thickness;
  case Measure::curvature:
    break;
  }
  return hemisphere.curvature;
}

/// Takes the cortex's name from the SubjectID of a file. "demo (simulated)" marks a simulated
/// cortex.
void takeName(Cortex& cortex, const std::string& subject) {
  static constexpr std::string_view mark = " (simulated)";
  const bool simulated = subject.size() > mark.size() && subject.ends_with(mark);
  cortex.simulated = cortex.simulated || simulated;
  if (!subject.empty()) {
    cortex.mesh.name = simulated ? subject.substr(0, subject.size() - mark.size()) : subject;
  }
}

/// Returns the name of a folder that may be a person's: "surf" and "surfaces" are skipped.
std::string personIn(fs::path folder) {
  for (const char* passedOver : {"surf", "surfaces"}) {
    if (folder.filename() == passedOver && folder.has_parent_path()) {
      folder = folder.parent_path();
    }
  }
  return folder.filename().string();
}

/// Returns the cortex's mesh with its name: a standard mesh's name, unless the cortex is simulated,
/// else the name in the metadata, else the folder's.
MeshSpace namedMesh(const Cortex& cortex) {
  MeshSpace mesh = meshOf(cortex.hemispheres);
  if (!cortex.mesh.name.empty() && (cortex.simulated || mesh.name.empty())) {
    mesh.name = cortex.mesh.name;
    mesh.toldBy = MeshEvidence::byMetadata;
  } else if (mesh.name.empty()) {
    mesh.name = personIn(cortex.folder);
    mesh.toldBy = MeshEvidence::byFolder;
  }
  // FreeSurfer's standard meshes are recognised by their triangles; a name alone is not enough.
  const bool toldByName =
      mesh.toldBy == MeshEvidence::byFolder || mesh.toldBy == MeshEvidence::byMetadata;
  if (toldByName && mesh.name.starts_with("fsaverage") && !mesh.density().empty()) {
    mesh.name += " (other triangles)";
  }
  return mesh;
}

/// The content of a file, or why it could not be read.
struct FileContent {
  SurfaceFile surface;
  PatchFile patch;
  VertexData measure;
  std::exception_ptr problem;
};

std::vector<FileContent> readAll(const std::vector<NamedFile>& files) {
  std::vector<FileContent> all(files.size());
  inParallel(files.size(), [&](std::size_t i) {
    try {
      if (files[i].isPatch) {
        all[i].patch = readPatch(files[i].path);
      } else if (files[i].shape) {
        all[i].surface = readSurface(files[i].path);
      } else {
        all[i].measure = readVertexData(files[i].path);
      }
    } catch (...) {
      all[i].problem = std::current_exception();
    }
  });
  return all;
}

/// Makes a flat surface of a patch's points. Its triangles are those of the whole surface with all
/// corners in the patch; other vertices lie in the origin.
Surface flatOf(const PatchFile& patch, const Hemisphere& hemisphere, const fs::path& file) {
  const std::vector<Triangle>* whole = hemisphere.closedTriangles();
  if (whole == nullptr) {
    throw Error(ErrorKind::notFound,
                file.string() + " is a patch, but no whole surface of its side lies beside it; add "
                                "one, such as lh.white.");
  }
  Surface flat;
  flat.verticesRas.resize(hemisphere.vertexCount());
  std::vector<bool> inPatch(flat.verticesRas.size(), false);
  for (std::size_t i = 0; i < patch.vertices.size(); ++i) {
    const auto vertex = static_cast<std::size_t>(patch.vertices[i]);
    if (vertex >= inPatch.size()) {
      throw Error(ErrorKind::mismatch,
                  file.string() + " lists the vertex " + std::to_string(vertex) +
                      ", but the surfaces beside it have " + std::to_string(inPatch.size()) +
                      " vertices; all files of a folder must belong to one mesh.");
    }
    inPatch[vertex] = true;
    flat.verticesRas[vertex] = patch.points[i];
  }
  std::ranges::copy_if(*whole, std::back_inserter(flat.triangles), [&](const Triangle& triangle) {
    return std::ranges::all_of(
        triangle, [&](std::int32_t corner) { return inPatch[static_cast<std::size_t>(corner)]; });
  });
  orient(flat, Shape::flat);
  return flat;
}

void take(Cortex& cortex, FirstCount& first, const NamedFile& file, FileContent content) {
  if (content.problem != nullptr) {
    std::rethrow_exception(content.problem);
  }
  Hemisphere& hemisphere = cortex.hemispheres.at(static_cast<std::size_t>(file.side));
  if (file.isPatch) {
    hemisphere.shapes.emplace(*file.shape, flatOf(content.patch, hemisphere, file.path));
  } else if (file.shape) {
    SurfaceFile& read = content.surface;
    checkSide(file, read.side);
    takeName(cortex, read.subject);
    checkCount(first, read.surface.verticesRas.size(), file.path);
    orient(read.surface, *file.shape);
    if (*file.shape == Shape::flat) {
      flattenUnusedVertices(read.surface);
    }
    if (*file.shape == Shape::white || *file.shape == Shape::pial) {
      hemisphere.surfaceToScanner = read.surfaceToScanner;
    }
    hemisphere.shapes.emplace(*file.shape, std::move(read.surface));
  } else {
    std::vector<float>& values =
        content.measure.columns.front().values.at(static_cast<std::size_t>(file.side));
    checkSide(file, content.measure.side());
    checkCount(first, values.size(), file.path);
    measureOf(hemisphere, file.measure) = std::move(values);
  }
}

/// Removes the measures of sides without surfaces.
void forgetAbsentSides(Cortex& cortex) {
  for (Hemisphere& hemisphere : cortex.hemispheres) {
    if (hemisphere.shapes.empty()) {
      const Side side = hemisphere.side;
      hemisphere = {};
      hemisphere.side = side;
    }
  }
}

double meanX(const Surface& surface) {
  const auto& points = surface.verticesRas;
  return std::accumulate(points.begin(),
                         points.end(),
                         0.0,
                         [](double sum, const Point& point) { return sum + point[0]; }) /
         static_cast<double>(points.size());
}

const fs::path& pathOf(const std::vector<NamedFile>& files, Side side, Shape shape) {
  return std::find_if(files.begin(),
                      files.end(),
                      [side, shape](const NamedFile& file) {
                        return file.side == side && file.shape == shape;
                      })
      ->path;
}

/// Throws when the left surface lies to the right of the right one. Only pial and white surfaces
/// lie where they are in the head; other shapes may be centred.
void checkNotSwapped(const Cortex& cortex, const std::vector<NamedFile>& files) {
  for (const Shape shape : {Shape::pial, Shape::white}) {
    const auto& left = cortex.hemisphere(Side::left).shapes;
    const auto& right = cortex.hemisphere(Side::right).shapes;
    if (left.contains(shape) && right.contains(shape) &&
        meanX(left.at(shape)) >= meanX(right.at(shape))) {
      throw Error(
          ErrorKind::mismatch,
          "Left and right seem to be swapped: " + pathOf(files, Side::left, shape).string() +
              " lies to the right of " + pathOf(files, Side::right, shape).filename().string() +
              "; exchange their names.");
    }
  }
}

} // namespace

std::size_t Hemisphere::vertexCount() const {
  return shapes.empty() ? 0 : shapes.begin()->second.verticesRas.size();
}

const std::vector<Triangle>* Hemisphere::closedTriangles() const {
  const auto closed = std::find_if(shapes.begin(), shapes.end(), [](const auto& entry) {
    return entry.first != Shape::flat && !entry.second.triangles.empty();
  });
  return closed == shapes.end() ? nullptr : &closed->second.triangles;
}

std::size_t Cortex::vertexCount() const {
  return hemispheres[0].vertexCount() + hemispheres[1].vertexCount();
}

std::vector<Shape> Cortex::shapes() const {
  std::vector<Shape> shared;
  for (const Shape shape : allShapes) {
    const bool everywhere = std::ranges::all_of(hemispheres, [shape](const Hemisphere& one) {
      return one.shapes.empty() || one.shapes.contains(shape);
    });
    if (everywhere && (has(Side::left) || has(Side::right))) {
      shared.push_back(shape);
    }
  }
  return shared;
}

MeshSpace meshOf(const std::array<Hemisphere, 2>& hemispheres) {
  std::array<std::size_t, 2> vertices{};
  std::array<std::string, 2> triangulation;
  for (std::size_t side = 0; side < 2; ++side) {
    vertices.at(side) = hemispheres.at(side).vertexCount();
    const std::vector<Triangle>* triangles = hemispheres.at(side).closedTriangles();
    triangulation.at(side) = triangles == nullptr ? std::string() : triangulationHash(*triangles);
  }
  if (triangulation == std::array<std::string, 2>{}) {
    return meshOfCounts(vertices);
  }
  const std::string name = standardMeshName(triangulation);
  return {name,
          vertices,
          triangulation,
          name.empty() ? MeshEvidence::none : MeshEvidence::byTriangulation};
}

MeshSpace
meshOf(const std::array<Hemisphere, 2>& hemispheres, std::string name, MeshEvidence toldBy) {
  MeshSpace mesh = meshOf(hemispheres);
  mesh.name = std::move(name);
  mesh.toldBy = toldBy;
  return mesh;
}

namespace {

std::shared_ptr<const Cortex> read(const fs::path& folder, std::optional<Shape> only) {
  return inContext("reading surfaces from " + folder.string(), [&folder, only] {
    const std::vector<NamedFile> all = namedFilesIn(folder);
    const std::vector<NamedFile> files = only ? filesFor(*only, all) : all;
    auto cortex = std::make_shared<Cortex>();
    cortex->complete = files.size() == all.size();
    cortex->hemispheres[1].side = Side::right;
    std::array<FirstCount, 2> first;
    std::vector<FileContent> contents = readAll(files);
    for (std::size_t i = 0; i < files.size(); ++i) {
      take(*cortex,
           first.at(static_cast<std::size_t>(files[i].side)),
           files[i],
           std::move(contents[i]));
    }
    if (cortex->shapes().empty()) {
      throw Error(ErrorKind::notFound,
                  cortex->vertexCount() == 0
                      ? "There is no surface in " + folder.string() +
                            "; add files with names such as lh.pial, pial_left.gii.gz or "
                            "hemi-L_inflated.surf.gii."
                      : "The left and right surfaces in " + folder.string() +
                            " have no shape in common; give one shape of both, or only one side.");
    }
    forgetAbsentSides(*cortex);
    checkNotSwapped(*cortex, files);
    cortex->folder = fs::weakly_canonical(fs::absolute(folder));
    cortex->mesh = namedMesh(*cortex);
    return std::shared_ptr<const Cortex>(std::move(cortex));
  });
}

} // namespace

std::shared_ptr<const Cortex> readCortex(const fs::path& folder) {
  return read(folder, std::nullopt);
}

std::shared_ptr<const Cortex> readCortexInPart(const fs::path& folder, Shape shape) {
  return read(folder, shape);
}

} // namespace cortograph
