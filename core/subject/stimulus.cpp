#include "subject/stimulus.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <system_error>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Returns whether a file or folder is hidden, or is one in which programs store previews and
/// copies of pictures. These are not stimuli.
bool holdsCopies(const std::string& name) {
  return name.starts_with('.') || name.starts_with("@ea") || name == "__MACOSX" ||
         name == "#recycle";
}

/// Finds the image files below a folder, sorted by path.
std::vector<Stimulus> imagesBelow(const fs::path& folder) {
  std::error_code failure;
  std::vector<Stimulus> images;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    const fs::path& path = at->path();
    if (holdsCopies(path.filename().string())) {
      at.disable_recursion_pending();
    } else if (hasPictureEnding(path) && at->is_regular_file(failure)) {
      const fs::path relative = path.lexically_relative(folder);
      images.push_back({fs::path(relative).replace_extension().string(), path, nullptr});
    }
  }
  if (failure || images.empty()) {
    throw Error(ErrorKind::notFound,
                failure ? "The folder " + folder.string() +
                              " can't be searched for images: " + failure.message() + "."
                        : "There is no " + anyPictureText() + " below " + folder.string() + ".");
  }
  std::sort(images.begin(), images.end(), [](const Stimulus& a, const Stimulus& b) {
    return a.file < b.file;
  });
  return images;
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Returns whether two names differ in numbers only, and the first of these that differs is larger
/// in the first name: "img10_a" and "img2_b" do not, "img10_a" and "img2_a" do.
bool numbersFall(std::string_view before, std::string_view after) {
  int order = 0;
  while (!before.empty() && !after.empty()) {
    if (!isDigit(before.front()) || !isDigit(after.front())) {
      if (before.front() != after.front()) {
        return false;
      }
      before.remove_prefix(1);
      after.remove_prefix(1);
      continue;
    }
    const auto takeNumber = [](std::string_view& text) {
      text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
      std::size_t digits = 0;
      while (digits < text.size() && isDigit(text[digits])) {
        ++digits;
      }
      const std::string_view number = text.substr(0, digits);
      text.remove_prefix(digits);
      return number;
    };
    const std::string_view first = takeNumber(before);
    const std::string_view second = takeNumber(after);
    if (order == 0 && first != second) {
      const bool larger =
          first.size() != second.size() ? first.size() > second.size() : first > second;
      order = larger ? 1 : -1;
    }
  }
  return order > 0 && before.empty() && after.empty();
}

/// Logs a warning when two images have the same name, or when they are not in the order of the
/// numbers in their names.
void warnOfNames(const std::vector<Stimulus>& images, const fs::path& folder) {
  for (std::size_t i = 1; i < images.size(); ++i) {
    const std::string& before = images[i - 1].name;
    const std::string& name = images[i].name;
    if (before == name) {
      logWarning("Two images below " + folder.string() + " are named " + name +
                 " apart from their endings; tables can't distinguish them.");
      return;
    }
    if (numbersFall(before, name)) {
      logWarning(
          "The images below " + folder.string() + " are sorted by name, so " + before +
          " comes before " + name +
          "; pad the numbers with zeros when the responses are in the order of the numbers.");
      return;
    }
  }
}

} // namespace

Picture Stimulus::read() const {
  return picture ? *picture : stack ? stack->read(slice) : readPicture(file);
}

std::string Stimulus::hash() const {
  if (!picture && !stack) {
    return contentHash(file);
  }
  const Picture pixels = read();
  const std::array<std::int32_t, 2> size{pixels.width, pixels.height};
  return contentHash({std::as_bytes(std::span(size)), std::as_bytes(std::span(pixels.rgba))});
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
                  fileOrFolder.string() + " is not a " + anyPictureText() + "; convert it to one.");
    }
    return {{fileOrFolder.stem().string(), fileOrFolder, nullptr}};
  }
  std::vector<Stimulus> images = imagesBelow(fileOrFolder);
  warnOfNames(images, fileOrFolder);
  return images;
}

std::vector<Stimulus> imagesNamed(const fs::path& folder, const std::vector<std::string>& names) {
  std::map<std::string, std::vector<Stimulus>> known;
  for (const Stimulus& image : imagesBelow(folder)) {
    known[image.name].push_back(image);
    known[image.file.lexically_relative(folder).string()].push_back(image);
  }
  std::vector<Stimulus> images;
  for (const std::string& name : names) {
    const auto found = known.find(name);
    if (found == known.end()) {
      throw Error(ErrorKind::notFound,
                  "There is no image " + inQuotes(name) + " below " + folder.string() +
                      "; add it, or remove its line and its responses.");
    }
    if (found->second.size() > 1) {
      throw Error(ErrorKind::mismatch,
                  "Two images below " + folder.string() + " are named " + inQuotes(name) +
                      " apart from their endings; list the names with their endings.");
    }
    images.push_back(found->second.front());
  }
  return images;
}

} // namespace cortograph
