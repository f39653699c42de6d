#include "demo/subject/write.h"

#include "base/error.h"
#include "base/npy.h"
#include "base/pending_file.h"
#include "brain/gifti_write.h"
#include "demo/subject/demo_subject.h"

#include <fstream>
#include <numeric>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

std::string prefixOf(Side side) {
  return side == Side::left ? "lh." : "rh.";
}

void makeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw Error(ErrorKind::file,
                "The folder " + folder.string() + " can't be created (" + error.message() +
                    "); choose another folder.");
  }
}

/// Returns the columns of one hemisphere's vertices.
Array<float> ofSide(const Array<float>& values, const VertexSet& vertices, Side side) {
  const std::size_t first = vertices.offset(side);
  const std::size_t count = vertices.of(side).size();
  Array<float> part({values.rows(), count});
  for (std::size_t i = 0; i < values.rows(); ++i) {
    const std::span<const float> row = values.row(i).subspan(first, count);
    std::copy(row.begin(), row.end(), part.row(i).begin());
  }
  return part;
}

void writeResponses(const fs::path& folder,
                    const std::string& name,
                    const Split& split,
                    const VertexSet& vertices) {
  makeFolder(folder);
  std::vector<std::size_t> images(split.responses.images());
  std::iota(images.begin(), images.end(), 0);
  const Array<float> all = split.responses.rows(images);
  writeNpy(folder / ("lh_" + name + ".npy"), ofSide(all, vertices, Side::left));
  writeNpy(folder / ("rh_" + name + ".npy"), ofSide(all, vertices, Side::right));
}

void writeImages(const fs::path& folder, const Split& split, const Control& control) {
  makeFolder(folder);
  const auto total = static_cast<double>(split.images.size());
  for (std::size_t i = 0; i < split.images.size(); ++i) {
    control.cancel.throwIfCanceled();
    writePng(folder / (split.images[i].name + ".png"), split.images[i].read());
    control.report({.what = "writing " + folder.filename().string(),
                    .done = static_cast<double>(i + 1),
                    .total = total,
                    .unit = "images",
                    .secondsLeft = {}});
  }
}

/// Returns the names of a group's regions in the challenge's order; a region's number is its index
/// plus 1.
std::vector<std::string> numberedNames(const std::string& group) {
  static const std::map<std::string, std::vector<std::string>> names{
      {"prf-visualrois", {"V1v", "V1d", "V2v", "V2d", "V3v", "V3d", "hV4"}},
      {"floc-bodies", {"EBA", "FBA-1", "FBA-2", "mTL-bodies"}},
      {"floc-faces", {"OFA", "FFA-1", "FFA-2", "mTL-faces", "aTL-faces"}},
      {"floc-places", {"OPA", "PPA", "RSC"}},
      {"floc-words", {"OWFA", "VWFA-1", "VWFA-2", "mfs-words", "mTL-words"}},
      {"floc-objects", {"LO"}},
      {"streams",
       {"early", "midventral", "midlateral", "midparietal", "ventral", "lateral", "parietal"}}};
  return names.at(group);
}

/// Writes masks over the whole mesh, and over only the hemisphere's modelled vertices.
void writeMasks(const fs::path& folder, const Subject& subject, Side side) {
  const std::vector<std::int32_t>& vertices = subject.vertices.of(side);
  const std::size_t meshSize = subject.vertices.mesh.of(side);
  const auto write = [&](const std::string& group, const std::vector<std::uint8_t>& labels) {
    Array<std::int32_t> mesh({meshSize});
    for (std::size_t i = 0; i < vertices.size(); ++i) {
      mesh.values[static_cast<std::size_t>(vertices[i])] = labels[i];
    }
    writeNpy(folder / (prefixOf(side) + group + "_fsaverage_space.npy"), mesh);
    if (group != "all-vertices") {
      const Array<std::int32_t> challenge({labels.size()}, {labels.begin(), labels.end()});
      writeNpy(folder / (prefixOf(side) + group + "_challenge_space.npy"), challenge);
    }
  };
  makeFolder(folder);
  write("all-vertices", std::vector<std::uint8_t>(vertices.size(), 1));
  std::map<std::string, std::vector<std::uint8_t>> labels;
  for (const Region& region : subject.regions) {
    const std::vector<std::string> names = numberedNames(region.group);
    const auto number = std::find(names.begin(), names.end(), region.name) - names.begin() + 1;
    std::vector<std::uint8_t>& label = labels[region.group];
    label.resize(vertices.size());
    for (std::size_t i = 0; i < vertices.size(); ++i) {
      if (region.member[subject.vertices.offset(side) + i] != 0) {
        label[i] = static_cast<std::uint8_t>(number);
      }
    }
  }
  for (const auto& [group, label] : labels) {
    write(group, label);
  }
}

void writeSurfaces(const fs::path& folder,
                   const Hemisphere& hemisphere,
                   const std::string& subject) {
  makeFolder(folder);
  const std::string prefix = prefixOf(hemisphere.side);
  for (const auto& [shape, surface] : hemisphere.shapes) {
    const std::string name(toString(shape));
    writeSurface(folder / (prefix + name + ".surf.gii"), surface, hemisphere.side, shape, subject);
  }
  writeVertexData(
      folder / (prefix + "curv.shape.gii"), hemisphere.curvature, hemisphere.side, "curvature");
  writeVertexData(folder / (prefix + "sulc.shape.gii"),
                  hemisphere.sulcalDepth,
                  hemisphere.side,
                  "sulcal depth");
  writeVertexData(folder / (prefix + "thickness.shape.gii"),
                  hemisphere.thickness,
                  hemisphere.side,
                  "thickness");
}

void writeNoiseCeiling(const fs::path& folder, const Subject& subject) {
  makeFolder(folder);
  Array<float> percent({1, subject.noiseCeiling.size()}, subject.noiseCeiling);
  for (float& value : percent.values) {
    value *= 100;
  }
  for (const Side side : bothSides) {
    Array<float> part = ofSide(percent, subject.vertices, side);
    part.shape = {part.values.size()};
    writeNpy(folder / (side == Side::left ? "lh_noise_ceiling.npy" : "rh_noise_ceiling.npy"), part);
  }
}

void writeRepeats(const fs::path& folder, const Subject& subject, const DemoPerson& person) {
  makeFolder(folder);
  const std::vector<Array<float>> repeats = demoTestRepeats(person);
  for (std::size_t i = 0; i < repeats.size(); ++i) {
    const std::string name = "test_fmri_repeat-" + std::to_string(i + 1) + ".npy";
    writeNpy(folder / ("lh_" + name), ofSide(repeats[i], subject.vertices, Side::left));
    writeNpy(folder / ("rh_" + name), ofSide(repeats[i], subject.vertices, Side::right));
  }
}

Picture pictureOf(const std::vector<std::uint8_t>& mask) {
  Picture picture(demo::scenePixels, demo::scenePixels);
  for (std::size_t i = 0; i < mask.size(); ++i) {
    std::fill_n(picture.rgba.begin() + static_cast<std::ptrdiff_t>(4 * i), 3, mask[i]);
    picture.rgba[4 * i + 3] = 255;
  }
  return picture;
}

void writeText(const fs::path& file, const std::string& text) {
  PendingFile pending(file);
  std::ofstream stream(pending.temporary(), std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                file.string() + " can't be written; free some disk space, or choose a folder that "
                                "you may write to.");
  }
  pending.commit();
}

/// Writes what each image shows: scenes.csv, things.csv and the masks.
void writeScenes(const fs::path& folder, const Subject& subject, const Control& control) {
  std::vector<std::string> names;
  for (const Split* split : {&subject.training, &subject.test}) {
    for (const Stimulus& image : split->images) {
      names.push_back(image.name);
    }
  }
  makeFolder(folder / "masks");
  std::string scenes = "image,setting,caption\n";
  std::string things = "image,id,kind,category,colour,word,pixels,left,top,right,bottom\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    control.cancel.throwIfCanceled();
    const demo::Scene& scene = demoScenes().at(i);
    writePng(folder / "masks" / (names[i] + ".png"), pictureOf(scene.mask));
    scenes += names[i] + "," + std::string(nameOf(scene.setting)) + ",\"" + scene.caption + "\"\n";
    for (const demo::Thing& thing : scene.things) {
      things += names[i] + "," + std::to_string(thing.id) + "," + std::string(nameOf(thing.kind)) +
                "," + std::string(nameOf(categoryOf(thing.kind))) + "," + thing.color + "," +
                thing.word;
      for (const int number : {thing.pixels, thing.left, thing.top, thing.right, thing.bottom}) {
        things += "," + std::to_string(number);
      }
      things += "\n";
    }
    control.report({.what = "writing masks",
                    .done = static_cast<double>(i + 1),
                    .total = static_cast<double>(names.size()),
                    .unit = "images",
                    .secondsLeft = {}});
  }
  writeText(folder / "scenes.csv", scenes);
  writeText(folder / "things.csv", things);
}

} // namespace

void writeDemo(const fs::path& folder, const DemoPerson& person, const Control& control) {
  inContext("writing the demo to " + folder.string(), [&] {
    const Subject subject = demoSubject(person);
    const fs::path training = folder / "training_split";
    const fs::path test = folder / "test_split";
    for (const Side side : bothSides) {
      control.cancel.throwIfCanceled();
      writeSurfaces(folder / "surfaces",
                    subject.cortex->hemisphere(side),
                    subject.cortex->mesh.name + " (simulated)");
      writeMasks(folder / "roi_masks", subject, side);
    }
    makeFolder(folder / "truth");
    writeTruth(folder / "truth", *subject.truth);
    writeNoiseCeiling(test / "noise_ceiling", subject);
    writeResponses(training / "training_fmri", "training_fmri", subject.training, subject.vertices);
    writeResponses(test / "test_fmri", "test_fmri", subject.test, subject.vertices);
    writeRepeats(test / "test_fmri_repeats", subject, person);
    writeScenes(folder / "truth", subject, control);
    writeImages(training / "training_images", subject.training, control);
    writeImages(test / "test_images", subject.test, control);
  });
}

} // namespace cortograph
