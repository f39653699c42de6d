#include "app/cli/demo/cortex.h"

#include "base/pending_file.h"
#include "demo/cortex/grown.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph {

std::function<void()> declareGrowCortex(CLI::App& app, const Console& console) {
  auto file = std::make_shared<std::filesystem::path>();
  app.add_option("--out", *file, "File to write")->required()->option_text("F.h5");
  return [file, &console] {
    { const PendingFile writable(*file); } // fails now rather than after a minute of growth
    demo::writeGrownCortex(*file, demo::growCortex());
    console.print({{"out", file->string()}, {"bytes", std::filesystem::file_size(*file)}});
  };
}

} // namespace cortograph
