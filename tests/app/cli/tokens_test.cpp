#include "base/hdf5.h"
#include "base/picture.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>

using namespace cortograph;

namespace fs = std::filesystem;

namespace {

constexpr int imageCount = 24;

struct Outcome {
  int status = -1;
  QByteArray out;
  QByteArray error;
};

Outcome run(const QStringList& arguments) {
  QProcess process;
  process.start(CORTOGRAPH_PROGRAM, arguments);
  if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit) {
    return {};
  }
  return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// Images that the partial file says are done; read from a copy, its writer is at work.
std::ptrdiff_t doneIn(const fs::path& partial, const fs::path& copy) {
  try {
    fs::copy_file(partial, copy, fs::copy_options::overwrite_existing);
    const auto done = Hdf5File::resume(copy).read<std::uint8_t>("/images/done").values;
    return std::count(done.begin(), done.end(), 1);
  } catch (const std::exception&) { // it is not there yet
    return -1;
  }
}

void compareGroups(const Hdf5File& a, const Hdf5File& b, const std::string& group, int& datasets) {
  QCOMPARE(a.children(group), b.children(group));
  for (const std::string& name : a.children(group)) {
    const std::string at = (group == "/" ? "" : group) + "/" + name;
    if (a.isGroup(at)) {
      compareGroups(a, b, at, datasets);
      continue;
    }
    ++datasets;
    if (at == "/images/name" || at == "/images/hash") {
      QCOMPARE(a.readStrings(at), b.readStrings(at));
    } else {
      const Array<float> left = a.read<float>(at);
      QCOMPARE(left.shape, b.shapeOf(at));
      QVERIFY2(left.values == b.read<float>(at).values, at.c_str());
    }
  }
}

} // namespace

/// `cortograph tokens` and `bench tokens` as they are run.
class CliTokensTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void initTestCase() {
    QVERIFY(QDir(folder_.path()).mkdir("images"));
    for (int i = 0; i < imageCount; ++i) {
      Picture picture(50 + i, 40);
      for (std::size_t k = 0; k < picture.rgba.size(); ++k) {
        picture.rgba[k] = static_cast<std::uint8_t>(k % 4 == 3 ? 255 : k * (i + 3));
      }
      writePng(path("images/" + std::to_string(100 + i) + ".png"), picture);
    }
  }

  // A run that is killed twice ends as one that is not, and computes no image that was done.
  void goesOnAfterAKill() {
    const Outcome whole = run(arguments("whole.h5"));
    QVERIFY2(whole.status == 0, whole.error);
    QStringList cut = arguments("cut.h5");
    const fs::path partial = path("cut.h5.partial");
    std::ptrdiff_t kept = 0;
    for (const std::ptrdiff_t least : {4, 12}) {
      QProcess process;
      process.start(CORTOGRAPH_PROGRAM, cut);
      QTRY_VERIFY_WITH_TIMEOUT(doneIn(partial, path("copy.h5")) >= least, 60'000);
      process.kill(); // SIGKILL: no word to the program
      QVERIFY(process.waitForFinished());
      QVERIFY(!fs::exists(path("cut.h5")));
      kept = doneIn(partial, path("copy.h5"));
      QVERIFY(kept >= least && kept < imageCount);
    }
    const Outcome resumed = run(cut);
    QVERIFY2(resumed.status == 0, resumed.error);
    const QByteArray words = QByteArray::number(static_cast<int>(kept)) + " of 24 images are done";
    QVERIFY2(resumed.error.contains(words), resumed.error);
    QVERIFY(!fs::exists(partial));
    int datasets = 0;
    compareGroups(Hdf5File::open(path("whole.h5")), Hdf5File::open(path("cut.h5")), "/", datasets);
    QCOMPARE(datasets, 3 + 2 * 6);
    const Outcome again = run(cut);
    QVERIFY2(again.status == 0 && again.error.contains("already holds"), again.error);
  }

  void benchSaysHowFastTokensAre() {
    const Outcome bench = run({"bench",
                               "tokens",
                               "--network",
                               "demo:gabor",
                               "--images",
                               "6",
                               "--batch",
                               "4",
                               "--threads",
                               "2",
                               "--json"});
    QVERIFY2(bench.status == 0, bench.error);
    const QJsonObject result = QJsonDocument::fromJson(bench.out).object();
    QVERIFY(result["images_per_second"].toDouble() > 0);
    QVERIFY(result["peak_mb"].toDouble() > 1);
    QCOMPARE(result["images"].toInt(), 6);
    QCOMPARE(result["threads"].toInt(), 2);
    const Outcome half =
        run({"bench", "tokens", "--network", "demo:gabor", "--half", "--device", "cpu"});
    QVERIFY2(half.status == 1 && half.error.contains("Half precision"), half.error);
  }

private:
  [[nodiscard]] fs::path path(const std::string& name) const {
    return folder_.filePath(QString::fromStdString(name)).toStdString();
  }
  [[nodiscard]] QStringList arguments(const char* out) const {
    return {"tokens",
            "--network",
            "demo:gabor",
            "--image-size",
            "256x256",
            "--images",
            folder_.filePath("images"),
            "--batch",
            "2",
            "--out",
            folder_.filePath(out)};
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(CliTokensTest, QCoreApplication)
#include "tokens_test.moc"
