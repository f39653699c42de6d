#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

/// NIfTI files written by hand, byte by byte, so that each can be wrong in one place.
namespace cortograph::test {

/// The fields of a header, by their names in the specification. DT_FLOAT32 is 16.
struct NiftiFields {
  int version = 1; ///< 1 or 2
  bool bigEndian = false;
  bool pair = false; ///< whether the values are in another file
  std::vector<std::int64_t> dim;
  int datatype = 16;
  double vox_offset = -1; ///< -1: right behind the extension
  double scl_slope = 0;
  double scl_inter = 0;
  std::array<double, 8> pixdim{1, 1, 1, 1, 1, 1, 1, 1};
  int xyzt_units = 2; ///< mm
  int qform_code = 0;
  std::array<double, 6> quatern{}; ///< b, c, d, then the offsets x, y, z
  int sform_code = 0;
  std::array<double, 12> srow{};
  int intent_code = 0;
  std::string intent_name{};
  int glmin = 0;
  std::string extension{}; ///< CIFTI's XML; empty: no extension
};

/// The bytes of a number in either byte order.
template <class T> std::string storedAs(T value, bool bigEndian) {
  std::string bytes(reinterpret_cast<const char*>(&value), sizeof value);
  if (bigEndian) {
    std::reverse(bytes.begin(), bytes.end());
  }
  return bytes;
}

/// The bytes of numbers of type T.
template <class T>
std::string storedAll(const std::vector<double>& values, bool bigEndian = false) {
  std::string bytes;
  for (const double value : values) {
    bytes += storedAs(static_cast<T>(value), bigEndian);
  }
  return bytes;
}

/// Places numbers in a header of version 1 or 2, whose fields have other places and sizes.
class NiftiHeaderBytes {
public:
  explicit NiftiHeaderBytes(const NiftiFields& fields)
      : isFirst_(fields.version == 1),
        bigEndian_(fields.bigEndian),
        bytes_(isFirst_ ? 348 : 540, '\0') {}

  void integer16(std::size_t first, std::size_t second, std::int64_t value, bool is64 = false) {
    isFirst_ ? put(first, static_cast<std::int16_t>(value))
    : is64   ? put(second, value)
             : put(second, static_cast<std::int32_t>(value));
  }
  void real(std::size_t first, std::size_t second, double value) {
    isFirst_ ? put(first, static_cast<float>(value)) : put(second, value);
  }
  template <class T> void put(std::size_t at, T value) {
    bytes_.replace(at, sizeof value, storedAs(value, bigEndian_));
  }
  void text(std::size_t at, const std::string& text) { bytes_.replace(at, text.size(), text); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
  bool isFirst_;
  bool bigEndian_;
  std::string bytes_;
};

/// The header, what announces an extension, and the extension, as `fields` state them.
inline std::string niftiHeader(const NiftiFields& fields) {
  const bool isFirst = fields.version == 1;
  NiftiHeaderBytes header(fields);
  std::string behind(4, '\0');
  if (!fields.extension.empty()) {
    std::string content = fields.extension;
    content.resize((content.size() + 8 + 15) / 16 * 16 - 8, '\0');
    behind[0] = 1;
    behind += storedAs(static_cast<std::int32_t>(content.size() + 8), fields.bigEndian) +
              storedAs(std::int32_t{32}, fields.bigEndian) + content;
  }
  header.put(0, static_cast<std::int32_t>(isFirst ? 348 : 540));
  header.text(isFirst ? 344 : 4,
              std::string(fields.pair ? "ni" : "n+") + (isFirst ? "1" : "2") + '\0' +
                  (isFirst ? "" : "\r\n\x1a\n"));
  header.integer16(40, 16, static_cast<std::int64_t>(fields.dim.size()), true);
  for (std::size_t i = 1; i < 8; ++i) {
    const std::int64_t extent = i <= fields.dim.size() ? fields.dim[i - 1] : 1;
    header.integer16(40 + 2 * i, 16 + 8 * i, extent, true);
  }
  for (std::size_t i = 0; i < 8; ++i) {
    header.real(76 + 4 * i, 104 + 8 * i, fields.pixdim.at(i));
  }
  header.put(isFirst ? 70 : 12, static_cast<std::int16_t>(fields.datatype));
  const std::size_t all = header.bytes().size() + behind.size();
  const double offset = fields.vox_offset != -1 ? fields.vox_offset
                        : fields.pair           ? 0
                                                : static_cast<double>(all);
  isFirst ? header.put(108, static_cast<float>(offset))
          : header.put(168, static_cast<std::int64_t>(offset));
  header.real(112, 176, fields.scl_slope);
  header.real(116, 184, fields.scl_inter);
  isFirst ? header.put(123, static_cast<std::uint8_t>(fields.xyzt_units))
          : header.put(500, static_cast<std::int32_t>(fields.xyzt_units));
  header.integer16(252, 344, fields.qform_code);
  header.integer16(254, 348, fields.sform_code);
  for (std::size_t i = 0; i < fields.quatern.size(); ++i) {
    header.real(256 + 4 * i, 352 + 8 * i, fields.quatern.at(i));
  }
  for (std::size_t i = 0; i < fields.srow.size(); ++i) {
    header.real(280 + 4 * i, 400 + 8 * i, fields.srow.at(i));
  }
  header.integer16(68, 504, fields.intent_code);
  header.text(isFirst ? 328 : 508, fields.intent_name);
  if (isFirst) {
    header.put(144, static_cast<std::int32_t>(fields.glmin));
  }
  return fields.pair ? header.bytes() : header.bytes() + behind;
}

/// A single file.
inline std::string niftiFile(const NiftiFields& fields, const std::string& values) {
  return niftiHeader(fields) + values;
}

} // namespace cortograph::test
