#pragma once

#include "network/vit_names.h"

namespace cortograph {

/// The tensor names of OpenAI's CLIP, which OpenCLIP uses too. https://github.com/openai/CLIP,
/// model.py.
inline constexpr NameRule clipNames[] = {
    {"class_embedding", "cls_token"},
    {"positional_embedding", "pos_embed"},
    {"conv1", "patch_embed.proj"},
    {"ln_pre", "norm_pre"},
    {"transformer.resblocks.#.ln_1", "blocks.#.norm1"},
    {"transformer.resblocks.#.attn.in_proj_weight", "blocks.#.attn.qkv.weight"},
    {"transformer.resblocks.#.attn.in_proj_bias", "blocks.#.attn.qkv.bias"},
    {"transformer.resblocks.#.attn.out_proj", "blocks.#.attn.proj"},
    {"transformer.resblocks.#.ls_1", "blocks.#.ls1"},
    {"transformer.resblocks.#.ln_2", "blocks.#.norm2"},
    {"transformer.resblocks.#.mlp.c_fc", "blocks.#.mlp.fc1"},
    {"transformer.resblocks.#.mlp.c_proj", "blocks.#.mlp.fc2"},
    {"transformer.resblocks.#.ls_2", "blocks.#.ls2"},
    {"transformer.resblocks.#", "blocks.#"}};

/// The canonical tensors that a CLIP file must have.
inline constexpr std::string_view clipNeeds[] = {"cls_token", "norm_pre.weight"};

} // namespace cortograph
