#include "subject/noise_ceiling.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/npy.h"
#include "base/plain_file.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>

namespace cortograph {

namespace {

/// Reads the number in a field, NaN for an empty field; nothing for any other text.
std::optional<float> valueIn(std::string field) {
  std::erase_if(field, [](char c) { return c == ' ' || c == '\r'; });
  if (field.empty()) {
    return std::nanf("");
  }
  const std::optional<float> value =
      numberIn<float>(std::string_view(field).substr(field.starts_with('+') ? 1 : 0));
  return value && std::isinf(*value) ? std::nullopt : value;
}

std::vector<std::string> fieldsOf(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line.substr(0, line.find('\r')));
  for (std::string field; std::getline(stream, field, ',');) {
    fields.push_back(std::move(field));
  }
  return fields;
}

/// Returns the index of the column to read in a file whose first line is `head`.
std::size_t columnIn(const std::filesystem::path& file,
                     const std::vector<std::string>& head,
                     const std::string& column) {
  const auto found = std::find(head.begin(), head.end(), column);
  if (found != head.end() || head.size() == 1) {
    return found == head.end() ? 0 : static_cast<std::size_t>(found - head.begin());
  }
  throw Error(ErrorKind::format,
              file.string() + " has " + std::to_string(head.size()) +
                  " columns, but its first line names none of them " + column +
                  "; name one so, or give a file of one column.");
}

std::vector<float> readCsv(const std::filesystem::path& file, const std::string& column) {
  std::ifstream stream = openPlainFile(file);
  std::string line;
  if (!stream || !std::getline(stream, line)) {
    throw Error(ErrorKind::file,
                file.string() + " can't be read or is empty; give one number per vertex.");
  }
  const std::vector<std::string> head = fieldsOf(line);
  const std::size_t at = head.empty() ? 0 : columnIn(file, head, column);
  std::vector<float> values;
  if (head.size() == 1 && valueIn(head[0])) {
    values.push_back(*valueIn(head[0]));
  }
  for (std::size_t row = 2; std::getline(stream, line); ++row) {
    const std::vector<std::string> fields = fieldsOf(line);
    const std::optional<float> number = valueIn(at < fields.size() ? fields[at] : "");
    if (!number) {
      throw Error(ErrorKind::format,
                  "Line " + std::to_string(row) + " of " + file.string() + " has \"" + fields[at] +
                      "\", but a number is expected.");
    }
    values.push_back(*number);
  }
  return values;
}

std::vector<float> readNumPy(const std::filesystem::path& file) {
  const NpyFile npy(file);
  if (npy.shape().size() != 1) {
    throw Error(ErrorKind::mismatch,
                file.string() + " is " + toString(npy.shape()) +
                    ", but one value per vertex is expected.");
  }
  return npy.read<float>().values;
}

int countIn(std::string_view part, const std::string& whole) {
  constexpr int most = 1'000'000;
  const int number = numberIn<int>(part).value_or(0);
  if (number < 1 || number > most) {
    throw Error(ErrorKind::format,
                "\"" + whole + "\" is not a number of repeats; give 3, or 3x515,2x200 for 515 " +
                    "images shown three times and 200 shown twice.");
  }
  return number;
}

} // namespace

std::vector<Repeats> parseRepeats(const std::string& text) {
  std::vector<Repeats> repeats;
  for (const std::string& part : fieldsOf(text)) {
    const std::size_t cross = part.find('x');
    repeats.push_back({.times = countIn(std::string_view(part).substr(0, cross), text),
                       .images = cross == std::string::npos
                                     ? 1
                                     : countIn(std::string_view(part).substr(cross + 1), text)});
  }
  if (repeats.empty()) {
    (void)countIn("", text);
  }
  return repeats;
}

std::vector<Repeats> repeatsIn(const Responses& responses) {
  std::map<std::size_t, int> imagesShown;
  for (std::size_t image = 0; image < responses.images(); ++image) {
    ++imagesShown[responses.trialsOf(image)];
  }
  std::vector<Repeats> repeats;
  for (const auto& [times, images] : imagesShown) {
    repeats.push_back({.times = static_cast<int>(times), .images = images});
  }
  return repeats;
}

std::vector<float> ceilingFromSnr(const std::vector<float>& snr,
                                  const std::vector<Repeats>& repeats) {
  double images = 0;
  double inverse = 0;
  for (const Repeats& some : repeats) {
    images += some.images;
    inverse += static_cast<double>(some.images) / some.times;
  }
  const double noise = inverse / images;
  std::vector<float> ceiling;
  ceiling.reserve(snr.size());
  for (const double ratio : snr) {
    ceiling.push_back(static_cast<float>(ratio * ratio / (ratio * ratio + noise)));
  }
  return ceiling;
}

std::vector<float> readVertexValues(const std::filesystem::path& file, const std::string& column) {
  return inContext("reading " + file.string(), [&] {
    if (!std::filesystem::exists(file)) {
      throw Error(ErrorKind::notFound, "There is no file " + file.string() + "; check its path.");
    }
    return hasEnding(file, ".csv") ? readCsv(file, column) : readNumPy(file);
  });
}

} // namespace cortograph
