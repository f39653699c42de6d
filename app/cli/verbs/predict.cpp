#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "base/file_ending.h"
#include "base/hdf5.h"
#include "base/npy.h"
#include "base/pending_file.h"
#include "engine/engine.h"

#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <memory>
#include <string_view>
#include <utility>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::filesystem::path map;
  std::filesystem::path out;
  std::string images;
  NetworkSource network;
  ComputeSettings compute;
};

using Names = std::vector<std::string>;
using Write = void (*)(const std::filesystem::path&, const Array<float>&, const Names&);

void writeAsHdf5(const std::filesystem::path& out,
                 const Array<float>& responses,
                 const Names& images) {
  PendingFile pending(out);
  {
    Hdf5File file = Hdf5File::create(pending.temporary());
    file.setAttribute("/", "cortograph_kind", std::string("responses"));
    file.setAttribute("/", "schema", std::int64_t{1});
    file.write("/response", responses, "predicted response, images x vertices of the map");
    file.writeStrings("/images/name", images, "name of the image");
    file.flush();
  }
  pending.commit();
}

void writeAsCsv(const std::filesystem::path& out,
                const Array<float>& responses,
                const Names& images) {
  PendingFile pending(out);
  {
    std::ofstream file(pending.temporary());
    file << "vertex";
    for (const std::string& image : images) {
      file << ',' << image;
    }
    file << '\n';
    file.precision(9);
    for (std::size_t vertex = 0; vertex < responses.rowSize(); ++vertex) {
      file << vertex;
      for (std::size_t image = 0; image < images.size(); ++image) {
        file << ',' << responses.row(image)[vertex];
      }
      file << '\n';
    }
    if (!file.flush()) {
      throw Error(ErrorKind::file,
                  "Writing " + out.string() + " failed; free some space or choose another folder.");
    }
  }
  pending.commit();
}

void writeAsNumPy(const std::filesystem::path& out,
                  const Array<float>& responses,
                  const Names& /*names*/) {
  writeNpy(out, responses);
}

Write writerFor(const std::filesystem::path& out) {
  constexpr std::array<std::pair<std::string_view, Write>, 3> writers{
      {{".h5", writeAsHdf5}, {".npy", writeAsNumPy}, {".csv", writeAsCsv}}};
  for (const auto& [ending, write] : writers) {
    if (hasEnding(out, ending)) {
      return write;
    }
  }
  throw Error(ErrorKind::unsupported,
              "The extension of " + out.string() +
                  " is not that of a known format; choose .h5, .npy or .csv.");
}

void run(const Settings& settings, const Console& console) {
  const Write write = writerFor(settings.out);
  PredictJob job;
  job.map = std::make_shared<BrainMap>(readMap(settings.map));
  job.network = settings.network;
  job.images = findImages(settings.images);
  job.compute = settings.compute;
  const Array<float> responses = loadEngine().predict(job, console.control());
  Names names;
  for (const Stimulus& image : job.images) {
    names.push_back(image.name);
  }
  write(settings.out, responses, names);
  console.print({{"out", settings.out.string()},
                 {"images", responses.rows()},
                 {"vertices", responses.rowSize()}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("--map", settings->map, "Map of the encoder")->required()->option_text("M.h5");
  app.add_option("--images", settings->images, "Image file or folder")->required();
  app.add_option("--out", settings->out, "File to write")
      ->required()
      ->option_text("Y.h5|.npy|.csv");
  addNetworkOptions(app, settings->network);
  app.get_option("--network")
      ->description("File of weights (default: the one that the map records)");
  addComputeOptions(app, settings->compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& predict() {
  static const Verb verb{.name = "predict",
                         .summary = "predicts the responses to images",
                         .declare = declare,
                         .writes = {"responses", "npy", "csv"}};
  return verb;
}

} // namespace cortograph::verbs
