#include "base/error.h"
#include "base/pending_file.h"
#include "viewer/figure/figure_format.h"

#include <tiffio.h>

#include <algorithm>
#include <memory>

namespace cortograph::figures {

namespace {

struct CloseTiff {
  void operator()(TIFF* file) const { TIFFClose(file); }
};
using TiffPointer = std::unique_ptr<TIFF, CloseTiff>;

/// Opens a file without error messages from libtiff; null if that fails.
TiffPointer open(const std::filesystem::path& file, const char* mode) {
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  return TiffPointer(TIFFOpen(file.c_str(), mode));
}

void describe(TIFF* tiff, const Picture& picture, int samples, const FigureNote& note, double dpi) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(picture.width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(picture.height));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, samples);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW); // accepted by journals
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(tiff, 0));
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, dpi);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, dpi);
  TIFFSetField(tiff, TIFFTAG_SOFTWARE, "Cortograph");
  TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, note.session.c_str());
  if (samples == 4) {
    const std::uint16_t alpha = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &alpha);
  }
}

bool writeRows(TIFF* tiff, const Picture& picture, int samples) {
  std::vector<std::uint8_t> row(static_cast<std::size_t>(picture.width) *
                                static_cast<std::size_t>(samples));
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      std::copy_n(
          picture.pixel(x, y), samples, row.data() + static_cast<std::ptrdiff_t>(x) * samples);
    }
    if (TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) != 1) {
      return false;
    }
  }
  return TIFFFlush(tiff) == 1;
}

void write(const std::filesystem::path& file,
           const Plate& plate,
           const FigureNote& note,
           double dotsPerInch) {
  constexpr std::int64_t mostInClassic = 900'000'000; // pixels; classic TIFF has 32-bit offsets
  const Picture& picture = plate.picture;
  PendingFile pending(file);
  const bool big = std::int64_t{picture.width} * picture.height > mostInClassic;
  TiffPointer tiff = open(pending.temporary(), big ? "w8" : "w");
  bool written = tiff != nullptr;
  if (written) {
    const int samples = isOpaque(picture) ? 3 : 4;
    describe(tiff.get(), picture, samples, note, dotsPerInch);
    written = writeRows(tiff.get(), picture, samples);
  }
  tiff.reset();
  if (!written) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed; free some space or choose another folder.");
  }
  pending.commit();
}

std::string session(const std::filesystem::path& file) {
  const TiffPointer tiff = open(file, "r");
  const char* text = nullptr;
  const char* software = nullptr;
  const bool ours = tiff != nullptr && TIFFGetField(tiff.get(), TIFFTAG_SOFTWARE, &software) == 1 &&
                    std::string_view(software) == "Cortograph" &&
                    TIFFGetField(tiff.get(), TIFFTAG_IMAGEDESCRIPTION, &text) == 1;
  return ours ? text : "";
}

} // namespace

const FigureFormat& tiff() {
  using namespace std::string_view_literals;
  static const FigureFormat format{.name = "tiff",
                                   .title = "TIFF picture",
                                   .endings = {".tif", ".tiff"},
                                   .recognizes =
                                       [](std::string_view start) {
                                         return start.starts_with("II*\0"sv) ||
                                                start.starts_with("II+\0"sv) ||
                                                start.starts_with("MM\0*"sv) ||
                                                start.starts_with("MM\0+"sv);
                                       },
                                   .write = write,
                                   .session = session};
  return format;
}

} // namespace cortograph::figures
