#pragma once

#include "base/array.h"

#include <filesystem>
#include <string>

namespace cortograph {

/// Reads a matrix of real numbers from a MATLAB file of version 5 (MATLAB's -v6 and -v7), in which
/// numbers may be stored as any type, compressed or not. Returns rows × columns.
/// https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
/// Throws Error{file, format, unsupported}, Error{notFound} when there is no such matrix.
[[nodiscard]] Array<double> readMatMatrix(const std::filesystem::path& file,
                                          const std::string& name);

} // namespace cortograph
