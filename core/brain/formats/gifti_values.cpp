#include "brain/formats/gifti_values.h"

#include "base/error.h"
#include "brain/formats/gifti_xml.h"
#include "brain/gifti_library.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <fstream>
#include <memory>

namespace cortograph::gifti {

namespace fs = std::filesystem;

namespace {

struct FreeImage {
  void operator()(gifti_image* image) const { gifti_free_image(image); }
};
using Image = std::unique_ptr<gifti_image, FreeImage>;

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

/// The library reads named files only: the head goes through one in memory.
Image describe(const std::string& head, const fs::path& path) {
  const std::lock_guard lock(libraryMutex());
  const int memory = memfd_create("gifti", MFD_CLOEXEC);
  Image image;
  if (memory >= 0 && write(memory, head.data(), head.size()) == static_cast<ssize_t>(head.size())) {
    gifti_set_verb(0);
    image.reset(gifti_read_image(("/proc/self/fd/" + std::to_string(memory)).c_str(), 0));
  }
  if (memory >= 0) {
    close(memory);
  }
  if (!image || image->numDA < 1) {
    throwDamaged(path, image ? "it holds no data array" : "its XML is damaged");
  }
  return image;
}

/// Bytes of a value of this type, and what it is; 0 for types that are no single number.
std::size_t itemSize(int type) {
  switch (type) {
  case NIFTI_TYPE_UINT8:
  case NIFTI_TYPE_INT8:
    return 1;
  case NIFTI_TYPE_INT16:
  case NIFTI_TYPE_UINT16:
    return 2;
  case NIFTI_TYPE_INT32:
  case NIFTI_TYPE_UINT32:
  case NIFTI_TYPE_FLOAT32:
    return 4;
  case NIFTI_TYPE_INT64:
  case NIFTI_TYPE_UINT64:
  case NIFTI_TYPE_FLOAT64:
    return 8;
  default:
    return 0;
  }
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

std::vector<unsigned char>
inflated(const std::vector<unsigned char>& packed, std::size_t expected, const fs::path& path) {
  constexpr std::size_t mostSaved = 1032; // by deflate
  if (expected / mostSaved > packed.size()) {
    throwDamaged(path, "an array promises more values than its packed bytes can hold");
  }
  std::vector<unsigned char> bytes(expected);
  z_stream stream{};
  constexpr int zlibOrGzip = MAX_WBITS + 32;
  if (inflateInit2(&stream, zlibOrGzip) != Z_OK) {
    throw std::bad_alloc();
  }
  stream.next_in = const_cast<unsigned char*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = bytes.data();
  stream.avail_out = static_cast<uInt>(expected);
  const int status = inflate(&stream, Z_FINISH);
  const bool whole = status == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  if (!whole) {
    throwDamaged(path, "an array's packed bytes are damaged, or are not as many as it promises");
  }
  return bytes;
}

std::vector<unsigned char>
externalBytes(const fs::path& file, long long offset, std::size_t expected, const fs::path& path) {
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

void convertBytes(int type,
                  const std::vector<unsigned char>& bytes,
                  bool swapped,
                  std::vector<double>& out) {
  switch (type) {
  case NIFTI_TYPE_UINT8:
    return convert<std::uint8_t>(bytes, swapped, out);
  case NIFTI_TYPE_INT8:
    return convert<std::int8_t>(bytes, swapped, out);
  case NIFTI_TYPE_INT16:
    return convert<std::int16_t>(bytes, swapped, out);
  case NIFTI_TYPE_UINT16:
    return convert<std::uint16_t>(bytes, swapped, out);
  case NIFTI_TYPE_INT32:
    return convert<std::int32_t>(bytes, swapped, out);
  case NIFTI_TYPE_UINT32:
    return convert<std::uint32_t>(bytes, swapped, out);
  case NIFTI_TYPE_INT64:
    return convert<std::int64_t>(bytes, swapped, out);
  case NIFTI_TYPE_UINT64:
    return convert<std::uint64_t>(bytes, swapped, out);
  case NIFTI_TYPE_FLOAT32:
    return convert<float>(bytes, swapped, out);
  default:
    return convert<double>(bytes, swapped, out);
  }
}

std::vector<double> fromAscii(std::string_view text, std::size_t count, const fs::path& path) {
  if (count > text.size() / 2 + 1) {
    throwDamaged(path, "an array promises more values than its text can hold");
  }
  std::vector<double> values;
  values.reserve(count);
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    while (at != end && isSpace(*at)) {
      ++at;
    }
    if (at == end) {
      break;
    }
    double value = 0;
    const auto [next, failure] = std::from_chars(*at == '+' ? at + 1 : at, end, value);
    if (failure != std::errc() || (next != end && !isSpace(*next)) || values.size() == count) {
      throwDamaged(path, "an array's text holds something else than its numbers");
    }
    values.push_back(value);
    at = next;
  }
  if (values.size() != count) {
    throwDamaged(path,
                 "an array holds " + std::to_string(values.size()) + " numbers where " +
                     std::to_string(count) + " are expected");
  }
  return values;
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

std::vector<unsigned char> packedBytes(const giiDataArray& array,
                                       const Payload& payload,
                                       std::size_t expected,
                                       const fs::path& path) {
  const std::string_view encoding = payload.encoding;
  if (encoding == "Base64Binary" || encoding == "GIFTI_ENCODING_B64BIN") {
    return fromBase64(payload.data, path);
  }
  if (encoding == "GZipBase64Binary" || encoding == "GIFTI_ENCODING_B64GZ") {
    return inflated(fromBase64(payload.data, path), expected, path);
  }
  if (encoding == "ExternalFileBinary" || encoding == "GIFTI_ENCODING_EXTBIN") {
    return externalBytes(
        path.parent_path() / payload.externalFile, array.ext_offset, expected, path);
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

std::vector<double>
valuesOf(const giiDataArray& array, const Payload& payload, const fs::path& path) {
  const std::size_t count = elementCount(payload.shape);
  if (payload.encoding == "ASCII" || payload.encoding == "GIFTI_ENCODING_ASCII") {
    return fromAscii(payload.data, count, path);
  }
  const std::size_t item = itemSize(array.datatype);
  if (item == 0) {
    throw Error(ErrorKind::unsupported,
                path.string() + " holds values of type " + gifti_datatype2str(array.datatype) +
                    " where whole or floating numbers are expected.");
  }
  const std::vector<unsigned char> bytes = packedBytes(array, payload, count * item, path);
  if (bytes.size() != count * item) {
    throwDamaged(path,
                 "an array holds " + std::to_string(bytes.size()) + " bytes where " +
                     std::to_string(count * item) + " are expected");
  }
  std::vector<double> values(count);
  convertBytes(array.datatype, bytes, item > 1 && isSwapped(payload, path), values);
  return values;
}

Role roleOf(int intent) {
  switch (intent) {
  case NIFTI_INTENT_POINTSET:
    return Role::points;
  case NIFTI_INTENT_TRIANGLE:
    return Role::triangles;
  case NIFTI_INTENT_LABEL:
    return Role::labels;
  default:
    return Role::values;
  }
}

std::string metaValue(const giiMetaData& meta, std::string_view key) {
  for (int i = 0; i < meta.length; ++i) {
    if (meta.name[i] != nullptr && meta.value[i] != nullptr && key == meta.name[i]) {
      return meta.value[i];
    }
  }
  return {};
}

std::optional<Side> sideOf(const giiMetaData& meta) {
  const std::string structure = metaValue(meta, "AnatomicalStructurePrimary");
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
  const std::string text = unpackedText(path);
  const Document document = takeApart(text, path);
  const Image image = describe(document.head, path);
  const auto count = static_cast<std::size_t>(image->numDA);
  if (count != document.payloads.size()) {
    throwDamaged(path, "its data arrays can't be told apart");
  }
  Content content;
  content.side = sideOf(image->meta);
  content.subject = metaValue(image->meta, "SubjectID");
  for (std::size_t i = 0; i < count; ++i) {
    const giiDataArray& array = *image->darray[i];
    const ArrayShape& shape = document.payloads[i].shape;
    std::vector<double> values = valuesOf(array, document.payloads[i], path);
    if (array.ind_ord == GIFTI_IND_ORD_COL_MAJOR && shape.size() > 1) {
      values = rowMajor(values, shape);
    }
    content.arrays.push_back(
        {roleOf(array.intent), metaValue(array.meta, "Name"), {shape, std::move(values)}});
    if (!content.side) {
      content.side = sideOf(array.meta);
    }
    if (content.subject.empty()) {
      content.subject = metaValue(array.meta, "SubjectID");
    }
  }
  const giiLabelTable& labels = image->labeltable;
  for (int i = 0; i < labels.length; ++i) {
    content.labels.push_back({labels.key[i], labels.label[i] == nullptr ? "" : labels.label[i]});
  }
  return content;
}

} // namespace cortograph::gifti
