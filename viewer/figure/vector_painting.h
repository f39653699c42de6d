#pragma once

#include "viewer/figure/figure_format.h"

#include <QByteArray>
#include <QPaintDevice>

#include <functional>

namespace cortograph {

/// Paints a plate on a device whose units are its pixels: the picture as pixels, text as text,
/// lines as lines. Any thread.
void paintPlate(QPaintDevice& device, const Plate& plate);

/// Runs `work` where there are fonts: Qt has none before a program's application is made.
void withFonts(const std::function<void()>& work);

/// The text between the first `<tag …>` and `</tag>` of a file, its entities resolved; empty when
/// there is none.
[[nodiscard]] std::string taggedText(const std::filesystem::path& file, const QByteArray& tag);

} // namespace cortograph
