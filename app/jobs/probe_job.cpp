#include "app/jobs/probe_job.h"

#include "base/error.h"
#include "engine/engine.h"

#include <utility>

namespace cortograph {

std::shared_ptr<const Probe> runProbe(const std::shared_ptr<const BrainMap>& map,
                                      const NetworkSource& network,
                                      const std::filesystem::path& image,
                                      const Control& control) {
  PredictJob job;
  job.map = map;
  job.network = network;
  Stimulus stimulus;
  stimulus.name = image.filename().string();
  stimulus.file = image;
  job.images.push_back(std::move(stimulus));
  Array<float> response = loadEngine().predict(job, control);
  if (response.values.size() != map->size()) {
    throw Error(ErrorKind::internal,
                "The encoder predicted " + toString(response.shape) + " values, but " +
                    std::to_string(map->size()) + " were expected.");
  }
  return std::make_shared<const Probe>(
      Probe{.image = image.filename().string(), .response = std::move(response.values)});
}

} // namespace cortograph
