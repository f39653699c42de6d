#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "base/picture.h"
#include "base/version.h"
#include "engine/engine.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>
#include <set>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::filesystem::path map;
  std::string images;
  std::filesystem::path out;
  TopChannelsJob job;
};

/// Returns the files DIR/image_region.png, for each image and each region of it.
std::vector<std::filesystem::path> filesOf(const Settings& settings) {
  std::vector<std::filesystem::path> files;
  std::set<std::filesystem::path> seen;
  for (const Stimulus& image : settings.job.images) {
    for (const std::string& region : settings.job.regions) {
      files.push_back(settings.out / (image.name + "_" + region + ".png"));
      if (!seen.insert(files.back()).second) {
        throw Error(ErrorKind::mismatch,
                    "Two pictures would be written as " + files.back().string() +
                        "; name each region once, and give the images different names.");
      }
    }
  }
  return files;
}

/// Enlarges a grid of colours (rows × columns × 3, 0..1) to a picture of `size` pixels, each with
/// the colour of its cell.
Picture enlarged(std::span<const float> colors, const Extent& grid, const Extent& size) {
  Picture picture(size.columns, size.rows);
  for (int y = 0; y < size.rows; ++y) {
    for (int x = 0; x < size.columns; ++x) {
      const int cell = y * grid.rows / size.rows * grid.columns + x * grid.columns / size.columns;
      std::uint8_t* pixel = picture.pixel(x, y);
      for (std::size_t c = 0; c < 3; ++c) {
        pixel[c] = static_cast<std::uint8_t>(
            std::lround(colors[static_cast<std::size_t>(cell) * 3 + c] * 255));
      }
      pixel[3] = 255;
    }
  }
  return picture;
}

PictureText textFor(const Settings& settings, const Stimulus& image, const Console& console) {
  const Attributes& map = settings.job.map->attributes;
  return {{"Software", std::string("Cortograph ") + softwareVersion},
          {"Comment", console.command},
          {"network_hash", textOf(map, "network_hash")},
          {"image_hash", image.hash()},
          {"simulated", textOf(map, "simulated")}};
}

/// Writes the pictures. Returns the description of each for the output.
nlohmann::ordered_json write(const Settings& settings,
                             const std::vector<std::filesystem::path>& files,
                             const TopChannels& channels,
                             const Console& console) {
  nlohmann::ordered_json written = nlohmann::ordered_json::array();
  const std::span<const float> values(channels.pictures.values);
  const Extent grid{.rows = static_cast<int>(channels.pictures.shape[2]),
                    .columns = static_cast<int>(channels.pictures.shape[3])};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Stimulus& image = settings.job.images[i / channels.regions.size()];
    const RegionChannels& region = channels.regions[i % channels.regions.size()];
    const std::size_t size = channels.pictures.shape[2] * channels.pictures.shape[3] * 3;
    std::error_code failure; // writing reports it
    std::filesystem::create_directories(files[i].parent_path(), failure);
    writePng(files[i],
             enlarged(values.subspan(i * size, size), grid, channels.image),
             textFor(settings, image, console));
    written.push_back({{"file", files[i].string()},
                       {"image", image.name},
                       {"region", region.name},
                       {"vertices", region.vertices},
                       {"low", channels.range.values[2 * i]},
                       {"high", channels.range.values[2 * i + 1]}});
  }
  return written;
}

void run(Settings& settings, const Console& console) {
  settings.job.map = std::make_shared<const BrainMap>(readMap(settings.map));
  settings.job.images = findImages(settings.images);
  const std::vector<std::filesystem::path> files = filesOf(settings);
  const TopChannels channels = loadEngine().topChannels(settings.job, console.control());
  console.print({{"out", settings.out.string()},
                 {"grid", std::vector{channels.pictures.shape[2], channels.pictures.shape[3]}},
                 {"pictures", write(settings, files, channels, console)}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  TopChannelsJob& job = settings->job;
  app.add_option("--map", settings->map, "Map of the encoder")->required()->option_text("M.h5");
  app.add_option("--images,--image", settings->images, "Image file or folder")->required();
  app.add_option("--regions", job.regions, "Regions of the map (see cortograph info M.h5)")
      ->required()
      ->option_text("ROI…")
      ->delimiter(',');
  app.add_option_function<std::string>(
         "--hemisphere",
         [&job](const std::string& name) {
           for (const Side side : bothSides) {
             if (name == toString(side)) {
               job.hemisphere = side;
             }
           }
         },
         "Hemisphere whose vertices are used (default both)")
      ->check(CLI::IsMember({"both", "left", "right"}));
  app.add_flag("--one-scale", job.oneScale, "Use one colour scale for all pictures");
  app.add_option("--out", settings->out, "Folder to write into")->required()->option_text("DIR");
  addNetworkOptions(app, job.network);
  app.get_option("--network")
      ->description("File of weights (default: the one that the map records)");
  addComputeOptions(app, job.compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& channels() {
  static const Verb verb{.name = "channels",
                         .summary = "draws the channels that regions read out, over images",
                         .declare = declare};
  return verb;
}

} // namespace cortograph::verbs
