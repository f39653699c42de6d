#include "brain/cortex_source.h"

#include "base/error.h"

#include <algorithm>

namespace cortograph {

namespace {

const CortexSource* sourceOf(std::string_view mesh) {
  for (const CortexSourceEntry entry : cortexSourceTable()) {
    if (std::ranges::find(entry().meshes, mesh) != entry().meshes.end()) {
      return &entry();
    }
  }
  return nullptr;
}

} // namespace

bool isBuiltInMesh(std::string_view mesh) {
  return sourceOf(mesh) != nullptr;
}

std::shared_ptr<const Cortex> builtInCortex(std::string_view mesh) {
  const CortexSource* source = sourceOf(mesh);
  return source != nullptr ? source->cortex(mesh) : nullptr;
}

std::shared_ptr<const Cortex> firstBuiltInCortex() {
  if (cortexSourceTable().empty()) {
    throw Error(ErrorKind::notFound,
                "This program has no built-in cortex; give a folder of surfaces.");
  }
  const CortexSource& first = cortexSourceTable().front()();
  return first.cortex(first.meshes.front());
}

} // namespace cortograph
