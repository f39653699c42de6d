#include "network/vit_family.h"

namespace cortograph::families {

/// Hugging Face's ViT, https://github.com/huggingface/transformers, modeling_vit.py. ViTMAE, DeiT
/// and ViTMSN use the same names.
const Family& hf_vit() {
  static constexpr NameRule names[] = {
      {"embeddings.cls_token", "cls_token"},
      {"embeddings.distillation_token", "dist_token"},
      {"embeddings.mask_token", "mask_token"},
      {"embeddings.position_embeddings", "pos_embed"},
      {"embeddings.patch_embeddings.projection", "patch_embed.proj"},
      {"encoder.layer.#.layernorm_before", "blocks.#.norm1"},
      {"encoder.layer.#.attention.attention.query", "blocks.#.attn.q"},
      {"encoder.layer.#.attention.attention.key", "blocks.#.attn.k"},
      {"encoder.layer.#.attention.attention.value", "blocks.#.attn.v"},
      {"encoder.layer.#.attention.output.dense", "blocks.#.attn.proj"},
      {"encoder.layer.#.layernorm_after", "blocks.#.norm2"},
      {"encoder.layer.#.intermediate.dense", "blocks.#.mlp.fc1"},
      {"encoder.layer.#.output.dense", "blocks.#.mlp.fc2"},
      {"encoder.layer.#", "blocks.#"}};
  static constexpr Preparation own{.framing = Framing::stretch,
                                   .resampling = Resampling::bilinear,
                                   .mean = {0.5F, 0.5F, 0.5F},
                                   .deviation = {0.5F, 0.5F, 0.5F}};
  static const VitFamily family({.name = "hf_vit",
                                 .title = "Vision Transformer, as Hugging Face publishes it",
                                 .anchor = "embeddings.patch_embeddings.projection.weight",
                                 .names = names,
                                 .defaults = {.layerNormEps = 1e-12},
                                 .preparation = own});
  return family;
}

} // namespace cortograph::families
