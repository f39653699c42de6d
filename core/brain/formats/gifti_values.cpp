#include "brain/formats/gifti_values.h"

#include "base/error.h"
#include "base/log.h"
#include "brain/formats/gifti_xml.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <fstream>
#include <memory>
#include <utility>

namespace cortograph::gifti {

namespace fs = std::filesystem;

namespace {

struct CloseGzip {
  void operator()(gzFile file) const { gzclose(file); }
};
using GzipFile = std::unique_ptr<gzFile_s, CloseGzip>;

/// The file's text, unpacked when it is gzipped; zlib verifies length and check sum.
std::string unpackedText(const fs::path& path) {
  const GzipFile file(gzopen(path.c_str(), "rbe"));
  if (!file) {
    throw Error(ErrorKind::file, "Opening " + path.string() + " failed; it may not be readable.");
  }
  constexpr std::size_t block = std::size_t{1} << 20U;
  constexpr std::size_t most = std::size_t{1} << 31U;
  std::string text;
  int got = 0;
  do {
    const std::size_t end = text.size();
    if (end > most) {
      throw Error(ErrorKind::unsupported, path.string() + " unpacks to more than 2 GiB of text.");
    }
    text.resize(end + block);
    got = gzread(file.get(), text.data() + end, block);
    text.resize(end + static_cast<std::size_t>(std::max(got, 0)));
  } while (got > 0);
  int code = Z_OK;
  gzerror(file.get(), &code);
  if (got < 0 || code != Z_OK) {
    throwDamaged(path, "its gzip stream is damaged or cut short");
  }
  return text;
}

/// 0 to 63, or -1 for characters that base64 has not.
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

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// -1 for characters that stand for nothing.
constexpr auto sextets = [] {
  std::array<std::int8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    table[c] = static_cast<std::int8_t>(sextet(static_cast<char>(c)));
  }
  return table;
}();

std::vector<unsigned char> fromBase64(std::string_view text, const fs::path& path) {
  std::vector<unsigned char> bytes(text.size() / 4 * 3 + 3);
  std::size_t written = 0;
  unsigned bits = 0;
  int held = 0;
  bool ended = false;
  const auto valueAt = [text](std::size_t at) {
    return static_cast<int>(sextets[static_cast<unsigned char>(text[at])]);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    // Four at a time, as long as nothing stands between them.
    while (held == 0 && !ended && i + 4 <= text.size()) {
      const int first = valueAt(i) << 18 | valueAt(i + 1) << 12;
      const int four = first | valueAt(i + 2) << 6 | valueAt(i + 3);
      if (four < 0) {
        break;
      }
      bytes[written++] = static_cast<unsigned char>(four >> 16);
      bytes[written++] = static_cast<unsigned char>(four >> 8);
      bytes[written++] = static_cast<unsigned char>(four);
      i += 4;
    }
    if (i == text.size() || isSpace(text[i])) {
      continue;
    }
    const int value = valueAt(i);
    if (text[i] == '=') {
      ended = true;
    } else if (value < 0 || ended) {
      throwDamaged(path, "an array's base64 text holds other characters");
    } else {
      bits = (bits << 6U) | static_cast<unsigned>(value);
      held += 6;
      if (held >= 8) {
        held -= 8;
        bytes[written++] = static_cast<unsigned char>(bits >> static_cast<unsigned>(held));
      }
    }
  }
  bytes.resize(written);
  return bytes;
}

/// All that the packed bytes hold. Deflate saves at most 1,032 times, so memory is bounded by the
/// file's own size.
std::vector<unsigned char>
inflated(const std::vector<unsigned char>& packed, std::size_t expected, const fs::path& path) {
  constexpr std::size_t mostSaved = 1032;
  std::vector<unsigned char> bytes(std::min(expected, packed.size() * mostSaved) + 1);
  z_stream stream{};
  constexpr int zlibOrGzip = MAX_WBITS + 32;
  if (inflateInit2(&stream, zlibOrGzip) != Z_OK) {
    throw std::bad_alloc();
  }
  stream.next_in = const_cast<unsigned char*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  int status = Z_OK;
  std::size_t written = 0;
  while (status == Z_OK) {
    if (written == bytes.size()) {
      bytes.resize(bytes.size() * 2);
    }
    constexpr std::size_t most = std::size_t{1} << 30U;
    const std::size_t room = std::min(bytes.size() - written, most);
    stream.next_out = bytes.data() + written;
    stream.avail_out = static_cast<uInt>(room);
    status = inflate(&stream, Z_NO_FLUSH);
    written += room - stream.avail_out;
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END) {
    throwDamaged(path, "an array's packed bytes are damaged or cut short");
  }
  bytes.resize(written);
  return bytes;
}

/// The file that holds the values, which must lie in the GIFTI's own folder or below it.
fs::path externalFile(const std::string& name, const fs::path& path) {
  std::error_code failure;
  const fs::path folder = fs::canonical(fs::absolute(path).parent_path(), failure);
  const fs::path file = fs::canonical(folder / name, failure);
  if (failure) {
    throw Error(ErrorKind::file,
                path.string() + " keeps its values in " + (path.parent_path() / name).string() +
                    ", which can't be read; put that file beside it.");
  }
  const fs::path below = file.lexically_relative(folder);
  if (below.empty() || *below.begin() == "..") {
    throw Error(ErrorKind::unsupported,
                path.string() + " keeps its values in " + file.string() +
                    ", outside its own folder, which is not read; put that file beside it.");
  }
  return file;
}

std::vector<unsigned char> externalBytes(const fs::path& file,
                                         std::int64_t offset,
                                         std::size_t expected,
                                         const fs::path& path) {
  std::error_code failure;
  const std::uintmax_t present = fs::file_size(file, failure);
  if (failure) {
    throw Error(ErrorKind::file,
                path.string() + " keeps its values in " + file.string() +
                    ", which can't be read; put that file beside it.");
  }
  if (offset < 0 || static_cast<std::uintmax_t>(offset) > present ||
      present - static_cast<std::uintmax_t>(offset) < expected) {
    throwDamaged(path, "its values in " + file.string() + " are cut short");
  }
  std::vector<unsigned char> bytes(expected);
  std::ifstream stream(file, std::ios::binary);
  stream.seekg(offset);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(expected));
  if (!stream) {
    throw Error(ErrorKind::file, "Reading " + file.string() + " failed.");
  }
  return bytes;
}

template <class T>
void convert(const std::vector<unsigned char>& bytes, bool swapped, std::vector<double>& out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::array<unsigned char, sizeof(T)> value{};
    std::memcpy(value.data(), bytes.data() + i * sizeof(T), sizeof(T));
    if (swapped) {
      std::reverse(value.begin(), value.end());
    }
    out[i] = static_cast<double>(std::bit_cast<T>(value));
  }
}

/// A type of stored numbers.
struct NumberType {
  std::string_view name;
  std::size_t bytes = 0;
  void (*convert)(const std::vector<unsigned char>& bytes,
                  bool swapped,
                  std::vector<double>& out) = nullptr;
};
constexpr auto numberTypes = std::to_array<NumberType>({
    {"NIFTI_TYPE_UINT8", 1, &convert<std::uint8_t>},
    {"NIFTI_TYPE_INT8", 1, &convert<std::int8_t>},
    {"NIFTI_TYPE_INT16", 2, &convert<std::int16_t>},
    {"NIFTI_TYPE_UINT16", 2, &convert<std::uint16_t>},
    {"NIFTI_TYPE_INT32", 4, &convert<std::int32_t>},
    {"NIFTI_TYPE_UINT32", 4, &convert<std::uint32_t>},
    {"NIFTI_TYPE_INT64", 8, &convert<std::int64_t>},
    {"NIFTI_TYPE_UINT64", 8, &convert<std::uint64_t>},
    {"NIFTI_TYPE_FLOAT32", 4, &convert<float>},
    {"NIFTI_TYPE_FLOAT64", 8, &convert<double>},
});

const NumberType& numberTypeOf(const Payload& payload, const fs::path& path) {
  const auto* const type = std::ranges::find(numberTypes, payload.dataType, &NumberType::name);
  if (type == numberTypes.end()) {
    throw Error(ErrorKind::unsupported,
                path.string() + " holds values of type \"" + payload.dataType +
                    "\" where whole or floating numbers are expected.");
  }
  return *type;
}

std::vector<double> fromAscii(std::string_view text, const fs::path& path) {
  std::vector<double> values;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    while (at != end && isSpace(*at)) {
      ++at;
    }
    if (at == end) {
      return values;
    }
    double value = 0;
    const auto [next, failure] = std::from_chars(*at == '+' ? at + 1 : at, end, value);
    if (failure != std::errc() || (next != end && !isSpace(*next))) {
      throwDamaged(path, "an array's text holds something else than its numbers");
    }
    values.push_back(value);
    at = next;
  }
}

/// From first axis fastest to last axis fastest.
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

std::vector<unsigned char>
bytesOf(const Payload& payload, std::size_t expected, const fs::path& path) {
  const std::string_view encoding = payload.encoding;
  if (encoding == "Base64Binary" || encoding == "GIFTI_ENCODING_B64BIN") {
    return fromBase64(payload.data, path);
  }
  if (encoding == "GZipBase64Binary" || encoding == "GIFTI_ENCODING_B64GZ") {
    return inflated(fromBase64(payload.data, path), expected, path);
  }
  if (encoding == "ExternalFileBinary" || encoding == "GIFTI_ENCODING_EXTBIN") {
    return externalBytes(
        externalFile(payload.externalFile, path), payload.externalOffset, expected, path);
  }
  throwDamaged(path, "an array's encoding is none of GIFTI's");
}

/// Whether the bytes are stored in the other order than this machine's.
bool isSwapped(const Payload& payload, const fs::path& path) {
  const bool big = payload.byteOrder == "BigEndian" || payload.byteOrder == "GIFTI_ENDIAN_BIG";
  const bool little =
      payload.byteOrder == "LittleEndian" || payload.byteOrder == "GIFTI_ENDIAN_LITTLE";
  if (!big && !little) {
    throwDamaged(path, "an array does not say its byte order");
  }
  return big != (std::endian::native == std::endian::big);
}

/// The values as they are stored. Fewer or more than promised are given as they are.
std::vector<double> storedValues(const Payload& payload, const fs::path& path) {
  if (payload.encoding == "ASCII" || payload.encoding == "GIFTI_ENCODING_ASCII") {
    return fromAscii(payload.data, path);
  }
  const NumberType& type = numberTypeOf(payload, path);
  const std::vector<unsigned char> bytes =
      bytesOf(payload, elementCount(payload.shape) * type.bytes, path);
  if (bytes.size() % type.bytes != 0) {
    throwDamaged(path,
                 "an array of " + std::to_string(bytes.size()) + " bytes is no number of " +
                     std::string(type.name) + " values");
  }
  std::vector<double> values(bytes.size() / type.bytes);
  type.convert(bytes, type.bytes > 1 && isSwapped(payload, path), values);
  return values;
}

/// The shape that the values have. Where their number is not the promised one, the first extent is
/// taken for the false one, as other readers do.
ArrayShape shapeOf(const Payload& payload, std::size_t count, const fs::path& path) {
  ArrayShape shape = payload.shape;
  const std::size_t promised = elementCount(shape);
  if (count == promised) {
    return shape;
  }
  const std::size_t row = promised / shape.front();
  if (count == 0 || count % row != 0) {
    throwDamaged(path,
                 "an array promises " + toString(payload.shape) + " values and holds " +
                     std::to_string(count));
  }
  shape.front() = count / row;
  logWarning(path.string() + " says that an array has " + toString(payload.shape) +
             " values and has " + toString(shape) + "; these are read.");
  return shape;
}

Array<double> valuesOf(const Payload& payload, const fs::path& path) {
  std::vector<double> values = storedValues(payload, path);
  ArrayShape shape = shapeOf(payload, values.size(), path);
  if (payload.columnMajor && shape.size() > 1) {
    values = rowMajor(values, shape);
  }
  return {std::move(shape), std::move(values)};
}

Role roleOf(std::string_view intent) {
  return intent == "NIFTI_INTENT_POINTSET"   ? Role::points
         : intent == "NIFTI_INTENT_TRIANGLE" ? Role::triangles
         : intent == "NIFTI_INTENT_LABEL"    ? Role::labels
                                             : Role::values;
}

std::string textOf(const Metadata& metadata, const std::string& key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? "" : found->second;
}

std::optional<Side> sideOf(const Metadata& metadata) {
  const std::string structure = textOf(metadata, "AnatomicalStructurePrimary");
  if (structure.find("Left") != std::string::npos) {
    return Side::left;
  }
  if (structure.find("Right") != std::string::npos) {
    return Side::right;
  }
  return std::nullopt;
}

} // namespace

bool recognises(const fs::path& path) {
  std::error_code ignored;
  const GzipFile file(fs::is_regular_file(path, ignored) ? gzopen(path.c_str(), "rbe") : nullptr);
  std::array<char, 4096> start{};
  const int got = file ? gzread(file.get(), start.data(), start.size()) : 0;
  return got > 0 && std::string_view(start.data(), static_cast<std::size_t>(got)).find("<GIFTI") !=
                        std::string_view::npos;
}

Content read(const fs::path& path) {
  const Document document = parseDocument(unpackedText(path), path);
  Content content;
  content.side = sideOf(document.metadata);
  content.subject = textOf(document.metadata, "SubjectID");
  content.labels = document.labels;
  for (const Payload& array : document.arrays) {
    content.arrays.push_back({.role = roleOf(array.intent),
                              .name = textOf(array.metadata, "Name"),
                              .values = valuesOf(array, path)});
    if (!content.side) {
      content.side = sideOf(array.metadata);
    }
    if (content.subject.empty()) {
      content.subject = textOf(array.metadata, "SubjectID");
    }
  }
  return content;
}

} // namespace cortograph::gifti
