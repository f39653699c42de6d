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

/// Each block's output before any final norm.
struct Tokens {
  std::vector<torch::Tensor> local;  ///< per layer, images × C × h × w
  std::vector<torch::Tensor> global; ///< per layer, images × C

  [[nodiscard]] std::size_t layers() const { return local.size(); }
  [[nodiscard]] std::int64_t images() const { return local.empty() ? 0 : local.front().size(0); }
};

/// A frozen vision network. An implementation is a family's .cpp and one word in CMakeLists.txt.
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

  /// images: B×3×rows×columns of info().image, prepared, on the network's device. Local tokens at
  /// their own grid. No gradients. Can be cancelled between blocks. Throws Error{mismatch} on
  /// images of another size.
  [[nodiscard]] virtual Tokens tokens(const torch::Tensor& images,
                                      const CancelToken& cancel = {}) const = 0;

protected:
  /// Throws that Error{mismatch}.
  void requireInput(const torch::Tensor& images) const;

private:
  NetworkInfo info_;
  Preparation preparation_;
  torch::Device device_;
};

/// Names and shapes only, and the file's hash. Throws like openNetwork.
[[nodiscard]] NetworkInfo describeNetwork(const NetworkSource& source);

/// Reads weights and moves them to the device. Throws Error{file, format, unsupported, notFound}.
[[nodiscard]] std::unique_ptr<const Network> openNetwork(const NetworkSource& source,
                                                         torch::Device device);

/// One picture as the network's preparation makes it: 3×rows×columns float32.
[[nodiscard]] torch::Tensor prepareImage(const Picture& picture, const Network& network);

} // namespace cortograph
