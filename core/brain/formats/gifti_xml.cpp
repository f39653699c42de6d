#include "brain/formats/gifti_xml.h"

#include "base/error.h"
#include "base/log.h"

#include <expat.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

namespace cortograph::gifti {

namespace fs = std::filesystem;

namespace {

using Attributes = std::map<std::string_view, std::string_view>;

Attributes attributesOf(const XML_Char** pairs) {
  Attributes attributes;
  for (; pairs[0] != nullptr; pairs += 2) {
    attributes[pairs[0]] = pairs[1];
  }
  return attributes;
}

std::string textIn(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : std::string(found->second);
}

template <class Number> std::optional<Number> numberFrom(std::string_view text) {
  Number number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

std::string trimmed(const std::string& text) {
  constexpr const char* spaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(spaces);
  return first == std::string::npos ? ""
                                    : text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

/// Builds the document from expat's events. Exceptions may not pass through expat, so the first
/// fault is kept and stops the parser.
class Builder {
public:
  explicit Builder(XML_Parser parser) : parser_(parser) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, &onStart, &onEnd);
    XML_SetCharacterDataHandler(parser, &onText);
    XML_SetStartDoctypeDeclHandler(parser, &onDoctype);
  }

  [[nodiscard]] const std::string& fault() const { return fault_; }
  [[nodiscard]] bool isGifti() const { return rootSeen_; }
  [[nodiscard]] std::optional<std::size_t> promisedArrays() const { return promised_; }
  [[nodiscard]] Document take() { return std::move(document_); }

private:
  static Builder& self(void* user) { return *static_cast<Builder*>(user); }

  static void onStart(void* user, const XML_Char* name, const XML_Char** attributes) {
    self(user).start(name, attributesOf(attributes));
  }
  static void onEnd(void* user, const XML_Char* /*name*/) { self(user).end(); }
  static void onText(void* user, const XML_Char* text, int size) {
    self(user).addText({text, static_cast<std::size_t>(size)});
  }
  static void onDoctype(void* user,
                        const XML_Char* /*name*/,
                        const XML_Char* /*system*/,
                        const XML_Char* /*publicId*/,
                        int hasInternalSubset) {
    if (hasInternalSubset != 0) {
      self(user).fail("it declares entities of its own");
    }
  }

  void fail(std::string what) {
    if (fault_.empty()) {
      fault_ = std::move(what);
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  [[nodiscard]] std::string_view parent() const {
    return open_.empty() ? std::string_view() : std::string_view(open_.back());
  }

  void start(std::string_view name, const Attributes& attributes) {
    if (open_.empty()) {
      startRoot(name, attributes);
    } else if (name == "DataArray" && parent() == "GIFTI") {
      startArray(attributes);
    } else if (name == "Label" && parent() == "LabelTable") {
      startLabel(attributes);
    } else if (name == "Data" && parent() == "DataArray") {
      if (std::exchange(dataSeen_, true)) {
        fail("an array has two Data elements");
      }
    } else if (name == "MD") {
      key_.clear();
      value_.clear();
    }
    open_.emplace_back(name);
  }

  void startRoot(std::string_view name, const Attributes& attributes) {
    if (name != "GIFTI") {
      constexpr std::size_t shown = 40;
      fail("it has an element \"" + std::string(name.substr(0, shown)) + "\" as its root");
      return;
    }
    rootSeen_ = true;
    promised_ = numberFrom<std::size_t>(textIn(attributes, "NumberOfDataArrays"));
  }

  void startArray(const Attributes& attributes) {
    dataSeen_ = false;
    Payload& array = document_.arrays.emplace_back();
    array.intent = textIn(attributes, "Intent");
    array.dataType = textIn(attributes, "DataType");
    array.encoding = textIn(attributes, "Encoding");
    array.byteOrder = textIn(attributes, "Endian");
    array.externalFile = textIn(attributes, "ExternalFileName");
    array.externalOffset =
        numberFrom<std::int64_t>(textIn(attributes, "ExternalFileOffset")).value_or(0);
    const std::string order = textIn(attributes, "ArrayIndexingOrder");
    array.columnMajor = order == "ColumnMajorOrder" || order == "GIFTI_IND_ORD_COL_MAJOR";
    constexpr std::size_t mostAxes = 6;
    std::size_t left = std::size_t{1} << 28U; // values
    const auto axes = numberFrom<std::size_t>(textIn(attributes, "Dimensionality")).value_or(0);
    for (std::size_t axis = 0; axis < std::min(axes, mostAxes); ++axis) {
      array.shape.push_back(
          numberFrom<std::size_t>(textIn(attributes, "Dim" + std::to_string(axis))).value_or(0));
      left = array.shape.back() == 0 ? 0 : left / array.shape.back();
    }
    if (axes < 1 || axes > mostAxes || left == 0) {
      fail("the extents of an array are missing, zero or beyond 268 million values");
    }
  }

  void startLabel(const Attributes& attributes) {
    Label& label = document_.labels.emplace_back();
    const auto key = numberFrom<int>(
        textIn(attributes, attributes.contains("Key") ? "Key" : "Index")); // Index: old files
    if (!key) {
      fail("a label has no key that is a whole number");
      return;
    }
    label.key = *key;
    std::array<float, 4> rgba{};
    std::size_t parts = 0;
    for (const char* part : {"Red", "Green", "Blue", "Alpha"}) {
      const auto value = numberFrom<float>(textIn(attributes, part));
      if (attributes.contains(part) && !value) {
        fail("a label's colour is no number");
        return;
      }
      rgba.at(parts) = value.value_or(0);
      parts += value ? 1 : 0;
      if (!value) {
        break;
      }
    }
    if (parts == rgba.size()) {
      label.rgba = rgba;
    }
  }

  void addText(std::string_view text) {
    const std::string_view at = parent();
    if (at == "Data" && !document_.arrays.empty()) {
      document_.arrays.back().data += text;
    } else if (at == "Label" && !document_.labels.empty()) {
      document_.labels.back().name += text;
    } else if (at == "Name") {
      key_ += text;
    } else if (at == "Value") {
      value_ += text;
    }
  }

  void end() {
    const std::string name = std::move(open_.back());
    open_.pop_back();
    if (name == "MD") {
      const bool ofArray = std::ranges::find(open_, "DataArray") != open_.end();
      Metadata& metadata = ofArray && !document_.arrays.empty() ? document_.arrays.back().metadata
                                                                : document_.metadata;
      metadata.emplace(trimmed(key_), trimmed(value_));
    }
  }

  XML_Parser parser_;
  Document document_;
  std::vector<std::string> open_; ///< names of the open elements
  std::string key_;               ///< of the metadata entry that is read
  std::string value_;
  std::string fault_;
  std::optional<std::size_t> promised_;
  bool rootSeen_ = false;
  bool dataSeen_ = false; ///< in the array that is read
};

} // namespace

Document parseDocument(std::string_view text, const fs::path& file) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr),
                                                                       &XML_ParserFree);
  if (!parser) {
    throw std::bad_alloc();
  }
  Builder builder(parser.get());
  constexpr std::size_t most = std::size_t{1} << 24U; // bytes that expat takes at once
  for (std::size_t first = 0; first == 0 || first < text.size(); first += most) {
    const std::string_view part = text.substr(first, most);
    const bool last = first + part.size() >= text.size();
    if (XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()), last ? 1 : 0) ==
        XML_STATUS_ERROR) {
      if (!builder.fault().empty()) {
        throwDamaged(file, builder.fault());
      }
      throwDamaged(file,
                   "its XML is damaged or cut short (" +
                       std::string(XML_ErrorString(XML_GetErrorCode(parser.get()))) + " at line " +
                       std::to_string(XML_GetCurrentLineNumber(parser.get())) + ")");
    }
  }
  Document document = builder.take();
  if (document.arrays.empty()) {
    throwDamaged(file, "it holds no data array");
  }
  if (const auto promised = builder.promisedArrays();
      promised && *promised != document.arrays.size()) {
    logWarning(file.string() + " says that it has " + std::to_string(*promised) +
               " arrays and has " + std::to_string(document.arrays.size()) + "; these are read.");
  }
  return document;
}

void throwDamaged(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is no sound GIFTI file: " + what + "; write or copy it anew.");
}

} // namespace cortograph::gifti
