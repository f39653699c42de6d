#pragma once

#include "base/mapped_file.h"
#include "weights/weight_table.h"

namespace cortograph {

/// Reads the named tensors of a zip archive from torch.save or torch.jit.save. Nested mappings and
/// TorchScript modules give names with dots, such as "model.blocks.0.attn.qkv.weight". Values that
/// are not tensors are skipped, and so are TorchScript's constants. Tensors that are row-major in
/// their storage are views of it; others are copied. Nothing in the file is executed. Throws
/// Error{format, unsupported}; `file` names the archive in errors.
[[nodiscard]] WeightContent readTorchArchive(const std::string& file, const SharedBytes& from);

} // namespace cortograph
