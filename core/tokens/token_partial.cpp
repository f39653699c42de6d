#include "tokens/token_partial.h"

#include "base/error.h"
#include "base/log.h"
#include "base/number_words.h"
#include "base/pending_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <map>
#include <system_error>
#include <utility>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

constexpr const char* donePath = "/images/done";

void createDatasets(Hdf5File& file, const TokenPlan& plan) {
  const StoredFloat stored = plan.float16 ? StoredFloat::float16 : StoredFloat::float32;
  for (std::size_t i = 0; i < plan.layers.size(); ++i) {
    const auto width = static_cast<std::size_t>(plan.shapes[i].channels);
    const auto rows = static_cast<std::size_t>(plan.shapes[i].grid.rows);
    const auto columns = static_cast<std::size_t>(plan.shapes[i].grid.columns);
    file.createRows(tokenDataset(plan.layers[i], "local"),
                    {plan.names.size(), width, rows, columns},
                    stored,
                    "local tokens of the block's output: image, channel, row from the top, column");
    file.createRows(tokenDataset(plan.layers[i], "global"),
                    {plan.names.size(), width},
                    stored,
                    "global token of the block's output: image, channel");
  }
}

void writeRuns(Hdf5File& file,
               const std::string& dataset,
               std::span<const std::int64_t> images,
               const torch::Tensor& values,
               bool float16) {
  constexpr float largestHalf = 65504.0F;
  if (float16 && values.abs().max().item<float>() > largestHalf) {
    throw Error(ErrorKind::unsupported,
                "Some tokens of " + dataset +
                    " are larger than float16 can hold (65504); store them as float32.");
  }
  const torch::Tensor rows = values.contiguous();
  const auto size = static_cast<std::size_t>(rows.stride(0));
  for (std::size_t first = 0; first < images.size();) {
    std::size_t end = first + 1;
    while (end < images.size() && images[end] == images[end - 1] + 1) {
      ++end;
    }
    file.writeRows(dataset,
                   static_cast<std::size_t>(images[first]),
                   end - first,
                   {rows.data_ptr<float>() + first * size, (end - first) * size});
    first = end;
  }
}

std::string wordFor(const std::string& attribute) {
  static const std::map<std::string, std::string> words{{"network_hash", "weights"},
                                                        {"network_family", "family"},
                                                        {"network_activation", "activation"},
                                                        {"network_heads", "number of heads"},
                                                        {"network_image_size", "image size"},
                                                        {"compute", "precision"}};
  const auto found = words.find(attribute);
  return found == words.end() ? attribute : found->second;
}

std::string difference(const std::string& what, const std::string& there, const std::string& here) {
  return what + " (" + there + "; now " + here + ")";
}

} // namespace

std::uintmax_t TokenPlan::bytes() const {
  std::uintmax_t values = 0;
  for (const auto& [channels, grid] : shapes) {
    values +=
        static_cast<std::uintmax_t>(channels) *
        (static_cast<std::uintmax_t>(grid.rows) * static_cast<std::uintmax_t>(grid.columns) + 1);
  }
  return values * names.size() * (float16 ? 2 : 4);
}

std::string differenceOf(const TokenPlan& plan, const TokenFileInfo& file) {
  for (const auto& [key, value] : plan.attributes) {
    const bool recipe = key != "network" && key != "network_path" && key != "software_version";
    const std::string there = textOf(file.attributes, key);
    const std::string here = textOf(plan.attributes, key);
    // Older files do not record all attributes; a missing one can't be compared.
    if (recipe && file.attributes.contains(key) && there != here) {
      return difference(wordFor(key), there, here);
    }
  }
  const auto precision = [](const Attributes& attributes) {
    return attributes.contains("compute") ? textOf(attributes, "compute") : "float32";
  };
  if (precision(file.attributes) != precision(plan.attributes)) {
    return difference("precision", precision(file.attributes), precision(plan.attributes));
  }
  const auto stored = [](bool half) { return half ? "float16" : "float32"; };
  if (file.float16 != plan.float16) {
    return difference("stored type", stored(file.float16), stored(plan.float16));
  }
  return {};
}

TokenPartial::TokenPartial(fs::path out, TokenPlan plan)
    : out_(std::move(out)),
      path_(out_.string() + ".partial"),
      before_(out_.string() + ".partial-before"),
      plan_(std::move(plan)) {
  logInfo("Tokens of " + std::to_string(plan_.names.size()) + " images take " +
          inBytes(static_cast<double>(plan_.bytes())) + " in " + out_.string() + ".");
  requireWritableFolder(out_);
  lock();
  try {
    const bool on = goOn();
    requireSpace();
    if (on) {
      file_ = Hdf5File::resume(path_);
    } else {
      create();
    }
  } catch (...) {
    keep();
    close(descriptor_);
    throw;
  }
}

TokenPartial::~TokenPartial() {
  flushing_ = {};
  close(descriptor_);
}

/// Locks the partial file until the descriptor is closed; the system closes it for a killed
/// process.
void TokenPartial::lock() {
  constexpr mode_t everyonesRights = 0666; // the umask is subtracted
  descriptor_ = open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, everyonesRights);
  if (descriptor_ < 0) {
    throw Error(ErrorKind::file,
                "The file " + path_.string() + " can't be created (" +
                    std::generic_category().message(errno) + "); choose another folder.");
  }
  if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
    return;
  }
  if (errno != EWOULDBLOCK) {
    logWarning("The file system of " + path_.string() + " gives no locks (" +
               std::generic_category().message(errno) +
               "): do not let two programs make the same tokens file at once.");
  } else {
    close(std::exchange(descriptor_, -1));
    throw Error(ErrorKind::file,
                "Another run is making " + out_.string() +
                    "; wait for it, or name another file with --out.");
  }
}

bool TokenPartial::goOn() {
  std::error_code ignored;
  if (fs::file_size(path_, ignored) == 0) {
    return false;
  }
  std::optional<TokenFileInfo> earlier;
  try {
    Hdf5File::resume(path_).flush(); // the temporary closes the file again
    earlier = TokenFile(path_, TokenFile::Rows::some).info();
  } catch (const Error& error) {
    logInfo(path_.string() + " of an earlier run can't be read and is begun anew. " +
            error.sentence());
    return false;
  }
  return goOnWith(*earlier);
}

bool TokenPartial::goOnWith(const TokenFileInfo& earlier) {
  std::error_code ignored;
  if (const std::string other = differenceOf(plan_, earlier); !other.empty()) {
    logInfo(path_.string() + " was begun with another " + other +
            ": its tokens can't be used, and it is begun anew.");
    return false;
  }
  if (earlier.imageHashes == plan_.hashes && earlier.imageNames == plan_.names) {
    done_ = earlier.done;
    logInfo("Continuing " + path_.string() + ": " + std::to_string(doneCount()) + " of " +
            std::to_string(done_.size()) + " images are done.");
    return true;
  }
  // If before_ exists already, the partial file holds nothing but copies from it.
  if (!fs::exists(before_, ignored)) {
    fs::rename(path_, before_, ignored);
    close(std::exchange(descriptor_, -1));
    lock();
  }
  return false;
}

/// Throws if the disk has too little space. Space that the partial file already occupies counts as
/// available, also when the file is begun anew.
void TokenPartial::requireSpace() const {
  struct stat status {};
  constexpr std::uintmax_t blockBytes = 512; // unit of st_blocks, see stat(2)
  const std::uintmax_t there = fstat(descriptor_, &status) == 0
                                   ? static_cast<std::uintmax_t>(status.st_blocks) * blockBytes
                                   : 0;
  std::error_code unknown;
  const fs::path folder = out_.has_parent_path() ? out_.parent_path() : fs::path(".");
  const fs::space_info space = fs::space(folder, unknown);
  const std::uintmax_t needed = plan_.bytes() - std::min(plan_.bytes(), there);
  if (!unknown && space.available < needed) {
    throw Error(ErrorKind::file,
                "The tokens need " + inBytes(static_cast<double>(needed)) +
                    (there > 0 ? " more" : "") + ", but the disk of " + folder.string() +
                    " has only " + inBytes(static_cast<double>(space.available)) +
                    " free; free some space, or choose another folder, fewer layers or float16.");
  }
}

void TokenPartial::create() {
  file_ = Hdf5File::create(path_);
  file_->setAttributes("/", plan_.attributes);
  file_->writeStrings("/images/name", plan_.names, "name of each image");
  file_->writeStrings("/images/hash", plan_.hashes, "SHA-256 of each image");
  file_->createBytes(donePath, plan_.names.size(), "1: the image's tokens are here");
  createDatasets(*file_, plan_);
  done_.assign(plan_.names.size(), 0);
  file_->writeBytes(donePath, done_);
  file_->flush();
}

std::size_t TokenPartial::doneCount() const {
  return static_cast<std::size_t>(std::count(done_.begin(), done_.end(), 1));
}

std::vector<std::int64_t> TokenPartial::missing() const {
  std::vector<std::int64_t> images;
  for (std::size_t image = 0; image < done_.size(); ++image) {
    if (done_[image] == 0) {
      images.push_back(static_cast<std::int64_t>(image));
    }
  }
  return images;
}

std::size_t TokenPartial::copyFrom(const TokenFile& source, const Control& control) {
  constexpr std::size_t atOnce = 16;
  std::map<std::string, std::size_t> rowOf;
  for (std::size_t row = 0; row < source.info().imageHashes.size(); ++row) {
    if (source.info().done[row] != 0) {
      rowOf.emplace(source.info().imageHashes[row], row);
    }
  }
  std::vector<std::int64_t> images;
  std::vector<std::size_t> rows;
  for (const std::int64_t image : missing()) {
    const auto found = rowOf.find(plan_.hashes[static_cast<std::size_t>(image)]);
    if (found != rowOf.end()) {
      images.push_back(image);
      rows.push_back(found->second);
    }
  }
  for (std::size_t first = 0; first < images.size(); first += atOnce) {
    control.cancel.throwIfCanceled();
    const std::size_t count = std::min(atOnce, images.size() - first);
    write(std::span(images).subspan(first, count),
          source.read(std::span(rows).subspan(first, count), plan_.layers));
    control.report({.what = "copying tokens",
                    .done = static_cast<double>(first + count),
                    .total = static_cast<double>(images.size()),
                    .unit = "images",
                    .secondsLeft = std::nullopt});
  }
  settle();
  return images.size();
}

void TokenPartial::write(std::span<const std::int64_t> images, const Tokens& tokens) {
  for (std::size_t i = 0; i < plan_.layers.size(); ++i) {
    const int layer = plan_.layers[i];
    writeRuns(*file_, tokenDataset(layer, "local"), images, tokens.local[i], plan_.float16);
    writeRuns(*file_, tokenDataset(layer, "global"), images, tokens.global[i], plan_.float16);
  }
  written_.insert(written_.end(), images.begin(), images.end());
  if (!flushing_.valid() ||
      flushing_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
    advance();
  }
}

/// Waits for the current flush, marks its images as done, and begins to flush the images that were
/// written since.
void TokenPartial::advance() {
  if (flushing_.valid()) {
    if (!flushing_.get()) {
      throw Error(ErrorKind::file,
                  "The file " + path_.string() +
                      " can't be written to the disk; free some space or choose another folder.");
    }
    for (const std::int64_t image : flushed_) {
      done_[static_cast<std::size_t>(image)] = 1;
    }
    file_->writeBytes(donePath, done_);
    file_->flush();
  }
  flushed_ = std::exchange(written_, {});
  if (!flushed_.empty()) {
    flushing_ = std::async(std::launch::async,
                           [descriptor = descriptor_] { return fdatasync(descriptor) == 0; });
  }
}

void TokenPartial::settle() {
  advance();
  advance();
}

void TokenPartial::commit() {
  settle();
  file_.reset();
  moveIntoPlace(path_, out_);
}

void TokenPartial::keep() noexcept {
  try {
    if (file_) {
      settle();
    }
  } catch (const std::exception&) { // the last images are not marked; the next run computes them
    flushing_ = {};
  }
  try {
    std::error_code ignored;
    const bool begun = file_.has_value() || fs::file_size(path_, ignored) == 0;
    file_.reset();
    if (doneCount() == 0) {
      if (begun) {
        fs::remove(path_, ignored);
      }
      return;
    }
    logInfo(std::to_string(doneCount()) + " of " + std::to_string(done_.size()) +
            " images are kept in " + path_.string() + "; run the same command again to continue.");
  } catch (const std::exception&) {
    return;
  }
}

} // namespace cortograph
