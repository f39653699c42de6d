#include "demo/scenes/texture.h"

namespace cortograph::demo {

namespace {

constexpr float pi = std::numbers::pi_v<float>;

/// Returns a wave between 0 and 1; the larger `sharpness`, the squarer the wave.
float wave(float phase, float sharpness) {
  return std::clamp(0.5F + sharpness * std::sin(2 * pi * phase), 0.0F, 1.0F);
}

float bricks(Spot p, float period) {
  const float height = 0.5F * period;
  const float row = std::floor(p.y / height);
  const float shift = std::fmod(std::abs(row), 2.0F) * 0.5F * period;
  const float x = (p.x + shift) / period - std::floor((p.x + shift) / period);
  const float y = p.y / height - row;
  return x < 0.12F || y < 0.2F ? 1.0F : 0.0F;
}

} // namespace

NamedColor anyNamedColor(SplitMix& random) {
  static constexpr std::array<NamedColor, 9> colors{{{"red", {0.8F, 0.14F, 0.12F}},
                                                     {"green", {0.2F, 0.58F, 0.2F}},
                                                     {"blue", {0.15F, 0.3F, 0.75F}},
                                                     {"yellow", {0.92F, 0.8F, 0.18F}},
                                                     {"orange", {0.92F, 0.5F, 0.12F}},
                                                     {"purple", {0.5F, 0.22F, 0.6F}},
                                                     {"brown", {0.45F, 0.28F, 0.15F}},
                                                     {"white", {0.9F, 0.9F, 0.88F}},
                                                     {"black", {0.12F, 0.12F, 0.13F}}}};
  NamedColor named = colors.at(static_cast<std::size_t>(random.below(colors.size())));
  named.color = varied(random, named.color);
  return named;
}

Color anyColor(SplitMix& random) {
  return {between(random, 0.08, 0.95), between(random, 0.08, 0.95), between(random, 0.08, 0.95)};
}

Color varied(SplitMix& random, const Color& color, double by) {
  Color result = color;
  for (float& channel : result) {
    channel = std::clamp(channel + between(random, -by, by), 0.02F, 0.98F);
  }
  return result;
}

Texture::Texture(SplitMix& random, Pattern pattern, float period)
    : pattern_(pattern), period_(period), sharpness_(between(random, 0.6, 3)), noise_(random) {
  const bool upright = pattern == Pattern::bricks;
  const float turn = upright ? 0 : between(random, 0, std::numbers::pi);
  cos_ = std::cos(turn);
  sin_ = std::sin(turn);
}

float Texture::operator()(Spot p) const {
  const Spot turned{cos_ * p.x + sin_ * p.y, cos_ * p.y - sin_ * p.x};
  const float x = turned.x / period_;
  const float y = turned.y / period_;
  switch (pattern_) {
  case Pattern::stripes:
    return wave(x, sharpness_);
  case Pattern::checks:
    return std::clamp(0.5F + sharpness_ * std::sin(2 * pi * x) * std::sin(2 * pi * y), 0.0F, 1.0F);
  case Pattern::dots: {
    const float u = x - std::floor(x) - 0.5F;
    const float v = y - std::floor(y) - 0.5F;
    return std::clamp(0.5F + 8 * (0.32F - lengthOf(u, v)), 0.0F, 1.0F);
  }
  case Pattern::bricks:
    return bricks(turned, 1.6F * period_);
  case Pattern::wood:
    return wave(0.8F * x + 0.9F * noise_(1.2F * x, 0.25F * y), 0.5F);
  case Pattern::blotches:
    return std::clamp(0.5F + 2 * noise_.rough(x, y), 0.0F, 1.0F);
  }
  return 0;
}

} // namespace cortograph::demo
