#pragma once

#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <vector>

class QWidget;

namespace cortograph {

using Paths = std::vector<std::filesystem::path>;

/// Return the name filters of file dialogs, which follow from the tables of formats.
[[nodiscard]] QStringList everythingFilters();
[[nodiscard]] QStringList imageFilters();
[[nodiscard]] QStringList weightsFilters();
[[nodiscard]] QStringList figureFilters();

/// Opens a dialog for files and returns at once. `chosen` is called when the user accepts.
void askForFiles(QWidget* parent,
                 const QString& title,
                 const QStringList& filters,
                 std::function<void(const Paths&)> chosen);
/// Opens a dialog for a folder in the same way.
void askForFolder(QWidget* parent,
                  const QString& title,
                  std::function<void(const std::filesystem::path&)> chosen);
/// Opens a dialog for a file to write in the same way. `suffix`, without a dot, is added to a name
/// that has none.
void askWhereToSave(QWidget* parent,
                    const QString& title,
                    const QString& proposedName,
                    const QStringList& filters,
                    const QString& suffix,
                    std::function<void(const std::filesystem::path&)> chosen);

} // namespace cortograph
