#include "base/mat_file.h"

#include "base/error.h"
#include "base/plain_file.h"

#include <matio.h>

#include <array>
#include <fstream>
#include <memory>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

struct CloseFile {
  void operator()(mat_t* file) const noexcept { Mat_Close(file); }
};
struct FreeVariable {
  void operator()(matvar_t* variable) const noexcept { Mat_VarFree(variable); }
};
using OpenFile = std::unique_ptr<mat_t, CloseFile>;
using Variable = std::unique_ptr<matvar_t, FreeVariable>;

/// Throws unless the header is that of version 5. Later versions are HDF5, which matio would open
/// behind the back of Hdf5File.
void requireVersion5(const fs::path& file) {
  constexpr std::size_t headerSize = 128;
  constexpr std::size_t versionAt = 124;
  std::array<char, headerSize> header{};
  std::ifstream stream = openPlainFile(file);
  if (!stream) {
    throw Error(ErrorKind::file, "The file " + file.string() + " can't be read; check its path.");
  }
  stream.read(header.data(), header.size());
  const std::string version(header.data() + versionAt, 4);
  const std::string_view text(header.data(), header.size());
  if (stream && version.starts_with(std::string_view("\0\2IM", 4))) {
    throw Error(ErrorKind::unsupported,
                file.string() + " is a MATLAB file of version 7.3; save it with -v7.");
  }
  if (!stream || !text.starts_with("MATLAB") ||
      (version != std::string_view("\0\1IM", 4) && version != std::string_view("\1\0MI", 4))) {
    throw Error(ErrorKind::format,
                file.string() + " is not a MATLAB file of version 5; fetch or save it again.");
  }
}

template <class From>
void convert(const matvar_t& variable, std::size_t rows, std::size_t columns, double* out) {
  const auto* values = static_cast<const From*>(variable.data);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      *out++ = static_cast<double>(values[column * rows + row]);
    }
  }
}

using Convert = void (*)(const matvar_t&, std::size_t, std::size_t, double*);

/// Returns the conversion from a class of numbers; null for any other class.
Convert conversionOf(matio_classes type) {
  switch (type) {
  case MAT_C_DOUBLE:
    return &convert<double>;
  case MAT_C_SINGLE:
    return &convert<float>;
  case MAT_C_INT8:
    return &convert<std::int8_t>;
  case MAT_C_UINT8:
    return &convert<std::uint8_t>;
  case MAT_C_INT16:
    return &convert<std::int16_t>;
  case MAT_C_UINT16:
    return &convert<std::uint16_t>;
  case MAT_C_INT32:
    return &convert<std::int32_t>;
  case MAT_C_UINT32:
    return &convert<std::uint32_t>;
  case MAT_C_INT64:
    return &convert<std::int64_t>;
  case MAT_C_UINT64:
    return &convert<std::uint64_t>;
  default:
    return nullptr;
  }
}

/// Returns whether a file can hold so many values, which deflate may have made 1,032 times smaller.
bool canHold(const fs::path& file, std::size_t rows, std::size_t columns) {
  constexpr std::size_t mostSaved = 1032;
  std::size_t values = 0;
  return !__builtin_mul_overflow(rows, columns, &values) &&
         values / mostSaved <= fs::file_size(file);
}

} // namespace

Array<double> readMatMatrix(const fs::path& file, const std::string& name) {
  requireVersion5(file);
  const OpenFile open(Mat_Open(file.c_str(), MAT_ACC_RDONLY));
  const Variable variable(open ? Mat_VarReadInfo(open.get(), name.c_str()) : nullptr);
  if (!variable) {
    throw Error(ErrorKind::notFound,
                file.string() + " has no matrix " + name + ", or is damaged; fetch it again.");
  }
  const Convert conversion = conversionOf(variable->class_type);
  if (conversion == nullptr || variable->isComplex != 0 || variable->rank != 2) {
    throw Error(ErrorKind::format,
                name + " of " + file.string() +
                    " is not a matrix of real numbers, which is expected; save it as one.");
  }
  const std::size_t rows = variable->dims[0];
  const std::size_t columns = variable->dims[1];
  if (!canHold(file, rows, columns) || Mat_VarReadDataAll(open.get(), variable.get()) != 0 ||
      (variable->data == nullptr && rows * columns != 0)) {
    throw Error(ErrorKind::format,
                name + " of " + file.string() +
                    " is damaged or cut short; fetch or save the file again.");
  }
  Array<double> matrix({rows, columns});
  conversion(*variable, rows, columns, matrix.values.data());
  return matrix;
}

} // namespace cortograph
