#include "brain/formats/gifti_content.h"

#include "base/error.h"
#include "base/gzip.h"
#include "base/log.h"
#include "base/text.h"
#include "base/xml.h"
#include "brain/formats/gifti_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cortograph::gifti {

namespace fs = std::filesystem;

namespace {

constexpr auto elements = std::to_array<XmlElement>({
    {"GIFTI", {""}},
    {"MetaData", {"GIFTI", "DataArray"}},
    {"MD", {"MetaData"}},
    {"Name", {"MD"}, true},
    {"Value", {"MD"}, true},
    {"LabelTable", {"GIFTI"}},
    {"Label", {"LabelTable"}, true},
    {"DataArray", {"GIFTI"}},
    {"CoordinateSystemTransformMatrix", {"DataArray"}},
    {"DataSpace", {"CoordinateSystemTransformMatrix"}, true},
    {"TransformedSpace", {"CoordinateSystemTransformMatrix"}, true},
    {"MatrixData", {"CoordinateSystemTransformMatrix"}, true},
    {"Data", {"DataArray"}, true},
});

Role roleOf(std::string_view intent) {
  return intent == "NIFTI_INTENT_POINTSET"      ? Role::points
         : intent == "NIFTI_INTENT_TRIANGLE"    ? Role::triangles
         : intent == "NIFTI_INTENT_LABEL"       ? Role::labels
         : intent == "NIFTI_INTENT_TIME_SERIES" ? Role::series
                                                : Role::values;
}

ArrayShape shapeOf(const XmlAttributes& attributes, const fs::path& file) {
  constexpr std::size_t mostAxes = 6;
  const std::size_t axes = attributes.number<std::size_t>("Dimensionality").value_or(0);
  ArrayShape shape;
  std::size_t left = axes <= mostAxes ? mostValues : 0;
  for (std::size_t axis = 0; axis < axes && left > 0; ++axis) {
    shape.push_back(attributes.number<std::size_t>("Dim" + std::to_string(axis)).value_or(0));
    left = shape.back() == 0 ? 0 : left / shape.back();
  }
  if (axes == 0 || left == 0) {
    throwDamaged(file, "the extents of an array are missing, zero, or exceed 268 million values");
  }
  return shape;
}

Storage storageOf(const XmlAttributes& attributes, const fs::path& file) {
  Storage storage;
  storage.type = attributes.text("DataType");
  storage.shape = shapeOf(attributes, file);
  storage.indexing = attributes.text("ArrayIndexingOrder");
  storage.encoding = attributes.text("Encoding");
  storage.byteOrder = attributes.text("Endian");
  storage.externalFile = attributes.text("ExternalFileName");
  const std::string_view offset = trimmed(attributes.text("ExternalFileOffset"));
  const auto number = offset.empty() ? 0 : numberIn<std::uint64_t>(offset);
  if (!number) {
    throwDamaged(file, "the offset of an array's external values is not a whole number");
  }
  storage.externalOffset = *number;
  return storage;
}

std::array<double, 16> matrixOf(std::string_view text, const fs::path& file) {
  std::array<double, 16> matrix{};
  std::size_t count = 0;
  for (auto word = takeWord(text); !word.empty(); word = takeWord(text)) {
    const auto number = numberIn<double>(word);
    if (!number || count == matrix.size()) {
      count = matrix.size() + 1;
      break;
    }
    matrix.at(count++) = *number;
  }
  if (count != matrix.size()) {
    throwDamaged(file, "a coordinate transform is not 16 numbers");
  }
  return matrix;
}

std::string valueOf(const Metadata& metadata, const char* key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : found->second;
}

std::optional<Side> sideOf(const Metadata& metadata) {
  const std::string structure = valueOf(metadata, "AnatomicalStructurePrimary");
  if (structure.find("Left") != std::string::npos) {
    return Side::left;
  }
  return structure.find("Right") != std::string::npos ? std::optional(Side::right) : std::nullopt;
}

/// Builds the content from the elements of the text.
class Reader final : public XmlHandler {
public:
  explicit Reader(const fs::path& file) : file_(file) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "GIFTI") {
      statedArrays_ = attributes.number<std::size_t>("NumberOfDataArrays");
    } else if (name == "MD") {
      entry_ = {};
    } else if (name == "Label") {
      content_.labels.push_back(labelOf(attributes, *this));
    } else if (name == "DataArray") {
      inArray_ = true;
      storage_ = storageOf(attributes, file_);
      DataArray& array = content_.arrays.emplace_back();
      array.role = roleOf(attributes.text("Intent"));
      array.type = lowerCase(storage_.type.substr(storage_.type.rfind('_') + 1));
    } else if (name == "CoordinateSystemTransformMatrix") {
      content_.arrays.back().transforms.emplace_back();
    }
  }

  void end(std::string_view name, std::string& text) override {
    if (name == "Name") {
      entry_.first = trimmed(text);
    } else if (name == "Value") {
      entry_.second = trimmed(text);
    } else if (name == "MD") {
      Metadata& metadata = inArray_ ? content_.arrays.back().metadata : content_.metadata;
      metadata.insert_or_assign(std::move(entry_.first), std::move(entry_.second));
    } else if (name == "Label") {
      content_.labels.back().name = trimmed(text);
    } else if (name == "DataSpace") {
      content_.arrays.back().transforms.back().dataSpace = trimmed(text);
    } else if (name == "TransformedSpace") {
      content_.arrays.back().transforms.back().transformedSpace = trimmed(text);
    } else if (name == "MatrixData" && !trimmed(text).empty()) {
      content_.arrays.back().transforms.back().matrix = matrixOf(text, file_);
    } else if (name == "Data") {
      endData(text);
    } else if (name == "DataArray") {
      endArray();
    }
  }

  [[nodiscard]] Error damage(const std::string& what) const override {
    return gifti::damage(file_, what);
  }

  Content finish() {
    if (content_.arrays.empty()) {
      throwDamaged(file_, "it holds no data array");
    }
    if (statedArrays_ != content_.arrays.size()) {
      logWarning(file_.string() + " states " +
                 (statedArrays_ ? std::to_string(*statedArrays_) : "an unknown number of") +
                 " data arrays, but has " + std::to_string(content_.arrays.size()) +
                 "; all of these are read.");
    }
    content_.side = sideOf(content_.metadata);
    content_.subject = valueOf(content_.metadata, "SubjectID");
    for (DataArray& array : content_.arrays) {
      array.name = valueOf(array.metadata, "Name");
      if (!content_.side) {
        content_.side = sideOf(array.metadata);
      }
      if (content_.subject.empty()) {
        content_.subject = valueOf(array.metadata, "SubjectID");
      }
    }
    return std::move(content_);
  }

private:
  void endData(std::string& text) {
    Array<double>& values = content_.arrays.back().values;
    if (!values.empty()) {
      throwDamaged(file_, "an array has two Data elements");
    }
    values = valuesOf(storage_, text, file_);
  }

  void endArray() {
    inArray_ = false;
    if (content_.arrays.back().values.empty()) {
      throwDamaged(file_, "an array has no Data element");
    }
  }

  const fs::path& file_;
  bool inArray_ = false;
  std::pair<std::string, std::string> entry_;
  Storage storage_; ///< of the open array
  std::optional<std::size_t> statedArrays_;
  Content content_;
};

} // namespace

Label labelOf(const XmlAttributes& attributes, const XmlHandler& handler) {
  const auto key = attributes.number<int>(attributes.find("Key") ? "Key" : "Index");
  if (!key) {
    handler.refuse("the key of a label is missing or not a whole number");
  }
  Label label{*key, {}, std::nullopt};
  constexpr std::array<std::string_view, 4> parts{"Red", "Green", "Blue", "Alpha"};
  if (std::none_of(parts.begin(), parts.end(), [&attributes](std::string_view part) {
        return attributes.find(part).has_value();
      })) {
    return label;
  }
  std::array<float, 4> color{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool isOpaque = i == 3 && !attributes.find(parts.at(i));
    const auto number = isOpaque ? 1.0F : attributes.number<float>(parts.at(i));
    if (!number || !std::isfinite(*number)) {
      handler.refuse("a part of a label's color is missing or not a number");
    }
    color.at(i) = *number;
  }
  label.color = color;
  return label;
}

bool recognizes(const fs::path& path) {
  return firstBytes(path, 4096).find("<GIFTI") != std::string::npos;
}

Content read(const fs::path& path) {
  constexpr std::uint64_t mostAhead = std::uint64_t{1} << 26U; // even for a sparse file
  UnpackedFile file(path);
  Reader reader(path);
  readXml(elements,
          reader,
          static_cast<std::size_t>(std::min(file.mostBytes(), mostAhead)),
          [&](std::span<char> part) { return file.read(std::as_writable_bytes(part)); });
  return reader.finish();
}

Content readText(std::string_view text, const fs::path& path) {
  Reader reader(path);
  readXml(elements, reader, text);
  return reader.finish();
}

} // namespace cortograph::gifti
