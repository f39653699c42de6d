#pragma once

#include "encoder/factortopy.h"
#include "network/network.h"
#include "subject/subject.h"
#include "tokens/token_file.h"

#include <memory>
#include <vector>

namespace cortograph {

/// Where a training takes the tokens of its images from. Safe on several threads.
class TokenSource {
public:
  TokenSource() = default;
  TokenSource(const TokenSource&) = delete;
  TokenSource& operator=(const TokenSource&) = delete;
  TokenSource(TokenSource&&) = delete;
  TokenSource& operator=(TokenSource&&) = delete;
  virtual ~TokenSource() = default;

  [[nodiscard]] virtual std::vector<std::int64_t> widths() const = 0;
  /// Tokens of these of the training images, in this order, CPU. Throws Error.
  [[nodiscard]] virtual TokenPack of(const std::vector<std::int64_t>& images,
                                     const CancelToken& cancel) const = 0;
};

/// All tokens in memory.
[[nodiscard]] std::unique_ptr<const TokenSource> heldTokens(TokenPack tokens);

/// Read from the file as they are asked for: row rows[i] of the file is training image i; layers
/// are numbers in the network. Throws Error{mismatch} when the file has no such layer.
[[nodiscard]] std::unique_ptr<const TokenSource> storedTokens(std::shared_ptr<const TokenFile> file,
                                                              std::vector<std::size_t> rows,
                                                              std::vector<int> layers);

/// Computed by the network as they are asked for; `images` must outlive the source.
[[nodiscard]] std::unique_ptr<const TokenSource>
computedTokens(std::unique_ptr<const Network> network,
               const std::vector<Stimulus>& images,
               const TokenSettings& settings);

} // namespace cortograph
