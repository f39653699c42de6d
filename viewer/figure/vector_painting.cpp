#include "viewer/figure/vector_painting.h"

#include "base/error.h"
#include "base/pending_file.h"
#include "base/plain_text.h"

#include <QBuffer>
#include <QFile>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QXmlStreamReader>

#include <array>
#include <clocale>
#include <cmath>

namespace cortograph {

namespace {

constexpr int fontPixels = 64; ///< Qt's font sizes are integers, so the painter scales this size

QColor colorOf(const Rgb& rgb) {
  return QColor::fromRgbF(rgb[0], rgb[1], rgb[2]);
}

QImage imageOf(const Picture& picture) {
  return {picture.rgba.data(),
          picture.width,
          picture.height,
          static_cast<qsizetype>(picture.width) * 4,
          QImage::Format_RGBA8888};
}

/// Returns a font; those with the same widths as VTK's own are preferred.
QFont fontOf(const DrawnText& text, Font family) {
  QFont font;
  switch (family) {
  case Font::sans:
    font.setFamilies({"Arial", "Liberation Sans", "Helvetica", "DejaVu Sans"});
    break;
  case Font::serif:
    font.setFamilies({"Times New Roman", "Liberation Serif", "Times", "DejaVu Serif"});
    break;
  case Font::mono:
    font.setFamilies({"Courier New", "Liberation Mono", "Courier", "DejaVu Sans Mono"});
    break;
  }
  font.setPixelSize(fontPixels);
  font.setBold(text.bold);
  return font;
}

/// Paints a swatch. A bar becomes a series of rectangles, each of which reaches to the end, so that
/// no seams are visible.
void paintSwatch(QPainter& painter, const DrawnPicture& drawn, double height) {
  const Picture& picture = drawn.picture;
  const QRectF place(drawn.x, height - drawn.y - drawn.height, drawn.width, drawn.height);
  if (picture.width != 1 && picture.height != 1) {
    painter.drawImage(place, imageOf(picture));
    return;
  }
  const int count = std::max(picture.width, picture.height);
  const bool lying = picture.height == 1 && picture.width > 1;
  for (int i = 0; i < count; ++i) {
    const std::uint8_t* rgb = lying ? picture.pixel(i, 0) : picture.pixel(0, i);
    QRectF rest = place;
    if (lying) {
      rest.setLeft(place.left() + place.width() * i / count);
    } else {
      rest.setTop(place.top() + place.height() * i / count);
    }
    painter.fillRect(rest, QColor(rgb[0], rgb[1], rgb[2]));
  }
}

template <class Which>
QPainterPath pathOf(const std::vector<DrawnLine>& lines, double height, const Which& which) {
  QPainterPath path;
  for (const DrawnLine& line : lines) {
    if (!which(line)) {
      continue;
    }
    const QPointF from(line.x0, height - line.y0);
    if (path.isEmpty() || path.currentPosition() != from) {
      path.moveTo(from);
    }
    path.lineTo(line.x1, height - line.y1);
  }
  return path;
}

/// Paints the lines of a layer, in the same way as Overlay.
void paintLines(QPainter& painter, const InkLayer& layer, double height) {
  const auto draw = [&](const auto& which, const Rgb& color, double width) {
    const QPainterPath path = pathOf(layer.drawing.lines, height, which);
    painter.strokePath(path,
                       QPen(colorOf(color), width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  };
  const Rgb& ink = layer.color;
  const auto isRaised = [](const DrawnLine& line) { return line.raised; };
  draw([](const DrawnLine& line) { return line.light && !line.raised; },
       {1 - ink[0], 1 - ink[1], 1 - ink[2]},
       layer.lineWidth);
  draw([](const DrawnLine& line) { return !line.light && !line.raised; }, ink, layer.lineWidth);
  draw(isRaised, {1, 1, 1}, 3 * layer.lineWidth);
  draw(isRaised, {0, 0, 0}, layer.lineWidth);
}

/// Returns the position, as a share of the text's extent, of the part that is aligned to its place.
double shareOf(Align align) {
  return align == Align::low ? 0 : align == Align::middle ? 0.5 : 1;
}

void paintText(
    QPainter& painter, const DrawnText& text, Font family, const Rgb& ink, double height) {
  const QFont font = fontOf(text, family);
  const QFontMetricsF metrics(font);
  const QString words = QString::fromStdString(shownText(text.text, mostLetters));
  const QRectF line = metrics.tightBoundingRect("_/7Agfy"); // VTK measures a line's height by this
  const Align along = text.rotated ? text.upwards : text.across;
  const Align over = text.rotated ? text.across : text.upwards;
  const double share = text.rotated ? 1 - shareOf(over) : shareOf(over);
  const double x = -shareOf(along) * metrics.horizontalAdvance(words);
  const double y = -line.bottom() + share * line.height();
  painter.save();
  painter.translate(text.x, height - text.y);
  painter.rotate(text.rotated ? -90 : 0);
  painter.scale(text.size / fontPixels, text.size / fontPixels);
  painter.setFont(font);
  if (text.raised) {
    constexpr double shadow = 0.07 * fontPixels;
    painter.setPen(Qt::black);
    painter.drawText(QPointF(x + shadow, y + shadow), words);
  }
  painter.setPen(text.raised ? QColor(Qt::white) : colorOf(ink));
  painter.drawText(QPointF(x, y), words);
  painter.restore();
}

} // namespace

void paintPlate(QPaintDevice& device, const Plate& plate) {
  QPainter painter(&device);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::LosslessImageRendering);
  painter.drawImage(QPointF(0, 0), imageOf(plate.picture));
  const double height = plate.picture.height;
  for (const InkLayer& layer : plate.layers) {
    painter.setPen(Qt::NoPen);
    for (const DrawnPicture& picture : layer.drawing.pictures) {
      paintSwatch(painter, picture, height);
    }
    paintLines(painter, layer, height);
    for (const DrawnText& text : layer.drawing.texts) {
      paintText(painter, text, layer.drawing.font, layer.color, height);
    }
  }
}

namespace {

void withFonts(const std::function<void()>& work) {
  if (QCoreApplication::instance() != nullptr) {
    work();
    return;
  }
  int argc = 3;
  std::string name = "cortograph";
  std::string option = "-platform";
  std::string platform = "offscreen";
  std::array<char*, 4> argv{name.data(), option.data(), platform.data(), nullptr};
  const QGuiApplication application(argc, argv.data());
  // Qt has set the user's locale, but numbers in files must have a decimal point.
  std::setlocale(LC_NUMERIC, "C"); // NOLINT(concurrency-mt-unsafe): a command's only thread
  work();
}

} // namespace

void writeDrawing(const std::filesystem::path& file, const std::function<void(QIODevice&)>& draw) {
  PendingFile pending(file);
  QByteArray content;
  withFonts([&] {
    QBuffer buffer(&content);
    buffer.open(QIODevice::WriteOnly);
    draw(buffer);
  });
  QFile stream(QString::fromStdString(pending.temporary().string()));
  // Qt's own writers of drawings do not report a full disk.
  if (!stream.open(QIODevice::WriteOnly) || stream.write(content) != content.size() ||
      !stream.flush()) {
    throw Error(ErrorKind::file,
                "Writing " + file.string() + " failed (" + stream.errorString().toStdString() +
                    "); free some space or choose another folder.");
  }
  stream.close();
  pending.commit();
}

std::string taggedText(const std::filesystem::path& file, const QByteArray& tag) {
  QFile stream(QString::fromStdString(file.string()));
  if (!stream.open(QIODevice::ReadOnly)) {
    return {};
  }
  const QByteArray content = stream.readAll();
  const qsizetype from = content.indexOf("<" + tag);
  const qsizetype to = content.indexOf("</" + tag + ">", from);
  if (from < 0 || to < 0) {
    return {};
  }
  const qsizetype start = content.indexOf('>', from) + 1;
  QXmlStreamReader reader("<t>" + content.mid(start, to - start) + "</t>");
  return reader.readNextStartElement()
             ? reader.readElementText(QXmlStreamReader::IncludeChildElements).toStdString()
             : std::string();
}

} // namespace cortograph
