#pragma once

#include "base/error.h"

#include <functional>
#include <optional>

namespace cortograph {

/// What a job ended with: its value, or the Error that stopped it.
template <class Value> struct Outcome {
  std::optional<Value> value;
  std::optional<Error> error;
};

/// The exception being handled as an Error. Call it in a catch block only.
[[nodiscard]] Error currentError();

/// Runs `work`; whatever leaves it becomes an Error.
template <class Value> [[nodiscard]] Outcome<Value> outcomeOf(const std::function<Value()>& work) {
  Outcome<Value> outcome;
  try {
    outcome.value.emplace(work());
  } catch (...) {
    outcome.error = currentError();
  }
  return outcome;
}

} // namespace cortograph
