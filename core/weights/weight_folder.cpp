#include "weights/weight_folder.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <vector>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Where the weights of a published folder are: by the usual names, else by ending. Empty if none.
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

} // namespace

void refuseNoFile(const fs::path& path) {
  std::error_code ignored;
  const bool isFolder = fs::is_directory(path, ignored);
  const std::string candidate = isFolder ? candidateIn(path) : std::string();
  throw Error(
      ErrorKind::file,
      path.string() +
          (candidate.empty()
               ? std::string(isFolder ? " is a folder without weights" : " is not a regular file") +
                     "; name a .safetensors, .pth or .pt file, or the .index.json of shards."
               : " is a folder; name the weights inside it: " + (path / candidate).string() + "."));
}

} // namespace cortograph
