#include "viewer/scene/drawing.h"

#include <vtkNew.h>
#include <vtkStdString.h>
#include <vtkTextProperty.h>
#include <vtkTextRenderer.h>

#include <array>
#include <map>
#include <utility>

namespace cortograph {

bool DrawnPicture::operator==(const DrawnPicture& other) const {
  return x == other.x && y == other.y && width == other.width && height == other.height &&
         picture.width == other.picture.width && picture.rgba == other.picture.rgba;
}

void Drawing::frame(double x, double y, double w, double h) {
  lines.push_back({x, y, x + w, y});
  lines.push_back({x + w, y, x + w, y + h});
  lines.push_back({x + w, y + h, x, y + h});
  lines.push_back({x, y + h, x, y});
}

void Drawing::add(const Drawing& other, double scale, double x, double y) {
  for (DrawnPicture picture : other.pictures) {
    picture.x = x + scale * picture.x;
    picture.y = y + scale * picture.y;
    picture.width *= scale;
    picture.height *= scale;
    pictures.push_back(std::move(picture));
  }
  for (const DrawnLine& line : other.lines) {
    lines.push_back({x + scale * line.x0,
                     y + scale * line.y0,
                     x + scale * line.x1,
                     y + scale * line.y1,
                     line.light});
  }
  for (DrawnText text : other.texts) {
    text.x = x + scale * text.x;
    text.y = y + scale * text.y;
    text.size *= scale;
    texts.push_back(std::move(text));
  }
}

namespace {

double measuredWidth(const std::string& text, bool bold) {
  constexpr int size = 64; // large, so that rounding to pixels does not matter
  vtkNew<vtkTextProperty> property;
  property->SetFontSize(size);
  property->SetBold(bold ? 1 : 0);
  std::array<int, 4> box{};
  if (text.empty() ||
      !vtkTextRenderer::GetInstance()->GetBoundingBox(property.Get(), text, box.data(), 72)) {
    return 0;
  }
  return static_cast<double>(box[1] - box[0] + 1) / size;
}

} // namespace

double textWidth(const std::string& text, bool bold) {
  constexpr std::size_t most = 10'000; // names come again in every pane and frame
  static std::map<std::pair<std::string, bool>, double> known;
  if (known.size() > most) {
    known.clear();
  }
  const auto [entry, isNew] = known.try_emplace({text, bold}, 0.0);
  if (isNew) {
    entry->second = measuredWidth(text, bold);
  }
  return entry->second;
}

std::string elided(const std::string& text, double width, bool bold) {
  if (textWidth(text, bold) <= width) {
    return text;
  }
  std::string shorter = text;
  while (!shorter.empty() && textWidth(shorter + "…", bold) > width) {
    do { // a whole UTF-8 character
      const bool continues = (static_cast<unsigned char>(shorter.back()) & 0xC0U) == 0x80U;
      shorter.pop_back();
      if (!continues) {
        break;
      }
    } while (!shorter.empty());
  }
  return shorter + "…";
}

} // namespace cortograph
