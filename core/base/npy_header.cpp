#include "base/npy_header.h"

#include "base/error.h"

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Parses the header, the one form of Python literal that NumPy writes, strictly.
class HeaderParser {
public:
  explicit HeaderParser(std::string_view text) : text_(text) {}

  /// Returns false when the text is not such a header.
  bool parse(NpyHeader& header) {
    bool hasType = false;
    bool hasOrder = false;
    bool hasShape = false;
    if (!take('{')) {
      return false;
    }
    while (!take('}')) {
      std::string key;
      if (!takeString(key) || !take(':')) {
        return false;
      }
      if (key == "descr" && !hasType) {
        hasType = takeString(header.type) || takeStructure(header.type);
      } else if (key == "fortran_order" && !hasOrder) {
        hasOrder = takeBool(header.fortran);
      } else if (key == "shape" && !hasShape) {
        hasShape = takeShape(header.shape);
      } else {
        return false;
      }
      if (!take(',') && !at('}')) {
        return false;
      }
    }
    skipSpace();
    return hasType && hasOrder && hasShape && text_.empty();
  }

private:
  void skipSpace() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\n')) {
      text_.remove_prefix(1);
    }
  }
  bool at(char c) {
    skipSpace();
    return !text_.empty() && text_.front() == c;
  }
  bool take(char c) {
    const bool found = at(c);
    if (found) {
      text_.remove_prefix(1);
    }
    return found;
  }
  bool takeWord(std::string_view word) {
    skipSpace();
    const bool found = text_.starts_with(word);
    if (found) {
      text_.remove_prefix(word.size());
    }
    return found;
  }
  bool takeString(std::string& out) {
    if (!at('\'') && !at('"')) {
      return false;
    }
    const std::size_t end = text_.find(text_.front(), 1);
    if (end == std::string_view::npos) {
      return false;
    }
    out = text_.substr(1, end - 1);
    text_.remove_prefix(end + 1);
    return true;
  }
  /// Takes the list of fields of a structured type as text, to name it in the error.
  bool takeStructure(std::string& out) {
    const std::size_t end = text_.find(']');
    if (!at('[') || end == std::string_view::npos) {
      return false;
    }
    out = text_.substr(0, end + 1);
    text_.remove_prefix(end + 1);
    return true;
  }
  bool takeBool(bool& out) {
    out = takeWord("True");
    return out || takeWord("False");
  }
  bool takeNumber(std::size_t& out) {
    skipSpace();
    std::size_t digits = 0;
    for (out = 0; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits) {
      if (__builtin_mul_overflow(out, std::size_t{10}, &out) ||
          __builtin_add_overflow(out, static_cast<std::size_t>(text_[digits] - '0'), &out)) {
        return false;
      }
    }
    text_.remove_prefix(digits);
    return digits > 0;
  }
  bool takeShape(ArrayShape& out) {
    if (!take('(')) {
      return false;
    }
    while (!take(')')) {
      std::size_t extent = 0;
      constexpr std::size_t mostAxes = 32;
      if (!takeNumber(extent) || out.size() == mostAxes) {
        return false;
      }
      out.push_back(extent);
      if (!take(',') && !at(')')) {
        return false;
      }
    }
    return true;
  }

  std::string_view text_;
};

} // namespace

void throwDamagedNpy(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is not a readable .npy file: " + what +
                  "; save the array or copy the file again.");
}

NpyHeader parseNpyHeader(const fs::path& file, std::string_view bytes) {
  constexpr std::string_view magic = "\x93NUMPY";
  constexpr std::size_t shortest = 10;
  if (bytes.size() < shortest || !bytes.starts_with(magic)) {
    throwDamagedNpy(file, "it does not begin with NumPy's signature");
  }
  const auto byteAt = [bytes](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  const std::size_t version = byteAt(6);
  if (version < 1 || version > 3) {
    throw Error(ErrorKind::unsupported,
                file.string() + " has .npy format version " + std::to_string(version) +
                    ", but only 1 to 3 are known.");
  }
  const std::size_t start = version == 1 ? 10 : 12;
  if (bytes.size() < start) {
    throwDamagedNpy(file, "it ends inside its header");
  }
  std::size_t length = byteAt(8) | (byteAt(9) << 8U);
  if (version > 1) {
    length |= (byteAt(10) << 16U) | (byteAt(11) << 24U);
  }
  if (length > bytes.size() - start) {
    throwDamagedNpy(file, "it ends inside its header");
  }
  NpyHeader parsed;
  if (!HeaderParser(bytes.substr(start, length)).parse(parsed)) {
    throwDamagedNpy(file, "its header does not state type, order and shape");
  }
  parsed.dataOffset = start + length;
  return parsed;
}

} // namespace cortograph
