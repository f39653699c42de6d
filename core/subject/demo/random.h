#pragma once

#include "base/random.h"

namespace cortograph::demo {

using Random = SplitMix;

} // namespace cortograph::demo
