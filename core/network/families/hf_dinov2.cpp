#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// Hugging Face's DINOv2, with or without registers: https://github.com/huggingface/transformers,
/// modeling_dinov2.py.
const Family& hf_dinov2() {
  static constexpr NameRule names[] = {
      {"embeddings.cls_token", "cls_token"},
      {"embeddings.mask_token", "mask_token"},
      {"embeddings.register_tokens", "register_tokens"},
      {"embeddings.position_embeddings", "pos_embed"},
      {"embeddings.patch_embeddings.projection", "patch_embed.proj"},
      {"encoder.layer.#.norm1", "blocks.#.norm1"},
      {"encoder.layer.#.attention.attention.query", "blocks.#.attn.q"},
      {"encoder.layer.#.attention.attention.key", "blocks.#.attn.k"},
      {"encoder.layer.#.attention.attention.value", "blocks.#.attn.v"},
      {"encoder.layer.#.attention.output.dense", "blocks.#.attn.proj"},
      {"encoder.layer.#.layer_scale1.lambda1", "blocks.#.ls1.gamma"},
      {"encoder.layer.#.norm2", "blocks.#.norm2"},
      {"encoder.layer.#.mlp.fc1", "blocks.#.mlp.fc1"},
      {"encoder.layer.#.mlp.fc2", "blocks.#.mlp.fc2"},
      {"encoder.layer.#.mlp.weights_in", "blocks.#.mlp.w12"},
      {"encoder.layer.#.mlp.weights_out", "blocks.#.mlp.w3"},
      {"encoder.layer.#.layer_scale2.lambda1", "blocks.#.ls2.gamma"},
      {"encoder.layer.#", "blocks.#"}};
  static constexpr std::string_view needed[] = {"cls_token", "blocks.0.ls1.gamma"};
  static const VitFamily family(
      {.name = "hf_dinov2",
       .title = "DINOv2, as Hugging Face publishes it",
       .anchor = "embeddings.patch_embeddings.projection.weight",
       .names = names,
       .needed = needed,
       .preparation = imageNetPreparation(Resampling::bicubic, 224.0 / 256)});
  return family;
}

} // namespace cortograph::families
