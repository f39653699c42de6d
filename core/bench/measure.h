#pragma once

#include "base/control.h"
#include "compute/torch.h"

#include <functional>

namespace cortograph {

/// Returns the median time of `runs` runs of `work`, after one that is not counted. Can be
/// cancelled between runs.
[[nodiscard]] double medianSeconds(int runs,
                                   torch::Device device,
                                   const Control& control,
                                   const std::function<void()>& work);

} // namespace cortograph
