#include "base/error.h"
#include "base/file_ending.h"
#include "base/pending_file.h"
#include "base/plain_file.h"
#include "brain/format.h"

#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 2> csvEndings{".csv", ".tsv"};

/// Splits a line at commas, or at tabs when it holds one. Quotes around a field are removed.
std::vector<std::string> fieldsOf(const std::string& line) {
  const char separator = line.find('\t') != std::string::npos ? '\t' : ',';
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char letter : line) {
    if (letter == '"') {
      quoted = !quoted;
    } else if (letter == separator && !quoted) {
      fields.emplace_back();
    } else if (letter != '\r') {
      fields.back() += letter;
    }
  }
  return fields;
}

/// Returns a field's number, NaN for an empty field or "NA"; nothing when it is no number.
std::optional<float> numberIn(std::string_view field) {
  while (!field.empty() && field.front() == ' ') {
    field.remove_prefix(1);
  }
  while (!field.empty() && field.back() == ' ') {
    field.remove_suffix(1);
  }
  if (field.empty() || field == "NA") {
    return std::numeric_limits<float>::quiet_NaN();
  }
  float number = 0;
  const auto [end, problem] = std::from_chars(field.data(), field.data() + field.size(), number);
  return problem == std::errc{} && end == field.data() + field.size() ? std::optional(number)
                                                                      : std::nullopt;
}

bool isHeader(const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    if (!numberIn(field)) {
      return true;
    }
  }
  return false;
}

bool recognizesCsv(const fs::path& file) {
  std::ifstream stream = openPlainFile(file);
  return stream && hasEnding(file, csvEndings);
}

/// Adds the numbers of a line. A column named "vertex" only counts the rows and is left out later.
void addRow(BrainFile& content,
            const std::vector<std::string>& fields,
            std::size_t line,
            const fs::path& file) {
  if (fields.size() != content.columns.size()) {
    throw Error(ErrorKind::format,
                file.string() + ", line " + std::to_string(line) + ": there are " +
                    std::to_string(fields.size()) + " fields, but " +
                    std::to_string(content.columns.size()) + " as in the first line are expected.");
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::optional<float> number = numberIn(fields[i]);
    if (!number) {
      throw Error(ErrorKind::format,
                  file.string() + ", line " + std::to_string(line) + ": " + inQuotes(fields[i]) +
                      " is not a number; give a table with one row of numbers per vertex.");
    }
    content.columns[i].values.push_back(*number);
  }
}

BrainFile readCsv(const fs::path& file) {
  std::ifstream stream = openPlainFile(file);
  if (!stream) {
    throw Error(ErrorKind::file, "The file " + file.string() + " can't be read.");
  }
  BrainFile content{.type = "text"};
  std::size_t line = 0;
  for (std::string text; std::getline(stream, text);) {
    ++line;
    if (text.empty() || text == "\r") {
      continue;
    }
    const std::vector<std::string> fields = fieldsOf(text);
    if (content.columns.empty()) {
      content.columns.resize(fields.size());
      if (isHeader(fields)) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
          content.columns[i].name = fields[i];
        }
        continue;
      }
    }
    addRow(content, fields, line, file);
  }
  std::erase_if(content.columns, [](const FileColumn& column) { return column.name == "vertex"; });
  if (content.columns.empty() || content.columns.front().values.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " holds no rows of numbers; give a table with one row per vertex.");
  }
  content.shape = {content.columns.front().values.size(), content.columns.size()};
  return content;
}

/// Writes both sides, left before right, with a header; absent values are empty fields.
void writeCsv(const fs::path& file, const VertexData& data, std::optional<Side> /*side*/) {
  PendingFile pending(file);
  {
    std::ofstream out(pending.temporary());
    out.precision(std::numeric_limits<float>::max_digits10);
    out << "vertex";
    for (const VertexColumn& column : data.columns) {
      out << ",\"" << column.name << '"';
    }
    out << '\n';
    for (const Side side : bothSides) {
      for (std::size_t vertex = 0; vertex < data.mesh.of(side); ++vertex) {
        out << vertex;
        for (std::size_t column = 0; column < data.columns.size(); ++column) {
          out << ',';
          if (const float value = data.of(side, column).at(vertex); !std::isnan(value)) {
            out << value;
          }
        }
        out << '\n';
      }
    }
    if (!out.flush()) {
      throw Error(ErrorKind::file,
                  "Writing " + file.string() +
                      " failed; free some space or choose another folder.");
    }
  }
  pending.commit();
}

} // namespace

namespace formats {

const Format& csv();

const Format& csv() {
  static const Format format{
      .name = "csv",
      .title = "Tables of vertex data",
      .endings = {csvEndings.begin(), csvEndings.end()},
      .specification = "one row per vertex, one column of numbers each; a header names the columns",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesCsv,
      .read = &readCsv,
      .write = &writeCsv,
      .writtenEndings = {".csv"},
      .writesBothSides = true,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
