#pragma once

#include "encoder/factortopy.h"
#include "network/network.h"
#include "subject/subject.h"
#include "tokens/token_file.h"

#include <memory>
#include <vector>

namespace cortograph {

/// Supplies a training with the tokens of its images. Safe on several threads.
class TokenSource {
public:
  TokenSource() = default;
  TokenSource(const TokenSource&) = delete;
  TokenSource& operator=(const TokenSource&) = delete;
  TokenSource(TokenSource&&) = delete;
  TokenSource& operator=(TokenSource&&) = delete;
  virtual ~TokenSource() = default;

  /// Returns the number of channels of each layer.
  [[nodiscard]] virtual std::vector<std::int64_t> widths() const = 0;
  /// Returns the tokens of these training images, in this order, on the CPU. Throws Error.
  [[nodiscard]] virtual TokenPack of(const std::vector<std::int64_t>& images,
                                     const CancelToken& cancel) const = 0;
};

/// Makes a source that holds all tokens in memory.
[[nodiscard]] std::unique_ptr<const TokenSource> heldTokens(TokenPack tokens);

/// Makes a source that reads tokens from a file when they are needed. Row rows[i] of the file is
/// training image i; `layers` are numbered as in the network. Throws Error{mismatch} when the file
/// lacks one of the layers.
[[nodiscard]] std::unique_ptr<const TokenSource> storedTokens(std::shared_ptr<const TokenFile> file,
                                                              std::vector<std::size_t> rows,
                                                              std::vector<int> layers);

/// Makes a source that computes tokens with the network when they are needed. `images` must outlive
/// the source.
[[nodiscard]] std::unique_ptr<const TokenSource>
computedTokens(std::unique_ptr<const Network> network,
               const std::vector<Stimulus>& images,
               const TokenSettings& settings);

} // namespace cortograph
