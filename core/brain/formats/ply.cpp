#include "base/byte_reader.h"
#include "base/error.h"
#include "base/gzip.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "brain/format.h"
#include "brain/formats/polygon.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

template <class T> double taken(ByteReader& bytes) {
  return static_cast<double>(bytes.take<T>());
}

/// A type of numbers, which has an old and a new name.
struct NumberType {
  std::array<std::string_view, 2> names;
  std::size_t size = 0;
  double (*take)(ByteReader&) = nullptr;
};
constexpr std::array<NumberType, 8> types{{{{"char", "int8"}, 1, &taken<std::int8_t>},
                                           {{"uchar", "uint8"}, 1, &taken<std::uint8_t>},
                                           {{"short", "int16"}, 2, &taken<std::int16_t>},
                                           {{"ushort", "uint16"}, 2, &taken<std::uint16_t>},
                                           {{"int", "int32"}, 4, &taken<std::int32_t>},
                                           {{"uint", "uint32"}, 4, &taken<std::uint32_t>},
                                           {{"float", "float32"}, 4, &taken<float>},
                                           {{"double", "float64"}, 8, &taken<double>}}};

/// A number of an element, or a list of numbers with their count in front.
struct Property {
  std::string_view name;
  const NumberType* type = nullptr;
  const NumberType* count = nullptr; ///< null: one number
};

struct Element {
  std::string_view name;
  std::size_t count = 0;
  std::vector<Property> properties;
};

[[noreturn]] void throwDamaged(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is not a valid PLY file: " + what + "; write or copy it again.");
}

const NumberType& typeNamed(std::string_view name, const fs::path& file) {
  const auto* const found = std::ranges::find_if(types, [name](const NumberType& type) {
    return std::ranges::find(type.names, name) != type.names.end();
  });
  if (found == types.end()) {
    throwDamaged(file, "it has numbers of the unknown type " + inQuotes(name));
  }
  return *found;
}

/// Reads numbers in the encoding that the header states.
class Numbers {
public:
  Numbers(ByteReader bytes, bool isText, const fs::path& file)
      : bytes_(std::move(bytes)), isText_(isText), file_(file) {}

  double take(const NumberType& type) {
    if (!isText_) {
      return type.take(bytes_);
    }
    std::string_view word = takeWord(line_);
    while (word.empty() && bytes_.left() > 0) {
      line_ = bytes_.takeLine();
      word = takeWord(line_);
    }
    const auto number = numberIn<double>(word);
    if (!number) {
      throwDamaged(file_, inQuotes(word) + " stands where a number is expected");
    }
    return *number;
  }

  /// Takes a whole number that fits into 32 bits.
  std::int32_t takeWhole(const NumberType& type) {
    const double number = take(type);
    if (!(std::abs(number) <= std::numeric_limits<std::int32_t>::max())) {
      throwDamaged(file_, std::to_string(number) + " stands where a count or vertex is expected");
    }
    return static_cast<std::int32_t>(number);
  }

  /// Throws unless so many elements can follow, of which each has at least one byte.
  void requireLeft(const Element& element) const {
    bytes_.requireLeft(element.count, std::max<std::size_t>(1, element.properties.size()));
  }

private:
  ByteReader bytes_;
  bool isText_;
  const fs::path& file_;
  std::string_view line_; ///< what is left of it
};

struct Header {
  std::string_view encoding; ///< "ascii", "binary_little_endian", "binary_big_endian"
  std::vector<Element> elements;
};

void addProperty(std::string_view line, Header& header, const fs::path& file) {
  if (header.elements.empty()) {
    throwDamaged(file, "a property comes before any element");
  }
  Property& property = header.elements.back().properties.emplace_back();
  std::string_view type = takeWord(line);
  if (type == "list") {
    property.count = &typeNamed(takeWord(line), file);
    type = takeWord(line);
  }
  property.type = &typeNamed(type, file);
  property.name = takeWord(line);
}

Header takeHeader(ByteReader& bytes, const fs::path& file) {
  Header header;
  while (bytes.left() > 0) {
    std::string_view line = bytes.takeLine();
    const std::string_view keyword = takeWord(line);
    if (keyword == "format") {
      header.encoding = takeWord(line);
    } else if (keyword == "element") {
      Element& element = header.elements.emplace_back();
      element.name = takeWord(line);
      const auto count = numberIn<std::uint32_t>(takeWord(line));
      if (!count) {
        throwDamaged(file, "the count of the element " + inQuotes(element.name) + " is missing");
      }
      element.count = *count;
    } else if (keyword == "property") {
      addProperty(line, header, file);
    } else if (keyword == "end_header") {
      return header;
    }
  }
  throwDamaged(file, "its header does not end");
}

/// Reads one vertex, face or other element into the surface.
void takeElement(Numbers& numbers, const Element& element, Surface& surface) {
  const bool isVertex = element.name == "vertex";
  Point point{};
  std::vector<std::int32_t> corners;
  for (const Property& property : element.properties) {
    if (property.count != nullptr) {
      const bool areCorners = element.name == "face" && property.name.starts_with("vert");
      for (auto left = numbers.takeWhole(*property.count); left > 0; --left) {
        if (areCorners) {
          corners.push_back(numbers.takeWhole(*property.type));
        } else {
          (void)numbers.take(*property.type);
        }
      }
      continue;
    }
    const double number = numbers.take(*property.type);
    constexpr std::string_view axes = "xyz";
    if (isVertex && property.name.size() == 1 && axes.find(property.name) != axes.npos) {
      point.at(axes.find(property.name)) = static_cast<float>(number);
    }
  }
  if (isVertex) {
    surface.verticesRas.push_back(point);
  }
  addPolygon(corners, surface.triangles);
}

BrainFile readPly(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  ByteReader start(mapped.bytes, std::endian::little, file);
  const Header header = takeHeader(start, file);
  const std::endian order =
      header.encoding == "binary_big_endian" ? std::endian::big : std::endian::little;
  if (header.encoding != "ascii" && !header.encoding.starts_with("binary_")) {
    throwDamaged(file, "its encoding is " + inQuotes(header.encoding));
  }
  Numbers numbers(
      ByteReader(mapped.bytes.last(start.left()), order, file), header.encoding == "ascii", file);
  BrainFile result{.surface = Surface()};
  for (const Element& element : header.elements) {
    numbers.requireLeft(element);
    if (element.name == "vertex" && !element.properties.empty()) {
      result.type = element.properties.front().type->names[1];
    }
    for (std::size_t i = 0; i < element.count; ++i) {
      takeElement(numbers, element, *result.surface);
    }
  }
  result.shape = {result.surface->verticesRas.size(), 3};
  return result;
}

bool recognizesPly(const fs::path& file) {
  const std::string start = firstBytes(file, 4096);
  return (start.starts_with("ply\n") || start.starts_with("ply\r\n")) &&
         start.find("\nelement vertex ") != std::string::npos;
}

} // namespace

namespace formats {

const Format& ply();

const Format& ply() {
  static const Format format{
      .name = "ply",
      .title = "PLY meshes",
      .endings = {".ply"},
      .specification = "https://www.loc.gov/preservation/digital/formats/fdd/fdd000501.shtml",
      .contents = {FormatContent::surface},
      .recognizes = &recognizesPly,
      .read = &readPly,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
