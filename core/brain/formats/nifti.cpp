#include "brain/format.h"
#include "brain/formats/nifti_file.h"
#include "brain/formats/nifti_values.h"

#include <nifti2_io.h>

#include <algorithm>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t spaceAxes = 3;

/// Returns whether the values lie along one axis of space, as FreeSurfer stores vertex data:
/// vertices × 1 × 1, and perhaps frames.
bool isVertexData(const ArrayShape& shape) {
  const std::size_t axes = std::min(shape.size(), spaceAxes);
  return std::count_if(shape.begin(),
                       shape.begin() + static_cast<std::ptrdiff_t>(axes),
                       [](std::size_t extent) { return extent > 1; }) == 1;
}

VertexDataKind kindOf(const nifti::Header& header, std::size_t frames) {
  if (header.intent == NIFTI_INTENT_LABEL) {
    return VertexDataKind::labels;
  }
  const bool isTime = header.timeUnit.ends_with('s') && header.timeStep > 0;
  return frames > 1 && isTime ? VertexDataKind::time : VertexDataKind::numbers;
}

/// Returns the affine, else that of the voxel sizes alone (method 1 of the specification).
VoxelAffine affineOf(const nifti::Header& header) {
  VoxelAffine sizes = identityAffine;
  for (std::size_t axis = 0; axis < spaceAxes; ++axis) {
    sizes[axis][axis] = header.gridMm[axis];
  }
  return header.affine.value_or(sizes);
}

std::vector<std::string> notesOf(const nifti::Header& header, bool isVolume) {
  std::vector<std::string> notes;
  if (std::string note = nifti::typeNote(header); !note.empty()) {
    notes.push_back(std::move(note));
  }
  if (!isVolume) {
    return notes;
  }
  if (!header.affine) {
    notes.emplace_back("the header holds no affine: only the sizes of the voxels are known, not "
                       "their place in the head");
  }
  if (!header.spaceUnit.empty() && header.spaceUnit != "mm") {
    notes.push_back("the affine is stored in " + header.spaceUnit + " and converted to mm");
  }
  if (header.shape.size() > spaceAxes + 1) {
    notes.push_back("the axes after the third are read as one series of volumes");
  }
  return notes;
}

BrainFile readNifti(const fs::path& path) {
  nifti::File file(path);
  const nifti::Header& header = file.header();
  const ArrayShape& shape = header.shape;
  ArrayShape inSpace(shape.begin(),
                     shape.begin() +
                         static_cast<std::ptrdiff_t>(std::min(shape.size(), spaceAxes)));
  inSpace.resize(spaceAxes, 1);
  const std::size_t each = elementCount(inSpace);
  const std::size_t frames = elementCount(shape) / each;
  const bool isVolume = !isVertexData(shape);
  BrainFile result{.shape = shape, .type = nifti::typeName(header)};
  result.notes = notesOf(header, isVolume);
  if (frames > 1) {
    result.timeStep = header.timeStep;
    result.timeUnit = header.timeUnit;
  }
  if (isVolume) {
    result.volume = Volume{.extent = {inSpace[0], inSpace[1], inSpace[2]},
                           .frames = frames,
                           .affine = affineOf(header),
                           .values = {}};
    file.append(result.volume->values, each * frames);
    return result;
  }
  result.dataKind = kindOf(header, frames);
  for (std::size_t frame = 0; frame < frames; ++frame) {
    FileColumn& column = result.columns.emplace_back();
    column.name = frames == 1 ? header.intentName : std::string();
    file.append(column.values, each);
  }
  return result;
}

bool recognizesNifti(const fs::path& file) {
  return nifti::containerOf(file) == nifti::Container::nifti;
}

} // namespace

namespace formats {

const Format& nifti();

const Format& nifti() {
  static const Format format{
      .name = "nifti",
      .title = "NIfTI volumes and vertex data",
      .endings = {".nii", ".nii.gz", ".hdr", ".hdr.gz", ".img", ".img.gz"},
      .specification = "https://nifti.nimh.nih.gov",
      .contents = {FormatContent::volume, FormatContent::vertexData},
      .recognizes = &recognizesNifti,
      .read = &readNifti,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
