#include "brain/formats/nifti_header.h"

#include "base/error.h"
#include "base/stored_number.h"

#include <nifti2_io.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string_view>

namespace cortograph::nifti {

namespace fs = std::filesystem;

namespace {

using Start = std::span<const std::byte>;
static_assert(sizeof(nifti_1_header) == 348 && sizeof(nifti_2_header) == longestHeader);

struct FreeImage {
  void operator()(nifti_image* image) const { nifti_image_free(image); }
};
using Image = std::unique_ptr<nifti_image, FreeImage>;

Image imageOf(const nifti_1_header& raw) {
  return Image(nifti_convert_n1hdr2nim(raw, nullptr));
}
Image imageOf(const nifti_2_header& raw) {
  return Image(nifti_convert_n2hdr2nim(raw, nullptr));
}

std::int64_t vertexCount(const nifti_1_header& raw) {
  return raw.glmin;
}
std::int64_t vertexCount(const nifti_2_header& /*raw*/) {
  return 0; // its extents have 64 bits
}

/// Returns whether the bytes at a header's magic are those of this version.
bool hasMagic(Start start, std::size_t at, char version) {
  const auto byte = [&](std::size_t i) { return static_cast<char>(start[at + i]); };
  return start.size() >= at + 4 && byte(0) == 'n' && (byte(1) == '+' || byte(1) == 'i') &&
         byte(2) == version && byte(3) == '\0';
}

constexpr std::endian oppositeOrder =
    std::endian::native == std::endian::little ? std::endian::big : std::endian::little;

/// Returns 1 or 2; 0 for what is not NIfTI.
int versionOf(Start start) {
  if (start.size() < sizeof(std::int32_t)) {
    return 0;
  }
  for (const std::endian order : {std::endian::native, oppositeOrder}) {
    const auto size = storedNumber<std::int32_t>(start.data(), order);
    if (size == sizeof(nifti_1_header) && hasMagic(start, offsetof(nifti_1_header, magic), '1')) {
      return 1;
    }
    if (size == sizeof(nifti_2_header) && hasMagic(start, offsetof(nifti_2_header, magic), '2')) {
      return 2;
    }
  }
  return 0;
}

/// Restores a count of vertices that FreeSurfer could not write into the extents of NIfTI-1: as the
/// first extent -1 and the count in glmin, or for fsaverage as 27307 × 1 × 6.
template <class Raw> void restoreVertexCount(Raw& raw, ArrayShape& shape) {
  if (raw.dim[1] == -1 && vertexCount(raw) > 0) {
    shape.front() = static_cast<std::size_t>(vertexCount(raw));
    raw.dim[1] = 1;
  } else if (shape.size() >= 3 && shape[0] == 27307 && shape[1] == 1 && shape[2] == 6) {
    shape[0] = 163842;
    shape[2] = 1;
  }
}

/// Reads the extents. niftilib reads an extent of 0 after the first as 1.
template <class Raw> ArrayShape shapeOf(Raw& raw, const fs::path& file) {
  if (raw.dim[0] < 1 || raw.dim[0] > 7) {
    throwDamaged(file,
                 "it states " + std::to_string(raw.dim[0]) + " axes, but 1 to 7 are expected");
  }
  ArrayShape shape;
  for (int axis = 1; axis <= raw.dim[0]; ++axis) {
    shape.push_back(static_cast<std::size_t>(std::max<std::int64_t>(raw.dim[axis], 1)));
  }
  restoreVertexCount(raw, shape);
  for (int axis = 1; axis <= raw.dim[0]; ++axis) {
    if (raw.dim[axis] < 0 || (axis == 1 && raw.dim[axis] == 0)) {
      throwDamaged(file,
                   "the extent of axis " + std::to_string(axis) + " is " +
                       std::to_string(raw.dim[axis]) + ", but a positive number is expected");
    }
  }
  return shape;
}

/// Reads the place of the first value. Values may overlap neither the header nor the bytes that
/// announce extensions; 0 in a single file stands for the place right behind them.
template <class Raw> std::uint64_t offsetOf(const Raw& raw, bool isPair, const fs::path& file) {
  constexpr double most = 0x1p53;
  constexpr std::uint64_t leastSingle = sizeof(Raw) + 4;
  const auto stated = static_cast<double>(raw.vox_offset);
  if (!(stated >= 0 && stated <= most)) {
    throwDamaged(file, "the place of its first value is not a positive number");
  }
  const auto offset = static_cast<std::uint64_t>(stated);
  if (isPair || offset >= leastSingle) {
    return offset;
  }
  if (offset != 0) {
    throwDamaged(file, "its values begin inside its header, at byte " + std::to_string(offset));
  }
  return leastSingle;
}

/// Returns the millimetres of a unit of space; an unknown one stands for mm.
double millimetres(int unit) {
  return unit == NIFTI_UNITS_METER ? 1e3 : unit == NIFTI_UNITS_MICRON ? 1e-3 : 1;
}

std::string wordOf(int unit) {
  switch (unit) {
  case NIFTI_UNITS_METER:
    return "m";
  case NIFTI_UNITS_MM:
    return "mm";
  case NIFTI_UNITS_MICRON:
    return "µm";
  case NIFTI_UNITS_SEC:
    return "s";
  case NIFTI_UNITS_MSEC:
    return "ms";
  case NIFTI_UNITS_USEC:
    return "µs";
  case NIFTI_UNITS_HZ:
    return "Hz";
  case NIFTI_UNITS_PPM:
    return "ppm";
  case NIFTI_UNITS_RADS:
    return "rad/s";
  default:
    return {};
  }
}

std::optional<VoxelAffine> affineOf(const nifti_image& image, const fs::path& file) {
  const bool hasSform = image.sform_code > 0;
  if (!hasSform && image.qform_code <= 0) {
    return std::nullopt;
  }
  const std::string form = hasSform ? "sform" : "qform";
  const nifti_dmat44& matrix = hasSform ? image.sto_xyz : image.qto_xyz;
  VoxelAffine affine = identityAffine;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 4; ++column) {
      affine[row][column] = matrix.m[row][column] * millimetres(image.xyz_units);
      if (!std::isfinite(affine[row][column])) {
        throwDamaged(file, "its affine (" + form + ") holds a number that is not finite");
      }
    }
  }
  return affine;
}

std::size_t itemSizeOf(int type, const fs::path& file) {
  int size = 0;
  int swapSize = 0;
  nifti_datatype_sizes(type, &size, &swapSize);
  if (size <= 0) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds values of NIfTI's type " + std::to_string(type) +
                    ", but integers, floats, complex numbers or colours are expected; save them as "
                    "float32.");
  }
  return static_cast<std::size_t>(size);
}

/// Adds the fields that niftilib interprets.
void addMeaning(Header& header, const nifti_image& image, const fs::path& file) {
  if (image.scl_slope != 0) { // 0 and NaN: not scaled
    header.slope = image.scl_slope;
    header.intercept = image.scl_inter;
  }
  header.affine = affineOf(image, file);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double distance = std::abs(image.pixdim[axis + 1]) * millimetres(image.xyz_units);
    header.gridMm[axis] = std::isfinite(distance) && distance > 0 ? distance : 1;
  }
  header.spaceUnit = wordOf(image.xyz_units);
  header.timeUnit = wordOf(image.time_units);
  header.timeStep = std::isfinite(image.dt) && image.dt > 0 ? image.dt : 0;
  header.intent = image.intent_code;
  header.intentName = image.intent_name;
}

/// Checks the fields before niftilib converts them, since its own checks print and do not throw.
template <class Raw> Header convert(Start start, int version, const fs::path& file) {
  if (start.size() < sizeof(Raw)) {
    throwDamaged(file, "it is cut short inside its header");
  }
  Raw raw;
  std::memcpy(&raw, start.data(), sizeof raw);
  Header header;
  header.version = version;
  header.isPair = raw.magic[1] == 'i';
  if (raw.sizeof_hdr != static_cast<int>(sizeof raw)) {
    header.order = oppositeOrder;
    swap_nifti_header(&raw, version);
  }
  header.shape = shapeOf(raw, file);
  header.offset = offsetOf(raw, header.isPair, file);
  header.type = raw.datatype;
  header.itemSize = itemSizeOf(header.type, file);
  raw.vox_offset = 0;
  const Image image = imageOf(raw);
  if (!image) {
    throwDamaged(file, "niftilib refuses its header");
  }
  addMeaning(header, *image, file);
  return header;
}

} // namespace

bool isHeader(Start start) noexcept {
  return versionOf(start) != 0;
}

bool isCiftiHeader(Start start) noexcept {
  constexpr std::int32_t firstIntent = 3000; // NIFTI_INTENT_CONNECTIVITY_…: 3000 to 3099
  if (versionOf(start) != 2 || start.size() < longestHeader) {
    return false;
  }
  nifti_2_header raw;
  std::memcpy(&raw, start.data(), sizeof raw);
  if (raw.sizeof_hdr != static_cast<int>(sizeof raw)) {
    nifti_swap_4bytes(1, &raw.intent_code);
  }
  return raw.intent_code >= firstIntent && raw.intent_code < firstIntent + 100;
}

Header headerOf(Start start, const fs::path& file) {
  switch (const int version = versionOf(start)) {
  case 1:
    return convert<nifti_1_header>(start, version, file);
  case 2:
    return convert<nifti_2_header>(start, version, file);
  default:
    throwDamaged(file, "it does not begin with a header of NIfTI-1 or NIfTI-2");
  }
}

void throwDamaged(const fs::path& file, const std::string& what) {
  throw Error(ErrorKind::format,
              file.string() + " is not a valid NIfTI file: " + what + "; write or copy it again.");
}

} // namespace cortograph::nifti
