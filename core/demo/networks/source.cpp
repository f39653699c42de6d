#include "demo/networks/demo_networks.h"
#include "weights/weight_source.h"

namespace cortograph::weights {

const WeightSource& demo() {
  static const WeightSource source{.prefix = "demo:",
                                   .title = "Small networks that come with the program",
                                   .list = &demoNetworkList,
                                   .open = &demoWeights};
  return source;
}

} // namespace cortograph::weights
