#pragma once

#include <cstdint>
#include <string>

namespace cortograph {

/// Limits of a process that is to run code of unknown origin.
struct Confines {
  int descriptors = 3;      ///< all from this number on are closed
  std::uint64_t memory = 0; ///< bytes that it may map beyond those it has mapped already
  int parent = 0;           ///< process without which it ends
};

/// Closes descriptors, forbids files and core dumps, limits memory, and ties the process to its
/// parent. Returns what could not be done; empty when all was.
[[nodiscard]] std::string confineProcess(const Confines& confines);

/// Seals the process for good, with all its threads: whatever it runs from now on can compute, and
/// read and write the descriptors that are open, but open no file or connection, start no program
/// and reach no other process. The kernel refuses every other call (seccomp, Linux 4.14 or newer,
/// on x86-64 and 64-bit ARM). Returns why it can't be sealed; empty when it is.
[[nodiscard]] std::string sealProcess();

/// Returns whether sealProcess() works on this system. Tries it on a thread that ends.
[[nodiscard]] bool canSealProcesses();

} // namespace cortograph
