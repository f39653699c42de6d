#pragma once

#include "network/weight_file.h"

namespace cortograph {

/// The named tensors of a zip archive as torch.save writes it (`bytes`, kept alive by `memory`):
/// nested mappings give names with dots, "model.blocks.0.attn.qkv.weight"; what is no tensor is
/// passed over. Tensors that lie row by row in their storage are views of it; others are copied.
/// Nothing in the file is executed. Throws Error{format, unsupported}.
[[nodiscard]] WeightTable readTorchArchive(const std::string& file,
                                           std::span<const std::byte> bytes,
                                           const std::shared_ptr<const void>& memory);

} // namespace cortograph
