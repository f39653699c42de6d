#include "network/module/serve.h"

#include "compute/threads.h"
#include "network/module/frames.h"
#include "network/network.h"
#include "weights/weight_table.h"

#include <unistd.h>

#include <torch/script.h>

#include <algorithm>
#include <cerrno>
#include <istream>
#include <new>
#include <optional>
#include <stdexcept>
#include <streambuf>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace cortograph {

namespace {

using torch::Tensor;
using Module = torch::jit::Module;

/// What a module did instead of giving tokens.
struct Refusal : std::runtime_error {
  Refusal(ModuleFailure failure, const std::string& text)
      : std::runtime_error(text), what_(failure) {}
  ModuleFailure what_;
};

[[noreturn]] void refuse(const std::string& what) {
  throw Refusal(ModuleFailure::result, what);
}

/// Thrown when Cortograph has closed the line.
struct Closed {};

void send(int line, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = write(line, bytes.data(), bytes.size());
    if (sent > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (sent == 0 || errno != EINTR) {
      throw Closed();
    }
  }
}

void receive(int line, std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t received = read(line, bytes.data(), bytes.size());
    if (received > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(received));
    } else if (received == 0 || errno != EINTR) {
      throw Closed();
    }
  }
}

/// Reads from memory.
class MemoryBuffer : public std::streambuf {
public:
  explicit MemoryBuffer(std::vector<char>& bytes) {
    setg(bytes.data(), bytes.data(), bytes.data() + bytes.size());
  }

protected:
  pos_type
  seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode /*mode*/) override {
    const char* start = from == std::ios_base::beg   ? eback()
                        : from == std::ios_base::cur ? gptr()
                                                     : egptr();
    const off_type place = start - eback() + offset;
    if (place < 0 || place > egptr() - eback()) {
      return {off_type{-1}};
    }
    setg(eback(), eback() + place, egptr());
    return {place};
  }
  pos_type seekpos(pos_type place, std::ios_base::openmode mode) override {
    return seekoff(off_type(place), std::ios_base::beg, mode);
  }
};

/// Returns the line that says what went wrong; around it is a trace through the module or LibTorch.
std::string reasonOf(const std::exception& error) {
  const std::string text = error.what();
  constexpr std::string_view mark = "\nRuntimeError: "; // of LibTorch's interpreter
  const std::size_t found = text.rfind(mark);
  const std::size_t start = found == std::string::npos ? 0 : found + mark.size();
  return text.substr(start, text.find('\n', start) - start);
}

ModuleFailure kindOf(const std::exception& error, ModuleFailure otherwise) {
  const std::string_view text = error.what();
  const bool memory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
                      text.find("can't allocate memory") != std::string_view::npos ||
                      text.find("not enough memory") != std::string_view::npos;
  return memory ? ModuleFailure::memory : otherwise;
}

/// Returns the tensors of a list or dict, in its own order.
std::vector<Tensor> tensorsOf(const torch::IValue& value) {
  if (value.isNone()) {
    return {};
  }
  if (value.isTensorList()) {
    return value.toTensorVector();
  }
  std::vector<torch::IValue> items;
  if (value.isList()) {
    const auto list = value.toListRef();
    items.assign(list.begin(), list.end());
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict()) {
      items.push_back(entry.value());
    }
  } else {
    refuse("returns a " + value.tagKind());
  }
  std::vector<Tensor> tensors;
  for (const torch::IValue& item : items) {
    if (!item.isTensor()) {
      refuse("returns a list of " + item.tagKind());
    }
    tensors.push_back(item.toTensor());
  }
  return tensors;
}

Tokens tokensOf(const torch::IValue& value) {
  const bool pair = value.isTuple() && value.toTupleRef().elements().size() == 2;
  const torch::IValue& local = pair ? value.toTupleRef().elements()[0] : value;
  Tokens tokens{tensorsOf(local), {}};
  if (pair) {
    tokens.global = tensorsOf(value.toTupleRef().elements()[1]);
  }
  if (tokens.local.empty() || tokens.local.size() > mostModuleLayers ||
      (!tokens.global.empty() && tokens.global.size() != tokens.local.size())) {
    refuse("returns " + std::to_string(tokens.local.size()) + " local and " +
           std::to_string(tokens.global.size()) + " global tensors");
  }
  for (std::size_t i = 0; i < tokens.local.size(); ++i) {
    Tensor& at = tokens.local[i];
    if (at.dim() != 4) {
      refuse("returns local tokens of shape " + shapeText(at.sizes().vec()));
    }
    at = at.to(torch::kCPU, torch::kFloat32).contiguous();
    if (i == tokens.global.size()) {
      tokens.global.push_back(at.mean({2, 3}));
    }
    tokens.global[i] = tokens.global[i].to(torch::kCPU, torch::kFloat32).contiguous();
    if (tokens.global[i].sizes() != torch::IntArrayRef({at.size(0), at.size(1)})) {
      refuse("returns global tokens of shape " + shapeText(tokens.global[i].sizes().vec()) +
             " beside local ones of " + shapeText(at.sizes().vec()));
    }
  }
  return tokens;
}

/// Runs the module as it is written: optimising it as it runs would change last digits from run to
/// run.
Tokens run(const Module& module, const Tensor& images) {
  const torch::NoGradGuard noGradients;
  const torch::jit::GraphOptimizerEnabledGuard asWritten(false);
  const auto tokens = module.find_method("get_tokens");
  const auto method = tokens ? tokens : module.find_method("forward");
  if (!method) {
    refuse("has neither get_tokens nor forward");
  }
  return tokensOf((*method)({images}));
}

Module load(int line, std::uint64_t size) {
  std::vector<char> bytes(size);
  receive(line, std::as_writable_bytes(std::span(bytes)));
  MemoryBuffer buffer(bytes);
  std::istream stream(&buffer);
  Module module = torch::jit::load(stream, torch::kCPU);
  module.eval();
  return module;
}

Tensor receiveImages(int line) {
  RunHeader header;
  receive(line, writableRawBytes(header));
  useProductThreads({.blas = header.blasThreads, .torch = header.torchThreads});
  Tensor images = torch::empty({header.images, 3, header.rows, header.columns});
  receive(line, {static_cast<std::byte*>(images.data_ptr()), images.nbytes()});
  return images;
}

void sendTokens(int line, const Tokens& tokens) {
  const auto layers = static_cast<std::uint32_t>(tokens.layers());
  std::vector<TokenShape> shapes;
  std::uint64_t bytes = sizeof layers + layers * sizeof(TokenShape);
  for (std::size_t i = 0; i < tokens.layers(); ++i) {
    const Tensor& local = tokens.local[i];
    shapes.push_back({local.size(0), local.size(1), local.size(2), local.size(3)});
    bytes += local.nbytes() + tokens.global[i].nbytes();
  }
  send(line, rawBytes(FrameHeader{.kind = Frame::tokens, .bytes = bytes}));
  send(line, rawBytes(layers));
  send(line, std::as_bytes(std::span(shapes)));
  for (std::size_t i = 0; i < tokens.layers(); ++i) {
    for (const Tensor& tensor : {tokens.local[i], tokens.global[i]}) {
      send(line, {static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()});
    }
  }
}

/// Does the work; sends what goes wrong instead of an answer.
template <class Work> bool answer(int line, ModuleFailure otherwise, const Work& work) {
  try {
    work();
    return true;
  } catch (const Refusal& refusal) {
    sendFailure(line, refusal.what_, refusal.what());
  } catch (const std::exception& error) {
    sendFailure(line, kindOf(error, otherwise), reasonOf(error));
  }
  return false;
}

FrameHeader receiveHeader(int line) {
  FrameHeader header;
  receive(line, writableRawBytes(header));
  return header;
}

/// Answers frames of images until the line is closed.
void serveLine(int line, const Module& module) {
  try {
    while (receiveHeader(line).kind == Frame::run) {
      std::optional<Tokens> tokens;
      const Tensor images = receiveImages(line);
      if (answer(line, ModuleFailure::run, [&] { tokens = run(module, images); })) {
        sendTokens(line, *tokens);
      }
    }
  } catch (const Closed&) {
    // Cortograph is done with it.
  } catch (const std::exception& error) { // the images were not taken
    sendFailure(line, ModuleFailure::memory, reasonOf(error));
    _exit(1);
  }
}

} // namespace

void sendFailure(int line, ModuleFailure what, const std::string& text) {
  const std::string said = text.substr(0, longestFailure);
  send(line, rawBytes(FrameHeader{.kind = Frame::failed, .bytes = sizeof what + said.size()}));
  send(line, rawBytes(what));
  send(line, std::as_bytes(std::span(said)));
}

void prepareForModules() {
  const torch::NoGradGuard noGradients;
  Module module("__torch__.Prepared");
  module.define(R"(
def forward(self, x):
    y = torch.gelu(torch.conv2d(x, torch.ones([8, 3, 3, 3])))
    y = torch.upsample_bilinear2d(y, [6, 6], False) + torch.randn([1])
    z = torch.layer_norm(torch.matmul(y, y).flatten(1), [288])
    z = torch.softmax(torch.linear(z.half().float(), torch.ones([288, 288])), 1)
    return z.reshape([1, 2, 7])
)");
  try {
    module.forward({torch::ones({1, 3, 8, 8})}); // fails at the end: errors too are made ready
  } catch (const std::exception&) {
    return;
  }
}

void serveModule(int firstLine, int lines) {
  std::optional<Module> module;
  const FrameHeader header = receiveHeader(firstLine);
  if (!answer(firstLine, ModuleFailure::load, [&] { module = load(firstLine, header.bytes); })) {
    return;
  }
  std::vector<std::jthread> others;
  for (int line = firstLine + 1; line < firstLine + lines; ++line) {
    others.emplace_back([line, &module] { serveLine(line, *module); });
  }
  send(firstLine, rawBytes(FrameHeader{.kind = Frame::loaded}));
  serveLine(firstLine, *module);
}

} // namespace cortograph
