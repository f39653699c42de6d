#include "app/window/run_window.h"

#include "app/window/application.h"
#include "app/window/end_signals.h"
#include "app/window/main_window.h"
#include "app/window/pictures.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/picture.h"
#include "base/plain_text.h"
#include "base/version.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <QApplication>
#include <QStyleFactory>
#include <QTimer>

#include <algorithm>
#include <clocale>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace cortograph {

namespace {

/// Writes the screenshot. Returns 0, or 1 when a file could not be opened or written.
int writeScreenshot(MainWindow& window, const std::filesystem::path& file) {
  int status = 0;
  for (const QString& message : window.messages()) {
    std::cerr << "cortograph: " << onOneLine(message.toStdString()) << '\n';
    status = 1;
  }
  try {
    writePng(file, pictureOf(window.grab().toImage()), {{"Software", "Cortograph"}});
  } catch (const Error& error) {
    std::cerr << "cortograph: " << onOneLine(error.what()) << '\n';
    status = 1;
  }
  return status;
}

/// Takes the screenshot when the frame after the last change has been drawn, then quits.
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
            // Not from inside a frame, because grab() draws one itself.
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

/// Returns the time since the program was started, to a hundredth of a second; 0 when it is not
/// known.
double secondsOfRunning() {
  constexpr int startField = 22; // of man 5 proc, after the name in parentheses
  std::ifstream file("/proc/self/stat");
  std::string stat;
  std::getline(file, stat);
  std::istringstream fields(stat.substr(std::min(stat.rfind(')'), stat.size() - 1) + 1));
  std::string field;
  for (int i = 3; i <= startField; ++i) {
    fields >> field;
  }
  timespec now{};
  if (!fields || clock_gettime(CLOCK_BOOTTIME, &now) != 0) {
    return 0;
  }
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) -
         std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Prints time and memory when the first frame with a brain has been drawn, then quits.
void closeAfterFirstPicture(MainWindow& window) {
  QObject::connect(&window.scene(), &SceneWidget::rendered, &window, [&window] {
    if (!window.scene().state().rows.empty()) {
      std::cout << nlohmann::ordered_json{{"first_picture_ms", 1000 * secondsOfRunning()},
                                          {"peak_mb", peakMegabytes()}}
                       .dump(2)
                << '\n';
      QApplication::exit();
    }
  });
}

} // namespace

int runWindow(int argc, char** argv, const WindowOptions& options) {
  if (const std::string problem = SceneWidget::openGlProblem(); !problem.empty()) {
    std::cerr << "cortograph: " << problem << '\n';
    return 1;
  }
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  const Application application(argc, argv);
  // Qt has set the user's locale, but numbers in files always have a decimal point.
  std::setlocale(LC_NUMERIC, "C"); // NOLINT(concurrency-mt-unsafe): no other thread yet
  QApplication::setApplicationName("cortograph");
  QApplication::setApplicationDisplayName("Cortograph");
  QApplication::setApplicationVersion(softwareVersion);

  MainWindow window;
  const EndSignals signals;
  QObject::connect(&signals, &EndSignals::received, &window, [&window](int signal) {
    QObject::connect(
        &window, &MainWindow::ended, &window, [signal] { QApplication::exit(128 + signal); });
    window.end();
  });
  if (!options.screenshot.empty()) {
    window.setEngineOnDemand(true);
    closeAfterScreenshot(window, options.screenshot);
  }
  if (options.timed) {
    window.setEngineOnDemand(true);
    closeAfterFirstPicture(window);
  }
  if (options.files.empty()) { // files are read while the window comes up
    window.openShippedMaps();
    if (options.screenshot.empty() && !options.timed) {
      window.offerTrainings();
    }
  } else {
    window.openFiles(options.files);
  }
  window.show();
  return QApplication::exec();
}

} // namespace cortograph
