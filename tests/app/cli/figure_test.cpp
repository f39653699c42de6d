#include "base/picture.h"
#include "base/resources.h"
#include "core/base/full_disk.h"
#include "support/program.h"
#include "support/test_case.h"

#include <tiffio.h>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace cortograph;

/// `figure` and `movie` on the demo's maps, as they are run.
class FigureVerbTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;

  [[nodiscard]] static QString map(const char* network) {
    return QString::fromStdString(
        resourcePath(std::string("demo/maps/demo/") + network + ".h5").string());
  }
  [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }
  [[nodiscard]] test::Outcome run(const QStringList& options) const {
    return test::runProgram(CORTOGRAPH_PROGRAM, options, {});
  }
  [[nodiscard]] QByteArray content(const QString& name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  [[nodiscard]] Picture picture(const QString& name) const {
    return readPicture(path(name).toStdString());
  }
  void draw(const QString& name, const QStringList& options) {
    const test::Outcome done = run(QStringList{"figure", "--out", path(name)} + options);
    QVERIFY2(done.status == 0, done.error);
  }

private Q_SLOTS:
  void everyFormatIsLikeEveryOther() {
    const QStringList shown{"--maps",
                            map("clip") + "," + map("supervised"),
                            "--show",
                            "layer,channel",
                            "--size",
                            "8x6cm",
                            "--dpi",
                            "150"};
    draw("a.png", shown);
    QCOMPARE(picture("a.png").width, 472);
    QCOMPARE(picture("a.png").height, 354);
    for (const char* name : {"a.tif", "a.svg", "a.pdf"}) {
      draw(name, shown);
      draw("again.png", {"--like", path(name), "--size", "472x354", "--dpi", "150"});
      QVERIFY2(picture("again.png").rgba == picture("a.png").rgba, name);
    }
    const QByteArray svg = content("a.svg");
    QVERIFY(svg.contains("<text"));
    QVERIFY(svg.contains("20 channel clusters"));
    QVERIFY(svg.contains("CLIP ViT (demo)"));
    QVERIFY(svg.count("<path") >= 2); // outlines
    QVERIFY(content("a.pdf").startsWith("%PDF-"));
    QVERIFY(content("a.pdf").contains("/FontFile2")); // text as text
    QVERIFY(content("a.pdf").contains("sha256"));
  }

  void tiffKeepsSizeAndResolution() {
    draw("b.png", {"--maps", map("clip"), "--show", "r2", "--size", "300x200", "--transparent"});
    draw("b.tif",
         {"--maps",
          map("clip"),
          "--show",
          "r2",
          "--size",
          "300x200",
          "--transparent",
          "--dpi",
          "600"});
    TIFF* tiff = TIFFOpen(path("b.tif").toUtf8().constData(), "r");
    QVERIFY(tiff != nullptr);
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    float resolution = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &resolution);
    QCOMPARE(width, 300U);
    QCOMPARE(height, 200U);
    QCOMPARE(resolution, 600.0F);
    const Picture expected = picture("b.png");
    std::vector<std::uint8_t> row(static_cast<std::size_t>(TIFFScanlineSize(tiff)));
    QCOMPARE(row.size(), std::size_t{300 * 4});
    for (std::uint32_t y = 0; y < height; ++y) {
      QCOMPARE(TIFFReadScanline(tiff, row.data(), y, 0), 1);
      QVERIFY(std::equal(row.begin(), row.end(), expected.pixel(0, static_cast<int>(y))));
    }
    TIFFClose(tiff);
  }

  void layoutsOfThePaper() {
    draw("layers.png", {"--maps", map("clip"), "--layout", "layers", "--size", "1200x300"});
    draw("wrapped.png",
         {"--maps",
          map("clip"),
          "--show",
          "layer-weight:1,layer-weight:2,layer-weight:3,layer-weight:4,layer-weight:5,"
          "layer-weight:6,layer-weight:7,layer-weight:8",
          "--surface",
          "flat",
          "--arrange",
          "wrapped",
          "--columns",
          "6",
          "--size",
          "1200x300"});
    QVERIFY(picture("layers.png").rgba == picture("wrapped.png").rgba);
    const QString maps = map("clip") + "," + map("supervised") + "," + map("dino");
    draw("networks.png", {"--maps", maps, "--layout", "networks", "--size", "900x300"});
    draw("kinds.png",
         {"--maps",
          maps,
          "--show",
          "layer",
          "--surface",
          "flat",
          "--arrange",
          "kinds",
          "--size",
          "900x300"});
    QVERIFY(picture("networks.png").rgba == picture("kinds.png").rgba); // of one subject
  }

  void marksWhatIsPointedAt() {
    const QStringList plain{
        "--maps", map("clip"), "--show", "r2", "--views", "posterior", "--size", "500x300"};
    draw("unmarked.png", plain);
    draw("marked.png", plain + QStringList{"--pin", "lh:300", "--select", "V1"});
    QVERIFY(picture("marked.png").rgba != picture("unmarked.png").rgba);
    draw("again.png", {"--like", path("marked.png"), "--size", "500x300"});
    QVERIFY(picture("again.png").rgba == picture("marked.png").rgba);
    draw("parts.png", plain + QStringList{"--regions", "V1v,V1d"});
    draw("whole.png", plain + QStringList{"--regions", "V1"});
    QVERIFY(picture("parts.png").rgba == picture("whole.png").rgba);
    QVERIFY(picture("parts.png").rgba != picture("unmarked.png").rgba);
  }

  void saysWhatIsWrong() {
    const auto fails = [&](const QStringList& options, int status, const char* word) {
      const test::Outcome done = run(options);
      QCOMPARE(done.status, status);
      QVERIFY2(done.error.contains(word), done.error);
    };
    fails({"figure", "--maps", map("clip"), "--out", path("c.bmp")}, 1, ".svg");
    fails({"figure", "--like", map("clip"), "--out", path("c.png")}, 1, "not a figure");
    fails({"figure", "--like", path("a.png"), "--show", "r2", "--out", path("c.png")}, 2, "--show");
    fails({"figure", "--maps", map("clip"), "--size", "90000x10", "--out", path("c.png")},
          1,
          "90000x10");
    fails({"figure", "--maps", map("clip"), "--out", path("no folder/c.pdf")}, 1, "no folder");
    const QString out = path("c.png");
    fails({"figure", "--maps", map("clip"), "--regions", "V9", "--out", out}, 1, "V1v");
    fails({"figure", "--maps", map("clip"), "--select", "V9", "--out", out}, 1, "V1v");
    fails({"figure", "--maps", map("clip"), "--pin", "lh:1,2", "--out", out}, 1, "one vertex");
    fails({"figure", "--maps", map("clip"), "--pin", "lh:99999", "--out", out}, 1, "numbered");
    fails({"movie", "--maps", map("clip"), "--move", "maps", "--out", path("c.mp4")}, 1, "two");
    fails({"movie", "--maps", map("clip"), "--out", path("c.avi")}, 1, ".mp4");
  }

  void numbersHaveAPointInEveryCountry() {
    draw("ranged.png",
         {"--maps", map("clip"), "--show", "r2", "--range", "r2=0:0.45", "--size", "300x200"});
    const QString german = path("de_DE.UTF-8");
    QCOMPARE(QProcess::execute("localedef", {"-i", "de_DE", "-f", "UTF-8", german}), 0);
    qputenv("LOCPATH", folder_.path().toUtf8());
    qputenv("LC_ALL", "de_DE.UTF-8");
    const test::Outcome opened = run({"--screenshot", path("opened.png"), path("ranged.png")});
    qunsetenv("LC_ALL");
    qunsetenv("LOCPATH");
    QVERIFY2(opened.status == 0, opened.error);
  }

  void withoutADisplay() {
    const QStringList options{
        "figure", "--maps", map("clip"), "--show", "layer", "--size", "400x300"};
    const auto blindly = [&](const QString& name) {
      return test::runProgram(
          CORTOGRAPH_PROGRAM, options + QStringList{"--out", path(name)}, {"DISPLAY"});
    };
    draw("seen.png", options.mid(1));
    const test::Outcome offscreen = blindly("offscreen.png");
    QVERIFY2(offscreen.status == 0, offscreen.error);
    const Picture one = picture("offscreen.png");
    const Picture other = picture("seen.png");
    QCOMPARE(one.rgba.size(), other.rgba.size());
    std::size_t different = 0; // frames of legends are lines, which OpenGLs draw a pixel apart
    for (std::size_t i = 0; i < one.rgba.size(); i += 4) {
      different += std::equal(&one.rgba[i], &one.rgba[i] + 4, &other.rgba[i]) ? 0 : 1;
    }
    QVERIFY2(400 * different < one.rgba.size() / 4, std::to_string(different).c_str());
    const char* const drivers = "__EGL_VENDOR_LIBRARY_DIRS"; // where EGL looks for what can draw
    qputenv(drivers, "/nowhere");
    const test::Outcome none = blindly("none.png");
    qunsetenv(drivers);
    QCOMPARE(none.status, 1);
    QVERIFY2(none.error.contains("DISPLAY") && none.error.count('\n') == 1, none.error);
    QVERIFY(!QFile::exists(path("none.png")));
  }

  void aFullDiskLeavesNoFile() {
    for (const char* name : {"full.png", "full.tif", "full.svg", "full.pdf"}) {
      const test::FullDisk full(10'000); // the program inherits it
      const test::Outcome done = run({"figure",
                                      "--maps",
                                      map("clip"),
                                      "--show",
                                      "layer",
                                      "--size",
                                      "600x400",
                                      "--out",
                                      path(name)});
      QVERIFY2(done.status == 1 && done.error.contains(name), done.error);
      QVERIFY2(!QFile::exists(path(name)), name);
    }
  }

  void moviesMove() {
    const QStringList shown{"--maps",
                            map("clip"),
                            "--show",
                            "layer",
                            "--size",
                            "160x120",
                            "--fps",
                            "4",
                            "--seconds",
                            "1"};
    const test::Outcome spin = run(QStringList{"movie", "--out", path("spin.png")} + shown);
    QVERIFY2(spin.status == 0, spin.error);
    QVERIFY(picture("spin-0001.png").rgba != picture("spin-0002.png").rgba);
    QVERIFY(QFile::exists(path("spin-0004.png")));
    QVERIFY(!QFile::exists(path("spin-0005.png")));
    const test::Outcome unfold =
        run(QStringList{"movie", "--move", "unfold", "--out", path("unfold.png")} + shown);
    QVERIFY2(unfold.status == 0, unfold.error);
    QVERIFY(picture("unfold-0001.png").rgba != picture("unfold-0002.png").rgba);
    QVERIFY(picture("unfold-0001.png").rgba == picture("unfold-0004.png").rgba); // and back
    const test::Outcome film = run(QStringList{"movie", "--out", path("film.mp4")} + shown);
    QVERIFY2(film.status == 0, film.error);
    QProcess probe;
    probe.start("ffprobe",
                {"-v",
                 "error",
                 "-count_frames",
                 "-show_entries",
                 "stream=codec_name,width,height,nb_read_frames",
                 "-of",
                 "csv=p=0",
                 path("film.mp4")});
    QVERIFY(probe.waitForFinished());
    QCOMPARE(probe.readAllStandardOutput().simplified(), QByteArray("h264,160,120,4"));
  }
};

CORTOGRAPH_TEST(FigureVerbTest, QCoreApplication)
#include "figure_test.moc"
