#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// Hugging Face's CLIP, https://github.com/huggingface/transformers, modeling_clip.py.
const Family& hf_clip() {
  static constexpr NameRule names[] = {
      {"embeddings.class_embedding", "cls_token"},
      {"embeddings.patch_embedding", "patch_embed.proj"},
      {"embeddings.position_embedding.weight", "pos_embed"},
      {"pre_layrnorm", "norm_pre"}, // spelt like this in Hugging Face's code
      {"encoder.layers.#.layer_norm1", "blocks.#.norm1"},
      {"encoder.layers.#.self_attn.q_proj", "blocks.#.attn.q"},
      {"encoder.layers.#.self_attn.k_proj", "blocks.#.attn.k"},
      {"encoder.layers.#.self_attn.v_proj", "blocks.#.attn.v"},
      {"encoder.layers.#.self_attn.out_proj", "blocks.#.attn.proj"},
      {"encoder.layers.#.layer_norm2", "blocks.#.norm2"},
      {"encoder.layers.#.mlp.fc1", "blocks.#.mlp.fc1"},
      {"encoder.layers.#.mlp.fc2", "blocks.#.mlp.fc2"},
      {"encoder.layers.#", "blocks.#"}};
  static constexpr std::string_view needed[] = {"cls_token", "norm_pre.weight"};
  static const VitFamily family({.name = "hf_clip",
                                 .title = "CLIP's image encoder, as Hugging Face publishes it",
                                 .anchor = "embeddings.patch_embedding.weight",
                                 .names = names,
                                 .needed = needed,
                                 .defaults = {.layerNormEps = 1e-5, .activation = "quick_gelu"},
                                 .preparation = clipPreparation()});
  return family;
}

} // namespace cortograph::families
