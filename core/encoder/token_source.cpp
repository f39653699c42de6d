#include "encoder/token_source.h"

#include "base/error.h"
#include "tokens/token_batches.h"

#include <span>
#include <utility>

namespace cortograph {

namespace {

TokenPack packed(Tokens tokens) {
  TokenPacker packer(tokens.images());
  packer.add(0, std::move(tokens));
  return packer.take();
}

class HeldTokens final : public TokenSource {
public:
  explicit HeldTokens(TokenPack tokens) : tokens_(std::move(tokens)) {}

  [[nodiscard]] std::vector<std::int64_t> widths() const override { return tokens_.widths(); }
  [[nodiscard]] TokenPack of(const std::vector<std::int64_t>& images,
                             const CancelToken& /*cancel*/) const override {
    return tokens_.of(images, torch::kCPU);
  }

private:
  TokenPack tokens_;
};

class StoredTokens final : public TokenSource {
public:
  StoredTokens(std::shared_ptr<const TokenFile> file,
               std::vector<std::size_t> rows,
               std::vector<int> layers)
      : file_(std::move(file)),
        rows_(std::move(rows)),
        layers_(std::move(layers)),
        widths_(packed(file_->read(std::span(rows_).first(1), layers_)).widths()) {}

  [[nodiscard]] std::vector<std::int64_t> widths() const override { return widths_; }
  [[nodiscard]] TokenPack of(const std::vector<std::int64_t>& images,
                             const CancelToken& /*cancel*/) const override {
    std::vector<std::size_t> rows;
    rows.reserve(images.size());
    for (const std::int64_t image : images) {
      rows.push_back(rows_[static_cast<std::size_t>(image)]);
    }
    return packed(file_->read(rows, layers_));
  }

private:
  std::shared_ptr<const TokenFile> file_;
  std::vector<std::size_t> rows_;
  std::vector<int> layers_;
  std::vector<std::int64_t> widths_;
};

class ComputedTokens final : public TokenSource {
public:
  ComputedTokens(std::unique_ptr<const Network> network,
                 const std::vector<Stimulus>& images,
                 TokenSettings settings)
      : network_(std::move(network)), images_(&images), settings_(std::move(settings)) {}

  [[nodiscard]] std::vector<std::int64_t> widths() const override {
    std::vector<std::int64_t> widths;
    for (const LayerShape& layer : chosenShapes(settings_, network_->info())) {
      widths.push_back(layer.channels);
    }
    return widths;
  }
  [[nodiscard]] TokenPack of(const std::vector<std::int64_t>& images,
                             const CancelToken& cancel) const override {
    std::vector<Stimulus> shown;
    shown.reserve(images.size());
    for (const std::int64_t image : images) {
      shown.push_back((*images_)[static_cast<std::size_t>(image)]);
    }
    return packed(computeTokens(*network_, shown, settings_, {cancel, {}}));
  }

private:
  std::unique_ptr<const Network> network_;
  const std::vector<Stimulus>* images_;
  TokenSettings settings_;
};

} // namespace

std::unique_ptr<const TokenSource> heldTokens(TokenPack tokens) {
  return std::make_unique<HeldTokens>(std::move(tokens));
}

std::unique_ptr<const TokenSource> storedTokens(std::shared_ptr<const TokenFile> file,
                                                std::vector<std::size_t> rows,
                                                std::vector<int> layers) {
  return std::make_unique<StoredTokens>(std::move(file), std::move(rows), std::move(layers));
}

std::unique_ptr<const TokenSource> computedTokens(std::unique_ptr<const Network> network,
                                                  const std::vector<Stimulus>& images,
                                                  const TokenSettings& settings) {
  return std::make_unique<ComputedTokens>(std::move(network), images, settings);
}

} // namespace cortograph
