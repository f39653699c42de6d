#include "demo/training/caption_words.h"
#include "demo/training/objective.h"
#include "demo/training/ranking.h"

#include <cmath>

namespace cortograph::objectives {

namespace {

using torch::Tensor;

constexpr int textWidth = 64;
constexpr int textHeads = 4;
constexpr int textBlocks = 2;
constexpr int shared = 64;            ///< channels in which pictures and captions are compared
constexpr std::int64_t together = 64; ///< captions among which the measure searches
constexpr double largestScale = 100;  ///< largest factor on similarities

std::string textBlock(int i) {
  return "head.text." + std::to_string(i) + ".";
}

/// Learns to match pictures with captions by contrast: Radford et al. 2021, arXiv 2103.00020.
class Clip final : public Learner {
public:
  Clip(const DemoVitSize& size, const SceneSet& training)
      : width_(size.width), words_(training.captions) {}

  [[nodiscard]] std::vector<ParameterSpec> heads() const override {
    std::vector<ParameterSpec> specs{
        {"head.words", {words_.size(), textWidth}, textWidth},
        {"head.positions", {1, words_.longest(), textWidth}, textWidth},
        {.name = "head.scale",
         .shape = {1},
         .fanIn = 0,
         .start = static_cast<float>(std::log(1 / 0.07))}}; // of a temperature of 0.07
    const auto add = [&specs](const std::vector<ParameterSpec>& more) {
      specs.insert(specs.end(), more.begin(), more.end());
    };
    for (int i = 0; i < textBlocks; ++i) {
      add(blockParameters(textBlock(i), textWidth));
    }
    add(linearParameters("head.caption", textWidth, shared));
    add(linearParameters("head.picture", width_, shared));
    return specs;
  }

  [[nodiscard]] std::vector<Tensor> outputs(const Model& model,
                                            const SceneBatch& batch) const override {
    const Tensor scale = model.parameters.at("head.scale").exp().clamp_max(largestScale);
    return {scale * pictures(model, batch), captions(model, batch)};
  }

  [[nodiscard]] Tensor loss(const std::vector<Tensor>& outputs) override {
    const Tensor scores = torch::matmul(outputs[0], outputs[1].t());
    const Tensor own = torch::arange(scores.size(0), torch::kInt64);
    return (torch::cross_entropy_loss(scores, own) + torch::cross_entropy_loss(scores.t(), own)) /
           2;
  }

  /// Returns the share of pictures whose own caption is the nearest of 64. An identical caption of
  /// another picture counts as the picture's own.
  [[nodiscard]] double measure(const Model& model, const SceneSet& heldOut) const override {
    const Tensor all = overScenes(heldOut, [&](const SceneBatch& batch) {
      return torch::cat({pictures(model, batch), captions(model, batch)}, 1);
    });
    std::int64_t right = 0;
    std::int64_t asked = 0;
    for (std::int64_t first = 0; first + together <= heldOut.count(); first += together) {
      const Tensor rows = all.slice(0, first, first + together);
      const Tensor nearest =
          torch::matmul(rows.slice(1, 0, shared), rows.slice(1, shared).t()).argmax(1);
      for (std::int64_t i = 0; i < together; ++i, ++asked) {
        const auto found = static_cast<std::size_t>(first + nearest[i].item<std::int64_t>());
        right += heldOut.captions[found] == heldOut.captions[static_cast<std::size_t>(first + i)]
                     ? 1
                     : 0;
      }
    }
    return asked == 0 ? 0 : static_cast<double>(right) / static_cast<double>(asked);
  }

private:
  [[nodiscard]] static Tensor pictures(const Model& model, const SceneBatch& batch) {
    const Tensor tokens = encodedPatches(model.vit, patchesOf(batch, model.vit.size.patch));
    return unitRows(affineOf(model.parameters, "head.picture").linear(globalOf(model.vit, tokens)));
  }

  [[nodiscard]] Tensor captions(const Model& model, const SceneBatch& batch) const {
    std::vector<std::string_view> texts;
    for (const std::int64_t scene : batch.which) {
      texts.emplace_back(batch.scenes->captions[static_cast<std::size_t>(scene)]);
    }
    const Tensor numbers = words_.numbers(texts);
    Tensor x = torch::embedding(model.parameters.at("head.words"), numbers) +
               model.parameters.at("head.positions");
    BlockSettings settings;
    settings.heads = textHeads;
    for (int i = 0; i < textBlocks; ++i) {
      x = applied(blockOf(model.parameters, textBlock(i)), settings, x);
    }
    const Tensor there = (numbers != CaptionWords::nothing).to(torch::kFloat32).unsqueeze(2);
    x = (x * there).sum(1) / there.sum(1).clamp_min(1);
    return unitRows(affineOf(model.parameters, "head.caption").linear(x));
  }

  int width_;
  CaptionWords words_;
};

} // namespace

const Objective& clip() {
  static const Objective objective{
      .name = "clip",
      .title = "CLIP",
      .description = "matching pictures with their captions",
      .measure = "accuracy of finding a picture's caption among 64",
      .steps = 3000,
      .batch = 64, // also the number of captions that are contrasted
      .scenes = 24000,
      .learner = [](const DemoVitSize& size, const SceneSet& training) -> std::unique_ptr<Learner> {
        return std::make_unique<Clip>(size, training);
      }};
  return objective;
}

} // namespace cortograph::objectives
