#include "jobs/train_job.h"

namespace cortograph {

std::filesystem::path checkpointOf(const std::filesystem::path& map) {
  std::filesystem::path file = map;
  file.replace_extension();
  file += ".checkpoint.h5";
  return file;
}

} // namespace cortograph
