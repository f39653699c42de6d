#include "weights/foreign_file.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cortograph {

namespace {

using namespace std::string_view_literals;

constexpr auto torchWay = "Load it in PyTorch and save its state_dict() as .safetensors."sv;
constexpr auto ownWay = "Convert it to .safetensors in its own framework."sv;
constexpr auto unpack = "Unpack it and name the weights inside."sv;
constexpr auto other = "Name a weights file."sv;
constexpr auto pull = "Run \"git lfs pull\" in its folder, or download the file from its page."sv;

/// A kind of file that is recognised by bytes at a fixed place.
struct Mark {
  std::size_t place;
  std::string_view bytes;
  std::string_view told; ///< what the file is, after its name
  std::string_view way;  ///< what to do instead
};

constexpr std::array<Mark, 20> marks{
    {{.place = 0,
      .bytes = "\x89HDF\r\n\x1a\n"sv,
      .told = "is an HDF5 file, as Keras writes."sv,
      .way = ownWay},
     {.place = 0,
      .bytes = "GGUF"sv,
      .told = "is a GGUF file, as llama.cpp reads."sv,
      .way = ownWay},
     {.place = 0, .bytes = "ggjt"sv, .told = "is a GGML file."sv, .way = ownWay},
     {.place = 0, .bytes = "tjgg"sv, .told = "is a GGML file."sv, .way = ownWay},
     {.place = 0, .bytes = "lmgg"sv, .told = "is a GGML file."sv, .way = ownWay},
     {.place = 4, .bytes = "TFL3"sv, .told = "is a TensorFlow Lite file."sv, .way = ownWay},
     {.place = 0, .bytes = "\x93NUMPY"sv, .told = "is a NumPy array."sv, .way = ownWay},
     {.place = 0, .bytes = "MATLAB 5.0"sv, .told = "is a MATLAB file."sv, .way = ownWay},
     {.place = 0, .bytes = "\x1f\x8b"sv, .told = "is compressed (gzip)."sv, .way = unpack},
     {.place = 0, .bytes = "BZh"sv, .told = "is compressed (bzip2)."sv, .way = unpack},
     {.place = 0, .bytes = "\xfd\x37zXZ\0"sv, .told = "is compressed (xz)."sv, .way = unpack},
     {.place = 0, .bytes = "\x28\xb5\x2f\xfd"sv, .told = "is compressed (zstd)."sv, .way = unpack},
     {.place = 0, .bytes = "7z\xbc\xaf\x27\x1c"sv, .told = "is a 7z archive."sv, .way = unpack},
     {.place = 0, .bytes = "Rar!\x1a\x07"sv, .told = "is a RAR archive."sv, .way = unpack},
     {.place = 257, .bytes = "ustar"sv, .told = "is a tar archive."sv, .way = unpack},
     {.place = 0, .bytes = "\x89PNG"sv, .told = "is a PNG picture."sv, .way = other},
     {.place = 0, .bytes = "\xff\xd8\xff"sv, .told = "is a JPEG picture."sv, .way = other},
     {.place = 0, .bytes = "%PDF"sv, .told = "is a PDF document."sv, .way = other},
     {.place = 0, .bytes = "\x7f\x45LF"sv, .told = "is a program or library."sv, .way = other},
     {.place = 0,
      .bytes = "version https://git-lfs"sv,
      .told = "is a Git LFS pointer, not the file itself."sv,
      .way = pull}}};

[[noreturn]] void refuse(const std::string& file, std::string_view told, std::string_view way) {
  throw Error(ErrorKind::unsupported, file + " " + std::string(told) + " " + std::string(way));
}

bool isPrintable(char letter) {
  return (letter >= ' ' && letter <= '~') || letter == '\n' || letter == '\r' || letter == '\t';
}

bool isPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char letter) { return isPrintable(letter); });
}

/// Refuses torch's formats from before its zip archives, and all other pickles.
void refusePickle(const std::string& file, std::string_view start) {
  static constexpr auto magic = "\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19."sv; // MAGIC_NUMBER as a LONG1
  const bool binary = start.size() > 2 && start[0] == '\x80' && start[1] >= 1 && start[1] <= 5;
  if (binary && start.substr(0, 32).find(magic) != std::string_view::npos) {
    refuse(file, "is in the format that torch used before version 1.6."sv, torchWay);
  }
  const bool text = start.starts_with("(dp"sv) || start.starts_with("(lp"sv) ||
                    start.starts_with("ccollections\n"sv) || start.starts_with("ccopy_reg\n"sv);
  if (binary || text) {
    refuse(file,
           "is a plain Python pickle, which can run code, so it is not read."sv,
           "Load it in Python, if you trust it, and save its tensors as .safetensors."sv);
  }
  static constexpr std::array<std::string_view, 4> members{
      "sys_info", "pickle", "tensors", "storages"};
  const bool tar = start.size() > 262 && start.substr(257, 5) == "ustar"sv;
  const std::string_view first = start.substr(0, std::min(start.find('\0'), start.size()));
  if (tar && std::find(members.begin(), members.end(), first.substr(0, first.find('/'))) !=
                 members.end()) {
    refuse(file, "is in torch's tar format of 2016."sv, torchWay);
  }
}

/// Refuses protocol buffers. They have no mark, but these kinds begin with a version and a name, or
/// with a node and its name.
void refuseProtocolBuffer(const std::string& file, std::string_view start) {
  if (start.size() < 8) {
    return;
  }
  const auto nameAt = [start](std::size_t length) {
    const auto size = static_cast<unsigned char>(start[length]);
    return size > 0 && size < 64 && length + 1 < start.size() &&
           isPrintable(start.substr(length + 1, size));
  };
  if (start[0] == '\x08' && start[1] >= 1 && start[1] < 32 && start[2] == '\x12' && nameAt(3)) {
    refuse(file, "is an ONNX model."sv, ownWay);
  }
  if (start.starts_with("\x08\x01\x12"sv)) {
    refuse(file, "is a TensorFlow SavedModel."sv, ownWay);
  }
  if (start[0] == '\n' && ((start[2] == '\n' && nameAt(3)) || (start[3] == '\n' && nameAt(4)))) {
    refuse(file, "is a TensorFlow graph."sv, ownWay);
  }
}

void refuseText(const std::string& file, std::string_view start) {
  if (start.starts_with("\xef\xbb\xbf"sv)) {
    start.remove_prefix(3);
  }
  const auto* const begin = std::find_if(
      start.begin(), start.end(), [](char c) { return c != ' ' && !(c >= '\t' && c <= '\r'); });
  const std::string lower = lowerCase({begin, std::min(start.end(), begin + 64)});
  static constexpr auto again =
      "The download went wrong: fetch the file itself (on Hugging Face its address contains "
      "/resolve/, not /blob/)."sv;
  if (lower.starts_with("<!doctype") || lower.starts_with("<html") || lower.starts_with("<head")) {
    refuse(file, "is a web page, not weights."sv, again);
  }
  if (lower.starts_with("<?xml") || lower.starts_with("<error")) {
    refuse(file, "is an XML message from a server, not weights."sv, again);
  }
  constexpr std::size_t longestAnswer = 4096;
  if (start.size() < longestAnswer && !start.empty() && isPrintable(start)) {
    const std::string line(start.begin(), std::find(start.begin(), start.end(), '\n'));
    refuse(file, "is text that begins \"" + line.substr(0, 60) + "\", not weights.", again);
  }
}

} // namespace

void refuseForeignFile(const std::string& file, std::span<const std::byte> bytes) {
  const std::string_view start(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string_view head = start.substr(0, 4096);
  if (head.find_first_not_of('\0') == std::string_view::npos) {
    throw Error(ErrorKind::format,
                file + (start.empty() ? " is empty" : " begins with nothing but zeros") +
                    ": its download did not finish. Fetch it again.");
  }
  refusePickle(file, start);
  for (const Mark& mark : marks) {
    if (start.size() >= mark.place && start.substr(mark.place).starts_with(mark.bytes)) {
      refuse(file, mark.told, mark.way);
    }
  }
  refuseProtocolBuffer(file, start);
  refuseText(file, start);
}

} // namespace cortograph
