#pragma once

#include "base/control.h"
#include "jobs/settings.h"
#include "network/module/frames.h"
#include "network/module/module_process.h"
#include "network/network.h"
#include "weights/weight_file.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// A TorchScript module that runs on the CPU, in a process that can do nothing but compute (see
/// sealProcess). All that the process answers is checked as the answer of a stranger.
class ScriptModule {
public:
  /// Starts the process and hands over the file's bytes. With Trust::unsealed the process is
  /// limited (see Confines) but not sealed. Throws Error{unsupported} without trust and where the
  /// process can't be sealed, Error{format} when the file is no module, and like ModuleLine.
  ScriptModule(const WeightFile& file,
               Trust trust,
               const CancelToken& cancel = {},
               const ModuleLimits& limits = {});

  /// Computes the tokens of images, B×3×rows×columns, float32. Safe on several threads at once.
  /// Throws Error{unsupported} when the module fails or gives something else, and like ModuleLine.
  [[nodiscard]] Tokens tokens(const torch::Tensor& images, const CancelToken& cancel = {}) const;

  /// Runs the module on one empty image and returns the shapes of its layers. Throws like tokens().
  [[nodiscard]] std::vector<LayerShape> layers(const Extent& image,
                                               const CancelToken& cancel = {}) const;

private:
  [[nodiscard]] Tokens run(const torch::Tensor& images,
                           std::chrono::milliseconds limit,
                           const CancelToken& cancel) const;
  [[nodiscard]] Tokens
  receiveTokens(ModuleLine& line, std::uint64_t bytes, std::int64_t images) const;
  [[noreturn]] void
  fail(ModuleLine& line, const FrameHeader& answer, const std::string& imageShape) const;
  [[noreturn]] void failAsForeign() const;

  ModuleLimits limits_;
  std::unique_ptr<ModuleProcess> process_;
};

} // namespace cortograph
