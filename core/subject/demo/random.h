#pragma once

#include "base/random.h"

namespace cortograph::demo {

using SplitMix = SplitMix;

} // namespace cortograph::demo
