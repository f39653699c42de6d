#pragma once

namespace cortograph {

/// The process's largest resident memory so far (VmHWM of proc(5), else as getrusage says), in 10^6
/// bytes; 0 where the system doesn't tell.
[[nodiscard]] double peakMegabytes();

/// The bytes available without swapping (MemAvailable of proc(5)); infinite where the system
/// doesn't tell.
[[nodiscard]] double availableMemory();

} // namespace cortograph
