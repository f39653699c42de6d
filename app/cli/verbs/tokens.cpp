#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/file_ending.h"
#include "engine/engine.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  TokensJob job;
  std::string images;
};

/// Finds the images in a file or folder, or the training images of a subject, from which an encoder
/// learns.
std::vector<Stimulus> imagesOf(const std::string& spec) {
  const Layout* layout = layoutOf(spec);
  return layout == nullptr ? findImages(spec) : layout->read(spec).training.images;
}

void run(Settings& settings, const Console& console) {
  if (hasEnding(settings.images, ".safetensors")) {
    settings.job.preparedImages = settings.images;
  } else {
    settings.job.images = imagesOf(settings.images);
  }
  settings.job.command = console.command;
  const std::size_t images = loadEngine().extractTokens(settings.job, console.control());
  console.print({{"out", settings.job.out.string()},
                 {"images", images},
                 {"bytes", std::filesystem::file_size(settings.job.out)}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  addNetworkOptions(app, settings->job.network);
  app.get_option("--network")->required();
  app.add_option("--images",
                 settings->images,
                 "Image file, folder, subject, or .safetensors with a prepared tensor `image`")
      ->required();
  app.add_option("--out", settings->job.out, "File of tokens to write")
      ->required()
      ->option_text("F.h5");
  addTokenOptions(app, settings->job.tokens);
  app.add_option("--batch", settings->job.tokens.batch, "Images per batch")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option_function<std::string>(
         "--dtype",
         [settings](const std::string& type) { settings->job.float16 = type == "float16"; },
         "Type of the stored numbers")
      ->check(CLI::IsMember({"float32", "float16"}));
  addHalfOption(app, settings->job.tokens);
  addComputeOptions(app, settings->job.compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& tokens() {
  static const Verb verb{.name = "tokens",
                         .summary = "writes a network's block outputs for images",
                         .declare = declare,
                         .writes = {"tokens"}};
  return verb;
}

} // namespace cortograph::verbs
