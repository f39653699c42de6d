#include "base/seal.h"
#include "base/text.h"
#include "network/module/frames.h"
#include "network/module/serve.h"

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string_view>

using namespace cortograph;

namespace {

constexpr int firstLine = 3;

/// Seals the process before it sees any byte of the module, then serves it.
int serve(int lines, const Confines& confines, bool sealed) {
  prepareForModules();
  std::string refusal = confineProcess(confines);
  if (sealed && refusal.empty()) {
    refusal = sealProcess();
  }
  if (sealed && !refusal.empty()) {
    sendFailure(firstLine, ModuleFailure::seal, refusal);
    return 1;
  }
  const FrameHeader ready{.kind = Frame::ready};
  if (write(firstLine, &ready, sizeof ready) != sizeof ready) {
    return 1;
  }
  serveModule(firstLine, lines);
  return 0;
}

} // namespace

/// Runs a TorchScript module for Cortograph, which starts it (network/module/module_process.h):
/// cortograph-module LINES MEMORY sealed|unsealed PARENT
int main(int argc, char** argv) {
  const auto number = [argv](int at) { return numberIn<std::uint64_t>(argv[at]); };
  if (argc != 5 || !number(1) || !number(2) || !number(4)) {
    std::fputs("cortograph-module runs TorchScript modules for cortograph, which starts it.\n",
               stderr);
    return 2;
  }
  const auto lines = static_cast<int>(*number(1));
  const Confines confines{.descriptors = firstLine + lines,
                          .memory = *number(2),
                          .parent = static_cast<int>(*number(4))};
  try {
    // Anything else than this word is sealed.
    const int status = serve(lines, confines, argv[3] != std::string_view("unsealed"));
    _exit(status); // without the libraries' farewells, which the seal would refuse
  } catch (...) {
    _exit(1);
  }
}
