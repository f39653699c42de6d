#include "weights/state_dict_globals.h"

#include <algorithm>
#include <array>

namespace cortograph {

namespace {

/// The globals that state dicts are made of, and those beside them in published checkpoints.
constexpr std::array<std::string_view, 42> knownGlobals{
    "collections OrderedDict",
    "torch._utils _rebuild_tensor_v2",
    "torch._utils _rebuild_tensor_v3",
    "torch._utils _rebuild_parameter",
    "torch._utils _rebuild_parameter_with_state",
    "torch._tensor _rebuild_from_type_v2",
    "torch.nn.parameter Parameter",
    "torch.nn.parameter Buffer",
    "torch Tensor",
    "torch Size",
    "torch device",
    "torch.serialization _get_layout",
    "torch.storage UntypedStorage",
    "torch.jit._pickle build_intlist",
    "torch.jit._pickle build_doublelist",
    "torch.jit._pickle build_boollist",
    "torch.jit._pickle build_tensorlist",
    "torch.jit._pickle restore_type_tag",
    "argparse Namespace",
    "collections Counter",
    "collections defaultdict",
    "pathlib PosixPath",
    "pathlib WindowsPath",
    "datetime datetime",
    "datetime timedelta",
    "numpy dtype",
    "numpy ndarray",
    "numpy.core.multiarray scalar",
    "numpy.core.multiarray _reconstruct",
    "numpy._core.multiarray scalar",
    "numpy._core.multiarray _reconstruct",
    "_codecs encode",
    "__builtin__ set",
    "__builtin__ bytearray",
    "__builtin__ complex",
    "__builtin__ dict",
    "__builtin__ list",
    "__builtin__ int",
    "builtins set",
    "builtins bytearray",
    "builtins complex",
    "builtins dict"};

/// Returns whether a global is a type such as torch.float8_e4m3fn.
bool isTorchType(std::string_view global) noexcept {
  static constexpr std::array<std::string_view, 6> types{
      "torch float", "torch bfloat", "torch int", "torch uint", "torch complex", "torch bool"};
  return std::any_of(types.begin(), types.end(), [global](std::string_view type) {
    return global.starts_with(type);
  });
}

} // namespace

bool isStateDictGlobal(std::string_view global) noexcept {
  const bool storage = global.starts_with("torch ") && global.ends_with("Storage");
  return storage || isTorchType(global) || isTorchScriptClass(global) ||
         std::find(knownGlobals.begin(), knownGlobals.end(), global) != knownGlobals.end();
}

bool isTorchScriptClass(std::string_view global) noexcept {
  return global.starts_with("__torch__.") || global.starts_with("__torch__ ");
}

} // namespace cortograph
