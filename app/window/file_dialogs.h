#pragma once

#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

class QWidget;

namespace cortograph {

using Paths = std::vector<std::filesystem::path>;

/// Name filters of file dialogs; those of formats follow from the format table.
[[nodiscard]] QStringList everythingFilters();
[[nodiscard]] QStringList imageFilters();
[[nodiscard]] QStringList weightsFilters();
[[nodiscard]] QStringList figureFilters();

/// A title as the name of a file, without its ending.
[[nodiscard]] QString fileNameFor(const std::string& title);

/// Open a dialog and return at once; `chosen` is called when the user accepts.
void askForFiles(QWidget* parent,
                 const QString& title,
                 const QStringList& filters,
                 std::function<void(const Paths&)> chosen);
void askForFolder(QWidget* parent,
                  const QString& title,
                  std::function<void(const std::filesystem::path&)> chosen);
/// `suffix` without a dot is added to a name that has none.
void askWhereToSave(QWidget* parent,
                    const QString& title,
                    const QString& proposedName,
                    const QStringList& filters,
                    const QString& suffix,
                    std::function<void(const std::filesystem::path&)> chosen);

} // namespace cortograph
