#include "base/error.h"
#include "base/number_words.h"
#include "kinds/map_kind.h"

namespace cortograph::kinds {

namespace {

VertexValues values(const MapSource& source) {
  if (source.probe == nullptr) {
    throw Error(ErrorKind::unsupported,
                "No image is shown to the network; open or drop one to predict the response.");
  }
  return {source.probe->response, {}, {}};
}

std::vector<Axis> axes(const MapSource& /*source*/) {
  return {Axis{"predicted response", "z", -1, 1, {-1, 0, 1}, {"-1", "0", "1"}}};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  return source.probe == nullptr ? "no image"
                                 : "predicted " + inDecimals(source.probe->response[vertex], 2);
}

} // namespace

/// The response the encoder predicts to the probed image.
const MapKind& prediction() {
  static const MapKind kind{
      "prediction", "Prediction", "greys", LegendForm::bar, false, values, axes, inWords};
  return kind;
}

} // namespace cortograph::kinds
