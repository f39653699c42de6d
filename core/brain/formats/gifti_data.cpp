#include "brain/formats/gifti_data.h"

#include "base/log.h"
#include "base/plain_file.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <type_traits>
#include <utility>

namespace cortograph::gifti {

namespace fs = std::filesystem;

namespace {

using Bytes = std::string;

/// A number as a file stores it, in this machine's byte order or the opposite.
template <class T, bool IsSwapped> struct StoredNumber {
  std::array<unsigned char, sizeof(T)> bytes;

  explicit operator double() const {
    auto own = bytes;
    if (IsSwapped) {
      std::reverse(own.begin(), own.end());
    }
    return static_cast<double>(std::bit_cast<T>(own));
  }
};

template <class Number> std::vector<double> convertAll(const Bytes& bytes) {
  const auto* first = reinterpret_cast<const Number*>(bytes.data());
  return {first, first + bytes.size() / sizeof(Number)}; // saves filling it with zeros first
}

template <class T> std::vector<double> convert(const Bytes& bytes, bool isSwapped) {
  return isSwapped ? convertAll<StoredNumber<T, true>>(bytes)
                   : convertAll<StoredNumber<T, false>>(bytes);
}

/// Rounds a floating number to the type's precision. Returns false when the type can't hold it.
template <class T> bool fit(double& value) {
  if constexpr (std::is_floating_point_v<T>) {
    const bool fits =
        !std::isfinite(value) || std::abs(value) <= double{std::numeric_limits<T>::max()};
    value = fits ? static_cast<double>(static_cast<T>(value)) : value;
    return fits;
  } else {
    const double limit = std::ldexp(1.0, std::numeric_limits<T>::digits);
    return value >= (std::is_signed_v<T> ? -limit : 0.0) && value < limit &&
           value == std::trunc(value);
  }
}

struct NumberType {
  std::string_view name;
  std::size_t size = 0;
  std::vector<double> (*convert)(const Bytes&, bool) = nullptr;
  bool (*fit)(double&) = nullptr;
};

template <class T> constexpr NumberType typeOf(std::string_view name) {
  return {.name = name, .size = sizeof(T), .convert = &convert<T>, .fit = &fit<T>};
}

constexpr std::array types{typeOf<float>("NIFTI_TYPE_FLOAT32"),
                           typeOf<std::int32_t>("NIFTI_TYPE_INT32"),
                           typeOf<std::uint8_t>("NIFTI_TYPE_UINT8"),
                           typeOf<std::int8_t>("NIFTI_TYPE_INT8"),
                           typeOf<std::int16_t>("NIFTI_TYPE_INT16"),
                           typeOf<std::uint16_t>("NIFTI_TYPE_UINT16"),
                           typeOf<std::uint32_t>("NIFTI_TYPE_UINT32"),
                           typeOf<std::int64_t>("NIFTI_TYPE_INT64"),
                           typeOf<std::uint64_t>("NIFTI_TYPE_UINT64"),
                           typeOf<double>("NIFTI_TYPE_FLOAT64")};

const NumberType& typeNamed(const std::string& name, const fs::path& file) {
  const auto* const found = std::find_if(
      types.begin(), types.end(), [&name](const NumberType& type) { return type.name == name; });
  if (found == types.end()) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds values of type " + inQuotes(name) +
                    ", but integers or floats are expected; save them as "
                    "NIFTI_TYPE_FLOAT32 or NIFTI_TYPE_INT32.");
  }
  return *found;
}

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Returns the value of a base64 character, 0 to 63; -1 for any other character.
constexpr int sextet(char c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// The same values as a table.
constexpr auto sextets = [] {
  std::array<std::int8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    table[c] = static_cast<std::int8_t>(sextet(static_cast<char>(c)));
  }
  return table;
}();

/// Decodes the text in place: writing never overtakes reading.
void decodeBase64(Bytes& text, const fs::path& file) {
  char* const data = text.data();
  const std::size_t size = text.size();
  std::size_t written = 0;
  unsigned bits = 0;
  int held = 0;
  bool ended = false;
  const auto valueAt = [data](std::size_t at) {
    return static_cast<int>(sextets[static_cast<unsigned char>(data[at])]);
  };
  for (std::size_t i = 0; i < size; ++i) {
    // Four at a time, as long as there is no space between them.
    while (held == 0 && !ended && i + 4 <= size) {
      const int first = valueAt(i) << 18 | valueAt(i + 1) << 12;
      const int four = first | valueAt(i + 2) << 6 | valueAt(i + 3);
      if (four < 0) {
        break;
      }
      data[written++] = static_cast<char>(four >> 16);
      data[written++] = static_cast<char>(four >> 8);
      data[written++] = static_cast<char>(four);
      i += 4;
    }
    if (i == size || isSpace(data[i])) {
      continue;
    }
    const int value = valueAt(i);
    if (data[i] == '=') {
      ended = true;
    } else if (value < 0 || ended) {
      throwDamaged(file, "an array's base64 text holds other characters");
    } else {
      bits = (bits << 6U) | static_cast<unsigned>(value);
      held += 6;
      if (held >= 8) {
        held -= 8;
        data[written++] = static_cast<char>(bits >> static_cast<unsigned>(held));
      }
    }
  }
  text.resize(written);
}

/// Inflates all packed bytes. Their number may differ from `expected`, but not exceed `most`.
Bytes inflated(const Bytes& packed, std::size_t expected, std::size_t most, const fs::path& file) {
  constexpr std::size_t mostGrowth = 1032; // of deflate
  constexpr std::size_t usualGrowth = 4;
  const bool possible = expected / mostGrowth <= packed.size();
  Bytes bytes(possible ? expected : packed.size() * usualGrowth + 1, '\0');
  z_stream stream{};
  constexpr int zlibOrGzip = MAX_WBITS + 32;
  if (inflateInit2(&stream, zlibOrGzip) != Z_OK) {
    throw std::bad_alloc();
  }
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data())); // NOLINT: zlib's way
  stream.avail_in = static_cast<uInt>(packed.size());
  std::size_t written = 0;
  int status = Z_OK;
  while (status == Z_OK && written <= most) {
    if (written == bytes.size()) {
      bytes.resize(std::min(written * 2, most + 1));
    }
    const std::size_t space =
        std::min<std::size_t>(bytes.size() - written, std::numeric_limits<uInt>::max());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + written);
    stream.avail_out = static_cast<uInt>(space);
    status = inflate(&stream, Z_NO_FLUSH);
    written += space - stream.avail_out;
  }
  inflateEnd(&stream);
  if (status == Z_OK || written > most) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds an array of more than " + std::to_string(mostValues) +
                    " values; save it in parts.");
  }
  if (status != Z_STREAM_END) {
    throwDamaged(file, "an array's packed bytes are damaged or cut short");
  }
  bytes.resize(written);
  return bytes;
}

/// Finds a file in or below the folder of the GIFTI file, after following links.
fs::path externalPath(const std::string& name, const fs::path& file) {
  const fs::path relative(name);
  const bool leaves =
      relative.is_absolute() || std::find(relative.begin(), relative.end(), "..") != relative.end();
  std::error_code failure;
  const fs::path parent = file.parent_path().empty() ? fs::path(".") : file.parent_path();
  const fs::path folder = leaves ? fs::path() : fs::canonical(parent, failure);
  const fs::path found = leaves || failure ? fs::path() : fs::canonical(folder / relative, failure);
  if (!leaves && (failure || !fs::is_regular_file(found, failure))) {
    throw Error(ErrorKind::file,
                file.string() + " keeps its values in " + inQuotes(name) +
                    ", which can't be read; put that file beside it.");
  }
  if (leaves || std::mismatch(folder.begin(), folder.end(), found.begin(), found.end()).first !=
                    folder.end()) {
    throw Error(ErrorKind::unsupported,
                file.string() + " keeps its values in " + inQuotes(name) +
                    ", outside its own folder, from which nothing is read; put that file beside "
                    "it, and name it without a folder.");
  }
  return found;
}

Bytes externalBytes(const Storage& storage, std::size_t expected, const fs::path& file) {
  const fs::path external = externalPath(storage.externalFile, file);
  std::error_code failure;
  const std::uintmax_t present = fs::file_size(external, failure);
  if (failure || storage.externalOffset > present || present - storage.externalOffset < expected) {
    throwDamaged(file, "its values in " + external.string() + " are cut short");
  }
  Bytes bytes(expected, '\0');
  std::ifstream stream = openPlainFile(external);
  stream.seekg(static_cast<std::streamoff>(storage.externalOffset));
  stream.read(bytes.data(), static_cast<std::streamsize>(expected));
  if (!stream) {
    throw Error(ErrorKind::file,
                "Reading " + external.string() + " failed; check its permissions.");
  }
  return bytes;
}

std::vector<double> fromAscii(std::string_view text,
                              const NumberType& type,
                              std::size_t expected,
                              const fs::path& file) {
  std::vector<double> values;
  values.reserve(std::min(expected, text.size() / 2 + 1));
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    at = std::find_if_not(at, end, &isSpace);
    if (at == end) {
      return values;
    }
    double value = 0;
    const auto [next, failure] = std::from_chars(*at == '+' ? at + 1 : at, end, value);
    if (failure != std::errc() || (next != end && !isSpace(*next)) || !type.fit(value) ||
        values.size() == mostValues) {
      throwDamaged(file, "an array's text holds something other than numbers of its type");
    }
    values.push_back(value);
    at = next;
  }
}

/// Reorders values from the first axis fastest to the last axis fastest.
std::vector<double> rowMajor(const std::vector<double>& columnMajor, const ArrayShape& shape) {
  std::vector<double> out(columnMajor.size());
  std::vector<std::size_t> index(shape.size(), 0);
  for (const double value : columnMajor) {
    std::size_t position = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      position = position * shape[axis] + index[axis];
    }
    out[position] = value;
    for (std::size_t axis = 0; axis < shape.size() && ++index[axis] == shape[axis]; ++axis) {
      index[axis] = 0;
    }
  }
  return out;
}

/// Returns whether a word is one of the `second` forms. Throws when it is not one of the `first`
/// either. Each pair is a current and an old form.
bool isSecond(const std::string& word,
              const std::array<std::string_view, 2>& first,
              const std::array<std::string_view, 2>& second,
              const char* what,
              const fs::path& file) {
  const auto among = [&word](const auto& forms) { return word == forms[0] || word == forms[1]; };
  if (!among(first) && !among(second)) {
    throwDamaged(file, std::string("an array's ") + what + " is not one of GIFTI's");
  }
  return among(second);
}

bool isColumnMajor(const Storage& storage, const fs::path& file) {
  return !storage.indexing.empty() && isSecond(storage.indexing,
                                               {"RowMajorOrder", "GIFTI_IND_ORD_ROW_MAJOR"},
                                               {"ColumnMajorOrder", "GIFTI_IND_ORD_COL_MAJOR"},
                                               "indexing order",
                                               file);
}

/// Returns whether the bytes are stored in the order opposite to this machine's.
bool isSwapped(const Storage& storage, const fs::path& file) {
  const bool big = isSecond(storage.byteOrder,
                            {"LittleEndian", "GIFTI_ENDIAN_LITTLE"},
                            {"BigEndian", "GIFTI_ENDIAN_BIG"},
                            "byte order",
                            file);
  return big != (std::endian::native == std::endian::big);
}

Bytes storedBytes(const Storage& storage,
                  std::string& text,
                  std::size_t item,
                  const fs::path& file) {
  const std::size_t expected = elementCount(storage.shape) * item;
  const std::string& encoding = storage.encoding;
  if (encoding == "Base64Binary" || encoding == "GIFTI_ENCODING_B64BIN") {
    decodeBase64(text, file);
    return std::move(text);
  }
  if (encoding == "GZipBase64Binary" || encoding == "GIFTI_ENCODING_B64GZ") {
    decodeBase64(text, file);
    return inflated(text, expected, mostValues * item, file);
  }
  if (encoding == "ExternalFileBinary" || encoding == "GIFTI_ENCODING_EXTBIN") {
    return externalBytes(storage, expected, file);
  }
  throwDamaged(file, "an array's encoding is not one of GIFTI's");
}

std::vector<double> storedValues(const Storage& storage,
                                 std::string& text,
                                 const NumberType& type,
                                 const fs::path& file) {
  const Bytes bytes = storedBytes(storage, text, type.size, file);
  if (bytes.size() % type.size != 0) {
    throwDamaged(file,
                 "an array holds " + std::to_string(bytes.size()) + " bytes, but " +
                     std::to_string(elementCount(storage.shape) * type.size) + " are expected");
  }
  return type.convert(bytes, type.size > 1 && isSwapped(storage, file));
}

/// Returns the shape of `count` values: the stated one, with its first extent corrected when only
/// that is wrong.
ArrayShape shapeOf(std::size_t count, const ArrayShape& stated, const fs::path& file) {
  const std::size_t expected = elementCount(stated);
  if (count == expected) {
    return stated;
  }
  const std::size_t row = expected / stated.front();
  if (count == 0 || count % row != 0) {
    throwDamaged(file,
                 "an array holds " + std::to_string(count) + " numbers, but " +
                     std::to_string(expected) + " (" + toString(stated) + ") are expected");
  }
  ArrayShape shape = stated;
  shape.front() = count / row;
  logWarning(file.string() + " states that an array is " + toString(stated) + ", but holds " +
             toString(shape) + "; all values that it holds are read.");
  return shape;
}

} // namespace

Array<double> valuesOf(const Storage& storage, std::string& text, const fs::path& file) {
  const NumberType& type = typeNamed(storage.type, file);
  const bool columnMajor = isColumnMajor(storage, file);
  const bool ascii = storage.encoding == "ASCII" || storage.encoding == "GIFTI_ENCODING_ASCII";
  std::vector<double> values = ascii ? fromAscii(text, type, elementCount(storage.shape), file)
                                     : storedValues(storage, text, type, file);
  ArrayShape shape = shapeOf(values.size(), storage.shape, file);
  if (columnMajor && shape.size() > 1) {
    values = rowMajor(values, shape);
  }
  return {std::move(shape), std::move(values)};
}

Error damage(const fs::path& file, const std::string& what) {
  return Error(ErrorKind::format,
               file.string() + " is not a valid GIFTI file: " + what + "; write or copy it again.");
}

} // namespace cortograph::gifti
