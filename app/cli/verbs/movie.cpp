#include "viewer/figure/movie.h"

#include "app/cli/picture_options.h"
#include "app/cli/verb.h"
#include "base/error.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  PictureOptions picture;
  std::string move = "spin";
  double seconds = 6;
  double framesPerSecond = 30;
  std::filesystem::path out;
};

using FrameAt = std::function<MovieFrame(int)>;

FrameAt spinning(const PictureToDraw& picture, int frames) {
  return [state = gridOf(picture.document()), camera = picture.cameras.front(), frames](int frame) {
    return MovieFrame{.state = state, .camera = spun(camera, 360.0 * frame / frames)};
  };
}

/// All frames of a movie are one step of the session.
Step frameStep() {
  return {.name = "movie", .mergeKey = "movie"};
}

/// Shows the cortex from folded to flat and back, slower towards the ends.
FrameAt unfolding(const PictureToDraw& picture, int frames) {
  return [session = picture.session, camera = picture.cameras.front(), frames](int frame) mutable {
    session.apply(frameStep(), [&](Document& document) {
      const double share = static_cast<double>(frame) / std::max(1, frames - 1);
      setUnfolding(document, {}, (1 - std::cos(2 * M_PI * share)) / 2);
      LegendPlace& place = document.style.legends.place;
      if (place == LegendPlace::automatic) {
        place = LegendPlace::right; // automatic legends would jump
      }
    });
    return MovieFrame{.state = gridOf(session.document()), .camera = camera};
  };
}

/// Shows one map after the other in the same pane, such as the snapshots of a training.
FrameAt passing(const PictureToDraw& picture, int frames) {
  std::vector<int> shown;
  for (const MapRow& row : picture.document().rows) {
    if (row.shown && row.map != nullptr) {
      shown.push_back(row.id);
    }
  }
  if (shown.size() < 2) {
    throw Error(ErrorKind::unsupported,
                "A movie of maps needs two or more maps; give them with --maps, such as those "
                "that \"cortograph train --snapshots DIR\" writes.");
  }
  return [session = picture.session, camera = picture.cameras.front(), shown, frames](
             int frame) mutable {
    const std::size_t place =
        static_cast<std::size_t>(frame) * shown.size() / static_cast<std::size_t>(frames);
    session.apply(frameStep(), [&](Document& document) {
      for (MapRow& row : document.rows) {
        row.shown = row.id == shown[place];
      }
    });
    return MovieFrame{.state = gridOf(session.document()), .camera = camera};
  };
}

void run(const Settings& settings, const Console& console) {
  const PictureToDraw picture = pictureOf(settings.picture, console);
  const int frames =
      std::max(1, static_cast<int>(std::lround(settings.seconds * settings.framesPerSecond)));
  const FrameAt frameAt = settings.move == "spin"     ? spinning(picture, frames)
                          : settings.move == "unfold" ? unfolding(picture, frames)
                                                      : passing(picture, frames);
  const PictureSize size = sizeOf(settings.picture, frameAt(0).state);
  const int width = size.width / 2 * 2;
  const int height = size.height / 2 * 2;
  const auto file =
      openMovie(settings.out, width, height, settings.framesPerSecond, console.command);
  const auto add = [&file](const Picture& frame) { file->add(frame); };
  drawFrames(frames, frameAt, width, height, add, console.control());
  file->finish();
  console.print(
      {{"out", settings.out.string()}, {"frames", frames}, {"width", width}, {"height", height}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  addPictureOptions(app, settings->picture);
  app.add_option("--move",
                 settings->move,
                 "Turn once around, unfold and fold again, or show one map after the other")
      ->check(CLI::IsMember({"spin", "unfold", "maps"}))
      ->capture_default_str();
  app.add_option("--seconds", settings->seconds, "Length in seconds")
      ->check(CLI::Range(0.01, 3600.0))
      ->capture_default_str();
  app.add_option("--fps", settings->framesPerSecond, "Frames per second")
      ->check(CLI::Range(1.0, 240.0))
      ->capture_default_str();
  app.add_option("--out", settings->out, "MP4 file to write, or F.png to write F-0001.png, …")
      ->required()
      ->option_text("F.mp4");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& movie() {
  static const Verb verb{.name = "movie",
                         .summary = "writes a movie of brains that turn, unfold or learn",
                         .declare = declare,
                         .writes = {"mp4"}};
  return verb;
}

} // namespace cortograph::verbs
