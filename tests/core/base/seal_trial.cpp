// Seals itself, tries what a sealed process must not do, and prints what each try gave: a name and
// an errno, 0 where it worked. Its arguments are a file that exists and one that doesn't.

#include "base/seal.h"

#include <fcntl.h>
#include <linux/io_uring.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace {

void say(const char* what, long result) {
  const std::string line = std::string(what) + " " + std::to_string(result < 0 ? errno : 0) + "\n";
  if (write(STDOUT_FILENO, line.data(), line.size()) < 0) {
    _exit(3);
  }
}

void tryFiles(const char* there, const char* missing) {
  say("open-to-read", open(there, O_RDONLY));
  say("open-to-write", open(there, O_WRONLY | O_APPEND));
  say("create", open(missing, O_WRONLY | O_CREAT, S_IRWXU));
  say("truncate", truncate(there, 0));
  say("unlink", unlink(there));
  say("mkdir", mkdir(missing, S_IRWXU));
  say("chmod", chmod(there, 0));
  struct stat status {};
  say("stat", stat(there, &status));
  say("memfd", memfd_create("memory", 0));
}

void tryOthers() {
  say("socket", socket(AF_INET, SOCK_STREAM, 0));
  int pair[2];
  say("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  const pid_t child = fork();
  if (child == 0) {
    _exit(0);
  }
  say("fork", child);
  char* const nothing[] = {nullptr};
  say("execve", execve("/bin/true", nothing, nothing));
  say("kill", kill(getppid(), 0));
  say("ptrace", ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr));
  io_uring_params parameters{};
  say("io_uring", syscall(SYS_io_uring_setup, 4, &parameters));
  const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
  say("setrlimit", setrlimit(RLIMIT_AS, &unlimited));
  say("prctl", prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

/// What a sealed process must still be able to do.
void tryComputing() {
  std::atomic<int> sum{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&sum] {
      const std::vector<int> ones(1'000'000, 1);
      for (const int one : ones) {
        sum += one;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  errno = EDOM;
  say("threads", sum == 3'000'000 ? 0 : -1);
  void* large = mmap(nullptr,
                     std::size_t{1} << 40,
                     PROT_READ | PROT_WRITE, // 1 TB
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                     -1,
                     0);
  say("terabyte", large == MAP_FAILED ? -1 : 0);
}

} // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("Name a file that exists, and one that doesn't.\n", stderr);
    return 2;
  }
  const int inherited = open(argv[1], O_RDONLY);
  std::atomic<bool> go{false};
  std::thread before([&go, file = argv[1]] {
    go.wait(false);
    say("thread-from-before", open(file, O_RDONLY));
  });
  std::string refusal = cortograph::confineProcess(
      {.descriptors = 3, .memory = 1'000'000'000, .parent = static_cast<int>(getppid())});
  if (refusal.empty()) {
    refusal = cortograph::sealProcess();
  }
  if (!refusal.empty()) {
    std::fprintf(stderr, "%s\n", refusal.c_str());
    return 1;
  }
  go = true;
  go.notify_one();
  before.join();
  char byte = 0;
  say("inherited", read(inherited, &byte, 1));
  tryFiles(argv[1], argv[2]);
  tryOthers();
  tryComputing();
  _exit(0);
}
