#include "demo/scenes/painters.h"
#include "demo/scenes/texture.h"

namespace cortograph::demo {

namespace {

Color skin(SplitMix& random) {
  return mixed({0.95F, 0.78F, 0.66F}, {0.38F, 0.24F, 0.16F}, between(random, 0, 1));
}
Color hairColor(SplitMix& random) {
  return mixed({0.08F, 0.06F, 0.05F}, {0.78F, 0.58F, 0.28F}, between(random, 0, 1));
}

void paintEyes(const Pen& pen, SplitMix& random, const Color& brow) {
  const Color iris = varied(random, {0.25F, 0.3F, 0.3F}, 0.15);
  const float gaze = between(random, -0.05, 0.05);
  const float open = between(random, 0.09, 0.15);
  for (const float side : {-1.0F, 1.0F}) {
    const Spot eye{side * 0.36F, -0.04F};
    pen.ellipse(eye, {0.2F, open}, Color{0.96F, 0.96F, 0.94F});
    pen.disc({eye.x + gaze, eye.y}, 0.1F, iris);
    pen.disc({eye.x + gaze, eye.y}, 0.055F, Color{0.04F, 0.04F, 0.05F});
    const float arch = between(random, -0.06, 0.02);
    pen.stroke({eye.x - side * 0.18F, -0.26F}, {eye.x + side * 0.2F, -0.28F + arch}, 0.05F, brow);
  }
}

void paintHair(const Pen& pen, SplitMix& random, const Color& hair, bool front) {
  const int style = random.below(4); // short, long, bald, hat
  if (!front) {
    if (style == 1) {
      pen.box({0, 0.25F}, {0.95F, 1.05F}, hair, 0.6F);
    }
    if (style != 2) {
      pen.ellipse({0, -0.2F}, {0.98F, 1.05F}, hair);
    }
    return;
  }
  if (style == 3) {
    const Color hat = anyColor(random);
    pen.box({0, -0.72F}, {1.05F, 0.1F}, hat, 0.08F);
    pen.box({0, -1.0F}, {0.68F, 0.34F}, hat, 0.2F);
  } else if (style != 2) {
    pen.ellipse({between(random, -0.3, 0.3), -0.78F}, {0.7F, 0.28F}, hair);
  }
}

} // namespace

Look paintFace(const Pen& pen, SplitMix& random) {
  const Color face = skin(random);
  const Color hair = hairColor(random);
  SplitMix behind = random;
  SplitMix before = random; // a copy, so that both calls of paintHair draw the same style
  random.bits();
  paintHair(pen, behind, hair, false);
  pen.ellipse({-0.82F, 0.1F}, {0.13F, 0.2F}, shaded(face, 0.9F));
  pen.ellipse({0.82F, 0.1F}, {0.13F, 0.2F}, shaded(face, 0.9F));
  pen.ellipse({0, 0.1F}, {between(random, 0.74, 0.86), 0.98F}, face);
  if (random.uniform() < 0.2) { // a beard
    pen.ellipse({0, 0.72F}, {0.6F, 0.4F}, shaded(hair, 0.9F));
  }
  paintEyes(pen, random, hair);
  pen.stroke({0, 0.05F}, {between(random, -0.06, 0.06), 0.36F}, 0.06F, shaded(face, 0.72F), 0.1F);
  const float smile = between(random, -0.06, 0.14);
  const Color lips = mixed(face, {0.7F, 0.15F, 0.18F}, 0.7F);
  for (const float side : {-1.0F, 1.0F}) {
    pen.stroke({0, 0.62F}, {side * 0.3F, 0.62F - smile}, 0.075F, lips, 0.04F);
  }
  if (random.uniform() < 0.2) { // glasses
    for (const float side : {-1.0F, 1.0F}) {
      pen.ring({side * 0.36F, -0.02F}, 0.26F, 0.035F, Color{0.08F, 0.08F, 0.1F});
    }
    pen.stroke({-0.12F, -0.04F}, {0.12F, -0.04F}, 0.03F, Color{0.08F, 0.08F, 0.1F});
  }
  paintHair(pen, before, hair, true);
  return {};
}

Look paintBody(const Pen& pen, SplitMix& random) {
  const Color limbs = skin(random);
  const Color shirt = anyNamedColor(random).color;
  const Color trousers = shaded(anyColor(random), 0.6F);
  const bool bareLegs = random.uniform() < 0.25;
  pen.shadow({0, 0.98F}, {0.5F, 0.1F});
  for (const float side : {-1.0F, 1.0F}) {
    const Spot hip{side * 0.12F, 0.16F};
    const Spot knee{side * between(random, 0.1, 0.34), 0.56F};
    const Spot foot{knee.x + side * between(random, -0.08, 0.16), 0.95F};
    pen.stroke(hip, knee, 0.12F, trousers, 0.1F);
    pen.stroke(knee, foot, 0.1F, bareLegs ? limbs : trousers, 0.07F);
    pen.ellipse({foot.x + side * 0.05F, foot.y}, {0.11F, 0.05F}, shaded(trousers, 0.4F));
    const Spot shoulder{side * 0.23F, -0.42F};
    const Spot elbow{side * between(random, 0.32, 0.55), between(random, -0.45, 0)};
    const Spot hand{elbow.x + side * between(random, -0.2, 0.3),
                    elbow.y + between(random, -0.4, 0.38)};
    pen.stroke(shoulder, elbow, 0.09F, shirt, 0.075F);
    pen.stroke(elbow, hand, 0.07F, limbs, 0.055F);
    pen.disc(hand, 0.075F, limbs);
  }
  pen.box({0, -0.16F}, {0.25F, 0.38F}, shirt, 0.12F);
  pen.stroke({0, -0.6F}, {0, -0.5F}, 0.085F, shaded(limbs, 0.85F));
  // The head is seen from behind unless a face is painted over it.
  pen.ellipse(headOfBody, {0.19F, 0.23F}, hairColor(random));
  return {};
}

} // namespace cortograph::demo
