#include "subject/z_scale.h"

#include "base/enum_words.h"
#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace cortograph {

namespace {

constexpr EnumWords words{
    std::to_array<EnumWord<Standardization>>({{Standardization::none, "none"},
                                              {Standardization::session, "session"},
                                              {Standardization::whole, "whole"}})};

Array<float> columnsOf(const Array<float>& values, std::span<const std::size_t> columns) {
  Array<float> chosen({values.rows(), columns.size()});
  for (std::size_t row = 0; row < chosen.rows(); ++row) {
    std::ranges::transform(columns,
                           chosen.row(row).begin(),
                           [from = values.row(row)](std::size_t n) { return from[n]; });
  }
  return chosen;
}

} // namespace

std::string_view toString(Standardization standardization) noexcept {
  return words.of(standardization);
}

std::optional<Standardization> standardizationNamed(std::string_view word) noexcept {
  return words.named(word);
}

void ZScale::apply(std::int32_t session, std::span<float> row) const {
  const std::size_t at = rowOfSession.empty() ? 0 : rowOfSession.at(session);
  const std::span<const float> means = mean.row(at);
  const std::span<const float> deviations = deviation.row(at);
  for (std::size_t n = 0; n < row.size(); ++n) {
    row[n] = deviations[n] == 0 ? std::numeric_limits<float>::quiet_NaN()
                                : (row[n] - means[n]) / deviations[n];
  }
}

ZScale ZScale::ofVertices(std::span<const std::size_t> columns) const {
  return {rowOfSession, columnsOf(mean, columns), columnsOf(deviation, columns)};
}

void ZScaleSums::add(std::int32_t session, std::span<const float> row) {
  Sums& sums = ofSession_[session];
  if (sums.trials++ == 0) {
    sums.first.assign(row.begin(), row.end());
    sums.sum.resize(vertices_);
    sums.square.resize(vertices_);
  }
  for (std::size_t n = 0; n < vertices_; ++n) {
    const double difference = static_cast<double>(row[n]) - sums.first[n];
    sums.sum[n] += difference;
    sums.square[n] += difference * difference;
  }
}

ZScale ZScaleSums::values() const {
  ZScale scale{{},
               Array<float>({ofSession_.size(), vertices_}),
               Array<float>({ofSession_.size(), vertices_})};
  for (const auto& [session, sums] : ofSession_) {
    if (sums.trials < 2) {
      throw Error(ErrorKind::mismatch,
                  "Session " + std::to_string(session) +
                      " has a single response, which can't be z-scored; standardise as a whole, or "
                      "give the session its right number.");
    }
    const std::size_t row = scale.rowOfSession.size();
    scale.rowOfSession.emplace(session, row);
    const auto count = static_cast<double>(sums.trials);
    for (std::size_t n = 0; n < vertices_; ++n) {
      const double mean = sums.sum[n] / count;
      scale.mean.row(row)[n] = static_cast<float>(sums.first[n] + mean);
      scale.deviation.row(row)[n] =
          static_cast<float>(std::sqrt(std::max(0.0, sums.square[n] / count - mean * mean)));
    }
  }
  return scale;
}

} // namespace cortograph
