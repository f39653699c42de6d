#include "core/weights/archives.h"
#include "support/test_case.h"
#include "window_on_demo.h"

#include <QMessageBox>
#include <QSettings>

using namespace cortograph;
using namespace cortograph::test;

namespace {

void choose(MainWindow& window, const char* dialog, const char* button) {
  QTRY_VERIFY_WITH_TIMEOUT(window.findChild<QMessageBox*>(dialog) != nullptr, patience);
  child<QPushButton>(child<QMessageBox>(window, dialog), button).click();
  QTRY_VERIFY_WITH_TIMEOUT(window.findChild<QMessageBox*>(dialog) == nullptr, patience);
}

} // namespace

/// A network that is a program runs only where the user agrees.
class WindowConsentTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const fs::path module_ = folder_.filePath("pools.pt").toStdString();
  const fs::path map_ = folder_.filePath("trained.h5").toStdString();

  static void forgetConsent() { QSettings("cortograph", "cortograph").clear(); }

private Q_SLOTS:
  void initTestCase() {
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.path());
    std::ofstream(module_, std::ios::binary)
        << scriptModuleBytes("    return [torch.avg_pool2d(x, [32, 32])]\n");
  }

  void openingAsksAndDecliningRunsNothing() {
    const auto window = windowOnDemo(true);
    drop(*window, {module_});
    choose(*window, "consentDialog", "declineButton");
    const QString reading = child<QLabel>(*window, "networkReading").text();
    QVERIFY2(reading.contains("layers known when it runs"), qPrintable(reading));
    // Starting a training asks again, and nothing starts.
    child<QPushButton>(*window, "startButton").click();
    choose(*window, "consentDialog", "declineButton");
    QVERIFY(child<QPushButton>(*window, "startButton").isEnabled());
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
  }

  void agreeingIsRememberedForTheContent() {
    const auto window = windowOnDemo(true);
    drop(*window, {module_});
    choose(*window, "consentDialog", "agreeButton");
    auto& reading = child<QLabel>(*window, "networkReading");
    QTRY_VERIFY_WITH_TIMEOUT(reading.text().contains("1 layers"), patience);
    QSignalSpy ended(window.get(), &MainWindow::trainingEnded);
    child<QSpinBox>(*window, "stepsSpin").setValue(2);
    child<QPushButton>(*window, "startButton").click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 5 * patience);
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
    const MapRow trained = window->document().rows.back();
    QVERIFY(textOf(trained.map->attributes, "command").ends_with("--trust --steps 2"));
    writeMap(map_, *trained.map);

    // Another content is another program.
    const auto other = windowOnDemo(true);
    const fs::path changed = folder_.filePath("changed.pt").toStdString();
    std::ofstream(changed, std::ios::binary)
        << scriptModuleBytes("    return [torch.avg_pool2d(x, [16, 16])]\n");
    drop(*other, {changed});
    choose(*other, "consentDialog", "declineButton");
    drop(*other, {module_});
    QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>(*other, "networkReading").text().contains("1 layers"),
                             patience);
    QVERIFY(other->findChild<QMessageBox*>("consentDialog") == nullptr);
  }

  void aMapAsksBeforeItPredicts() {
    QVERIFY(fs::exists(map_)); // of the test above
    forgetConsent();
    Picture picture(64, 64);
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = i % 4 == 3 ? 255 : static_cast<std::uint8_t>(i * 7);
    }
    const fs::path image = folder_.filePath("stripes.png").toStdString();
    writePng(image, picture);
    const auto window = windowOnDemo(true);
    drop(*window, {map_});
    QTRY_VERIFY_WITH_TIMEOUT(window->idle() && window->document().rows.back().file == map_,
                             patience);
    const int row = window->document().rows.back().id;
    const auto painted = [&] { return findRow(window->document(), row)->probe != nullptr; };
    drop(*window, {image});
    choose(*window, "consentDialog", "declineButton");
    QTRY_VERIFY_WITH_TIMEOUT(window->idle(), patience);
    QVERIFY(!painted());
    child<QPushButton>(*window, "clearImageButton").click();
    drop(*window, {image});
    choose(*window, "consentDialog", "agreeButton");
    QTRY_VERIFY_WITH_TIMEOUT(painted(), patience);
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
  }
};

CORTOGRAPH_TEST(WindowConsentTest, QApplication)
#include "window_consent_test.moc"
