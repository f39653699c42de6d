#pragma once

#include "base/error.h"

#include <functional>
#include <optional>

namespace cortograph {

/// The outcome of a job: its value, or the Error that stopped it.
template <class Value> struct Outcome {
  std::optional<Value> value;
  std::optional<Error> error;
};

/// Returns the exception being handled as an Error. Call it only in a catch block.
[[nodiscard]] Error currentError();

/// Runs `work`, and turns every exception that it throws into an Error.
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
