#pragma once

#include "brain/formats/nifti_header.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

/// The values of NIfTI files, private to formats/nifti.cpp and formats/cifti.cpp.
namespace cortograph::nifti {

/// Returns the name of a type of values: "int16", "complex64", "rgb24".
[[nodiscard]] std::string typeName(const Header& header);

/// Returns what a user must know about how values of this type become numbers; empty for integers
/// and floats: "complex numbers: their magnitude is read".
[[nodiscard]] std::string typeNote(const Header& header);

/// Converts as many values as `out` takes, scaled by slope and intercept: of complex numbers their
/// magnitude, of colours their luminance (ITU-R BT.709). `bytes` are theirs. Throws
/// Error{unsupported} for floats of 128 bits, which NIfTI does not define.
void convert(const Header& header,
             std::span<const std::byte> bytes,
             std::span<float> out,
             const std::filesystem::path& file);

} // namespace cortograph::nifti
