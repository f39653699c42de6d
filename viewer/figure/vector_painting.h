#pragma once

#include "viewer/figure/figure_format.h"

#include <QByteArray>
#include <QIODevice>
#include <QPaintDevice>

#include <functional>

namespace cortograph {

/// Paints a plate on a device whose units are its pixels: the picture as pixels, text as text,
/// lines as lines. Any thread.
void paintPlate(QPaintDevice& device, const Plate& plate);

/// Writes what `draw` writes, whole or not at all. Makes an application for the while where the
/// program has none: without one Qt has no fonts. Throws Error{file}.
void writeDrawing(const std::filesystem::path& file, const std::function<void(QIODevice&)>& draw);

/// The text between the first `<tag …>` and `</tag>` of a file, its entities resolved; empty when
/// there is none.
[[nodiscard]] std::string taggedText(const std::filesystem::path& file, const QByteArray& tag);

} // namespace cortograph
