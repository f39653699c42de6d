#pragma once

#include "viewer/figure/figure_format.h"

#include <QByteArray>
#include <QIODevice>
#include <QPaintDevice>

#include <functional>

namespace cortograph {

/// Paints a plate on a device whose unit is the plate's pixel: the picture as pixels, text as text,
/// lines as lines. May run on any thread.
void paintPlate(QPaintDevice& device, const Plate& plate);

/// Writes the file that `draw` produces, whole or not at all. Creates a QGuiApplication for the
/// duration of the call if there is none, because Qt needs one for fonts. Throws Error{file}.
void writeDrawing(const std::filesystem::path& file, const std::function<void(QIODevice&)>& draw);

/// Returns the text between the first `<tag …>` and `</tag>` of a file, with entities resolved;
/// empty when there is none.
[[nodiscard]] std::string taggedText(const std::filesystem::path& file, const QByteArray& tag);

} // namespace cortograph
