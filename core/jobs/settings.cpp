#include "jobs/settings.h"

namespace cortograph {

TrainSettings settingsFor(std::size_t trainingImages) {
  constexpr std::size_t many = 3000;
  TrainSettings settings;
  if (trainingImages < many) {
    settings.steps = 600;
    settings.learningRate = 2e-3;
    settings.bottleneck = 64;
    settings.regularizationSteps = 300; // later steps let the selections become certain
    settings.readout = Readout::ridge;
  }
  return settings;
}

} // namespace cortograph
