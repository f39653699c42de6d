#include "support/small_map.h"

#include <limits>

namespace cortograph::test {

BrainMap smallMap() {
  BrainMap map;
  map.attributes = {{"network", std::string("demo:test")},
                    {"network_name", std::string("Test ViT")},
                    {"seed", std::int64_t{7}},
                    {"learning_rate", 1e-3},
                    {"simulated", std::int64_t{1}}};
  map.vertices = {{.name = "tiny", .vertices = {12, 12}}, {{{0, 3, 11}, {1, 2}}}};
  map.coordinates = {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {5, 0, 0}, {6, 0, 0}};
  map.encodingFrame = {0, 0, 0, 6};
  map.layer = Array<float>({5, 4}, {1, 0, 0, 0,    0.25F, 0.25F, 0.25F, 0.25F, 0,    0,
                                    0, 1, 0, 0.5F, 0.5F,  0,     0.1F,  0.2F,  0.6F, 0.1F});
  map.space = Array<float>({5, 2}, {0, 0, -1, -1, 1, 1, 0.3F, -0.1F, -0.25F, 0.75F});
  map.scale = Array<float>({5}, {0, 0.16F, 0.5F, 0.84F, 1});
  map.readoutWeight = Array<float>({5, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  map.readoutBias = Array<float>({5}, {0, 1, 2, 3, 4});
  map.r2 = {0.41F, 0, -0.2F, std::numeric_limits<float>::quiet_NaN(), 0.9F};
  map.noiseCeiling = {0.55F, 0.5F, 0.5F, 0.5F, 1};
  map.clusters = {.label = {0, 1, 2, -1, 0}, .count = 3, .settings = {{"seed", std::int64_t{7}}}};
  map.regions = {{.name = "V1v", .group = "prf-visualrois", .member = {1, 0, 0, 1, 0}},
                 {.name = "early", .group = "streams", .member = {1, 1, 0, 1, 0}}};
  map.trainImages = {"train-0001", "train-0003"};
  map.validationImages = {"train-0002"};
  map.history = {.step = {1, 100}, .loss = {0.5F, 0.25F}, .r2 = {0.0F, 0.125F}};
  map.parameters["layer_selector_mlp.1.weight"] = Array<float>({2, 3}, {1, 2, 3, 4, 5, 6});
  return map;
}

} // namespace cortograph::test
