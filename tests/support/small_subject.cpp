#include "support/small_subject.h"

#include <cmath>
#include <numeric>

namespace cortograph::test {

namespace {

constexpr int verticesOfSide = 40;
constexpr std::size_t images = 24;

std::shared_ptr<const Cortex> smallCortex() {
  auto cortex = std::make_shared<Cortex>();
  for (const Side side : bothSides) {
    Surface sphere;
    for (int i = 0; i < verticesOfSide; ++i) {
      const double z = 1 - (2.0 * i + 1) / verticesOfSide;
      const double angle = 2.4 * i;
      const double radius = std::sqrt(1 - z * z);
      sphere.verticesRas.push_back({static_cast<float>(100 * radius * std::cos(angle)),
                                    static_cast<float>(100 * radius * std::sin(angle)),
                                    static_cast<float>(100 * z)});
    }
    Hemisphere& hemisphere = cortex->hemispheres.at(static_cast<std::size_t>(side));
    hemisphere.side = side;
    hemisphere.shapes[Shape::sphere] = std::move(sphere);
  }
  cortex->mesh = meshOf(cortex->hemispheres, "small", MeshEvidence::none);
  return cortex;
}

std::shared_ptr<const Picture> barAt(int bar) {
  constexpr int size = 32;
  auto picture = std::make_shared<Picture>(size, size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      std::uint8_t* pixel = picture->pixel(x, y);
      pixel[0] = pixel[1] = pixel[2] =
          static_cast<std::uint8_t>(std::abs(x - bar) < 3 ? 250 : 40 + y);
      pixel[3] = 255;
    }
  }
  return picture;
}

} // namespace

Subject smallSubject() {
  Subject subject;
  subject.name = "small";
  subject.cortex = smallCortex();
  subject.vertices = {subject.cortex->mesh, {}};
  for (auto& side : subject.vertices.ofSide) {
    side.resize(verticesOfSide);
    std::iota(side.begin(), side.end(), 0);
  }
  Array<float> responses({images, subject.vertices.size()});
  for (std::size_t image = 0; image < images; ++image) {
    const int bar = static_cast<int>(image * 5 % 32);
    subject.training.images.push_back(
        {.name = "bar " + std::to_string(image), .file = {}, .picture = barAt(bar)});
    for (std::size_t n = 0; n < subject.vertices.size(); ++n) {
      responses.row(image)[n] =
          static_cast<float>(std::sin(0.3 * bar + 0.1 * static_cast<double>(n)));
    }
  }
  subject.training.responses = Responses(std::move(responses));
  return subject;
}

Array<float> responsesOf(const Split& split) {
  std::vector<std::size_t> all(split.images.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return split.responses.rows(all);
}

} // namespace cortograph::test
