#include "base/xml.h"

#include <expat.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <vector>

namespace cortograph {

namespace {

/// Passes the elements that expat finds to the handler.
class Reader {
public:
  /// `about` is the approximate size of the text.
  Reader(std::span<const XmlElement> elements, XmlHandler& handler, std::size_t about)
      : elements_(elements), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
    text_.reserve(about);
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
  [[nodiscard]] std::span<char> buffer(std::size_t size) {
    void* const memory = XML_GetBuffer(parser_.get(), static_cast<int>(size));
    if (memory == nullptr) {
      throw std::bad_alloc();
    }
    return {static_cast<char*>(memory), size};
  }

  /// Parses so many bytes of the buffer; 0 ends the text.
  void take(std::size_t size) {
    constexpr XML_Index longestTag = 1 << 20;
    taken_ += static_cast<XML_Index>(size);
    const XML_Status status =
        XML_ParseBuffer(parser_.get(), static_cast<int>(size), size == 0 ? 1 : 0);
    if (failure_) {
      std::rethrow_exception(failure_);
    }
    if (status != XML_STATUS_OK) {
      refuseXml();
    }
    // Expat parses an unfinished tag from its beginning again with every part of the text.
    if (taken_ - XML_GetCurrentByteIndex(parser_.get()) > longestTag) {
      handler_.refuse("it has a tag or comment of more than 1 MiB");
    }
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
    handle(self, [&](Reader& reader) {
      reader.open_.push_back(&reader.elementNamed(name));
      reader.text_.clear();
      reader.handler_.start(name, XmlAttributes(attributes));
    });
  }
  static void onEnd(void* self, const char* /*name*/) {
    handle(self, [](Reader& reader) {
      const std::string_view name = reader.open_.back()->name;
      reader.open_.pop_back();
      reader.handler_.end(name, reader.text_);
      reader.text_.clear();
    });
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
    handle(self, [](Reader& reader) { reader.handler_.refuse("it declares entities of its own"); });
  }
  static void onSkippedEntity(void* self, const char* name, int /*isParameter*/) {
    handle(self, [&](Reader& reader) {
      reader.handler_.refuse("it uses the unknown entity " + inQuotes(name));
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
      handler_.refuse("it is cut short");
    case XML_ERROR_TAG_MISMATCH:
      handler_.refuse("its elements do not close in order");
    default:
      handler_.refuse("its XML is damaged in line " +
                      std::to_string(XML_GetCurrentLineNumber(parser_.get())) + " (" +
                      XML_ErrorString(code) + ")");
    }
  }

  const XmlElement& elementNamed(std::string_view name) const {
    const auto element = std::ranges::find(elements_, name, &XmlElement::name);
    const std::string_view parent = open_.empty() ? "" : open_.back()->name;
    const bool fits =
        element != elements_.end() &&
        (parent == element->parents[0] || (parent == element->parents[1] && !parent.empty()));
    if (!fits) {
      handler_.refuse("it has an element " + inQuotes(name) +
                      (parent.empty() ? " as its root" : " in " + std::string(parent)));
    }
    return *element;
  }

  std::span<const XmlElement> elements_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::exception_ptr failure_;
  XML_Index taken_ = 0; ///< bytes of text
  std::vector<const XmlElement*> open_;
  std::string text_; ///< of the open element
};

} // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (name == *at) {
      return at[1];
    }
  }
  return std::nullopt;
}

void readXml(std::span<const XmlElement> elements,
             XmlHandler& handler,
             std::size_t about,
             const std::function<std::size_t(std::span<char>)>& fill) {
  constexpr std::size_t leastPart = 1 << 12;
  constexpr std::size_t mostPart = 1 << 16; // stays in the cache
  constexpr std::uint64_t most = std::uint64_t{1} << 31U;
  const std::size_t part = std::clamp(about, leastPart, mostPart);
  Reader reader(elements, handler, about);
  std::uint64_t taken = 0;
  std::size_t size = 0;
  do {
    size = fill(reader.buffer(part));
    taken += size;
    if (taken > most) {
      handler.refuse("it unpacks to more than 2 GiB of text");
    }
    reader.take(size);
  } while (size > 0);
}

void readXml(std::span<const XmlElement> elements, XmlHandler& handler, std::string_view text) {
  readXml(elements, handler, text.size(), [&text](std::span<char> part) {
    const std::size_t got = std::min(text.size(), part.size());
    std::memcpy(part.data(), text.data(), got);
    text.remove_prefix(got);
    return got;
  });
}

} // namespace cortograph
