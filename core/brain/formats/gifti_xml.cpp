#include "brain/formats/gifti_xml.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

namespace cortograph::gifti {

namespace fs = std::filesystem;

namespace {

/// Every element and the elements it may stand in; "" is the document.
struct ElementRule {
  std::string_view name;
  std::array<std::string_view, 2> parents;
};
constexpr auto rules = std::to_array<ElementRule>({
    {"GIFTI", {""}},
    {"MetaData", {"GIFTI", "DataArray"}},
    {"MD", {"MetaData"}},
    {"Name", {"MD"}},
    {"Value", {"MD"}},
    {"LabelTable", {"GIFTI"}},
    {"Label", {"LabelTable"}},
    {"DataArray", {"GIFTI"}},
    {"CoordinateSystemTransformMatrix", {"DataArray"}},
    {"DataSpace", {"CoordinateSystemTransformMatrix"}},
    {"TransformedSpace", {"CoordinateSystemTransformMatrix"}},
    {"MatrixData", {"CoordinateSystemTransformMatrix"}},
    {"Data", {"DataArray"}},
});

struct XmlAttribute {
  std::string_view name;
  std::string_view value;
};

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isNumber(std::string_view text) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size();
}

std::optional<std::size_t> wholeNumber(std::string_view text) {
  std::size_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

class Scanner {
public:
  Scanner(std::string_view text, const fs::path& file) : text_(text), file_(file) {}

  Document run() {
    if (text_.find('\0') != std::string_view::npos) {
      throwDamaged(file_, "it holds zero bytes");
    }
    while (at_ < text_.size()) {
      const std::size_t tag = std::min(text_.find('<', at_), text_.size());
      at_ = tag;
      if (tag < text_.size()) {
        takeMarkup();
      }
    }
    if (!open_.empty() || !rootSeen_) {
      throwDamaged(file_, open_.empty() ? "it has no GIFTI element" : "it is cut short");
    }
    if (arrays_ != document_.payloads.size()) {
      throwDamaged(file_,
                   "it says that it has " + std::to_string(arrays_) + " arrays and has " +
                       std::to_string(document_.payloads.size()));
    }
    document_.head += text_.substr(copied_);
    return std::move(document_);
  }

private:
  void takeMarkup() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--")) {
      skipPast("-->");
    } else if (rest.starts_with("<![CDATA[")) {
      skipPast("]]>");
    } else if (rest.starts_with("<?")) {
      skipPast("?>");
    } else if (rest.starts_with("<!DOCTYPE")) {
      const std::size_t start = at_;
      skipPast(">");
      if (text_.substr(start, at_ - start).find('[') != std::string_view::npos) {
        throwDamaged(file_, "it declares entities of its own");
      }
    } else if (rest.starts_with("</")) {
      takeEndTag();
    } else {
      takeStartTag();
    }
  }

  void skipPast(std::string_view ending) {
    const std::size_t end = text_.find(ending, at_);
    if (end == std::string_view::npos) {
      throwDamaged(file_, "it is cut short");
    }
    at_ = end + ending.size();
  }

  void takeEndTag() {
    const std::size_t start = at_ + 2;
    skipPast(">");
    std::string_view name = text_.substr(start, at_ - start - 1);
    while (!name.empty() && isSpace(name.back())) {
      name.remove_suffix(1);
    }
    if (open_.empty() || open_.back() != name) {
      throwDamaged(file_, "its elements do not close in order");
    }
    open_.pop_back();
  }

  void takeStartTag() {
    const std::size_t nameStart = ++at_;
    while (at_ < text_.size() && !isSpace(text_[at_]) && text_[at_] != '>' && text_[at_] != '/') {
      ++at_;
    }
    const std::string_view name = text_.substr(nameStart, at_ - nameStart);
    checkPlace(name);
    attributes_.clear();
    const bool empty = takeAttributes();
    if (name == "Label") {
      checkLabel();
    } else if (name == "GIFTI") {
      takeArrayCount();
    } else if (name == "DataArray") {
      document_.payloads.emplace_back();
      dataSeen_ = false;
      takeStorage();
    } else if (name == "Data") {
      takeData(empty);
      return;
    }
    if (!empty) {
      open_.push_back(name);
    }
  }

  void checkPlace(std::string_view name) {
    const auto* const rule = std::find_if(std::begin(rules),
                                          std::end(rules),
                                          [name](const ElementRule& r) { return r.name == name; });
    const std::string_view parent = open_.empty() ? "" : open_.back();
    const bool known = rule != std::end(rules);
    if (!known || (parent != rule->parents[0] && (parent != rule->parents[1] || parent.empty()))) {
      constexpr std::size_t shown = 40;
      throwDamaged(file_,
                   "it has an element \"" + std::string(name.substr(0, shown)) +
                       (parent.empty() ? "\" as its root" : "\" in " + std::string(parent)));
    }
    if (parent.empty() && std::exchange(rootSeen_, true)) {
      throwDamaged(file_, "it has two roots");
    }
  }

  /// Up to the end of the tag; true when the element has no content.
  bool takeAttributes() {
    while (true) {
      skipSpace();
      if (peek() == '>') {
        ++at_;
        return false;
      }
      if (text_.substr(at_).starts_with("/>")) {
        at_ += 2;
        return true;
      }
      const std::size_t nameStart = at_;
      while (peek() != '=' && peek() != '>' && peek() != '<' && !isSpace(peek())) {
        ++at_;
      }
      const std::string_view name = text_.substr(nameStart, at_ - nameStart);
      skipSpace();
      expect('=');
      skipSpace();
      const char quote = peek();
      if (name.empty() || (quote != '"' && quote != '\'')) {
        throwDamaged(file_, "an attribute has no value in quotes");
      }
      const std::size_t valueStart = ++at_;
      at_ = std::min(text_.find(quote, at_), text_.size());
      attributes_.push_back({name, text_.substr(valueStart, at_ - valueStart)});
      expect(quote);
    }
  }

  void skipSpace() {
    while (at_ < text_.size() && isSpace(text_[at_])) {
      ++at_;
    }
  }

  [[nodiscard]] char peek() const {
    if (at_ >= text_.size()) {
      throwDamaged(file_, "it is cut short");
    }
    return text_[at_];
  }

  void expect(char c) {
    if (peek() != c) {
      throwDamaged(file_, "an attribute has no value in quotes");
    }
    ++at_;
  }

  /// A key, and either all of a colour or none of it.
  void checkLabel() const {
    constexpr std::array<std::string_view, 4> colours{"Red", "Green", "Blue", "Alpha"};
    std::size_t keys = 0;
    std::size_t colourParts = 0;
    for (const XmlAttribute& attribute : attributes_) {
      if (attribute.name == "Key" || attribute.name == "Index") {
        ++keys;
      } else if (std::find(std::begin(colours), std::end(colours), attribute.name) !=
                 std::end(colours)) {
        ++colourParts;
      } else {
        throwDamaged(file_, "a label has an unknown attribute");
      }
      if (!isNumber(attribute.value)) {
        throwDamaged(file_, "a label's key or colour is no number");
      }
    }
    if (keys == 0 || (colourParts != 0 && colourParts != std::size(colours))) {
      throwDamaged(file_, "a label lacks its key or a part of its colour");
    }
  }

  void takeArrayCount() {
    for (const XmlAttribute& attribute : attributes_) {
      if (attribute.name == "NumberOfDataArrays") {
        arrays_ = wholeNumber(attribute.value).value_or(0);
      }
    }
  }

  /// The name of an external file leaves the head: the library would look in the working folder.
  void takeStorage() {
    Payload& payload = document_.payloads.back();
    Extents extents{};
    std::size_t axes = 0;
    for (const XmlAttribute& attribute : attributes_) { // in the order of the text
      const bool isExtent = attribute.name.size() == 4 && attribute.name.starts_with("Dim") &&
                            attribute.name[3] >= '0' && attribute.name[3] <= '5';
      if (attribute.name == "Encoding") {
        payload.encoding = attribute.value;
      } else if (attribute.name == "Endian") {
        payload.byteOrder = attribute.value;
      } else if (attribute.name == "ExternalFileName") {
        payload.externalFile = attribute.value;
        cutFromHead(attribute.value);
      } else if (isExtent || attribute.name == "Dimensionality") {
        std::size_t& number =
            isExtent ? extents.at(static_cast<std::size_t>(attribute.name[3] - '0')) : axes;
        number = wholeNumber(attribute.value).value_or(0);
        cutFromHead(attribute.value);
        document_.head += '1';
      }
    }
    payload.shape = shapeFrom(extents, axes);
  }

  using Extents = std::array<std::size_t, 6>;

  [[nodiscard]] ArrayShape shapeFrom(const Extents& extents, std::size_t axes) const {
    std::size_t left = std::size_t{1} << 28U;
    for (std::size_t axis = 0; axis < std::min(axes, extents.size()); ++axis) {
      left = extents.at(axis) == 0 ? 0 : left / extents.at(axis);
    }
    if (axes < 1 || axes > extents.size() || left == 0) {
      throwDamaged(file_, "the extents of an array are missing, zero or beyond 268 million values");
    }
    return {extents.begin(), extents.begin() + static_cast<std::ptrdiff_t>(axes)};
  }

  void takeData(bool empty) {
    if (std::exchange(dataSeen_, true)) {
      throwDamaged(file_, "an array has two Data elements");
    }
    if (empty) {
      return;
    }
    const std::size_t start = at_;
    at_ = text_.find('<', at_);
    if (at_ == std::string_view::npos || !text_.substr(at_).starts_with("</Data")) {
      throwDamaged(file_, "a Data element is cut short or holds other elements");
    }
    document_.payloads.back().data = text_.substr(start, at_ - start);
    cutFromHead(document_.payloads.back().data);
    open_.emplace_back("Data");
  }

  void cutFromHead(std::string_view part) {
    const auto start = static_cast<std::size_t>(part.data() - text_.data());
    document_.head += text_.substr(copied_, start - copied_);
    copied_ = start + part.size();
  }

  std::string_view text_;
  const fs::path& file_;
  Document document_;
  std::size_t at_ = 0;
  std::size_t copied_ = 0; ///< text before this is in the head
  std::vector<std::string_view> open_;
  std::vector<XmlAttribute> attributes_;
  std::size_t arrays_ = 0; ///< as the root says
  bool rootSeen_ = false;
  bool dataSeen_ = false;
};

} // namespace

Document takeApart(std::string_view text, const fs::path& file) {
  return Scanner(text, file).run();
}

void throwDamaged(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is no sound GIFTI file: " + what + "; write or copy it anew.");
}

} // namespace cortograph::gifti
