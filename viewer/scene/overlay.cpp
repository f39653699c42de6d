#include "viewer/scene/overlay.h"

#include "base/plain_text.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty2D.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace cortograph {

namespace {

/// Returns a mesh with one coloured rectangle per pixel.
vtkSmartPointer<vtkPolyData> mosaic(const DrawnPicture& drawn) {
  const Picture& picture = drawn.picture;
  auto mesh = vtkSmartPointer<vtkPolyData>::New();
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  vtkNew<vtkUnsignedCharArray> colors;
  colors->SetNumberOfComponents(3);
  for (int y = 0; y <= picture.height; ++y) {
    for (int x = 0; x <= picture.width; ++x) {
      points->InsertNextPoint(drawn.x + drawn.width * x / picture.width,
                              drawn.y + drawn.height * (picture.height - y) / picture.height,
                              0);
    }
  }
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const vtkIdType corner = static_cast<vtkIdType>(y) * (picture.width + 1) + x;
      const vtkIdType below = corner + picture.width + 1;
      const std::array<vtkIdType, 4> ids{corner, below, below + 1, corner + 1};
      cells->InsertNextCell(4, ids.data());
      colors->InsertNextTypedTuple(picture.pixel(x, y));
    }
  }
  mesh->SetPoints(points);
  mesh->SetPolys(cells);
  mesh->GetCellData()->SetScalars(colors);
  return mesh;
}

vtkSmartPointer<vtkPolyData> strokes(const std::vector<DrawnLine>& lines, const auto& which) {
  auto mesh = vtkSmartPointer<vtkPolyData>::New();
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  for (const DrawnLine& line : lines) {
    if (!which(line)) {
      continue;
    }
    const std::array<vtkIdType, 2> ids{points->InsertNextPoint(line.x0, line.y0, 0),
                                       points->InsertNextPoint(line.x1, line.y1, 0)};
    cells->InsertNextCell(2, ids.data());
  }
  mesh->SetPoints(points);
  mesh->SetLines(cells);
  return mesh;
}

vtkSmartPointer<vtkActor2D> actorOf(vtkPolyData* mesh) {
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(mesh);
  auto actor = vtkSmartPointer<vtkActor2D>::New();
  actor->SetMapper(mapper);
  return actor;
}

/// Sets the alignment, which VTK applies in the text's own frame: a rotated text's "up" is to the
/// left.
void setAlignment(vtkTextProperty& property, const DrawnText& text) {
  constexpr auto opposite = [](Align align) {
    return align == Align::low ? Align::high : align == Align::high ? Align::low : align;
  };
  const Align along = text.rotated ? text.upwards : text.across;
  const Align over = text.rotated ? opposite(text.across) : text.upwards;
  property.SetJustification(along == Align::low      ? VTK_TEXT_LEFT
                            : along == Align::middle ? VTK_TEXT_CENTERED
                                                     : VTK_TEXT_RIGHT);
  property.SetVerticalJustification(over == Align::low      ? VTK_TEXT_BOTTOM
                                    : over == Align::middle ? VTK_TEXT_CENTERED
                                                            : VTK_TEXT_TOP);
}

} // namespace

void Overlay::show(const Drawing& drawing, const Rgb& ink, double lineWidth) {
  const bool sameInk = ink == ink_ && lineWidth == lineWidth_;
  if (!sameInk || drawing.pictures != shown_.pictures || drawing.lines != shown_.lines) {
    showMarks(drawing, ink, lineWidth);
  }
  if (!sameInk || drawing.texts != shown_.texts || drawing.font != shown_.font) {
    showTexts(drawing, ink);
  }
  shown_ = drawing;
  ink_ = ink;
  lineWidth_ = lineWidth;
}

void Overlay::showMarks(const Drawing& drawing, const Rgb& ink, double lineWidth) {
  for (const auto& actor : marks_) {
    renderer_->RemoveActor2D(actor);
  }
  marks_.clear();
  for (const DrawnPicture& picture : drawing.pictures) {
    marks_.push_back(actorOf(mosaic(picture)));
  }
  const auto draw = [&](const auto& which, const Rgb& color, double width) {
    marks_.push_back(actorOf(strokes(drawing.lines, which)));
    marks_.back()->GetProperty()->SetColor(color[0], color[1], color[2]);
    marks_.back()->GetProperty()->SetLineWidth(static_cast<float>(width));
  };
  const auto isRaised = [](const DrawnLine& line) { return line.raised; };
  const auto isLight = [](const DrawnLine& line) { return !line.raised && line.light; };
  const auto isInk = [](const DrawnLine& line) { return !line.raised && !line.light; };
  draw(isLight, {1 - ink[0], 1 - ink[1], 1 - ink[2]}, lineWidth);
  draw(isInk, ink, lineWidth);
  draw(isRaised, {1, 1, 1}, 3 * lineWidth);
  draw(isRaised, {0, 0, 0}, lineWidth);
  for (const auto& actor : marks_) {
    renderer_->AddActor2D(actor);
  }
}

void Overlay::showTexts(const Drawing& drawing, const Rgb& ink) {
  const std::vector<DrawnText>& texts = drawing.texts;
  while (texts_.size() > texts.size()) {
    renderer_->RemoveActor2D(texts_.back());
    texts_.pop_back();
  }
  while (texts_.size() < texts.size()) {
    texts_.push_back(vtkSmartPointer<vtkTextActor>::New());
    texts_.back()->SetTextScaleModeToNone();
    renderer_->AddActor2D(texts_.back());
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const DrawnText& text = texts[i];
    vtkTextActor& actor = *texts_[i];
    vtkTextProperty& property = *actor.GetTextProperty();
    actor.SetInput(shownText(text.text, mostLetters).c_str());
    actor.SetPosition(std::round(text.x), std::round(text.y));
    const Rgb color = text.raised ? Rgb{1, 1, 1} : ink;
    property.SetColor(color[0], color[1], color[2]);
    property.SetShadow(text.raised ? 1 : 0);
    property.SetFontFamily(vtkFontOf(drawing.font));
    property.SetFontSize(std::max(1, static_cast<int>(std::lround(text.size))));
    property.SetBold(text.bold ? 1 : 0);
    property.SetOrientation(text.rotated ? 90 : 0);
    setAlignment(property, text);
  }
}

} // namespace cortograph
