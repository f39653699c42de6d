#include "network/vit_family.h"

namespace cortograph::families {

/// A ViT built on torch.nn.TransformerEncoder, as many small ViTs are. The defaults of torch are
/// assumed: ReLU, normalisation after each branch, and the 8 heads of torch.nn.Transformer.
const Family& torch_encoder() {
  static constexpr NameRule names[] = {
      {"transformer.layers.#.self_attn.in_proj_weight", "blocks.#.attn.qkv.weight"},
      {"transformer.layers.#.self_attn.in_proj_bias", "blocks.#.attn.qkv.bias"},
      {"transformer.layers.#.self_attn.out_proj", "blocks.#.attn.proj"},
      {"transformer.layers.#.linear1", "blocks.#.mlp.fc1"},
      {"transformer.layers.#.linear2", "blocks.#.mlp.fc2"},
      {"transformer.layers.#", "blocks.#"},
      {"blocks.#", "other.blocks.#"}}; // so that timm's blocks don't match this family
  static const VitFamily family(
      {.name = "torch_encoder",
       .title = "Vision Transformer built on torch.nn.TransformerEncoder",
       .anchor = "patch_embed.proj.weight",
       .names = names,
       .defaults = {.layerNormEps = 1e-5,
                    .activation = "relu",
                    .normAfter = true,
                    .heads = [](int width) { return width % 8 == 0 ? 8 : 0; }},
       .preparation = referencePreparation(),
       .tells = [](const VitCandidate& candidate) -> std::string {
         return candidate.mentions("transformer.layers.0.self_attn") ? "a torch.nn encoder" : "";
       }});
  return family;
}

} // namespace cortograph::families
