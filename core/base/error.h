#pragma once

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

enum class ErrorKind { file, format, mismatch, notFound, unsupported, memory, canceled, internal };

/// The one exception of the project: a sentence for the user that says what was found, what was
/// expected and the way out, and the chain of "while reading X" it gathered on its way up.
class Error : public std::exception {
public:
  Error(ErrorKind kind, std::string sentence);

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& sentence() const noexcept { return sentence_; }
  /// Innermost first: {"while reading pial_left.gii", "while opening subject subj01"}.
  [[nodiscard]] const std::vector<std::string>& context() const noexcept { return context_; }
  /// The sentence, then the context, in one line.
  [[nodiscard]] const char* what() const noexcept override { return line_.c_str(); }

  void addContext(std::string doing);

private:
  ErrorKind kind_;
  std::string sentence_;
  std::vector<std::string> context_;
  std::string line_;
};

[[nodiscard]] const char* toString(ErrorKind kind) noexcept;

/// A name found in a file, as an error shows it: in quotes, short, in plain characters.
[[nodiscard]] std::string inQuotes(std::string_view name);

/// What std::bad_alloc says to the user; `doing` is its context when not empty.
[[nodiscard]] Error outOfMemory(std::string doing = {});

/// Runs `work`; an Error that leaves it carries "while <doing>", std::bad_alloc becomes
/// ErrorKind::memory.
template <class Work>
auto inContext(std::string doing, Work&& work) -> decltype(std::forward<Work>(work)()) {
  try {
    return std::forward<Work>(work)();
  } catch (Error& error) {
    error.addContext(std::move(doing));
    throw;
  } catch (const std::bad_alloc&) {
    throw outOfMemory(std::move(doing));
  }
}

} // namespace cortograph
