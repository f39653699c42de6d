#include "viewer/figure/figure.h"

#include "app/cli/picture_options.h"
#include "app/cli/verb.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  PictureOptions picture;
  std::filesystem::path out;
};

void run(const Settings& settings, const Console& console) {
  const Control control = console.control();
  const FigureFormat& format = figureFormatFor(settings.out);
  const PictureToDraw picture = pictureOf(settings.picture, console);
  const GridState state = gridOf(picture.document());
  const PictureSize size = sizeOf(settings.picture, state);
  const Plate plate =
      drawFigure(state,
                 {.cameras = picture.cameras, .width = size.width, .height = size.height},
                 format,
                 control);
  const SavedView view = savedViewOf(picture.document(), picture.cameras, console.command, control);
  format.write(settings.out, plate, {view.command, toJson(view)}, size.dotsPerInch);
  console.print({{"out", settings.out.string()},
                 {"width", plate.picture.width},
                 {"height", plate.picture.height}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  addPictureOptions(app, settings->picture);
  app.add_option("--out", settings->out, "PNG, TIFF, PDF or SVG file to write")
      ->required()
      ->option_text("F.png");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& figure() {
  static const Verb verb{.name = "figure",
                         .summary = "draws maps side by side and writes the picture",
                         .declare = declare,
                         .writes = {"figure"}};
  return verb;
}

} // namespace cortograph::verbs
