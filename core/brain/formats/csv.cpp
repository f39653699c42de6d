#include "base/error.h"
#include "base/file_ending.h"
#include "base/gzip.h"
#include "brain/format.h"
#include "brain/formats/text_file.h"

#include <algorithm>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 2> csvEndings{".csv", ".tsv"};

char separatorOf(const fs::path& file) {
  return hasEnding(file, ".tsv") ? '\t' : ',';
}

/// Takes the text before the next line feed, which is skipped.
std::string_view takeRow(std::string_view& text) {
  std::string_view row = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(row.size() + 1, text.size()));
  if (row.ends_with('\r')) {
    row.remove_suffix(1);
  }
  return row;
}

/// Splits a row into its fields, without white space and quotes around them.
std::vector<std::string_view> fieldsOf(std::string_view row, char separator) {
  std::vector<std::string_view> fields;
  for (bool more = true; more;) {
    const std::size_t quoted = row.starts_with('"') ? row.find('"', 1) : 0;
    const std::size_t end = row.find(separator, std::min(quoted, row.size()));
    more = end != std::string_view::npos;
    std::string_view field = trimmed(row.substr(0, end));
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    fields.push_back(field);
    row.remove_prefix(more ? end + 1 : row.size());
  }
  return fields;
}

/// Reads a number; NaN for a missing one.
std::optional<float> valueIn(std::string_view field) {
  const bool isMissing = field.empty() || field == "NA" || field == "n/a" || field == "NaN";
  return isMissing ? std::numeric_limits<float>::quiet_NaN() : numberIn<float>(field);
}

bool areNumbers(const std::vector<std::string_view>& fields) {
  return std::ranges::all_of(fields,
                             [](std::string_view field) { return valueIn(field).has_value(); });
}

void appendRow(const std::vector<std::string_view>& fields,
               std::size_t line,
               BrainFile& result,
               const fs::path& file) {
  const auto refuse = [&](const std::string& found) {
    throw Error(ErrorKind::format,
                file.string() + " holds " + found + " in line " + std::to_string(line) + ", but " +
                    std::to_string(result.columns.size()) +
                    " numbers are expected there, one for each column; save it as comma-separated "
                    "values with one row per vertex.");
  };
  if (fields.size() != result.columns.size()) {
    refuse(std::to_string(fields.size()) + " fields");
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::optional<float> value = valueIn(fields[i]);
    if (!value) {
      refuse(inQuotes(fields[i]));
    }
    result.columns[i].values.push_back(*value);
  }
}

/// Returns the text without the mark of UTF-8 that some programs put in front.
std::string_view withoutMark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

BrainFile readCsv(const fs::path& file) {
  const SharedBytes mapped = mapFile(file);
  std::string_view text = withoutMark(textfile::textOf(mapped));
  const char separator = separatorOf(file);
  BrainFile result{.type = "text"};
  const auto first = fieldsOf(takeRow(text), separator);
  const bool hasNames = !areNumbers(first);
  for (const std::string_view name : first) {
    result.columns.push_back({.name = hasNames ? std::string(name) : std::string()});
  }
  if (!hasNames) {
    appendRow(first, 1, result, file);
  }
  for (std::size_t line = 2; !text.empty(); ++line) {
    const std::string_view row = takeRow(text);
    if (!row.empty() || !text.empty()) { // a blank line at the end is none
      appendRow(fieldsOf(row, separator), line, result, file);
    }
  }
  result.shape = {result.columns.front().values.size(), result.columns.size()};
  return result;
}

/// Returns whether the second line of a file with such an ending holds numbers.
bool recognizesCsv(const fs::path& file) {
  if (!hasEnding(file, csvEndings)) {
    return false;
  }
  const std::string start = firstBytes(file, std::size_t{1} << 16U);
  std::string_view text = start;
  (void)takeRow(text);
  const std::string_view second = takeRow(text);
  return !second.empty() && start.find('\0') == std::string::npos &&
         areNumbers(fieldsOf(second, separatorOf(file)));
}

} // namespace

namespace formats {

const Format& csv();

const Format& csv() {
  static const Format format{
      .name = "csv",
      .title = "Tables of vertex data",
      .endings = {csvEndings.begin(), csvEndings.end()},
      .specification = "https://www.rfc-editor.org/rfc/rfc4180",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesCsv,
      .read = &readCsv,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
