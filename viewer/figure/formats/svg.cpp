#include "base/plain_text.h"
#include "viewer/figure/vector_painting.h"

#include <QSvgGenerator>

#include <cmath>

namespace cortograph::figures {

namespace {

/// Returns the JSON text without characters of XML, which Qt does not escape in a description. They
/// occur only in strings of the JSON, where \u003c means the same.
QString withoutMarkup(const std::string& json) {
  return QString::fromStdString(json)
      .replace("&", "\\u0026")
      .replace("<", "\\u003c")
      .replace(">", "\\u003e");
}

void write(const std::filesystem::path& file,
           const Plate& plate,
           const FigureNote& note,
           double dotsPerInch) {
  writeDrawing(file, [&](QIODevice& device) {
    const QSize size(plate.picture.width, plate.picture.height);
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setResolution(static_cast<int>(std::lround(dotsPerInch)));
    // Qt does not escape a title either.
    generator.setTitle(
        ("Cortograph: " + QString::fromStdString(shownText(note.command))).toHtmlEscaped());
    generator.setDescription(withoutMarkup(note.session));
    paintPlate(generator, plate);
  });
}

std::string session(const std::filesystem::path& file) {
  return taggedText(file, "desc");
}

} // namespace

const FigureFormat& svg() {
  static const FigureFormat format{
      .name = "svg",
      .title = "SVG drawing",
      .endings = {".svg"},
      .keepsMarks = true,
      .recognizes =
          [](std::string_view start) { return start.find("<svg") != std::string_view::npos; },
      .write = write,
      .session = session};
  return format;
}

} // namespace cortograph::figures
