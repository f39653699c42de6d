#include "weights/weight_bytes.h"

#include "base/error.h"
#include "base/mapped_file.h"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Returns the name of the weights file in a published folder: one of the usual names, else the
/// first with a usual ending. Empty if there is none.
std::string candidateIn(const fs::path& folder) {
  static constexpr std::array<const char*, 8> usual{"model.safetensors",
                                                    "model.safetensors.index.json",
                                                    "open_clip_model.safetensors",
                                                    "pytorch_model.bin",
                                                    "pytorch_model.bin.index.json",
                                                    "open_clip_pytorch_model.bin",
                                                    "diffusion_pytorch_model.safetensors",
                                                    "model.pt"};
  static constexpr std::array<const char*, 6> endings{
      ".safetensors.index.json", ".safetensors", ".pth", ".pt", ".bin.index.json", ".bin"};
  std::error_code ignored;
  for (const char* name : usual) {
    if (fs::is_regular_file(folder / name, ignored)) {
      return name;
    }
  }
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  for (const char* ending : endings) {
    for (const std::string& name : names) {
      if (name.ends_with(ending) && fs::is_regular_file(folder / name, ignored)) {
        return name;
      }
    }
  }
  return {};
}

[[noreturn]] void refuseOther(const fs::path& file, bool folder) {
  const std::string candidate = folder ? candidateIn(file) : std::string();
  throw Error(
      ErrorKind::file,
      file.string() +
          (candidate.empty()
               ? std::string(folder ? " is a folder without weights" : " is no file") +
                     "; name a .safetensors, .pth or .pt file, or the .index.json of shards."
               : " is a folder; name the weights inside it: " + (file / candidate).string() + "."));
}

} // namespace

WeightBytes mapWeights(const fs::path& file) {
  std::error_code ignored;
  const fs::file_status status = fs::status(file, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    refuseOther(file, fs::is_directory(status));
  }
  MappedFile mapped = mapFile(file, "weights file");
  return {mapped.bytes, std::move(mapped.memory)};
}

} // namespace cortograph
