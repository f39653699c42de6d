#pragma once

#include <QString>

namespace cortograph {

/// Returns a message of the core as the window says it. Options of the command line become the
/// fields and menu entries that do the same: "with --heads N" becomes "in the panel Train, under
/// Heads". Options that the window lacks are named as those of the command line.
[[nodiscard]] QString inWindowWords(const QString& message);

} // namespace cortograph
