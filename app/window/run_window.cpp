#include "app/window/run_window.h"

#include "app/window/main_window.h"
#include "app/window/pictures.h"
#include "base/error.h"
#include "base/picture.h"
#include "base/version.h"

#include <QApplication>
#include <QStyleFactory>
#include <QTimer>

#include <iostream>

namespace cortograph {

namespace {

/// 0, or 1 when a file could not be opened or the picture not be written.
int writeScreenshot(MainWindow& window, const std::filesystem::path& file) {
  int status = 0;
  for (const QString& message : window.messages()) {
    std::cerr << "cortograph: " << message.toStdString() << '\n';
    status = 1;
  }
  try {
    writePng(file, pictureOf(window.grab().toImage()), {{"Software", "Cortograph"}});
  } catch (const Error& error) {
    std::cerr << "cortograph: " << error.what() << '\n';
    status = 1;
  }
  return status;
}

/// Takes the screenshot when the frame after the last change was drawn.
void closeAfterScreenshot(MainWindow& window, const std::filesystem::path& file) {
  QObject::connect(
      &window,
      &MainWindow::settled,
      &window,
      [&window, file] {
        QObject::connect(
            &window.scene(),
            &SceneWidget::rendered,
            &window,
            // Not from inside a frame: the grab draws one itself.
            [&window, file] {
              QTimer::singleShot(0, &window, [&window, file] {
                QApplication::exit(writeScreenshot(window, file));
              });
            },
            Qt::SingleShotConnection);
        window.scene().update();
      },
      Qt::SingleShotConnection);
}

} // namespace

int runWindow(int argc, char** argv, const WindowOptions& options) {
  if (const std::string problem = SceneWidget::openGlProblem(); !problem.empty()) {
    std::cerr << "cortograph: " << problem << '\n';
    return 1;
  }
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  const QApplication application(argc, argv);
  QApplication::setApplicationName("cortograph");
  QApplication::setApplicationDisplayName("Cortograph");
  QApplication::setApplicationVersion(softwareVersion);

  MainWindow window;
  if (!options.screenshot.empty()) {
    window.setEngineOnDemand(true);
    closeAfterScreenshot(window, options.screenshot);
  }
  window.show();
  if (options.files.empty()) {
    window.openDemo();
  } else {
    window.openFiles(options.files);
  }
  return QApplication::exec();
}

} // namespace cortograph
