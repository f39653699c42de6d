#include "base/plain_text.h"
#include "viewer/figure/vector_painting.h"

#include <QSvgGenerator>

#include <cmath>

namespace cortograph::figures {

namespace {

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
    generator.setTitle("Cortograph: " + QString::fromStdString(shownText(note.command)));
    generator.setDescription(QString::fromStdString(note.session));
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
