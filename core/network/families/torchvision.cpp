#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// torchvision's ViT, https://github.com/pytorch/vision, vision_transformer.py.
const Family& torchvision() {
  static constexpr NameRule names[] = {
      {"class_token", "cls_token"},
      {"conv_proj", "patch_embed.proj"},
      {"encoder.pos_embedding", "pos_embed"},
      {"encoder.layers.encoder_layer_#.ln_1", "blocks.#.norm1"},
      {"encoder.layers.encoder_layer_#.self_attention.in_proj_weight", "blocks.#.attn.qkv.weight"},
      {"encoder.layers.encoder_layer_#.self_attention.in_proj_bias", "blocks.#.attn.qkv.bias"},
      {"encoder.layers.encoder_layer_#.self_attention.out_proj", "blocks.#.attn.proj"},
      {"encoder.layers.encoder_layer_#.ln_2", "blocks.#.norm2"},
      {"encoder.layers.encoder_layer_#.mlp.0", "blocks.#.mlp.fc1"},
      {"encoder.layers.encoder_layer_#.mlp.linear_1", "blocks.#.mlp.fc1"}, // before version 0.13
      {"encoder.layers.encoder_layer_#.mlp.3", "blocks.#.mlp.fc2"},
      {"encoder.layers.encoder_layer_#.mlp.linear_2", "blocks.#.mlp.fc2"},
      {"encoder.layers.encoder_layer_#", "blocks.#"}};
  static const VitFamily family(
      {.name = "torchvision",
       .title = "Vision Transformer, as torchvision publishes it",
       .anchor = "conv_proj.weight",
       .names = names,
       .preparation = imageNetPreparation(Resampling::bilinear, 224.0 / 256)});
  return family;
}

} // namespace cortograph::families
