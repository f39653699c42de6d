#pragma once

#include "core/brain/nifti_bytes.h"

#include <numeric>

/// CIFTI-2 files written by hand, so that each can be wrong in one place.
namespace cortograph::test {

struct CiftiFields {
  bool bigEndian = false;
  int intent = 3006;
  std::string version = "2";
  std::string doctype{};
  std::string maps{};       ///< the whole element of dimension 0
  std::string brain{};      ///< what is in the element of dimension 1
  std::int64_t columns = 2; ///< of the matrix; they are fastest
  std::int64_t rows = 9;
  std::vector<double> values{}; ///< empty: 0, 1, 2, …
};

inline std::string brainModel(const std::string& structure,
                              int offset,
                              const std::string& vertices,
                              int count,
                              std::int64_t surface) {
  return "<BrainModel IndexOffset=\"" + std::to_string(offset) + "\" IndexCount=\"" +
         std::to_string(count) +
         "\" ModelType=\"CIFTI_MODEL_TYPE_SURFACE\" BrainStructure=\"CIFTI_STRUCTURE_" + structure +
         "\" SurfaceNumberOfVertices=\"" + std::to_string(surface) + "\"><VertexIndices>" +
         vertices + "</VertexIndices></BrainModel>";
}

inline std::string voxelModel(const std::string& structure, int offset, int count) {
  return "<BrainModel IndexOffset=\"" + std::to_string(offset) + "\" IndexCount=\"" +
         std::to_string(count) +
         "\" ModelType=\"CIFTI_MODEL_TYPE_VOXELS\" BrainStructure=\"CIFTI_STRUCTURE_" + structure +
         "\"><VoxelIndicesIJK>1 1 1\n1 2 1</VoxelIndicesIJK></BrainModel>";
}

inline std::string
mapsElement(const std::string& type, const std::string& attributes, const std::string& inside) {
  return "<MatrixIndicesMap AppliesToMatrixDimension=\"0\" "
         "IndicesMapToDataType=\"CIFTI_INDEX_TYPE_" +
         type + "\"" + attributes + ">" + inside + "</MatrixIndicesMap>";
}

inline std::string
seriesMap(int points, double start, double step, int exponent, const std::string& unit) {
  return mapsElement("SERIES",
                     " NumberOfSeriesPoints=\"" + std::to_string(points) + "\" SeriesExponent=\"" +
                         std::to_string(exponent) + "\" SeriesStart=\"" + std::to_string(start) +
                         "\" SeriesStep=\"" + std::to_string(step) + "\" SeriesUnit=\"" + unit +
                         "\"",
                     "");
}

/// Two maps whose tables give the key 2 different names.
inline std::string labelMaps() {
  const auto label = [](int key, const std::string& color, const std::string& name) {
    return "<Label Key=\"" + std::to_string(key) + "\" " + color + ">" + name + "</Label>";
  };
  const std::string first = label(1, R"(Red="1" Green="0" Blue="0" Alpha="1")", "V1");
  return mapsElement("LABELS",
                     "",
                     "<NamedMap><MapName>early</MapName><LabelTable>" + first +
                         label(2, R"(Red="0" Green="1" Blue="0" Alpha="1")", "V2") +
                         "</LabelTable></NamedMap><NamedMap><MapName>late</"
                         "MapName><MetaData><MD><Name>a</Name><Value>b"
                         "</Value></MD></MetaData><LabelTable>" +
                         first + label(2, R"(Red="0" Green="0" Blue="1" Alpha="0.5")", "MT") +
                         "</LabelTable></NamedMap>");
}

/// Three parcels: vertices 0 and 1 of the left side, which has 3; 2 of the left, 1 and 2 of the
/// right; voxels.
inline std::string parcelMap() {
  const auto surface = [](const std::string& side) {
    return "<Surface BrainStructure=\"CIFTI_STRUCTURE_CORTEX_" + side +
           "\" SurfaceNumberOfVertices=\"3\"/>";
  };
  const auto vertices = [](const std::string& side, const std::string& list) {
    return "<Vertices BrainStructure=\"CIFTI_STRUCTURE_CORTEX_" + side + "\">" + list +
           "</Vertices>";
  };
  return surface("LEFT") + surface("RIGHT") + "<Parcel Name=\"one\">" + vertices("LEFT", "0 1") +
         "</Parcel><Parcel Name=\"two\">" + vertices("LEFT", "2") + vertices("RIGHT", "1 2") +
         "</Parcel><Parcel Name=\"deep\"><VoxelIndicesIJK>1 1 1</VoxelIndicesIJK></Parcel>";
}

/// Two maps on 4 of 6 vertices of the left side, 3 of 6 of the right one, and two voxels.
inline CiftiFields denseScalars() {
  CiftiFields fields;
  fields.maps =
      mapsElement("SCALARS",
                  "",
                  "<NamedMap><MapName>a</MapName></NamedMap><NamedMap><MapName>b</MapName>"
                  "</NamedMap>");
  fields.brain = brainModel("CORTEX_LEFT", 0, "0 2 3 5", 4, 6) +
                 brainModel("CORTEX_RIGHT", 4, "1 2 4", 3, 6) +
                 "<Volume VolumeDimensions=\"3,3,3\"><TransformationMatrixVoxelIndicesIJKtoXYZ "
                 "MeterExponent=\"-3\">1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1"
                 "</TransformationMatrixVoxelIndicesIJKtoXYZ></Volume>" +
                 voxelModel("THALAMUS_LEFT", 7, 2);
  return fields;
}

inline std::string ciftiFile(const CiftiFields& fields) {
  const std::string type =
      fields.brain.find("<Parcel") != std::string::npos ? "PARCELS" : "BRAIN_MODELS";
  const std::string xml =
      fields.doctype + "<CIFTI Version=\"" + fields.version + "\"><Matrix><MetaData/>" +
      fields.maps +
      "<MatrixIndicesMap AppliesToMatrixDimension=\"1\" IndicesMapToDataType=\"CIFTI_INDEX_TYPE_" +
      type + "\">" + fields.brain + "</MatrixIndicesMap></Matrix></CIFTI>";
  std::vector<double> values = fields.values;
  if (values.empty()) {
    values.resize(static_cast<std::size_t>(fields.columns * fields.rows));
    std::iota(values.begin(), values.end(), 0);
  }
  return niftiFile({.version = 2,
                    .bigEndian = fields.bigEndian,
                    .dim = {1, 1, 1, 1, fields.columns, fields.rows},
                    .intent_code = fields.intent,
                    .extension = xml},
                   storedAll<float>(values, fields.bigEndian));
}

} // namespace cortograph::test
