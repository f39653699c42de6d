#include "demo/training/demo_training.h"

#include "engine/engine.h"

namespace cortograph {

const DemoTraining& demoTraining() {
  return static_cast<const DemoTraining&>(loadEngine().part("demo"));
}

} // namespace cortograph
