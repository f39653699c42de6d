#include "subject/subject.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "brain/cortex_source.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// ", or demo" where a subject comes with the program.
std::string orBuiltIn() {
  const std::vector<std::string> names = builtInSubjects();
  return names.empty() ? "" : ", or " + names.front();
}

const Layout& layoutOf(const std::string& spec) {
  std::string titles;
  for (const LayoutEntry entry : layoutTable()) {
    if (entry().recognizes(spec)) {
      return entry();
    }
    titles += (titles.empty() ? "" : "; ") + std::string(entry().title);
  }
  std::error_code ignored;
  throw Error(ErrorKind::notFound,
              fs::exists(spec, ignored)
                  ? spec + " is no subject that is known here; there are: " + titles + "."
                  : "There is no subject " + spec + "; give a folder" + orBuiltIn() + ".");
}

/// Nothing for voxels without a place.
std::shared_ptr<const Cortex> cortexFor(const Subject& subject, const fs::path& surfaces) {
  if (!subject.vertices.placed()) {
    if (!surfaces.empty()) {
      throw Error(ErrorKind::mismatch,
                  "The voxels of " + subject.name +
                      " have no place on a cortex, so surfaces are of no use; leave --surfaces "
                      "out.");
    }
    return nullptr;
  }
  if (!surfaces.empty()) {
    return readCortex(surfaces);
  }
  if (subject.cortex) {
    return subject.cortex;
  }
  const fs::path own = subject.folder / "surfaces";
  if (!subject.folder.empty() && fs::is_directory(own)) {
    return readCortex(own);
  }
  throw Error(ErrorKind::notFound,
              "The subject " + subject.name +
                  " has no surfaces folder; give one with --surfaces DIR, of " +
                  inWords(subject.vertices.mesh) + ".");
}

void checkMesh(const Subject& subject) {
  const MeshSpace& wanted = subject.vertices.mesh;
  const MeshSpace& found = subject.cortex->mesh;
  if (!liesOn(wanted, found)) {
    throw Error(ErrorKind::mismatch,
                "The surfaces are " + inWords(found) + ", but the data of " + subject.name +
                    " lie on " + inWords(wanted) + " (" + differenceInWords(wanted, found) +
                    "); give the surfaces of that mesh with --surfaces DIR.");
  }
  for (const Side side : bothSides) {
    const auto& vertices = subject.vertices.of(side);
    const std::size_t size = wanted.of(side);
    const bool sorted =
        std::adjacent_find(vertices.begin(), vertices.end(), std::greater_equal<>()) ==
        vertices.end();
    if (!sorted || (!vertices.empty() &&
                    (vertices.front() < 0 || static_cast<std::size_t>(vertices.back()) >= size))) {
      throw Error(ErrorKind::mismatch,
                  "The " + std::string(toString(side)) + " vertex numbers of " + subject.name +
                      " do not ascend within its mesh of " + std::to_string(size) + " vertices.");
    }
  }
}

/// The cortex's mesh, of the sides that the data have.
MeshSpace meshOn(const Cortex& cortex, const MeshSpace& data) {
  MeshSpace mesh = cortex.mesh;
  for (const Side side : bothSides) {
    if (!data.has(side)) {
      mesh.vertices.at(static_cast<std::size_t>(side)) = 0;
      mesh.triangulation.at(static_cast<std::size_t>(side)).clear();
    }
  }
  return mesh;
}

void checkSession(const Subject& subject, const Session& session, const char* what) {
  if (session.responses.empty()) {
    return;
  }
  if (session.responses.images() != session.images.size()) {
    throw Error(ErrorKind::mismatch,
                "The " + std::string(what) + " responses of " + subject.name + " are to " +
                    std::to_string(session.responses.images()) + " images, but there are " +
                    std::to_string(session.images.size()) +
                    " images; add the missing ones or take the surplus away.");
  }
  if (session.responses.vertices() != subject.vertices.size()) {
    throw Error(ErrorKind::mismatch,
                "The " + std::string(what) + " responses of " + subject.name + " are of " +
                    std::to_string(session.responses.vertices()) + " vertices, but it has " +
                    std::to_string(subject.vertices.size()) + ".");
  }
}

void checkCounts(const Subject& subject) {
  if (subject.vertices.size() == 0) {
    throw Error(ErrorKind::mismatch, "The subject " + subject.name + " has no modelled vertex.");
  }
  if (subject.training.images.empty() || subject.training.responses.empty()) {
    throw Error(ErrorKind::notFound,
                "The subject " + subject.name + " has no training images or no responses to them.");
  }
  checkSession(subject, subject.training, "training");
  checkSession(subject, subject.test, "test");
  const auto checkLength = [&subject](std::size_t found, const std::string& what) {
    if (found != subject.vertices.size()) {
      throw Error(ErrorKind::mismatch,
                  what + " of " + subject.name + " is of " + std::to_string(found) +
                      " vertices where " + std::to_string(subject.vertices.size()) +
                      " are modelled.");
    }
  };
  if (!subject.noiseCeiling.empty()) {
    checkLength(subject.noiseCeiling.size(), "The noise ceiling");
  }
  for (const Region& region : subject.regions) {
    checkLength(region.member.size(), "The region " + region.name);
  }
  if (subject.truth) {
    checkLength(subject.truth->size(), "The truth");
    const std::size_t images = subject.truth->testSignal.rows();
    if (images != 0 && !subject.test.images.empty() && images != subject.test.images.size()) {
      throw Error(ErrorKind::mismatch,
                  "The noise-free responses in the truth of " + subject.name + " are to " +
                      std::to_string(images) + " images where there are " +
                      std::to_string(subject.test.images.size()) + " test images.");
    }
  }
}

/// Missing responses are no error: whoever uses them leaves these vertices out.
void warnOfMissing(const Subject& subject) {
  std::vector<float> row(subject.vertices.size());
  std::vector<std::uint8_t> missing(row.size(), 0);
  const Responses& responses = subject.training.responses;
  for (std::size_t image = 0; image < responses.images(); ++image) {
    responses.copyRow(image, row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      missing[i] |= static_cast<std::uint8_t>(std::isfinite(row[i]) ? 0 : 1);
    }
  }
  if (const auto count = std::count(missing.begin(), missing.end(), 1); count > 0) {
    logWarning("The responses of " + subject.name + " are missing (NaN) at " +
               std::to_string(count) + " of " + std::to_string(row.size()) + " vertices.");
  }
}

std::vector<std::uint8_t>
unionOf(const Parcellation& regions, const std::vector<std::string>& names, std::size_t vertices) {
  std::vector<std::uint8_t> member(vertices, 0);
  for (const std::string& name : names) {
    const Region region = regionNamed(regions, name);
    std::transform(region.member.begin(),
                   region.member.end(),
                   member.begin(),
                   member.begin(),
                   [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
  }
  return member;
}

template <class T>
std::vector<T> chosenOf(const std::vector<T>& values, const std::vector<std::size_t>& columns) {
  std::vector<T> chosen;
  chosen.reserve(columns.size());
  for (const std::size_t column : columns) {
    chosen.push_back(values[column]);
  }
  return chosen;
}

/// Where these vertices lie among the subject's.
std::vector<std::size_t> columnsOf(const Subject& subject, const VertexSet& vertices) {
  const VertexSet& own = subject.vertices;
  if (match(own.mesh, vertices.mesh) == MeshMatch::different) {
    throw Error(ErrorKind::mismatch,
                "The vertices are of " + inWords(vertices.mesh) + ", but " + subject.name +
                    " lies on " + inWords(own.mesh) + " (" +
                    differenceInWords(vertices.mesh, own.mesh) +
                    "); give the subject they are of.");
  }
  std::vector<std::size_t> columns;
  columns.reserve(vertices.size());
  for (const Side side : bothSides) {
    const auto& there = own.of(side);
    for (const std::int32_t vertex : vertices.of(side)) {
      const auto found = std::lower_bound(there.begin(), there.end(), vertex);
      if (found == there.end() || *found != vertex) {
        throw Error(ErrorKind::mismatch,
                    subject.name + " has no responses of the " + std::string(toString(side)) +
                        " vertex " + std::to_string(vertex) + ", one of " +
                        std::to_string(vertices.size()) + "; give the subject they are of.");
      }
      columns.push_back(own.offset(side) + static_cast<std::size_t>(found - there.begin()));
    }
  }
  return columns;
}

/// Hidden files and folders, and those in which programs keep previews and copies of pictures: no
/// one was shown these.
bool holdsCopies(const std::string& name) {
  return name.starts_with('.') || name.starts_with("@ea") || name == "__MACOSX" ||
         name == "#recycle";
}

/// The digits that a name ends in; nothing without any.
std::optional<std::uint64_t> lastNumber(const std::string& name) {
  const std::size_t digits = name.find_last_not_of("0123456789") + 1;
  std::uint64_t number = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, fault] = std::from_chars(name.data() + digits, end, number);
  return fault == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

/// Says where the order or the names of images may not be what their owner takes for granted.
void warnOfNames(const std::vector<Stimulus>& images, const fs::path& folder) {
  const auto stemOf = [](const std::string& name) {
    return name.substr(0, name.find_last_not_of("0123456789") + 1);
  };
  for (std::size_t i = 1; i < images.size(); ++i) {
    const std::string& before = images[i - 1].name;
    const std::string& name = images[i].name;
    if (before == name) {
      logWarning("Two images below " + folder.string() + " are named " + name +
                 " but for their endings; tables can't tell them apart.");
      return;
    }
    const auto first = lastNumber(before);
    const auto second = lastNumber(name);
    if (first && second && *second < *first && stemOf(before) == stemOf(name)) {
      logWarning(
          "The images below " + folder.string() + " are in the order of their names, so " + before +
          " comes before " + name +
          "; pad the numbers with zeros where rows of responses are in the order of numbers.");
      return;
    }
  }
}

} // namespace

std::vector<std::string> builtInSubjects() {
  std::vector<std::string> names;
  for (const LayoutEntry entry : layoutTable()) {
    if (entry().builtIn != nullptr) {
      names.insert(names.end(), entry().builtIn().begin(), entry().builtIn().end());
    }
  }
  return names;
}

Picture Stimulus::read() const {
  return picture ? *picture : readPicture(file);
}

std::string Stimulus::hash() const {
  if (!picture) {
    return contentHash(file);
  }
  const std::array<std::int32_t, 2> size{picture->width, picture->height};
  std::vector<std::byte> bytes(sizeof size + picture->rgba.size());
  std::memcpy(bytes.data(), size.data(), sizeof size);
  std::memcpy(bytes.data() + sizeof size, picture->rgba.data(), picture->rgba.size());
  return contentHash(bytes);
}

Subject readSubject(const std::string& spec) {
  return inContext("opening the subject " + spec, [&] {
    Subject subject = layoutOf(spec).read(spec);
    checkCounts(subject);
    return subject;
  });
}

Subject openSubject(const std::string& spec, const fs::path& surfaces) {
  Subject subject = readSubject(spec);
  inContext("opening the subject " + spec, [&] {
    subject.cortex = cortexFor(subject, surfaces);
    if (subject.cortex) {
      checkMesh(subject);
      subject.vertices.mesh = meshOn(*subject.cortex, subject.vertices.mesh);
    }
    warnOfMissing(subject);
  });
  return subject;
}

Subject readSubjectOnItsMesh(const std::string& spec) {
  std::error_code ignored;
  return fs::is_directory(fs::path(spec) / "surfaces", ignored) ? openSubject(spec)
                                                                : readSubject(spec);
}

void requireTrainable(const Subject& subject) {
  constexpr std::size_t fewestImages = 4; // two to learn from and two to be scored on
  const std::size_t images = subject.training.images.size();
  const Responses& responses = subject.training.responses;
  if (responses.empty()) {
    throw Error(ErrorKind::notFound,
                "The subject " + subject.name +
                    " has no responses to its training images; give a subject with responses.");
  }
  if (responses.images() != images || responses.vertices() != subject.vertices.size()) {
    throw Error(ErrorKind::mismatch,
                "The responses are " + std::to_string(responses.images()) + " images x " +
                    std::to_string(responses.vertices()) + " vertices, but the subject has " +
                    std::to_string(images) + " training images and " +
                    std::to_string(subject.vertices.size()) + " vertices.");
  }
  if (images < fewestImages) {
    throw Error(ErrorKind::mismatch,
                "The subject " + subject.name + " has " + std::to_string(images) +
                    " training images; an encoder needs at least " + std::to_string(fewestImages) +
                    ".");
  }
}

Subject restrictTo(const Subject& subject, const std::vector<std::string>& regions) {
  const std::vector<std::uint8_t> member =
      unionOf(subject.regions, regions, subject.vertices.size());
  VertexSet kept = subject.vertices;
  for (const Side side : bothSides) {
    auto& vertices = kept.ofSide.at(static_cast<std::size_t>(side));
    vertices.clear();
    std::size_t column = subject.vertices.offset(side);
    for (const std::int32_t vertex : subject.vertices.of(side)) {
      if (member[column++] != 0) {
        vertices.push_back(vertex);
      }
    }
  }
  if (kept.size() == 0) {
    throw Error(ErrorKind::notFound, "The chosen regions hold no vertex; choose others.");
  }
  return restrictToVertices(subject, kept);
}

Subject restrictToVertices(const Subject& subject, const VertexSet& vertices) {
  const std::vector<std::size_t> columns = columnsOf(subject, vertices);
  Subject part = subject;
  part.vertices.ofSide = vertices.ofSide;
  part.regions.clear();
  for (const Region& region : subject.regions) {
    std::vector<std::uint8_t> kept = chosenOf(region.member, columns);
    if (std::find(kept.begin(), kept.end(), 1) != kept.end()) {
      part.regions.push_back({region.name, region.group, std::move(kept)});
    }
  }
  if (!subject.noiseCeiling.empty()) {
    part.noiseCeiling = chosenOf(subject.noiseCeiling, columns);
  }
  if (subject.truth) {
    part.truth = std::make_shared<const Truth>(subject.truth->ofVertices(columns));
  }
  for (Session* session : {&part.training, &part.test}) {
    if (!session->responses.empty()) {
      session->responses = session->responses.ofVertices(columns);
    }
  }
  return part;
}

std::vector<std::string> hashesOf(const std::vector<Stimulus>& images, const CancelToken& cancel) {
  std::vector<std::string> hashes;
  for (const Stimulus& image : images) {
    cancel.throwIfCanceled();
    hashes.push_back(
        inContext("reading the image " + image.name, [&image] { return image.hash(); }));
  }
  return hashes;
}

std::vector<Stimulus> findImages(const fs::path& fileOrFolder) {
  std::error_code failure;
  if (!fs::exists(fileOrFolder, failure)) {
    throw Error(ErrorKind::notFound,
                "There is no image file or folder " + fileOrFolder.string() + ".");
  }
  if (!fs::is_directory(fileOrFolder, failure)) {
    if (!isPicture(fileOrFolder)) {
      throw Error(ErrorKind::format,
                  fileOrFolder.string() + " is " + noPictureText() + "; convert it to one.");
    }
    return {{fileOrFolder.stem().string(), fileOrFolder, nullptr}};
  }
  std::vector<Stimulus> images;
  for (fs::recursive_directory_iterator at(fileOrFolder, failure), end; !failure && at != end;
       at.increment(failure)) {
    const fs::path& path = at->path();
    if (holdsCopies(path.filename().string())) {
      at.disable_recursion_pending();
    } else if (hasPictureEnding(path) && at->is_regular_file(failure)) {
      const fs::path relative = path.lexically_relative(fileOrFolder);
      images.push_back({fs::path(relative).replace_extension().string(), path, nullptr});
    }
  }
  if (failure || images.empty()) {
    throw Error(ErrorKind::notFound,
                failure ? "The folder " + fileOrFolder.string() +
                              " can't be searched for images: " + failure.message() + "."
                        : "There is " + noPictureText() + " below " + fileOrFolder.string() + ".");
  }
  std::sort(images.begin(), images.end(), [](const Stimulus& a, const Stimulus& b) {
    return a.file < b.file;
  });
  warnOfNames(images, fileOrFolder);
  return images;
}

} // namespace cortograph
