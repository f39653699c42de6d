#include "brain/formats/nifti_values.h"

#include "base/error.h"
#include "base/stored_number.h"
#include "base/text.h"

#include <nifti2_io.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace cortograph::nifti {

namespace fs = std::filesystem;

namespace {

using Bytes = std::span<const std::byte>;

template <class T> struct Real {
  static constexpr std::size_t size = sizeof(T);
  static double of(const std::byte* bytes, const Header& header) {
    return header.slope * static_cast<double>(storedNumber<T>(bytes, header.order)) +
           header.intercept;
  }
};

template <class T> struct Complex {
  static constexpr std::size_t size = 2 * sizeof(T);
  static double of(const std::byte* bytes, const Header& header) {
    return std::hypot(Real<T>::of(bytes, header),
                      header.slope *
                          static_cast<double>(storedNumber<T>(bytes + sizeof(T), header.order)));
  }
};

template <std::size_t Parts> struct Color {
  static constexpr std::size_t size = Parts;
  static double of(const std::byte* bytes, const Header& /*header*/) {
    const auto part = [bytes](std::size_t i) { return std::to_integer<std::uint8_t>(bytes[i]); };
    return 0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2);
  }
};

template <class Stored> void convertAll(const Header& header, Bytes bytes, std::span<float> out) {
  const std::byte* at = bytes.data();
  for (float& value : out) {
    value = static_cast<float>(Stored::of(at, header));
    at += Stored::size;
  }
}

struct Type {
  int code;
  void (*convert)(const Header&, Bytes, std::span<float>);
};
constexpr auto types = std::to_array<Type>({
    {DT_UINT8, &convertAll<Real<std::uint8_t>>},
    {DT_INT8, &convertAll<Real<std::int8_t>>},
    {DT_UINT16, &convertAll<Real<std::uint16_t>>},
    {DT_INT16, &convertAll<Real<std::int16_t>>},
    {DT_UINT32, &convertAll<Real<std::uint32_t>>},
    {DT_INT32, &convertAll<Real<std::int32_t>>},
    {DT_UINT64, &convertAll<Real<std::uint64_t>>},
    {DT_INT64, &convertAll<Real<std::int64_t>>},
    {DT_FLOAT32, &convertAll<Real<float>>},
    {DT_FLOAT64, &convertAll<Real<double>>},
    {DT_COMPLEX64, &convertAll<Complex<float>>},
    {DT_COMPLEX128, &convertAll<Complex<double>>},
    {DT_RGB24, &convertAll<Color<3>>},
    {DT_RGBA32, &convertAll<Color<4>>},
});

} // namespace

std::string typeName(const Header& header) {
  return lowerCase(nifti_datatype_string(header.type));
}

std::string typeNote(const Header& header) {
  switch (header.type) {
  case DT_COMPLEX64:
  case DT_COMPLEX128:
    return "complex numbers: their magnitude is read";
  case DT_RGB24:
  case DT_RGBA32:
    return "colours: their luminance is read";
  default:
    return {};
  }
}

void convert(const Header& header, Bytes bytes, std::span<float> out, const fs::path& file) {
  const auto* const type = std::ranges::find(types, header.type, &Type::code);
  if (type == types.end()) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds values of type " + typeName(header) +
                    ", but integers, floats, complex numbers or colours of at most 64 bits are "
                    "expected; save them as float32.");
  }
  type->convert(header, bytes, out);
}

} // namespace cortograph::nifti
