#include "brain/formats/cifti_xml.h"

#include "base/text.h"
#include "base/xml.h"
#include "brain/formats/gifti_content.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cortograph::cifti {

namespace fs = std::filesystem;

namespace {

constexpr auto elements = std::to_array<XmlElement>({
    {"CIFTI", {""}},
    {"Matrix", {"CIFTI"}},
    {"MetaData", {"Matrix", "NamedMap"}},
    {"MD", {"MetaData"}},
    {"Name", {"MD"}},
    {"Value", {"MD"}},
    {"MatrixIndicesMap", {"Matrix"}},
    {"NamedMap", {"MatrixIndicesMap"}},
    {"MapName", {"NamedMap"}, true},
    {"LabelTable", {"NamedMap"}},
    {"Label", {"LabelTable"}, true},
    {"Surface", {"MatrixIndicesMap"}},
    {"Parcel", {"MatrixIndicesMap"}},
    {"Vertices", {"Parcel"}, true},
    {"BrainModel", {"MatrixIndicesMap"}},
    {"VertexIndices", {"BrainModel"}, true},
    {"VoxelIndicesIJK", {"BrainModel", "Parcel"}},
    {"Volume", {"MatrixIndicesMap"}},
    {"TransformationMatrixVoxelIndicesIJKtoXYZ", {"Volume"}},
});

constexpr auto kinds = std::to_array<std::pair<std::string_view, DimensionKind>>({
    {"CIFTI_INDEX_TYPE_BRAIN_MODELS", DimensionKind::brainModels},
    {"CIFTI_INDEX_TYPE_PARCELS", DimensionKind::parcels},
    {"CIFTI_INDEX_TYPE_SCALARS", DimensionKind::scalars},
    {"CIFTI_INDEX_TYPE_LABELS", DimensionKind::labels},
    {"CIFTI_INDEX_TYPE_SERIES", DimensionKind::series},
});

class Reader final : public XmlHandler {
public:
  explicit Reader(const fs::path& file) : file_(file) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "CIFTI") {
      requireVersion(attributes);
    } else if (name == "MatrixIndicesMap") {
      startDimension(attributes);
    } else if (name == "NamedMap") {
      dimension_.maps.emplace_back();
    } else if (name == "Label") {
      const gifti::Label label = gifti::labelOf(attributes, *this);
      VertexLabel& added = dimension_.maps.back().labels.emplace_back();
      added.key = label.key;
      added.color = label.color.value_or(added.color);
    } else if (name == "Surface") {
      setVertices(structureOf(attributes), count(attributes, "SurfaceNumberOfVertices"));
    } else if (name == "Parcel") {
      dimension_.parcels.emplace_back().name = attributes.text("Name");
    } else if (name == "Vertices") {
      structure_ = structureOf(attributes);
    } else if (name == "BrainModel") {
      startModel(attributes);
    } else if (name == "VoxelIndicesIJK" && !dimension_.parcels.empty()) {
      dimension_.parcels.back().hasOther = true;
    }
  }

  void end(std::string_view name, std::string& text) override {
    if (name == "MapName") {
      dimension_.maps.back().name = trimmed(text);
    } else if (name == "Label") {
      dimension_.maps.back().labels.back().name = trimmed(text);
    } else if (name == "Vertices") {
      parcels_.push_back({dimension_.parcels.size() - 1, structure_, numbersOf(text)});
    } else if (name == "VertexIndices") {
      dimension_.models.back().vertices = numbersOf(text);
    } else if (name == "MatrixIndicesMap") {
      endDimension();
    }
  }

  [[nodiscard]] Error damage(const std::string& what) const override {
    return cifti::damage(file_, what);
  }

  std::vector<Dimension> finish() {
    std::vector<Dimension> result;
    for (std::optional<Dimension>& dimension : dimensions_) {
      if (!dimension) {
        refuse("its XML describes some of its dimensions only");
      }
      result.push_back(std::move(*dimension));
    }
    if (result.empty()) {
      refuse("its XML describes no dimension of its matrix");
    }
    return result;
  }

private:
  /// The vertices that an element lists for a parcel.
  struct ParcelVertices {
    std::size_t parcel;
    std::string structure;
    std::vector<std::int32_t> vertices;
  };

  void requireVersion(const XmlAttributes& attributes) const {
    const double version = attributes.number<double>("Version").value_or(0);
    if (!(version >= 2 && version < 3)) {
      throw Error(ErrorKind::unsupported,
                  file_.string() + " is of CIFTI's version " +
                      inQuotes(attributes.text("Version")) +
                      ", but version 2 is expected; convert it by wb_command -file-convert "
                      "-cifti-version-convert.");
    }
  }

  std::size_t count(const XmlAttributes& attributes, const char* name) const {
    const auto number = attributes.number<std::uint32_t>(name);
    if (!number || *number > mostVertices) {
      refuse(std::string("the attribute ") + name + " is " + inQuotes(attributes.text(name)) +
             ", but a number of up to 16 million is expected");
    }
    return *number;
  }

  std::string structureOf(const XmlAttributes& attributes) const {
    constexpr std::string_view prefix = "CIFTI_STRUCTURE_";
    const std::string_view name = attributes.text("BrainStructure");
    if (!name.starts_with(prefix)) {
      refuse("a structure is named " + inQuotes(name) + ", which is not one of CIFTI's");
    }
    return std::string(name.substr(prefix.size()));
  }

  void setVertices(const std::string& structure, std::size_t vertices) {
    const auto side = cortexSide(structure);
    if (!side) {
      return;
    }
    if (vertices == 0 || dimension_.vertices.at(*side) != 0) {
      refuse("it describes " + structure + (vertices == 0 ? " without vertices" : " twice"));
    }
    dimension_.vertices.at(*side) = vertices;
  }

  std::vector<std::int32_t> numbersOf(std::string_view text) const {
    std::vector<std::int32_t> numbers;
    numbers.reserve(text.size() / 4);
    for (auto word = takeWord(text); !word.empty(); word = takeWord(text)) {
      const auto number = numberIn<std::int32_t>(word);
      if (!number || *number < 0) {
        refuse("a list of vertices holds " + inQuotes(word) + ", but vertex numbers are expected");
      }
      numbers.push_back(*number);
    }
    return numbers;
  }

  void startDimension(const XmlAttributes& attributes) {
    const std::string_view type = attributes.text("IndicesMapToDataType");
    const auto* const kind =
        std::ranges::find(kinds, type, &std::pair<std::string_view, DimensionKind>::first);
    if (kind == kinds.end()) {
      refuse("a dimension is of type " + inQuotes(type) + ", which is not one of CIFTI-2's");
    }
    dimension_ = {};
    dimension_.kind = kind->second;
    parcels_.clear();
    constexpr int mostDimensions = 3;
    const auto applies = numbersIn(attributes.text("AppliesToMatrixDimension"));
    if (!applies || std::ranges::max(*applies) >= mostDimensions) {
      refuse("it does not say to which dimensions a description applies");
    }
    applies_ = *applies;
    if (dimension_.kind == DimensionKind::series) {
      startSeries(attributes);
    }
  }

  void startSeries(const XmlAttributes& attributes) {
    const auto exponent = attributes.number<int>("SeriesExponent");
    const auto start = attributes.number<double>("SeriesStart");
    const auto step = attributes.number<double>("SeriesStep");
    const double scale = std::pow(10.0, exponent.value_or(0));
    if (!exponent || !start || !step || !std::isfinite(*start * scale) ||
        !std::isfinite(*step * scale)) {
      refuse("the start, step or exponent of its series is missing or not a number");
    }
    dimension_.series = {.count = count(attributes, "NumberOfSeriesPoints"),
                         .start = *start * scale,
                         .step = *step * scale,
                         .unit = std::string(attributes.text("SeriesUnit"))};
  }

  void startModel(const XmlAttributes& attributes) {
    BrainModel& model = dimension_.models.emplace_back();
    model.structure = structureOf(attributes);
    model.offset = count(attributes, "IndexOffset");
    model.count = count(attributes, "IndexCount");
    model.isSurface = attributes.text("ModelType") == "CIFTI_MODEL_TYPE_SURFACE";
    if (model.isSurface) {
      model.surface = count(attributes, "SurfaceNumberOfVertices");
      setVertices(model.structure, model.surface);
    }
  }

  void requireBelow(const std::vector<std::int32_t>& vertices,
                    std::size_t surface,
                    const std::string& structure) const {
    const auto beyond = std::ranges::find_if(
        vertices, [surface](std::int32_t v) { return static_cast<std::size_t>(v) >= surface; });
    if (beyond != vertices.end()) {
      refuse("it lists vertex " + std::to_string(*beyond) + " of " + structure + ", which has " +
             std::to_string(surface) + " vertices");
    }
  }

  void endModels() {
    std::ranges::sort(dimension_.models, {}, &BrainModel::offset);
    for (const BrainModel& model : dimension_.models) {
      if (model.offset != dimension_.size) {
        refuse("its brain models overlap or leave gaps at index " + std::to_string(model.offset));
      }
      if (model.isSurface && model.vertices.size() != model.count) {
        refuse(model.structure + " lists " + std::to_string(model.vertices.size()) +
               " vertices for " + std::to_string(model.count) + " indices");
      }
      requireBelow(model.vertices, model.surface, model.structure);
      dimension_.size += model.count;
    }
  }

  void endParcels() {
    dimension_.size = dimension_.parcels.size();
    for (ParcelVertices& list : parcels_) {
      Parcel& parcel = dimension_.parcels[list.parcel];
      const auto side = cortexSide(list.structure);
      if (!side) {
        parcel.hasOther = true;
        continue;
      }
      requireBelow(list.vertices, dimension_.vertices.at(*side), list.structure);
      std::vector<std::int32_t>& all = parcel.vertices.at(*side);
      all.insert(all.end(), list.vertices.begin(), list.vertices.end());
    }
  }

  void endDimension() {
    switch (dimension_.kind) {
    case DimensionKind::brainModels:
      endModels();
      break;
    case DimensionKind::parcels:
      endParcels();
      break;
    case DimensionKind::scalars:
    case DimensionKind::labels:
      dimension_.size = dimension_.maps.size();
      break;
    case DimensionKind::series:
      dimension_.size = dimension_.series.count;
      break;
    }
    for (const int at : applies_) {
      const auto place = static_cast<std::size_t>(at);
      dimensions_.resize(std::max(dimensions_.size(), place + 1));
      if (dimensions_[place]) {
        refuse("it describes dimension " + std::to_string(at) + " twice");
      }
      dimensions_[place] = dimension_;
    }
  }

  const fs::path& file_;
  std::vector<std::optional<Dimension>> dimensions_;
  Dimension dimension_;      ///< of the open MatrixIndicesMap
  std::vector<int> applies_; ///< the dimensions that it describes
  std::vector<ParcelVertices> parcels_;
  std::string structure_; ///< of the open Vertices
};

} // namespace

std::optional<std::size_t> cortexSide(std::string_view structure) noexcept {
  return structure == "CORTEX_LEFT"    ? std::optional<std::size_t>(0)
         : structure == "CORTEX_RIGHT" ? std::optional<std::size_t>(1)
                                       : std::nullopt;
}

std::vector<Dimension> dimensionsOf(std::string_view xml, const fs::path& file) {
  Reader reader(file);
  readXml(elements, reader, xml);
  return reader.finish();
}

Error damage(const fs::path& file, const std::string& what) {
  return Error(ErrorKind::format,
               file.string() + " is not a valid CIFTI file: " + what + "; write or copy it again.");
}

} // namespace cortograph::cifti
