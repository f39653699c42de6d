#include "network/module/script_module.h"

#include "base/memory.h"
#include "base/number_words.h"
#include "compute/threads.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cortograph {

namespace {

constexpr const char* contract = "expected get_tokens(x), or forward(x), of a Bx3xHxW tensor to "
                                 "return two lists or dicts: local "
                                 "tokens BxCxhxw and global tokens BxC, a tensor a layer";

/// A module runs on as many lines as there are threads, up to this many.
constexpr int mostLines = 64;

std::uint64_t memoryFor(const ModuleLimits& limits) {
  constexpr double most = 1e15; // where the system doesn't tell
  return limits.memory != 0 ? limits.memory
                            : static_cast<std::uint64_t>(0.75 * std::min(availableMemory(), most));
}

/// Makes text from the module's process fit to be shown: one line of plain characters.
std::string plain(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

std::span<std::byte> bytesIn(const torch::Tensor& tensor) {
  return {reinterpret_cast<std::byte*>(tensor.data_ptr<float>()), tensor.nbytes()};
}

FrameHeader receiveHeader(ModuleLine& line) {
  FrameHeader header;
  line.receive(writableRawBytes(header));
  return header;
}

} // namespace

ScriptModule::ScriptModule(const WeightFile& file,
                           Trust trust,
                           const CancelToken& cancel,
                           const ModuleLimits& limits)
    : limits_(limits) {
  requireTrust(file.name(), trust);
  limits_.memory = memoryFor(limits);
  if (file.bytes().size() > limits_.memory) {
    throw Error(ErrorKind::memory,
                "The TorchScript module " + file.name() + " takes " +
                    inBytes(static_cast<double>(file.bytes().size())) + ", but may take only " +
                    inBytes(static_cast<double>(limits_.memory)) +
                    " of memory; close other programs, or export it in half precision.");
  }
  process_ = std::make_unique<ModuleProcess>(
      file.name(), std::min(threadsInUse(), mostLines), trust == Trust::sealed, limits_.memory);
  ModuleLine line(*process_, limits_.toDescribe, cancel);
  FrameHeader answer = receiveHeader(line);
  if (answer.kind == Frame::ready && answer.bytes == 0) {
    line.send(rawBytes(FrameHeader{.kind = Frame::load, .bytes = file.bytes().size()}));
    line.send(file.bytes());
    answer = receiveHeader(line);
  }
  if (answer.kind != Frame::loaded || answer.bytes != 0) {
    fail(line, answer, "");
  }
}

Tokens ScriptModule::tokens(const torch::Tensor& images, const CancelToken& cancel) const {
  return run(images, limits_.toRun, cancel);
}

std::vector<LayerShape> ScriptModule::layers(const Extent& image, const CancelToken& cancel) const {
  const torch::Tensor empty = torch::zeros({1, 3, image.rows, image.columns});
  std::vector<LayerShape> layers;
  for (const torch::Tensor& local : run(empty, limits_.toDescribe, cancel).local) {
    layers.push_back({static_cast<int>(local.size(1)),
                      {static_cast<int>(local.size(2)), static_cast<int>(local.size(3))}});
  }
  return layers;
}

Tokens ScriptModule::run(const torch::Tensor& images,
                         std::chrono::milliseconds limit,
                         const CancelToken& cancel) const {
  const torch::Tensor sent = images.to(torch::kCPU, torch::kFloat32).contiguous();
  const ProductThreads threads = productThreads();
  ModuleLine line(*process_, limit, cancel);
  line.send(rawBytes(FrameHeader{.kind = Frame::run, .bytes = sizeof(RunHeader) + sent.nbytes()}));
  line.send(rawBytes(RunHeader{.blasThreads = threads.blas,
                               .torchThreads = threads.torch,
                               .images = sent.size(0),
                               .rows = sent.size(2),
                               .columns = sent.size(3)}));
  line.send(bytesIn(sent));
  const FrameHeader answer = receiveHeader(line);
  if (answer.kind != Frame::tokens) {
    fail(line, answer, shapeText(sent.sizes().vec()));
  }
  return receiveTokens(line, answer.bytes, sent.size(0));
}

Tokens
ScriptModule::receiveTokens(ModuleLine& line, std::uint64_t bytes, std::int64_t images) const {
  std::uint32_t layers = 0;
  line.receive(writableRawBytes(layers));
  if (layers == 0 || layers > mostModuleLayers) {
    failAsForeign();
  }
  std::vector<TokenShape> shapes(layers);
  line.receive(std::as_writable_bytes(std::span(shapes)));
  // The process can't hold more than its memory.
  const std::uint64_t head = sizeof layers + layers * sizeof(TokenShape);
  const std::optional<std::uint64_t> body = tokenBytes(shapes, images, limits_.memory);
  if (!body || bytes != head + *body) {
    failAsForeign();
  }
  Tokens tokens;
  for (const TokenShape& shape : shapes) {
    tokens.local.push_back(torch::empty({shape.images, shape.channels, shape.rows, shape.columns}));
    line.receive(bytesIn(tokens.local.back()));
    tokens.global.push_back(torch::empty({shape.images, shape.channels}));
    line.receive(bytesIn(tokens.global.back()));
  }
  return tokens;
}

void ScriptModule::failAsForeign() const {
  process_->fail(Error(ErrorKind::unsupported,
                       "The process of the TorchScript module " + process_->file() +
                           " answered with something other than tokens and was ended; export the "
                           "module again."));
}

/// Throws what an answer that is not the expected one says.
void ScriptModule::fail(ModuleLine& line,
                        const FrameHeader& answer,
                        const std::string& imageShape) const {
  auto what = ModuleFailure::run;
  if (answer.kind != Frame::failed || answer.bytes < sizeof what ||
      answer.bytes > sizeof what + longestFailure) {
    failAsForeign();
  }
  line.receive(writableRawBytes(what));
  std::string text(answer.bytes - sizeof what, ' ');
  line.receive(std::as_writable_bytes(std::span(text)));
  text = plain(std::move(text));
  const std::string module = "The TorchScript module " + process_->file();
  switch (what) {
  case ModuleFailure::seal:
    throw Error(ErrorKind::unsupported,
                module + " is not run, because this system can't seal its process off (" + text +
                    "); give --trust-unsealed if you trust it with all that you may do yourself.");
  case ModuleFailure::load:
    throw Error(ErrorKind::format,
                module + " can't be loaded (" + text +
                    "); export it again, with a PyTorch no newer than this program's.");
  case ModuleFailure::run:
    throw Error(ErrorKind::unsupported,
                module + " fails on images of shape " + imageShape + " (" + text +
                    "); give the size it takes with --image-size. It can only compute: files and "
                    "connections are closed to it.");
  case ModuleFailure::result:
    throw Error(ErrorKind::unsupported, module + " " + text + "; " + contract + ".");
  case ModuleFailure::memory:
    throw Error(ErrorKind::memory,
                module + " needs more than the " + inBytes(static_cast<double>(limits_.memory)) +
                    " of memory it may take (" + text +
                    "); give smaller images (--image-size), or close other programs.");
  }
  failAsForeign();
}

} // namespace cortograph
