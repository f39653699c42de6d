#include "app/window/file_dialogs.h"

#include "app/session/shown.h"
#include "base/picture.h"
#include "brain/format.h"
#include "viewer/figure/figure_format.h"
#include "weights/weight_endings.h"

#include <QFileDialog>

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

namespace {

QString patternsOf(std::span<const std::string_view> endings) {
  QStringList patterns;
  for (const std::string_view ending : endings) {
    patterns.append("*" + QString::fromUtf8(ending));
  }
  return patterns.join(' ');
}

/// Returns the patterns of the formats that can hold this content.
QString formatPatterns(FormatContent content) {
  std::vector<std::string_view> endings;
  for (const FormatEntry entry : formatTable()) {
    if (entry().holds(content)) {
      endings.insert(endings.end(), entry().endings.begin(), entry().endings.end());
    }
  }
  return patternsOf(endings);
}

QString imagePatterns() {
  return patternsOf(pictureEndings());
}

QString weightsPatterns() {
  return patternsOf(weightEndings());
}

QFileDialog* makeDialog(QWidget* parent, const QString& title) {
  auto* dialog = new QFileDialog(parent, title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  return dialog;
}

Paths pathsOf(const QStringList& files) {
  Paths paths;
  for (const QString& file : files) {
    paths.emplace_back(file.toStdString());
  }
  return paths;
}

} // namespace

QStringList everythingFilters() {
  const QString surfaces = formatPatterns(FormatContent::surface);
  const QString data = formatPatterns(FormatContent::vertexData);
  const QString all =
      QString("*.h5 ") + surfaces + " " + data + " " + imagePatterns() + " " + weightsPatterns();
  return {QObject::tr("All supported files (%1)").arg(all),
          QObject::tr("Maps (%1)").arg("*.h5"),
          QObject::tr("Surfaces (%1)").arg(surfaces),
          QObject::tr("Vertex data (%1)").arg(data),
          QObject::tr("Images (%1)").arg(imagePatterns()),
          QObject::tr("Weights (%1)").arg(weightsPatterns()),
          QObject::tr("All files (*)")};
}

QStringList imageFilters() {
  return {QObject::tr("Images (%1)").arg(imagePatterns()), QObject::tr("All files (*)")};
}

QStringList weightsFilters() {
  return {QObject::tr("Weights (%1)").arg(weightsPatterns()), QObject::tr("All files (*)")};
}

QStringList figureFilters() {
  QStringList filters;
  for (const FigureFormatEntry entry : figureFormatTable()) {
    const std::string_view title = entry().title;
    filters.append(QString::fromUtf8(title) + " (" + patternsOf(entry().endings) + ")");
  }
  return filters;
}

QString fileNameFor(const std::string& title) {
  constexpr std::size_t most = 60; // characters, of up to four bytes; a name may have 255 bytes
  QString name = shown(title, most);
  for (const QChar letter : {QChar('/'), QChar(':'), QChar(QChar::ReplacementCharacter)}) {
    name.replace(letter, '-');
  }
  return name;
}

void askForFiles(QWidget* parent,
                 const QString& title,
                 const QStringList& filters,
                 std::function<void(const Paths&)> chosen) {
  QFileDialog* dialog = makeDialog(parent, title);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  dialog->setNameFilters(filters);
  QObject::connect(
      dialog,
      &QFileDialog::filesSelected,
      parent,
      [chosen = std::move(chosen)](const QStringList& files) { chosen(pathsOf(files)); });
  dialog->open();
}

void askForFolder(QWidget* parent,
                  const QString& title,
                  std::function<void(const std::filesystem::path&)> chosen) {
  QFileDialog* dialog = makeDialog(parent, title);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  QObject::connect(
      dialog,
      &QFileDialog::fileSelected,
      parent,
      [chosen = std::move(chosen)](const QString& file) { chosen(file.toStdString()); });
  dialog->open();
}

void askWhereToSave(QWidget* parent,
                    const QString& title,
                    const QString& proposedName,
                    const QStringList& filters,
                    const QString& suffix,
                    std::function<void(const std::filesystem::path&)> chosen) {
  QFileDialog* dialog = makeDialog(parent, title);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setNameFilters(filters);
  dialog->setDefaultSuffix(suffix);
  dialog->selectFile(proposedName);
  QObject::connect(
      dialog,
      &QFileDialog::fileSelected,
      parent,
      [chosen = std::move(chosen)](const QString& file) { chosen(file.toStdString()); });
  dialog->open();
}

} // namespace cortograph
