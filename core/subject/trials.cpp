#include "subject/trials.h"

#include "base/error.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cortograph {

Trials::Trials(std::vector<ResponseBlock> sides) {
  for (const ResponseBlock& side : sides) {
    if (side.trials != sides.front().trials) {
      throw Error(ErrorKind::mismatch,
                  "The left responses are to " + std::to_string(sides.front().trials) +
                      " images and the right ones to " + std::to_string(side.trials) +
                      "; both must be to the same images.");
    }
    size_ = side.trials;
    vertices_ += side.columns;
  }
  runs_.push_back({.sides = std::move(sides)});
}

void Trials::append(const Trials& later) {
  if (runs_.empty()) {
    *this = later;
    return;
  }
  if (later.vertices_ != vertices_) {
    throw Error(ErrorKind::mismatch,
                "The earlier responses are of " + std::to_string(vertices_) +
                    " vertices and the later ones of " + std::to_string(later.vertices_) +
                    "; give the responses of one person on one mesh.");
  }
  for (Run run : later.runs_) {
    run.first += size_;
    runs_.push_back(std::move(run));
  }
  const bool known = sessions_.size() == size_ && later.sessions_.size() == later.size_;
  size_ += later.size_;
  if (known) {
    sessions_.insert(sessions_.end(), later.sessions_.begin(), later.sessions_.end());
  } else {
    sessions_.clear();
  }
}

void Trials::setSessions(std::vector<std::int32_t> sessions) {
  if (sessions.size() != size_) {
    throw Error(ErrorKind::mismatch,
                "There are " + std::to_string(sessions.size()) + " numbers of sessions, but " +
                    std::to_string(size_) + " responses; give one number for each.");
  }
  sessions_ = std::move(sessions);
}

void Trials::copy(std::size_t trial,
                  std::span<const std::size_t> chosen,
                  std::span<float> out) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), trial, [](std::size_t t, const Run& run) {
        return t < run.first;
      });
  const Run& run = *std::prev(after);
  const std::size_t row = trial - run.first;
  if (chosen.empty()) {
    float* target = out.data();
    for (const ResponseBlock& side : run.sides) {
      for (std::size_t column = 0; column < side.columns; ++column) {
        *target++ = side.at(row, column);
      }
    }
    return;
  }
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::size_t column = chosen[i];
    const ResponseBlock* side = run.sides.data();
    while (column >= side->columns) {
      column -= side->columns;
      ++side;
    }
    out[i] = side->at(row, column);
  }
}

} // namespace cortograph
