#include "brain/gifti_write.h"

#include "base/error.h"
#include "base/pending_file.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>

// gifti_io.h has no extern "C" of its own.
extern "C" {
#include <gifti_io.h>
}

namespace cortograph {

namespace {

struct FreeImage {
  void operator()(gifti_image* image) const { gifti_free_image(image); }
};
using Image = std::unique_ptr<gifti_image, FreeImage>;

/// Makes an image with empty arrays.
Image emptyImage(int arrays) {
  const std::array<int, 6> dims{1}; // fill() sets the real ones
  Image image(gifti_create_image(
      arrays, NIFTI_INTENT_NONE, NIFTI_TYPE_FLOAT32, 1, dims.data(), /*alloc_data=*/0));
  if (!image || image->numDA != arrays) {
    throw std::bad_alloc();
  }
  return image;
}

/// Copies the values into the array; the image frees them.
void fill(giiDataArray& array, const void* values, std::size_t rows, int columns) {
  array.num_dim = columns == 1 ? 1 : 2;
  array.dims[0] = static_cast<int>(rows);
  array.dims[1] = columns == 1 ? 0 : columns;
  array.nvals = static_cast<long long>(rows) * columns;
  array.encoding = GIFTI_ENCODING_B64GZ;
  array.endian = gifti_get_this_endian();
  array.ind_ord = GIFTI_IND_ORD_ROW_MAJOR;
  gifti_datatype_sizes(array.datatype, &array.nbyper, nullptr);
  const auto bytes = static_cast<std::size_t>(array.nvals) * static_cast<std::size_t>(array.nbyper);
  array.data = std::malloc(bytes);
  if (array.data == nullptr) {
    throw std::bad_alloc();
  }
  std::memcpy(array.data, values, bytes);
}

void note(giiDataArray& array, const char* key, const std::string& value) {
  gifti_add_to_meta(&array.meta, key, value.c_str(), 1);
}

const char* structureOf(Side side) {
  return side == Side::left ? "CortexLeft" : "CortexRight";
}

/// Copies one value per vertex into the array.
void fillColumn(giiDataArray& array, const std::vector<float>& values, VertexDataKind kind) {
  if (kind == VertexDataKind::labels) {
    std::vector<std::int32_t> keys(values.size());
    std::ranges::transform(values, keys.begin(), [](float key) {
      return std::isnan(key) ? 0 : static_cast<std::int32_t>(key);
    });
    array.intent = NIFTI_INTENT_LABEL;
    array.datatype = NIFTI_TYPE_INT32;
    fill(array, keys.data(), keys.size(), 1);
    return;
  }
  array.intent = kind == VertexDataKind::time ? NIFTI_INTENT_TIME_SERIES : NIFTI_INTENT_SHAPE;
  array.datatype = NIFTI_TYPE_FLOAT32;
  fill(array, values.data(), values.size(), 1);
}

/// Allocates as C does; the image frees it.
template <class Value> Value* allocated(std::size_t count) {
  auto* values = static_cast<Value*>(std::calloc(count, sizeof(Value)));
  if (values == nullptr) {
    throw std::bad_alloc();
  }
  return values;
}

/// Sets the image's table of labels.
void addLabels(gifti_image& image, const std::vector<VertexLabel>& labels) {
  if (labels.empty()) {
    return;
  }
  giiLabelTable& table = image.labeltable;
  table.key = allocated<int>(labels.size());
  table.label = allocated<char*>(labels.size());
  table.rgba = allocated<float>(labels.size() * 4);
  table.length = static_cast<int>(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    table.key[i] = labels[i].key;
    table.label[i] = gifti_strdup(labels[i].name.c_str());
    std::ranges::copy(labels[i].color, table.rgba + i * 4);
  }
}

/// Returns whether a file was written to its end: the library does not notice a full disk.
bool isComplete(const std::filesystem::path& file) {
  constexpr std::string_view end = "</GIFTI>";
  constexpr std::streamoff tail = 32;
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = stream.tellg();
  stream.seekg(std::max<std::streamoff>(0, size - tail));
  const std::string last{std::istreambuf_iterator<char>(stream), {}};
  return last.find(end) != std::string::npos;
}

/// Returns the mutex that is held while the library writes, because its verbosity is a global.
std::mutex& libraryMutex() {
  static std::mutex mutex;
  return mutex;
}

void write(const Image& image, const std::filesystem::path& file) {
  inContext("writing " + file.string(), [&] {
    PendingFile pending(file);
    const std::lock_guard lock(libraryMutex());
    gifti_set_verb(0);
    if (gifti_write_image(image.get(), pending.temporary().c_str(), /*write_data=*/1) != 0 ||
        !isComplete(pending.temporary())) {
      throw Error(ErrorKind::file,
                  file.string() + " could not be written; check that the disk is not full.");
    }
    pending.commit();
  });
}

} // namespace

void writeSurface(const std::filesystem::path& file,
                  const Surface& surface,
                  Side side,
                  Shape shape,
                  const std::string& subject) {
  const Image image = emptyImage(2);
  giiDataArray& points = *image->darray[0];
  giiDataArray& triangles = *image->darray[1];
  points.intent = NIFTI_INTENT_POINTSET;
  points.datatype = NIFTI_TYPE_FLOAT32;
  fill(points, surface.verticesRas.data(), surface.verticesRas.size(), 3);
  triangles.intent = NIFTI_INTENT_TRIANGLE;
  triangles.datatype = NIFTI_TYPE_INT32;
  fill(triangles, surface.triangles.data(), surface.triangles.size(), 3);
  note(points, "AnatomicalStructurePrimary", structureOf(side));
  if (!subject.empty()) {
    note(points, "SubjectID", subject);
  }
  const bool anatomical = shape == Shape::pial || shape == Shape::white;
  if (anatomical) {
    note(points, "AnatomicalStructureSecondary", shape == Shape::pial ? "Pial" : "GrayWhite");
  }
  note(points,
       "GeometricType",
       anatomical                 ? "Anatomical"
       : shape == Shape::inflated ? "Inflated"
       : shape == Shape::sphere   ? "Spherical"
                                  : "Flat");
  note(triangles, "TopologicalType", shape == Shape::flat ? "Cut" : "Closed");
  write(image, file);
}

void writeVertexData(const std::filesystem::path& file,
                     const std::vector<float>& values,
                     Side side,
                     const std::string& name) {
  const Image image = emptyImage(1);
  fillColumn(*image->darray[0], values, VertexDataKind::numbers);
  note(*image->darray[0], "AnatomicalStructurePrimary", structureOf(side));
  note(*image->darray[0], "Name", name);
  write(image, file);
}

void writeVertexData(const std::filesystem::path& file, const VertexData& data, Side side) {
  if (data.columns.empty() || data.of(side).empty()) {
    throw Error(ErrorKind::mismatch,
                "The data " + data.name + " have no " + std::string(toString(side)) +
                    " side to write to " + file.string() + "; choose the side that they have.");
  }
  const Image image = emptyImage(static_cast<int>(data.columns.size()));
  for (std::size_t i = 0; i < data.columns.size(); ++i) {
    giiDataArray& array = *image->darray[i];
    fillColumn(array, data.of(side, i), data.kind);
    note(array, "AnatomicalStructurePrimary", structureOf(side));
    note(array, "Name", data.columns[i].name);
    if (data.kind == VertexDataKind::time && data.timeStep > 0) {
      note(array, "TimeStep", std::to_string(data.timeStep));
    }
  }
  gifti_add_to_meta(&image->meta, "AnatomicalStructurePrimary", structureOf(side), 1);
  addLabels(*image, data.labels);
  write(image, file);
}

} // namespace cortograph
