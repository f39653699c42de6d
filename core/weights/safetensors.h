#pragma once

#include "base/mapped_file.h"
#include "weights/weight_table.h"

namespace cortograph {

/// Returns whether a file begins like safetensors: with the length of a JSON header, then the
/// header. No other kind of file does.
[[nodiscard]] bool isSafetensors(std::span<const std::byte> bytes) noexcept;

/// Reads a safetensors file (https://huggingface.co/docs/safetensors, Format). The tensors are
/// views of the file. Checks the header against the file's size, every tensor's offsets against its
/// shape, and that tensors neither overlap nor leave gaps. Throws Error{format, unsupported};
/// `file` names the file in errors.
[[nodiscard]] WeightContent readSafetensors(const std::string& file, const SharedBytes& from);

} // namespace cortograph
