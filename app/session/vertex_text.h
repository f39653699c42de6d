#pragma once

#include "app/session/document.h"

#include <QString>

namespace cortograph {

/// What every shown map says of a vertex of its mesh, as rich text: where it lies, then a line a
/// map.
[[nodiscard]] QString vertexText(const Document& document, const VertexOf& vertex);

} // namespace cortograph
