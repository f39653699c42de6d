#pragma once

#include "app/panels/maps_panel.h"
#include "app/panels/message_bar.h"
#include "app/window/main_window.h"
#include "base/picture.h"
#include "demo/cortex/cortex.h"
#include "engine/engine.h"
#include "support/test_data.h"
#include "synthetic_map.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QProgressDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>
#include <QUrl>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

namespace cortograph::test {

namespace fs = std::filesystem;

inline constexpr int patience = 60'000; ///< milliseconds: the machine may be busy

template <class Widget> Widget& child(QWidget& parent, const char* name) {
  auto* found = parent.findChild<Widget*>(name);
  if (found == nullptr) {
    qFatal("There is no widget %s", name);
  }
  return *found;
}

/// The menu entry of this text.
inline QAction& action(QWidget& window, const char* text) {
  for (QAction* entry : window.findChildren<QAction*>()) {
    if (entry->text().remove('&') == text) {
      return *entry;
    }
  }
  qFatal("There is no menu entry %s", text);
}

inline void drop(QWidget& window, const std::vector<fs::path>& files) {
  QMimeData data;
  QList<QUrl> urls;
  for (const fs::path& file : files) {
    urls.append(QUrl::fromLocalFile(QString::fromStdString(file.string())));
  }
  data.setUrls(urls);
  const QPoint where = window.rect().center();
  QDragEnterEvent enter(where, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent dropped(where, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &dropped);
}

/// Shown, with the demo open and drawn.
inline std::unique_ptr<MainWindow> windowOnDemo(bool engine = false) {
  auto window = std::make_unique<MainWindow>();
  window->setEngineOnDemand(!engine);
  QSignalSpy rendered(&window->scene(), &SceneWidget::rendered);
  window->show();
  window->openShippedMaps();
  const auto drawn = [&] { return !window->scene().state().rows.empty() && window->idle(); };
  if (!QTest::qWaitFor(drawn, patience)) {
    qFatal("The demo was not opened");
  }
  rendered.clear();
  window->scene().update();
  if (!rendered.wait(patience)) {
    qFatal("The demo was not drawn");
  }
  return window;
}

inline std::size_t colorsIn(const Picture& picture) {
  std::set<std::array<std::uint8_t, 3>> colors;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t* pixel = picture.pixel(x, y);
      colors.insert({pixel[0], pixel[1], pixel[2]});
    }
  }
  return colors.size();
}

} // namespace cortograph::test
