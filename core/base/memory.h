#pragma once

namespace cortograph {

/// Returns the peak of the process's resident memory (VmHWM of proc(5), else getrusage), in 10^6
/// bytes; 0 when it is not known.
[[nodiscard]] double peakMegabytes();

/// The bytes available without swapping (MemAvailable of proc(5)); infinite where the system
/// doesn't tell.
[[nodiscard]] double availableMemory();

} // namespace cortograph
