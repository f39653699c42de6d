#include "base/seal.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <limits>
#include <system_error>
#include <thread>

#if defined(__linux__)
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cstddef>
#include <vector>
#endif

#if defined(__linux__) && defined(__x86_64__)
#define CORTOGRAPH_SEAL_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__linux__) && defined(__aarch64__)
#define CORTOGRAPH_SEAL_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

namespace cortograph {

namespace {

/// Names the step that failed and the system's reason.
std::string failed(const char* step) {
  return std::string(step) + ": " + std::generic_category().message(errno);
}

bool limit(decltype(RLIMIT_AS) resource, std::uint64_t most) {
  const rlimit limits{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  return setrlimit(resource, &limits) == 0;
}

void closeFrom(int first) {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, first, std::numeric_limits<unsigned>::max(), 0) == 0) {
    return;
  }
#endif
  const long most = sysconf(_SC_OPEN_MAX);
  for (int descriptor = first; descriptor < most; ++descriptor) {
    close(descriptor);
  }
}

/// Returns the bytes of address space in use (see proc(5)); 0 where the system doesn't tell.
std::uint64_t mappedBytes() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

} // namespace

std::string confineProcess(const Confines& confines) {
#if defined(__linux__)
  // Where memory runs out, the kernel ends this process before others.
  std::ofstream("/proc/self/oom_score_adj") << 1000;
#endif
  const std::uint64_t mapped = mappedBytes();
  closeFrom(confines.descriptors);
  std::signal(SIGXFSZ, SIG_IGN); // writing to a file is then an error, and no end
  if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_FSIZE, 0)) {
    return failed("files could not be forbidden");
  }
  if (mapped == 0 || !limit(RLIMIT_AS, mapped + confines.memory)) {
    return failed("memory could not be limited");
  }
#if defined(__linux__)
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return failed("it could not be tied to Cortograph");
  }
#endif
  // The parent may have ended before it was tied to.
  return getppid() == confines.parent ? "" : "Cortograph, which started it, has ended";
}

#if defined(CORTOGRAPH_SEAL_ARCHITECTURE)

namespace {

/// The system calls that computing needs. None names a file, an address or another process. (Two
/// that take a process, for its threads' cores and priority, only read.)
constexpr int allowedCalls[] = {SYS_brk,
                                SYS_clock_getres,
                                SYS_clock_gettime,
                                SYS_clock_nanosleep,
                                SYS_close,
                                SYS_exit,
                                SYS_exit_group,
                                SYS_fstat,
                                SYS_futex,
                                SYS_getcpu,
                                SYS_getpid,
                                SYS_getrandom,
                                SYS_gettid,
                                SYS_gettimeofday,
                                SYS_lseek,
                                SYS_madvise,
                                SYS_mmap,
                                SYS_mprotect,
                                SYS_mremap,
                                SYS_munmap,
                                SYS_nanosleep,
                                SYS_read,
                                SYS_readv,
                                SYS_restart_syscall,
#if defined(SYS_rseq)
                                SYS_rseq,
#endif
                                SYS_rt_sigaction,
                                SYS_rt_sigprocmask,
                                SYS_rt_sigreturn,
                                SYS_sched_get_priority_max,
                                SYS_sched_get_priority_min,
                                SYS_sched_getaffinity,
                                SYS_sched_getscheduler,
                                SYS_sched_yield,
                                SYS_set_robust_list,
                                SYS_sigaltstack,
                                SYS_sysinfo,
                                SYS_uname,
                                SYS_write,
                                SYS_writev};

#if defined(SYS_clone3)
constexpr int newClone = SYS_clone3;
#else
constexpr int newClone = 435; // the same everywhere
#endif

/// Returns the filter in the kernel's language (seccomp(2)): the list above, and new threads but no
/// new processes. clone3, whose flags a filter can't see, is said not to exist; the C library then
/// calls clone.
std::vector<sock_filter> sealFilter() {
  constexpr auto refuse = [](unsigned error) {
    return sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error);
  };
  constexpr sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const auto load = [](std::size_t offset) {
    return sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
  };
  // Skips the next instruction unless the loaded word is `value`.
  const auto whereEqual = [](unsigned value) {
    return sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  };
  std::vector<sock_filter> filter{
      load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CORTOGRAPH_SEAL_ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      load(offsetof(seccomp_data, nr))};
  for (const int call : allowedCalls) {
    filter.push_back(whereEqual(static_cast<unsigned>(call)));
    filter.push_back(allow);
  }
  filter.push_back(whereEqual(newClone));
  filter.push_back(refuse(ENOSYS));
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 1, 0));
  filter.push_back(refuse(EPERM));
  filter.push_back(load(offsetof(seccomp_data, args[0]))); // the lower half; both are little-endian
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
  filter.push_back(allow);
  filter.push_back(refuse(EPERM));
  return filter;
}

/// Seals the calling thread, and with SECCOMP_FILTER_FLAG_TSYNC all others of the process.
std::string seal(unsigned flags) {
  std::vector<sock_filter> filter = sealFilter();
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return failed("privileges could not be given up");
  }
  const long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
  if (result > 0) {
    return "one of its threads is sealed otherwise";
  }
  return result == 0 ? "" : failed("seccomp is not available");
}

} // namespace

std::string sealProcess() {
  return seal(SECCOMP_FILTER_FLAG_TSYNC);
}

bool canSealProcesses() {
  bool can = false;
  std::thread([&can] { can = seal(0).empty(); }).join();
  return can;
}

#else

std::string sealProcess() {
  return "only Linux on x86-64 and 64-bit ARM can";
}

bool canSealProcesses() {
  return false;
}

#endif

} // namespace cortograph
