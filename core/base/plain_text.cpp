#include "base/plain_text.h"

#include <array>
#include <cstdio>
#include <vector>

namespace cortograph {

namespace {

/// A character of a text; one that is not UTF-8 is a single byte.
struct Letter {
  std::string_view bytes;
  char32_t code = 0;
  bool valid = false;
};

/// Returns the first character (RFC 3629: the shortest form, no surrogates, up to U+10FFFF).
Letter firstOf(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char head = byte(0);
  const std::size_t length = head < 0x80   ? 1
                             : head < 0xC2 ? 0
                             : head < 0xE0 ? 2
                             : head < 0xF0 ? 3
                                           : 4;
  const Letter wrong{text.substr(0, 1), head, false};
  if (length == 0 || head > 0xF4 || length > text.size()) {
    return wrong;
  }
  constexpr std::array<unsigned char, 5> headBits{0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code = head & headBits.at(length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return wrong;
    }
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (code < least.at(length) || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    return wrong;
  }
  return {text.substr(0, length), code, true};
}

/// Whether the character changes how others are shown instead of being one itself.
bool isControl(char32_t code) {
  const auto within = [code](char32_t low, char32_t high) { return low <= code && code <= high; };
  return code < 0x20 || within(0x7F, 0x9F) || within(0x200E, 0x200F) || // marks of direction
         within(0x2028, 0x202E) || within(0x2066, 0x2069) ||            // and line breaks
         code == 0xFEFF || (code & 0xFFFEU) == 0xFFFE;                  // not in XML either
}

std::string_view shownAs(const Letter& letter) {
  if (letter.code == '\n' || letter.code == '\r' || letter.code == '\t') {
    return " ";
  }
  return letter.valid && !isControl(letter.code) ? letter.bytes : "\uFFFD";
}

std::string escaped(const Letter& letter) {
  switch (letter.code) {
  case '\n':
    return "\\n";
  case '\r':
    return "\\r";
  case '\t':
    return "\\t";
  default:
    break;
  }
  std::array<char, 16> text{};
  std::snprintf(text.data(),
                text.size(),
                letter.code < 0x100     ? "\\x%02x"
                : letter.code < 0x10000 ? "\\u%04x"
                                        : "\\U%08x",
                static_cast<unsigned>(letter.code));
  return text.data();
}

} // namespace

std::string shownText(std::string_view found, std::size_t most) {
  std::string text;
  std::vector<std::size_t> starts; // of the characters in `text`
  for (std::string_view rest = found; !rest.empty();) {
    const Letter letter = firstOf(rest);
    rest.remove_prefix(letter.bytes.size());
    starts.push_back(text.size());
    text += shownAs(letter);
  }
  if (starts.size() <= most) {
    return text;
  }
  const std::size_t kept = most > 0 ? most - 1 : 0; // and the ellipsis
  const std::size_t tail = kept / 2;
  const std::string end = tail > 0 ? text.substr(starts[starts.size() - tail]) : std::string();
  return text.substr(0, starts[kept - tail]) + "…" + end;
}

std::string onOneLine(std::string_view text) {
  std::string line;
  for (std::string_view rest = text; !rest.empty();) {
    const Letter letter = firstOf(rest);
    rest.remove_prefix(letter.bytes.size());
    line += letter.valid && !isControl(letter.code) ? std::string(letter.bytes) : escaped(letter);
  }
  return line;
}

} // namespace cortograph
