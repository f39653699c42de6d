#pragma once

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

enum class ErrorKind { file, format, mismatch, notFound, unsupported, memory, canceled, internal };

/// The only exception type of the project. It holds a sentence for the user, which says what was
/// found, what was expected and the way out, and a context: what the callers were doing.
class Error : public std::exception {
public:
  Error(ErrorKind kind, std::string sentence);

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& sentence() const noexcept { return sentence_; }
  /// Returns what the callers were doing, innermost first: {"reading pial_left.gii", "opening
  /// subject subj01"}.
  [[nodiscard]] const std::vector<std::string>& context() const noexcept { return context_; }
  /// Returns the sentence and the context in one line.
  [[nodiscard]] const char* what() const noexcept override { return line_.c_str(); }

  void addContext(std::string doing);

private:
  ErrorKind kind_;
  std::string sentence_;
  std::vector<std::string> context_;
  std::string line_;
};

[[nodiscard]] const char* toString(ErrorKind kind) noexcept;

/// Returns a name from a file as an error shows it: in quotes, cut to 100 characters, in ASCII.
[[nodiscard]] std::string inQuotes(std::string_view name);

/// Returns the error that stands for std::bad_alloc; `doing` is its context when not empty.
[[nodiscard]] Error outOfMemory(std::string doing = {});

/// Runs `work`. Adds `doing` to the context of an Error that it throws, and turns std::bad_alloc
/// into Error{memory}.
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
