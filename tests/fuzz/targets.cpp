#include "fuzz/targets.h"

#include "base/error.h"
#include "base/log.h"
#include "base/npz.h"
#include "brain/format.h"
#include "brain/formats/gifti_content.h"
#include "core/weights/archives.h"
#include "weights/foreign_file.h"
#include "weights/safetensors.h"
#include "weights/shard_index.h"
#include "weights/torch_archive.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace cortograph::formats {
const Format& cifti();
const Format& csv();
const Format& freesurfer_annot();
const Format& freesurfer_ascii();
const Format& freesurfer_colors();
const Format& freesurfer_label();
const Format& freesurfer_morph();
const Format& freesurfer_paint();
const Format& freesurfer_patch();
const Format& freesurfer_surface();
const Format& mgh();
const Format& mz3();
const Format& nifti();
const Format& obj();
const Format& ply();
const Format& stc();
} // namespace cortograph::formats

namespace cortograph::test {

namespace {

volatile unsigned readSum = 0; ///< so that reading is not optimised away

/// Values are as many as their shape has.
template <class T> void check(const Array<T>& array) {
  if (array.values.size() != elementCount(array.shape)) {
    std::abort();
  }
  readSum = array.empty() ? 0 : array.values.front() != array.values.back();
}

void check(const NpyFile& file) {
  const Array<double> values = file.read<double>();
  check(values);
  const std::span<const float> mapped = file.mappedFloats();
  if (!mapped.empty() && mapped.size() != values.values.size()) {
    std::abort();
  }
}

void check(const std::map<std::string, NpyFile>& files) {
  for (const auto& [name, file] : files) {
    check(file);
  }
}

void check(const gifti::Content& content) {
  if (content.arrays.empty()) {
    std::abort();
  }
  for (const gifti::DataArray& array : content.arrays) {
    check(array.values);
  }
}

/// The bytes of each tensor are there, and as many as its shape and type take.
void check(const WeightContent& content) {
  unsigned sum = 0;
  for (const auto& [name, tensor] : content.tensors) {
    if (byteCount(tensor.shape, tensor.type) != tensor.bytes.size()) {
      std::abort();
    }
    if (!tensor.bytes.empty()) {
      sum +=
          static_cast<unsigned>(tensor.bytes.front()) + static_cast<unsigned>(tensor.bytes.back());
    }
  }
  readSum = sum;
}

/// A volume has a value for each voxel, columns are of equal length, and so is a list of vertices.
void check(const BrainFile& file) {
  bool isSound =
      !file.volume || file.volume->values.size() == file.volume->voxels() * file.volume->frames;
  const std::size_t listed = file.vertices.size();
  for (const FileColumn& column : file.columns) {
    isSound = isSound && column.values.size() == file.columns.front().values.size() &&
              (listed == 0 || listed == column.values.size());
  }
  if (file.surface && listed > 0) {
    isSound = isSound && listed == file.surface->verticesRas.size();
  }
  if (file.sideCounts && !file.columns.empty()) {
    const auto& [left, right] = *file.sideCounts;
    isSound = isSound && left + right == file.columns.front().values.size();
  }
  if (!isSound) {
    std::abort();
  }
}

template <class Read> void attempt(Read&& read) {
  try {
    check(read());
  } catch (const Error& error) {
    if (error.sentence().empty()) {
      std::abort();
    }
  }
}

void safetensors(std::span<const std::byte> bytes) {
  attempt([bytes] { return readSafetensors("made.safetensors", {bytes, nullptr}); });
}

/// What is no zip archive is taken as the data.pkl of a sound one: a mutation seldom keeps both
/// whole.
void torch(std::span<const std::byte> bytes, const NamedMembers& more) {
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::vector<std::byte> archive =
      asBytes(text.starts_with("PK") ? text : archiveBytes(text, more));
  attempt([&archive] { return readTorchArchive("made.pth", {archive, nullptr}); });
}

void torchZip(std::span<const std::byte> bytes) {
  torch(bytes, {});
}

void torchScript(std::span<const std::byte> bytes) {
  torch(bytes, {{"made/constants.pkl", ""}});
}

/// Beside two sound shards, "1.safetensors" with "a" and "2.safetensors" with "b".
void shardIndex(std::span<const std::byte> bytes) {
  const auto open = [](const std::string& shard) {
    if (shard != "1.safetensors" && shard != "2.safetensors") {
      throw Error(ErrorKind::notFound, "There is no " + shard + ".");
    }
    const std::string header =
        "{" + entryOf(shard.front() == '1' ? "a" : "b", "F32", "[1]", "[0,4]") + "}";
    const auto memory = std::make_shared<const std::vector<std::byte>>(
        asBytes(safetensorsOf(header, countedFloats(1))));
    const SharedBytes from{*memory, memory};
    return WeightShard{from, readSafetensors(shard, from)};
  };
  attempt([&] { return readShards("made.index.json", bytes, open).content; });
}

void foreignFile(std::span<const std::byte> bytes) {
  attempt([bytes] {
    refuseForeignFile("made.pth", bytes);
    return WeightContent();
  });
}

/// In a folder that is not there, so that no other file is read.
void giftiText(std::span<const std::byte> bytes) {
  setLogSink([](LogLevel, std::string_view) {});
  attempt([bytes] {
    return gifti::readText({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                           "/nowhere/made.gii");
  });
  setLogSink({});
}

void npy(std::span<const std::byte> bytes) {
  attempt([bytes] { return NpyFile("made.npy", {bytes, nullptr}); });
}

void npz(std::span<const std::byte> bytes) {
  attempt([bytes] { return readNpz("made.npz", {bytes, nullptr}); });
}

/// Reads a file of a format of brains.
template <const Format& (*Entry)()> void brainFile(std::span<const std::byte> bytes) {
  static const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("fuzzed-" + std::to_string(getpid()));
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  attempt([&] { return Entry().read(file); });
  std::filesystem::remove(file);
}

constexpr FuzzTarget targets[] = {{"safetensors", safetensors},
                                  {"torch_zip", torchZip},
                                  {"torch_script", torchScript},
                                  {"shard_index", shardIndex},
                                  {"foreign_file", foreignFile},
                                  {"gifti", giftiText},
                                  {"npy", npy},
                                  {"npz", npz},
                                  {"nifti", brainFile<formats::nifti>},
                                  {"cifti", brainFile<formats::cifti>},
                                  {"mgh", brainFile<formats::mgh>},
                                  {"csv", brainFile<formats::csv>},
                                  {"stc", brainFile<formats::stc>},
                                  {"mz3", brainFile<formats::mz3>},
                                  {"ply", brainFile<formats::ply>},
                                  {"obj", brainFile<formats::obj>},
                                  {"freesurfer_surface", brainFile<formats::freesurfer_surface>},
                                  {"freesurfer_ascii", brainFile<formats::freesurfer_ascii>},
                                  {"freesurfer_patch", brainFile<formats::freesurfer_patch>},
                                  {"freesurfer_morph", brainFile<formats::freesurfer_morph>},
                                  {"freesurfer_paint", brainFile<formats::freesurfer_paint>},
                                  {"freesurfer_annot", brainFile<formats::freesurfer_annot>},
                                  {"freesurfer_label", brainFile<formats::freesurfer_label>},
                                  {"freesurfer_colors", brainFile<formats::freesurfer_colors>}};

} // namespace

std::span<const FuzzTarget> fuzzTargets() {
  return targets;
}

} // namespace cortograph::test
