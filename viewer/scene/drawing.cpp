#include "viewer/scene/drawing.h"

#include "base/plain_text.h"

#include <vtkNew.h>
#include <vtkStdString.h>
#include <vtkTextProperty.h>
#include <vtkTextRenderer.h>

#include <array>
#include <map>
#include <tuple>
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
  for (DrawnLine line : other.lines) {
    line.x0 = x + scale * line.x0;
    line.y0 = y + scale * line.y0;
    line.x1 = x + scale * line.x1;
    line.y1 = y + scale * line.y1;
    lines.push_back(line);
  }
  for (DrawnText text : other.texts) {
    text.x = x + scale * text.x;
    text.y = y + scale * text.y;
    text.size *= scale;
    texts.push_back(std::move(text));
  }
}

namespace {

double measuredWidth(const std::string& text, Font font, bool bold) {
  constexpr int size = 64; // large, so that rounding to pixels does not matter
  vtkNew<vtkTextProperty> property;
  property->SetFontFamily(vtkFontOf(font));
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

Rgb inkOn(const Rgb& background) {
  const float luma = 0.2126F * background[0] + 0.7152F * background[1] + 0.0722F * background[2];
  return luma > 0.42F ? Rgb{0.05F, 0.05F, 0.05F} : Rgb{0.95F, 0.95F, 0.95F};
}

int vtkFontOf(Font font) noexcept {
  return font == Font::serif ? VTK_TIMES : font == Font::mono ? VTK_COURIER : VTK_ARIAL;
}

double textWidth(const std::string& text, Font font, bool bold) {
  constexpr std::size_t most = 10'000; // widths are cached, as names recur in every pane and frame
  static std::map<std::tuple<std::string, Font, bool>, double> known;
  if (known.size() > most) {
    known.clear();
  }
  const std::string shown = shownText(text, mostLetters);
  const auto [entry, isNew] = known.try_emplace({shown, font, bold}, 0.0);
  if (isNew) {
    entry->second = measuredWidth(shown, font, bold);
  }
  return entry->second;
}

std::string elided(const std::string& text, double width, Font font, bool bold) {
  std::string shorter = shownText(text, mostLetters);
  if (textWidth(shorter, font, bold) <= width) {
    return shorter;
  }
  while (!shorter.empty() && textWidth(shorter + "…", font, bold) > width) {
    do { // removes a whole UTF-8 character
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
