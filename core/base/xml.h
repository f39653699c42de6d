#pragma once

#include "base/error.h"
#include "base/text.h"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cortograph {

/// An element of an XML format, with the elements that may contain it; "" is the document.
struct XmlElement {
  std::string_view name;
  std::array<std::string_view, 2> parents;
  bool hasText = false;
};

/// The attributes of an element, valid while XmlHandler::start() runs.
class XmlAttributes {
public:
  /// Takes a list as expat makes it: name, value, …, null.
  explicit XmlAttributes(const char** list) : list_(list) {}

  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// Returns an attribute's text; empty when there is none.
  [[nodiscard]] std::string_view text(std::string_view name) const {
    return find(name).value_or(std::string_view());
  }
  /// Returns an attribute that is a number and nothing else.
  template <class Number> [[nodiscard]] std::optional<Number> number(std::string_view name) const {
    return numberIn<Number>(text(name));
  }

private:
  const char** list_;
};

/// Receives the elements of a text in their order. What its functions throw ends the reading.
class XmlHandler {
public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view element, const XmlAttributes& attributes) = 0;
  /// Receives the text that an element with text held, which may be moved away; empty for others.
  virtual void end(std::string_view element, std::string& text) = 0;
  /// Returns the Error{format} that names the file and its damage: "it is cut short".
  [[nodiscard]] virtual Error damage(const std::string& what) const = 0;
  [[noreturn]] void refuse(const std::string& what) const { throw damage(what); }

protected:
  XmlHandler() = default;
  XmlHandler(const XmlHandler&) = default;
  XmlHandler& operator=(const XmlHandler&) = default;
};

/// Reads an XML text of about `about` bytes part by part: fill(part) writes its next bytes and
/// returns their number, 0 at the end. Refuses elements that are not in the table or elsewhere than
/// it says, entities, a tag of more than 1 MiB, and a text of more than 2 GiB. Cost: 100 MB a
/// second. Throws what the handler throws, and std::bad_alloc.
void readXml(std::span<const XmlElement> elements,
             XmlHandler& handler,
             std::size_t about,
             const std::function<std::size_t(std::span<char>)>& fill);
/// Reads a text in memory in the same way.
void readXml(std::span<const XmlElement> elements, XmlHandler& handler, std::string_view text);

} // namespace cortograph
