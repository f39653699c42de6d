#include "demo/training/learner.h"

#include "compute/threads.h"
#include "demo/training/ranking.h"

#include <algorithm>
#include <numeric>

namespace cortograph {

using torch::Tensor;

Tensor Learner::loss(const std::vector<Tensor>& outputs) {
  return outputs.front().mean();
}

Tensor overScenes(const SceneSet& scenes, const std::function<Tensor(const SceneBatch&)>& compute) {
  constexpr std::int64_t partSize = 32;
  constexpr std::uint64_t seed = 1;
  std::vector<std::int64_t> all(static_cast<std::size_t>(scenes.count()));
  std::iota(all.begin(), all.end(), std::int64_t{0});
  const std::int64_t count = (scenes.count() + partSize - 1) / partSize;
  std::vector<Tensor> parts(static_cast<std::size_t>(count));
  const OwnProducts ownProducts;
  inParallel(count, [&](std::int64_t part) {
    const torch::NoGradGuard noGradients;
    const auto first = static_cast<std::size_t>(part * partSize);
    const std::size_t size = std::min<std::size_t>(partSize, all.size() - first);
    parts[static_cast<std::size_t>(part)] = compute(
        {.scenes = &scenes, .which = {all.data() + first, size}, .seed = seed, .first = first});
  });
  return torch::cat(parts);
}

Tensor globalsOf(const Model& model, const SceneSet& scenes) {
  return overScenes(scenes, [&model](const SceneBatch& batch) {
    const Tensor patches = patchesOf(batch, model.vit.size.patch);
    return globalOf(model.vit, encodedPatches(model.vit, patches));
  });
}

double settingByNeighbors(const Model& model, const SceneSet& scenes) {
  const Tensor globals = globalsOf(model, scenes);
  const Tensor labels = torch::tensor(scenes.label, torch::kInt64);
  const std::int64_t known = scenes.count() * 3 / 4;
  return neighborAccuracy(globals.slice(0, 0, known),
                          labels.slice(0, 0, known),
                          globals.slice(0, known),
                          labels.slice(0, known));
}

} // namespace cortograph
