#include "viewer/scene/surface_drawing.h"

#include "viewer/scene/shader_sources.h"
#include "viewer/scene/vertex_arrays.h"

#include <vtkCommand.h>
#include <vtkOpenGLVertexBufferObject.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkProperty.h>
#include <vtkShaderProgram.h>

#include <algorithm>

namespace cortograph {

namespace {

std::string withDefine(std::string_view source, const char* define) {
  constexpr std::string_view start = "//VTK::System::Dec\n";
  std::string text(source);
  if (define != nullptr) {
    text.insert(text.find(start) + start.size(), std::string("#define ") + define + "\n");
  }
  return text;
}

std::string arrayName(Shape shape, const char* what) {
  return std::string(toString(shape)) + what;
}

} // namespace

SurfaceDrawing::SurfaceDrawing(vtkRenderer& renderer,
                               std::shared_ptr<const CortexGeometry> geometry)
    : renderer_(&renderer), geometry_(std::move(geometry)) {
  for (std::size_t s = 0; s < 2; ++s) {
    Hemisphere& hemisphere = hemispheres_[s];
    const auto& curvature = geometry_->cortex->hemispheres[s].curvature;
    if (curvature.size() == geometry_->hemispheres[s].vertices) {
      hemisphere.uniforms.gyrus = gyrusGray;
      hemisphere.uniforms.sulcus = sulcusGray;
    }
    hemisphere.uniformsWanted->SetCallback(&SurfaceDrawing::giveUniforms);
    hemisphere.uniformsWanted->SetClientData(&hemisphere.uniforms);
    vtkFloatArray& paint = *hemisphere.paint;
    paint.SetName("paint");
    paint.SetNumberOfComponents(4);
    paint.SetNumberOfTuples(static_cast<vtkIdType>(geometry_->hemispheres[s].vertices));
    paint.Fill(0);
  }
  useShaders({});
}

void SurfaceDrawing::giveUniforms(vtkObject* /*caller*/,
                                  unsigned long /*event*/,
                                  void* uniforms,
                                  void* program) {
  const Uniforms& values = *static_cast<Uniforms*>(uniforms);
  vtkShaderProgram& shader = *static_cast<vtkShaderProgram*>(program);
  const auto give = [&shader](const char* name, const auto& set) {
    if (shader.IsUniformUsed(name)) {
      set(name);
    }
  };
  give("part", [&](const char* name) { shader.SetUniformf(name, values.part); });
  give("shading", [&](const char* name) { shader.SetUniformf(name, values.shading); });
  give("level", [&](const char* name) { shader.SetUniformi(name, values.level); });
  give("gyrus", [&](const char* name) { shader.SetUniform3f(name, values.gyrus.data()); });
  give("sulcus", [&](const char* name) { shader.SetUniform3f(name, values.sulcus.data()); });
}

void SurfaceDrawing::useShaders(const Coloring& coloring) {
  coloring_ = coloring;
  const char* define = coloring.labels ? nullptr : "SMOOTH";
  const std::string_view color =
      coloring.colormap == nullptr ? "return vec3(0.0);" : coloring.colormap->glsl;
  const std::string fragment =
      withDefine(surfaceFragmentShader, define) + "\nvec3 colormap(float u, float v) {\n" +
      std::string(color) + "\n}\nvec3 seen(vec3 srgb) {\n" + seenGlsl(coloring.vision) + "\n}\n";
  shaders_->SetVertexShaderCode(withDefine(surfaceVertexShader, define).c_str());
  shaders_->SetFragmentShaderCode(fragment.c_str());
}

void SurfaceDrawing::setMix(const ShapeMix& mix) {
  const bool sameShapes = mix.from == mix_.from && mix.to == mix_.to;
  mix_ = mix;
  for (Hemisphere& hemisphere : hemispheres_) {
    hemisphere.uniforms.part = mix.part;
  }
  setLit(lit_);
  for (std::size_t s = 0; s < 2 && !sameShapes; ++s) {
    for (const auto& level : hemispheres_[s].meshes) {
      for (const Mesh& mesh : level) {
        if (mesh.actor != nullptr) {
          giveShapes(mesh, s);
        }
      }
    }
  }
  showMeshes();
}

void SurfaceDrawing::setPose(Side side, const Pose& pose) {
  setMatrix(*hemispheres_[static_cast<std::size_t>(side)].matrix, pose);
}

void SurfaceDrawing::setLevel(std::size_t level) {
  level_ = level;
  showMeshes();
}

void SurfaceDrawing::setPaint(const std::array<MeshPaint, 2>& paint, const Coloring& coloring) {
  for (std::size_t s = 0; s < 2; ++s) {
    static_assert(sizeof(Paint) == 4 * sizeof(float));
    std::copy(paint[s].begin(),
              paint[s].end(),
              reinterpret_cast<Paint*>(
                  hemispheres_[s].paint->GetPointer(0))); // NOLINT(*-reinterpret-*): four floats
    hemispheres_[s].paint->Modified();
  }
  if (coloring != coloring_) {
    useShaders(coloring);
  }
}

void SurfaceDrawing::setBare() {
  for (Hemisphere& hemisphere : hemispheres_) {
    hemisphere.paint->Fill(0);
    hemisphere.paint->Modified();
  }
}

void SurfaceDrawing::setLit(bool lit) {
  lit_ = lit;
  for (Hemisphere& hemisphere : hemispheres_) {
    hemisphere.uniforms.shading = lit ? 1 - mix_.flatness() : 0;
  }
}

void SurfaceDrawing::showMeshes() {
  const bool cut = mix_.flatness() > 0;
  for (std::size_t s = 0; s < 2; ++s) {
    const std::vector<MeshLevel>& levels = geometry_->hemispheres[s].levels;
    const std::size_t shown = std::min(level_, levels.size() - 1);
    hemispheres_[s].uniforms.level = static_cast<int>(shown);
    for (std::size_t level = 0; level < levels.size(); ++level) {
      for (const bool isCut : {false, true}) {
        Mesh& mesh = hemispheres_[s].meshes[level][isCut ? 1 : 0];
        const bool visible = level == shown && isCut == cut && levels[level].triangles > 0;
        if (visible && mesh.actor == nullptr) {
          makeMesh(mesh, s, level, isCut);
        }
        if (mesh.actor != nullptr && isCut != cut) {
          renderer_->RemoveActor(mesh.actor); // saves memory: indices take more than all other data
          mesh = {};
        } else if (mesh.actor != nullptr) {
          mesh.actor->SetVisibility(visible ? 1 : 0);
        }
      }
    }
  }
}

void SurfaceDrawing::makeMesh(Mesh& mesh, std::size_t side, std::size_t level, bool cut) {
  Hemisphere& hemisphere = hemispheres_[side];
  const HemisphereGeometry& geometry = geometry_->hemispheres[side];
  vtkNew<vtkPolyData> data;
  data->SetPolys(cut ? geometry.levels[level].cut : geometry.levels[level].whole);
  data->GetPointData()->AddArray(hemisphere.paint);
  data->GetPointData()->AddArray(geometry.ground);
  mesh.mapper = vtkSmartPointer<vtkOpenGLPolyDataMapper>::New();
  mesh.mapper->SetInputData(data);
  mesh.mapper->ScalarVisibilityOff();
  mesh.mapper->SetVBOShiftScaleMethod(vtkOpenGLVertexBufferObject::DISABLE_SHIFT_SCALE);
  constexpr int onPoints = vtkDataObject::FIELD_ASSOCIATION_POINTS;
  mesh.mapper->MapDataArrayToVertexAttribute("paint", "paint", onPoints);
  mesh.mapper->MapDataArrayToVertexAttribute("ground", "ground", onPoints);
  mesh.mapper->AddObserver(vtkCommand::UpdateShaderEvent, hemisphere.uniformsWanted);
  mesh.actor = vtkSmartPointer<vtkActor>::New();
  mesh.actor->SetMapper(mesh.mapper);
  mesh.actor->SetUserMatrix(hemisphere.matrix);
  mesh.actor->SetShaderProperty(shaders_);
  mesh.actor->GetProperty()->SetBackfaceCulling(cut ? 0
                                                    : 1); // the back of a closed mesh is invisible
  giveShapes(mesh, side);
  renderer_->AddActor(mesh.actor);
}

/// Passes the points and normals of the two mixed shapes, and no others, to the mesh.
void SurfaceDrawing::giveShapes(const Mesh& mesh, std::size_t side) const {
  const HemisphereGeometry& geometry = geometry_->hemispheres[side];
  vtkPolyData& data = *mesh.mapper->GetInput();
  for (const Shape shape : allShapes) {
    for (const char* what : {" points", " normals"}) {
      const std::string name = arrayName(shape, what);
      data.GetPointData()->RemoveArray(name.c_str());
    }
  }
  const auto give = [&](Shape shape, const char* points, const char* normals) {
    const ShapeGeometry& given = geometry.shape(shape);
    data.GetPointData()->AddArray(given.points);
    data.GetPointData()->AddArray(given.normals);
    constexpr int onPoints = vtkDataObject::FIELD_ASSOCIATION_POINTS;
    if (points != nullptr) {
      mesh.mapper->MapDataArrayToVertexAttribute(
          points, arrayName(shape, " points").c_str(), onPoints);
    }
    mesh.mapper->MapDataArrayToVertexAttribute(
        normals, arrayName(shape, " normals").c_str(), onPoints);
  };
  vtkNew<vtkPoints> points;
  points->SetData(geometry.shape(mix_.from).points);
  data.SetPoints(points);
  give(mix_.from, nullptr, "fromNormal");
  give(mix_.to, "towards", "towardsNormal");
}

} // namespace cortograph
