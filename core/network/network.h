#pragma once

#include "base/control.h"
#include "compute/torch.h"
#include "images/image_prep.h"
#include "jobs/network_info.h"
#include "jobs/settings.h"

#include <memory>
#include <utility>
#include <vector>

namespace cortograph {

/// The tokens of some images: each block's output, before any final norm.
struct Tokens {
  std::vector<torch::Tensor> local;  ///< one per layer, images × C × h × w
  std::vector<torch::Tensor> global; ///< one per layer, images × C

  [[nodiscard]] std::size_t layers() const { return local.size(); }
  [[nodiscard]] std::int64_t images() const { return local.empty() ? 0 : local.front().size(0); }
};

/// A frozen vision network. To add one, write a family's .cpp and add one word to CMakeLists.txt.
class Network {
public:
  Network(NetworkInfo info, Preparation preparation, torch::Device device)
      : info_(std::move(info)), preparation_(preparation), device_(device) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  Network(Network&&) = delete;
  Network& operator=(Network&&) = delete;
  virtual ~Network() = default;

  [[nodiscard]] const NetworkInfo& info() const noexcept { return info_; }
  [[nodiscard]] const Preparation& preparation() const noexcept { return preparation_; }
  [[nodiscard]] torch::Device device() const noexcept { return device_; }

  /// Computes the tokens of prepared images, B×3×rows×columns with the size info().image, on the
  /// network's device. Local tokens have the network's own grid. Records no gradients. Can be
  /// cancelled between blocks. Throws Error{mismatch} on images of another size.
  [[nodiscard]] virtual Tokens tokens(const torch::Tensor& images,
                                      const CancelToken& cancel = {}) const = 0;

protected:
  /// Throws Error{mismatch} unless the images have the shape that tokens() expects.
  void requireInput(const torch::Tensor& images) const;

private:
  NetworkInfo info_;
  Preparation preparation_;
  torch::Device device_;
};

/// Describes a network from the names and shapes of its tensors, and hashes its file. Runs nothing
/// in it, except a program that source.trust allows to run; others are described without layers.
/// Throws like openNetwork().
[[nodiscard]] NetworkInfo describeNetwork(const NetworkSource& source,
                                          const CancelToken& cancel = {});

/// Opens a network: reads its weights and moves them to the device; a program stays on the CPU.
/// Throws Error{file, format, unsupported, notFound, memory}, Error{mismatch} when the file is not
/// the one that is trusted.
[[nodiscard]] std::unique_ptr<const Network>
openNetwork(const NetworkSource& source, torch::Device device, const CancelToken& cancel = {});

/// Throws Error{unsupported} unless there is consent to run a network that is a program; `name` is
/// its file.
void requireTrust(const std::string& name, Trust trust);

/// Prepares one picture for the network: 3×rows×columns, float32.
[[nodiscard]] torch::Tensor prepareImage(const Picture& picture, const Network& network);

} // namespace cortograph
