#include "brain/cortex_source.h"
#include "demo/cortex/cortex.h"

namespace cortograph::cortices {

const CortexSource& demo() {
  static const CortexSource source{.meshes = {demoMesh, fineDemoMesh}, .cortex = &demoCortexNamed};
  return source;
}

} // namespace cortograph::cortices
