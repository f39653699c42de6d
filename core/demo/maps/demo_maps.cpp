#include "demo/maps/demo_maps.h"

#include "base/resources.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> first{
    "demo:clip", "demo:supervised", "demo:sam", "demo:mae"};

/// Returns a name without colons, for a file.
std::string asFile(std::string spec) {
  std::replace(spec.begin(), spec.end(), ':', '-');
  return spec;
}

std::string asSpec(std::string file) {
  if (const std::size_t dash = file.find('-'); dash != std::string::npos) {
    file[dash] = ':';
  }
  return file;
}

} // namespace

fs::path demoMapPath(const std::string& subject, const std::string& network) {
  return fs::path(asFile(subject)) / (network.substr(network.find(':') + 1) + ".h5");
}

std::vector<ShippedMap> demoMaps() {
  std::vector<ShippedMap> maps;
  for (const fs::directory_entry& subject : fs::directory_iterator(resourcePath("demo/maps"))) {
    for (const fs::directory_entry& map : fs::directory_iterator(subject.path())) {
      maps.push_back({asSpec(subject.path().filename().string()),
                      "demo:" + map.path().stem().string(),
                      map.path()});
      maps.back().opensFirst = opensFirst(maps.back().subject, maps.back().network);
    }
  }
  std::sort(maps.begin(), maps.end(), [](const ShippedMap& a, const ShippedMap& b) {
    return std::pair(a.subject, a.network) < std::pair(b.subject, b.network);
  });
  return maps;
}

bool opensFirst(const std::string& subject, const std::string& network) {
  return subject == "demo" && std::find(first.begin(), first.end(), network) != first.end();
}

namespace collections {

const MapCollection& demo() {
  static const MapCollection collection{.title = "demo map", .maps = &demoMaps};
  return collection;
}

} // namespace collections

} // namespace cortograph
