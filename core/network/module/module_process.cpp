#include "network/module/module_process.h"

#include "base/resources.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <utility>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace cortograph {

namespace {

constexpr std::chrono::milliseconds slice(50); ///< between two looks at the cancel token
constexpr int firstLine = 3;                   ///< the process's descriptor of it

#if defined(MSG_NOSIGNAL)
constexpr int withoutSignal = MSG_NOSIGNAL;
#else
constexpr int withoutSignal = 0; // the socket's own option does it
#endif

std::string reasonOf(int code) {
  return std::generic_category().message(code);
}

/// Returns a connected pair that other programs don't inherit: this process's end, and the other's
/// with a number of at least `lowest`.
std::pair<int, int> connectedPair(int lowest) {
  std::array<int, 2> ends{-1, -1};
#if defined(SOCK_CLOEXEC)
  const int made = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data());
#else
  const int made = socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data());
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
#if defined(SO_NOSIGPIPE)
  const int on = 1;
  setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  const int other = made == 0 ? fcntl(ends[1], F_DUPFD_CLOEXEC, lowest) : -1;
  if (other < 0) {
    const int code = errno;
    for (const int end : ends) {
      close(end);
    }
    throw Error(ErrorKind::file,
                "No process can be started for a TorchScript module (" + reasonOf(code) +
                    "); close other files or programs.");
  }
  close(ends[1]);
  return {ends[0], other};
}

/// How the process is started: with its lines and /dev/null alone, in a group of its own, so that
/// Ctrl-C reaches only Cortograph, which then ends it.
class SpawnPlan {
public:
  explicit SpawnPlan(const std::vector<int>& ends) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    for (int standard = 0; standard < firstLine; ++standard) {
      posix_spawn_file_actions_addopen(&actions_, standard, "/dev/null", O_RDWR, 0);
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
      posix_spawn_file_actions_adddup2(&actions_, ends[i], firstLine + static_cast<int>(i));
    }
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  SpawnPlan(SpawnPlan&&) = delete;
  SpawnPlan& operator=(SpawnPlan&&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  [[nodiscard]] int run(const std::string& program, std::vector<std::string> words, pid_t& id) {
    std::vector<char*> arguments;
    for (std::string& word : words) {
      arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    return posix_spawn(&id, program.c_str(), &actions_, &attributes_, arguments.data(), environ);
  }

private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

} // namespace

ModuleProcess::ModuleProcess(std::string file, int lines, bool sealed, std::uint64_t memory)
    : file_(std::move(file)) {
  std::vector<int> childEnds;
  const auto closeAll = [](const std::vector<int>& descriptors) {
    for (const int descriptor : descriptors) {
      close(descriptor);
    }
  };
  try {
    for (int line = 0; line < lines; ++line) {
      const auto [ours, other] = connectedPair(firstLine + lines);
      lines_.push_back(ours);
      childEnds.push_back(other);
    }
    start(childEnds, sealed, memory);
  } catch (...) {
    closeAll(childEnds);
    closeAll(lines_);
    throw;
  }
  closeAll(childEnds);
  free_.assign(lines_.rbegin(), lines_.rend()); // the first is taken first
}

void ModuleProcess::start(const std::vector<int>& childEnds, bool sealed, std::uint64_t memory) {
  const std::filesystem::path program = libraryFolder() / "cortograph-module";
  const int failure = SpawnPlan(childEnds).run(program,
                                               {program,
                                                std::to_string(childEnds.size()),
                                                std::to_string(memory),
                                                sealed ? "sealed" : "unsealed",
                                                std::to_string(getpid())},
                                               process_);
  if (failure != 0) {
    process_ = 0;
    throw Error(ErrorKind::notFound,
                "The program " + program.string() +
                    ", which runs TorchScript modules, can't be "
                    "started (" +
                    reasonOf(failure) + "); install Cortograph again.");
  }
}

ModuleProcess::~ModuleProcess() {
  {
    const std::scoped_lock lock(mutex_);
    end();
  }
  for (const int line : lines_) {
    close(line);
  }
}

/// Ends the process, if it has not ended yet, and returns how it ended. The mutex must be held.
int ModuleProcess::end() noexcept {
  if (process_ != 0) {
    kill(process_, SIGKILL);
    while (waitpid(process_, &status_, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
  }
  return status_;
}

void ModuleProcess::fail(const Error& error) {
  const std::scoped_lock lock(mutex_);
  end();
  if (!failure_) {
    failure_ = error;
  }
  throw Error(*failure_);
}

/// Explains an end that nobody here asked for.
Error ModuleProcess::whatEndedIt() {
  const std::scoped_lock lock(mutex_);
  const int status = end();
  const std::string what = "The TorchScript module " + file_;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
    return {ErrorKind::memory,
            what + " was ended by the system, as happens where memory runs out; give smaller "
                   "images (--image-size), or close other programs."};
  }
  const std::string how = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                              : "status " + std::to_string(WEXITSTATUS(status));
  return {ErrorKind::unsupported,
          what + " ended its process (" + how +
              ") instead of giving tokens; try it in PyTorch, and export it again."};
}

ModuleLine::ModuleLine(ModuleProcess& process,
                       std::chrono::milliseconds limit,
                       const CancelToken& cancel)
    : process_(process), cancel_(cancel), limit_(limit) {
  std::unique_lock lock(process.mutex_);
  while (process.free_.empty() && !cancel.canceled()) {
    process.freed_.wait_for(lock, slice);
  }
  cancel.throwIfCanceled();
  descriptor_ = process.free_.back();
  process.free_.pop_back();
  end_ = std::chrono::steady_clock::now() + limit;
}

ModuleLine::~ModuleLine() {
  const std::scoped_lock lock(process_.mutex_);
  process_.free_.push_back(descriptor_);
  process_.freed_.notify_one();
}

void ModuleLine::requireTime() {
  if (cancel_.canceled()) {
    process_.fail(Error(ErrorKind::canceled, "Cancelled."));
  }
  if (std::chrono::steady_clock::now() >= end_) {
    const auto seconds = std::chrono::duration_cast<std::chrono::duration<double>>(limit_).count();
    process_.fail(Error(ErrorKind::unsupported,
                        "The TorchScript module " + process_.file() + " gave no answer within " +
                            std::to_string(std::lround(std::ceil(seconds))) +
                            " seconds and was stopped; give smaller images (--image-size) or a "
                            "smaller batch, or try it in PyTorch."));
  }
}

/// Waits until the line can be read or written, or the process has ended.
void ModuleLine::await(short event) {
  pollfd waited{descriptor_, event, 0};
  do {
    requireTime();
  } while (poll(&waited, 1, static_cast<int>(slice.count())) <= 0);
}

void ModuleLine::send(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    await(POLLOUT);
    const ssize_t sent =
        ::send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT | withoutSignal);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
      process_.fail(process_.whatEndedIt());
    }
  }
}

void ModuleLine::receive(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    await(POLLIN);
    const ssize_t received = recv(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (received > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(received));
    } else if (received == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
      process_.fail(process_.whatEndedIt());
    }
  }
}

} // namespace cortograph
