#pragma once

#include "base/mapped_file.h"
#include "weights/weight_table.h"

namespace cortograph {

/// The named tensors of a zip archive as torch.save or torch.jit.save writes it. Nested mappings
/// and TorchScript modules give names with dots, "model.blocks.0.attn.qkv.weight"; what is no
/// tensor is passed over, and so are TorchScript's constants. Tensors that lie row by row in their
/// storage are views of it; others are copied. Nothing in the file is executed. Throws
/// Error{format, unsupported}; `file` stands for the archive in errors.
[[nodiscard]] WeightContent readTorchArchive(const std::string& file, const SharedBytes& from);

} // namespace cortograph
