#include "base/error.h"

namespace cortograph {

Error::Error(ErrorKind kind, std::string sentence)
    : kind_(kind), sentence_(std::move(sentence)), line_(sentence_) {}

void Error::addContext(std::string doing) {
  context_.push_back(std::move(doing));
  line_ = sentence_;
  const char* joint = " (while ";
  for (const std::string& step : context_) {
    line_ += joint + step;
    joint = ", while ";
  }
  line_ += ")";
}

Error outOfMemory(std::string doing) {
  Error error(ErrorKind::memory,
              "There is not enough memory for this; close other maps or use a smaller input.");
  if (!doing.empty()) {
    error.addContext(std::move(doing));
  }
  return error;
}

const char* toString(ErrorKind kind) noexcept {
  switch (kind) {
  case ErrorKind::file:
    return "file";
  case ErrorKind::format:
    return "format";
  case ErrorKind::mismatch:
    return "mismatch";
  case ErrorKind::notFound:
    return "not found";
  case ErrorKind::unsupported:
    return "unsupported";
  case ErrorKind::memory:
    return "memory";
  case ErrorKind::canceled:
    return "cancelled";
  case ErrorKind::internal:
    return "internal";
  }
  return "internal";
}

std::string inQuotes(std::string_view name) {
  constexpr std::size_t longest = 100;
  std::string text = "\"";
  for (const char letter : name.substr(0, longest)) {
    text += letter >= ' ' && letter <= '~' ? letter : '?';
  }
  return text + (name.size() > longest ? "…\"" : "\"");
}

} // namespace cortograph
