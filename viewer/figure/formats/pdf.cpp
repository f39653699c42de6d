#include "base/plain_text.h"
#include "viewer/figure/vector_painting.h"

#include <QPageSize>
#include <QPdfWriter>
#include <QXmlStreamWriter>

#include <cmath>

namespace cortograph::figures {

namespace {

/// Returns the metadata as XMP (ISO 16684).
QByteArray metadataOf(const FigureNote& note) {
  const QString rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  const QString dc = "http://purl.org/dc/elements/1.1/";
  const QString xmp = "http://ns.adobe.com/xap/1.0/";
  QByteArray text;
  QXmlStreamWriter writer(&text);
  writer.writeProcessingInstruction("xpacket", "begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"");
  writer.writeNamespace("adobe:ns:meta/", "x");
  writer.writeNamespace(rdf, "rdf");
  writer.writeNamespace(dc, "dc");
  writer.writeNamespace(xmp, "xmp");
  writer.writeStartElement("adobe:ns:meta/", "xmpmeta");
  writer.writeStartElement(rdf, "RDF");
  writer.writeStartElement(rdf, "Description");
  writer.writeAttribute(rdf, "about", "");
  writer.writeTextElement(xmp, "CreatorTool", "Cortograph");
  writer.writeTextElement(dc, "source", QString::fromStdString(shownText(note.command)));
  writer.writeTextElement(dc, "description", QString::fromStdString(note.session));
  writer.writeEndElement();
  writer.writeEndElement();
  writer.writeEndElement();
  writer.writeProcessingInstruction("xpacket", "end=\"w\"");
  return text;
}

void write(const std::filesystem::path& file,
           const Plate& plate,
           const FigureNote& note,
           double dotsPerInch) {
  writeDrawing(file, [&](QIODevice& device) {
    const int resolution = static_cast<int>(std::lround(dotsPerInch));
    const QSizeF inches(plate.picture.width / static_cast<double>(resolution),
                        plate.picture.height / static_cast<double>(resolution));
    QPdfWriter writer(&device);
    writer.setResolution(resolution);
    writer.setPageSize(QPageSize(inches, QPageSize::Inch, {}, QPageSize::ExactMatch));
    writer.setPageMargins({});
    writer.setCreator("Cortograph");
    writer.setDocumentXmpMetadata(metadataOf(note));
    paintPlate(writer, plate);
  });
}

std::string session(const std::filesystem::path& file) {
  return taggedText(file, "dc:description");
}

} // namespace

const FigureFormat& pdf() {
  static const FigureFormat format{
      .name = "pdf",
      .title = "PDF drawing",
      .endings = {".pdf"},
      .keepsMarks = true,
      .recognizes = [](std::string_view start) { return start.starts_with("%PDF-"); },
      .write = write,
      .session = session};
  return format;
}

} // namespace cortograph::figures
