#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/version.h"
#include "compute/threads.h"
#include "tokens/token_batches.h"
#include "tokens/token_file.h"
#include "tokens/token_partial.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

struct ImageList {
  ImageBatches batches;
  std::vector<std::string> names;
  std::vector<std::string> hashes;
};

ImageList imagesOf(const TokensJob& job, const Network& network, const Control& control) {
  ImageList list;
  if (job.preparedImages.empty()) {
    // On the CPU one reader is enough, because the cores are busy with the network.
    list.batches =
        picturesInBatches(job.images, network, network.device().is_cuda() ? threadsInUse() : 1);
    for (const Stimulus& image : job.images) {
      list.names.push_back(image.name);
    }
    list.hashes = hashesOf(job.images, control.cancel);
  } else {
    list.batches = preparedInBatches(job.preparedImages, network.info());
    for (std::int64_t i = 0; i < list.batches.count; ++i) {
      const torch::Tensor image = list.batches.read(i, 1, control.cancel).contiguous();
      list.names.push_back("image " + std::to_string(i));
      list.hashes.push_back(
          contentHash({static_cast<const std::byte*>(image.data_ptr()), image.nbytes()}));
    }
  }
  if (list.names.empty()) {
    throw Error(ErrorKind::notFound,
                "There is no image to compute tokens of; name images or a folder of images.");
  }
  return list;
}

TokenPlan planOf(const TokensJob& job, const NetworkInfo& info, const ImageList& images) {
  Attributes attributes = sourceAttributes(job.network, info, job.tokens);
  attributes["cortograph_kind"] = tokenFileKind;
  attributes["schema"] = tokenFileSchema;
  attributes["software_version"] = softwareVersion;
  if (!job.preparedImages.empty()) {
    attributes["preprocessing"] = "prepared by the caller";
  }
  if (job.tokens.half) {
    attributes["compute"] = "float16";
  }
  return {.attributes = std::move(attributes),
          .names = images.names,
          .hashes = images.hashes,
          .layers = chosenLayers(job.tokens, info.depth()),
          .shapes = chosenShapes(job.tokens, info),
          .float16 = job.float16};
}

/// Opens a file whose tokens can be used for the plan; otherwise logs why they can't.
std::optional<TokenFile> usable(const fs::path& file, const TokenPlan& plan) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    return std::nullopt;
  }
  try {
    TokenFile found(file, TokenFile::Rows::some);
    const std::string other = differenceOf(plan, found.info());
    if (other.empty()) {
      return found;
    }
    logInfo(file.string() + " was made with another " + other +
            ": its tokens are not used; the file stays until the new one is complete.");
  } catch (const Error&) {
    logInfo(file.string() +
            " can't be read as a tokens file; it stays until the new file is complete.");
  }
  return std::nullopt;
}

void copyInto(TokenPartial& partial,
              const std::optional<TokenFile>& source,
              const fs::path& file,
              const Control& control) {
  if (const std::size_t copied = source ? partial.copyFrom(*source, control) : 0; copied > 0) {
    logInfo("Tokens of " + std::to_string(copied) + " images are taken from " + file.string() +
            ".");
  }
}

void computeInto(TokenPartial& partial,
                 const ImageBatches& images,
                 const TokensJob& job,
                 const Network& network,
                 const Control& control) {
  const std::vector<std::int64_t> missing = partial.missing();
  const auto there = static_cast<double>(images.count) - static_cast<double>(missing.size());
  Control ofAll = control;
  ofAll.onProgress = [&control, there](Progress progress) {
    progress.done += there;
    progress.total += there;
    control.report(progress);
  };
  const auto write = [&](std::int64_t first, const Tokens& tokens) {
    partial.write(std::span(missing).subspan(static_cast<std::size_t>(first),
                                             static_cast<std::size_t>(tokens.images())),
                  tokens);
  };
  forEachTokenBatch(network, chosenImages(images, missing), job.tokens, ofAll, write);
}

} // namespace

std::size_t writeTokenFile(const TokensJob& job, const Network& network, const Control& control) {
  return inContext("computing tokens of " + network.info().name, [&] {
    const ImageList images = imagesOf(job, network, control);
    const TokenPlan plan = planOf(job, network.info(), images);
    const std::size_t count = images.names.size();
    const std::optional<TokenFile> existing = usable(job.out, plan);
    if (existing && existing->info().whole() && existing->info().imageNames == plan.names &&
        existing->info().imageHashes == plan.hashes) {
      logInfo(job.out.string() + " already holds the tokens of these " + std::to_string(count) +
              " images.");
      return count;
    }
    TokenPartial partial(job.out, plan);
    try {
      copyInto(partial, usable(partial.before(), plan), partial.before(), control);
      std::error_code ignored;
      fs::remove(partial.before(), ignored);
      copyInto(partial, existing, job.out, control);
      computeInto(partial, images.batches, job, network, control);
      partial.commit();
    } catch (...) {
      partial.keep();
      throw;
    }
    return count;
  });
}

} // namespace cortograph
