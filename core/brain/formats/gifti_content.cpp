#include "brain/formats/gifti_content.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "brain/formats/gifti_data.h"

#include <expat.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <exception>
#include <memory>
#include <utility>

namespace cortograph::gifti {

namespace fs = std::filesystem;

namespace {

/// An element with the elements that may contain it; "" is the document.
struct Element {
  std::string_view name;
  std::array<std::string_view, 2> parents;
  bool hasText = false;
};
constexpr auto elements = std::to_array<Element>({
    {"GIFTI", {""}},
    {"MetaData", {"GIFTI", "DataArray"}},
    {"MD", {"MetaData"}},
    {"Name", {"MD"}, true},
    {"Value", {"MD"}, true},
    {"LabelTable", {"GIFTI"}},
    {"Label", {"LabelTable"}, true},
    {"DataArray", {"GIFTI"}},
    {"CoordinateSystemTransformMatrix", {"DataArray"}},
    {"DataSpace", {"CoordinateSystemTransformMatrix"}, true},
    {"TransformedSpace", {"CoordinateSystemTransformMatrix"}, true},
    {"MatrixData", {"CoordinateSystemTransformMatrix"}, true},
    {"Data", {"DataArray"}, true},
});

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t start = std::min(text.find_first_not_of(space), text.size());
  return text.substr(start, text.find_last_not_of(space) + 1 - start);
}

/// Reads a text that is a number and nothing else; nothing for any other text.
template <class T> std::optional<T> numberOf(std::string_view text) {
  T number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

/// The attributes of an element, as expat lists them: name, value, …, null.
class Attributes {
public:
  explicit Attributes(const char** list) : list_(list) {}

  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
    for (const char** at = list_; *at != nullptr; at += 2) {
      if (name == *at) {
        return at[1];
      }
    }
    return std::nullopt;
  }
  /// Returns an attribute's text; empty when there is none.
  [[nodiscard]] std::string_view text(std::string_view name) const {
    return find(name).value_or(std::string_view());
  }
  template <class T> [[nodiscard]] std::optional<T> number(std::string_view name) const {
    return numberOf<T>(text(name));
  }

private:
  const char** list_;
};

Role roleOf(std::string_view intent) {
  return intent == "NIFTI_INTENT_POINTSET"      ? Role::points
         : intent == "NIFTI_INTENT_TRIANGLE"    ? Role::triangles
         : intent == "NIFTI_INTENT_LABEL"       ? Role::labels
         : intent == "NIFTI_INTENT_TIME_SERIES" ? Role::series
                                                : Role::values;
}

ArrayShape shapeOf(const Attributes& attributes, const fs::path& file) {
  constexpr std::size_t mostAxes = 6;
  const std::size_t axes = attributes.number<std::size_t>("Dimensionality").value_or(0);
  ArrayShape shape;
  std::size_t left = axes <= mostAxes ? mostValues : 0;
  for (std::size_t axis = 0; axis < axes && left > 0; ++axis) {
    shape.push_back(attributes.number<std::size_t>("Dim" + std::to_string(axis)).value_or(0));
    left = shape.back() == 0 ? 0 : left / shape.back();
  }
  if (axes == 0 || left == 0) {
    throwDamaged(file, "the extents of an array are missing, zero, or exceed 268 million values");
  }
  return shape;
}

Storage storageOf(const Attributes& attributes, const fs::path& file) {
  Storage storage;
  storage.type = attributes.text("DataType");
  storage.shape = shapeOf(attributes, file);
  storage.indexing = attributes.text("ArrayIndexingOrder");
  storage.encoding = attributes.text("Encoding");
  storage.byteOrder = attributes.text("Endian");
  storage.externalFile = attributes.text("ExternalFileName");
  const std::string_view offset = trimmed(attributes.text("ExternalFileOffset"));
  const auto number = offset.empty() ? 0 : numberOf<std::uint64_t>(offset);
  if (!number) {
    throwDamaged(file, "the offset of an array's external values is not a whole number");
  }
  storage.externalOffset = *number;
  return storage;
}

/// Reads a label's key and its colour, which may be missing; so may the alpha of an opaque colour.
Label labelOf(const Attributes& attributes, const fs::path& file) {
  const auto key = attributes.number<int>(attributes.find("Key") ? "Key" : "Index");
  if (!key) {
    throwDamaged(file, "the key of a label is missing or not a whole number");
  }
  Label label{*key, {}, std::nullopt};
  constexpr std::array<std::string_view, 4> parts{"Red", "Green", "Blue", "Alpha"};
  if (std::none_of(parts.begin(), parts.end(), [&attributes](std::string_view part) {
        return attributes.find(part).has_value();
      })) {
    return label;
  }
  std::array<float, 4> color{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool isOpaque = i == 3 && !attributes.find(parts.at(i));
    const auto number = isOpaque ? 1.0F : attributes.number<float>(parts.at(i));
    if (!number || !std::isfinite(*number)) {
      throwDamaged(file, "a part of a label's color is missing or not a number");
    }
    color.at(i) = *number;
  }
  label.color = color;
  return label;
}

std::array<double, 16> matrixOf(std::string_view text, const fs::path& file) {
  std::array<double, 16> matrix{};
  std::size_t count = 0;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const auto number = numberOf<double>(text.substr(0, end));
    if (!number || count == matrix.size()) {
      count = matrix.size() + 1;
      break;
    }
    matrix.at(count++) = *number;
    text.remove_prefix(end);
  }
  if (count != matrix.size()) {
    throwDamaged(file, "a coordinate transform is not 16 numbers");
  }
  return matrix;
}

std::string valueOf(const Metadata& metadata, const char* key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : found->second;
}

std::optional<Side> sideOf(const Metadata& metadata) {
  const std::string structure = valueOf(metadata, "AnatomicalStructurePrimary");
  if (structure.find("Left") != std::string::npos) {
    return Side::left;
  }
  return structure.find("Right") != std::string::npos ? std::optional(Side::right) : std::nullopt;
}

/// Builds the content from the elements that expat finds in the text.
class Reader {
public:
  /// `size` is the approximate size of the text.
  Reader(const fs::path& file, std::size_t size) : file_(file), parser_(XML_ParserCreate(nullptr)) {
    text_.reserve(size);
    if (!parser_) {
      throw std::bad_alloc();
    }
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &onStart, &onEnd);
    XML_SetCharacterDataHandler(parser_.get(), &onText);
    XML_SetEntityDeclHandler(parser_.get(), &onEntity);
    XML_SetSkippedEntityHandler(parser_.get(), &onSkippedEntity);
  }

  /// Returns memory for the next part of the text.
  [[nodiscard]] char* buffer(int size) {
    void* const memory = XML_GetBuffer(parser_.get(), size);
    if (memory == nullptr) {
      throw std::bad_alloc();
    }
    return static_cast<char*>(memory);
  }

  /// Parses so many bytes of the buffer; 0 ends the text.
  void take(int size) {
    constexpr XML_Index longestTag = 1 << 20;
    taken_ += size;
    const XML_Status status = XML_ParseBuffer(parser_.get(), size, size == 0 ? 1 : 0);
    if (failure_) {
      std::rethrow_exception(failure_);
    }
    if (status != XML_STATUS_OK) {
      refuseXml();
    }
    // Expat parses an unfinished tag from its beginning again with every part of the text.
    if (taken_ - XML_GetCurrentByteIndex(parser_.get()) > longestTag) {
      throwDamaged(file_, "it has a tag or comment of more than 1 MiB");
    }
  }

  Content finish() {
    if (content_.arrays.empty()) {
      throwDamaged(file_, "it holds no data array");
    }
    if (statedArrays_ != content_.arrays.size()) {
      logWarning(file_.string() + " states " +
                 (statedArrays_ ? std::to_string(*statedArrays_) : "an unknown number of") +
                 " data arrays, but has " + std::to_string(content_.arrays.size()) +
                 "; all of these are read.");
    }
    content_.side = sideOf(content_.metadata);
    content_.subject = valueOf(content_.metadata, "SubjectID");
    for (DataArray& array : content_.arrays) {
      array.name = valueOf(array.metadata, "Name");
      if (!content_.side) {
        content_.side = sideOf(array.metadata);
      }
      if (content_.subject.empty()) {
        content_.subject = valueOf(array.metadata, "SubjectID");
      }
    }
    return std::move(content_);
  }

private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  /// Runs a handler, and keeps its exception until expat, which is written in C, has returned.
  template <class Handle> static void handle(void* self, Handle&& work) {
    auto& reader = *static_cast<Reader*>(self);
    if (reader.failure_) {
      return;
    }
    try {
      work(reader);
    } catch (...) {
      reader.failure_ = std::current_exception();
      XML_StopParser(reader.parser_.get(), XML_FALSE);
    }
  }
  static void onStart(void* self, const char* name, const char** attributes) {
    handle(self, [&](Reader& reader) { reader.start(name, Attributes(attributes)); });
  }
  static void onEnd(void* self, const char* /*name*/) {
    handle(self, [](Reader& reader) { reader.end(); });
  }
  static void onText(void* self, const char* text, int size) {
    handle(self, [&](Reader& reader) {
      if (!reader.open_.empty() && reader.open_.back()->hasText) {
        reader.text_.append(text, static_cast<std::size_t>(size));
      }
    });
  }
  static void onEntity(void* self,
                       const char* /*name*/,
                       int /*isParameter*/,
                       const char* /*value*/,
                       int /*length*/,
                       const char* /*base*/,
                       const char* /*systemId*/,
                       const char* /*publicId*/,
                       const char* /*notation*/) {
    handle(self,
           [](Reader& reader) { throwDamaged(reader.file_, "it declares entities of its own"); });
  }
  static void onSkippedEntity(void* self, const char* name, int /*isParameter*/) {
    handle(self, [&](Reader& reader) {
      throwDamaged(reader.file_, "it uses the unknown entity " + inQuotes(name));
    });
  }

  [[noreturn]] void refuseXml() const {
    const XML_Error code = XML_GetErrorCode(parser_.get());
    switch (code) {
    case XML_ERROR_NO_MEMORY:
      throw std::bad_alloc();
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
    case XML_ERROR_PARTIAL_CHAR:
      throwDamaged(file_, "it is cut short");
    case XML_ERROR_TAG_MISMATCH:
      throwDamaged(file_, "its elements do not close in order");
    default:
      throwDamaged(file_,
                   "its XML is damaged in line " +
                       std::to_string(XML_GetCurrentLineNumber(parser_.get())) + " (" +
                       XML_ErrorString(code) + ")");
    }
  }

  const Element& elementNamed(std::string_view name) const {
    const auto* const element = std::find_if(
        elements.begin(), elements.end(), [name](const Element& e) { return e.name == name; });
    const std::string_view parent = open_.empty() ? "" : open_.back()->name;
    const bool fits =
        element != elements.end() &&
        (parent == element->parents[0] || (parent == element->parents[1] && !parent.empty()));
    if (!fits) {
      throwDamaged(file_,
                   "it has an element " + inQuotes(name) +
                       (parent.empty() ? " as its root" : " in " + std::string(parent)));
    }
    return *element;
  }

  void start(std::string_view name, const Attributes& attributes) {
    open_.push_back(&elementNamed(name));
    text_.clear();
    if (name == "GIFTI") {
      statedArrays_ = attributes.number<std::size_t>("NumberOfDataArrays");
    } else if (name == "MD") {
      entry_ = {};
    } else if (name == "Label") {
      content_.labels.push_back(labelOf(attributes, file_));
    } else if (name == "DataArray") {
      storage_ = storageOf(attributes, file_);
      DataArray& array = content_.arrays.emplace_back();
      array.role = roleOf(attributes.text("Intent"));
      array.type = lowerCase(storage_.type.substr(storage_.type.rfind('_') + 1));
    } else if (name == "CoordinateSystemTransformMatrix") {
      content_.arrays.back().transforms.emplace_back();
    }
  }

  void end() {
    const std::string_view name = open_.back()->name;
    open_.pop_back();
    if (name == "Name") {
      entry_.first = trimmed(text_);
    } else if (name == "Value") {
      entry_.second = trimmed(text_);
    } else if (name == "MD") {
      const bool ofArray = open_.size() > 2; // in MetaData in DataArray in GIFTI
      Metadata& metadata = ofArray ? content_.arrays.back().metadata : content_.metadata;
      metadata.insert_or_assign(std::move(entry_.first), std::move(entry_.second));
    } else if (name == "Label") {
      content_.labels.back().name = trimmed(text_);
    } else if (name == "DataSpace") {
      content_.arrays.back().transforms.back().dataSpace = trimmed(text_);
    } else if (name == "TransformedSpace") {
      content_.arrays.back().transforms.back().transformedSpace = trimmed(text_);
    } else if (name == "MatrixData" && !trimmed(text_).empty()) {
      content_.arrays.back().transforms.back().matrix = matrixOf(text_, file_);
    } else if (name == "Data") {
      endData();
    } else if (name == "DataArray" && content_.arrays.back().values.empty()) {
      throwDamaged(file_, "an array has no Data element");
    }
  }

  void endData() {
    Array<double>& values = content_.arrays.back().values;
    if (!values.empty()) {
      throwDamaged(file_, "an array has two Data elements");
    }
    values = valuesOf(storage_, text_, file_);
  }

  const fs::path& file_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::exception_ptr failure_;
  XML_Index taken_ = 0; ///< bytes of text
  std::vector<const Element*> open_;
  std::string text_; ///< of the open element
  std::pair<std::string, std::string> entry_;
  Storage storage_; ///< of the open array
  std::optional<std::size_t> statedArrays_;
  Content content_;
};

/// Reads a text of about `about` bytes part by part: fill(memory, size) writes the next part, and
/// returns its size, 0 at the end.
template <class Fill> Content readAll(const fs::path& file, std::size_t about, Fill&& fill) {
  constexpr std::size_t leastPart = 1 << 12;
  constexpr std::size_t mostPart = 1 << 16; // stays in the cache
  const auto part = static_cast<int>(std::clamp(about, leastPart, mostPart));
  constexpr std::int64_t most = std::int64_t{1} << 31U;
  Reader reader(file, about);
  std::int64_t taken = 0;
  int size = 0;
  do {
    size = fill(reader.buffer(part), part);
    taken += size;
    if (taken > most) {
      throw Error(ErrorKind::unsupported,
                  file.string() + " unpacks to more than 2 GiB of text; save it in parts.");
    }
    reader.take(size);
  } while (size > 0);
  return reader.finish();
}

struct CloseGzip {
  void operator()(gzFile file) const { gzclose(file); }
};
using GzipFile = std::unique_ptr<gzFile_s, CloseGzip>;

} // namespace

bool recognizes(const fs::path& path) {
  std::error_code ignored;
  const GzipFile file(fs::is_regular_file(path, ignored) ? gzopen(path.c_str(), "rbe") : nullptr);
  std::array<char, 4096> start{};
  const int got = file ? gzread(file.get(), start.data(), start.size()) : 0;
  return got > 0 && std::string_view(start.data(), static_cast<std::size_t>(got)).find("<GIFTI") !=
                        std::string_view::npos;
}

Content read(const fs::path& path) {
  const GzipFile file(gzopen(path.c_str(), "rbe"));
  if (!file) {
    throw Error(ErrorKind::file,
                "Opening " + path.string() + " failed; check that it exists and is readable.");
  }
  std::error_code failure;
  const std::uintmax_t present = fs::file_size(path, failure);
  constexpr std::uintmax_t mostAhead = std::uintmax_t{1} << 26U; // even for a sparse file
  const auto about = static_cast<std::size_t>(failure ? 0 : std::min(present, mostAhead));
  return readAll(path, about, [&](char* memory, int size) {
    const int got = gzread(file.get(), memory, static_cast<unsigned>(size));
    int code = Z_OK;
    gzerror(file.get(), &code);
    if (got < 0 || code != Z_OK) {
      throwDamaged(path, "its gzip stream is damaged or cut short");
    }
    return got;
  });
}

Content readText(std::string_view text, const fs::path& path) {
  return readAll(path, text.size(), [&text](char* memory, int size) {
    const std::size_t got = std::min(text.size(), static_cast<std::size_t>(size));
    std::memcpy(memory, text.data(), got);
    text.remove_prefix(got);
    return static_cast<int>(got);
  });
}

} // namespace cortograph::gifti
