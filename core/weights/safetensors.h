#pragma once

#include "base/mapped_file.h"
#include "weights/weight_table.h"

namespace cortograph {

/// Whether a header follows its length: no other kind of file begins so.
[[nodiscard]] bool isSafetensors(std::span<const std::byte> bytes) noexcept;

/// https://huggingface.co/docs/safetensors, format. The tensors are views of the file. Checks the
/// header against the file's size, every offset against every shape, and that tensors neither
/// overlap nor leave holes. Throws Error{format, unsupported}; `file` stands for it in errors.
[[nodiscard]] WeightContent readSafetensors(const std::string& file, const SharedBytes& from);

} // namespace cortograph
