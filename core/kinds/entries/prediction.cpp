#include "base/error.h"
#include "base/number_words.h"
#include "kinds/map_kind.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  if (source.probe == nullptr) {
    throw Error(ErrorKind::unsupported,
                "No image is shown to the network; open an image, or drop one here, to predict the "
                "response.");
  }
  return {source.probe->response, {}, {}};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{.title = "predicted response",
               .unit = "z",
               .low = -1,
               .high = 1,
               .ticks = {-1, 0, 1},
               .tickLabels = {"-1", "0", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return source.probe == nullptr ? "no image"
                                 : "predicted " + inDecimals(source.probe->response[vertex], 2);
}

} // namespace

/// Paints the response to the probed image that the encoder predicts.
const MapKind& prediction() {
  static const MapKind kind{.name = "prediction",
                            .title = "Prediction",
                            .colormap = "greys",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords};
  return kind;
}

} // namespace cortograph::kinds
