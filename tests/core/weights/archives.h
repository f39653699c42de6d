#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Containers of weights written by hand, byte by byte, so that each can be wrong in one place.
namespace cortograph::test {

template <class T> std::string packed(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

inline std::vector<std::byte> asBytes(const std::string& text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

/// A safetensors file of any header; `length` is what it says of its header.
inline std::string
safetensorsOf(const std::string& header, const std::string& data, std::uint64_t length) {
  return packed(length) + header + data;
}
inline std::string safetensorsOf(const std::string& header, const std::string& data) {
  return safetensorsOf(header, data, header.size());
}

/// One entry of such a header.
inline std::string entryOf(const std::string& name,
                           const std::string& type,
                           const std::string& shape,
                           const std::string& offsets) {
  return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape +
         ",\"data_offsets\":" + offsets + "}";
}

/// 0, 1, 2, … as float32.
inline std::string countedFloats(int count) {
  std::string values;
  for (int i = 0; i < count; ++i) {
    values += packed(static_cast<float>(i));
  }
  return values;
}

/// The check sum of a zip archive's member (CRC-32).
inline std::uint32_t checkSumOf(const std::string& data) {
  std::uint32_t sum = ~0U;
  for (const char byte : data) {
    sum ^= static_cast<std::uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xEDB88320U : 0U);
    }
  }
  return ~sum;
}

using NamedMembers = std::vector<std::pair<std::string, std::string>>;

/// A zip archive of stored members; `method` is what their headers say of the compression.
inline std::string zipOf(const NamedMembers& members, std::uint16_t method = 0) {
  std::string archive;
  std::string directory;
  for (const auto& [name, data] : members) {
    const auto local = static_cast<std::uint32_t>(archive.size());
    const std::string sizes = packed(checkSumOf(data)) +
                              packed(static_cast<std::uint32_t>(data.size())) +
                              packed(static_cast<std::uint32_t>(data.size())) +
                              packed(static_cast<std::uint16_t>(name.size()));
    const std::string common = std::string(4, '\0') + packed(method) + std::string(4, '\0') +
                               sizes + packed<std::uint16_t>(0);
    archive += std::string("PK\x03\x04", 4) + common + name + data;
    directory += std::string("PK\x01\x02", 4) + packed<std::uint16_t>(0) + common +
                 std::string(10, '\0') + packed(local) + name;
  }
  const auto offset = static_cast<std::uint32_t>(archive.size());
  const auto count = static_cast<std::uint16_t>(members.size());
  return archive + directory + std::string("PK\x05\x06", 4) + packed<std::uint32_t>(0) +
         packed(count) + packed(count) + packed(static_cast<std::uint32_t>(directory.size())) +
         packed(offset) + packed<std::uint16_t>(0);
}

inline std::string pickledText(const std::string& text) {
  return "X" + packed(static_cast<std::uint32_t>(text.size())) + text;
}

/// Whole numbers below 256 as a pickled tuple.
inline std::string pickledTuple(const std::string& numbers) {
  std::string out = "(";
  for (const char number : numbers) {
    out += std::string("K") + number;
  }
  return out + "t";
}

/// A persistent identifier of the storage "0".
inline std::string pickledStorage(const std::string& global) {
  return "(" + pickledText("storage") + "c" + global + pickledText("0") + pickledText("cpu") +
         "K\x06tQ";
}

/// What torch.save writes of a tensor of storage 0.
inline std::string pickledTensor(char offset,
                                 const std::string& shape,
                                 const std::string& strides,
                                 const std::string& storage = "torch\nFloatStorage\n") {
  return "ctorch._utils\n_rebuild_tensor_v2\n(" + pickledStorage(storage) + "K" + offset +
         pickledTuple(shape) + pickledTuple(strides) + "\x89" + "ccollections\nOrderedDict\n)RtR";
}

/// The same of a type that is younger than the storages, as torch 2.3 and later write it.
inline std::string
pickledLaterTensor(const std::string& shape, const std::string& strides, const std::string& type) {
  return "ctorch._utils\n_rebuild_tensor_v3\n(" +
         pickledStorage("torch.storage\nUntypedStorage\n") + std::string("K\0", 2) +
         pickledTuple(shape) + pickledTuple(strides) + "\x89" +
         "ccollections\nOrderedDict\n)Rctorch\n" + type + "\ntR";
}

/// A TorchScript object: its class, then its attributes, pickled pairs of text and value.
inline std::string
pickledModule(const std::string& module, const std::string& name, const std::string& attributes) {
  return "c" + module + "\n" + name + "\n)\x81}(" + attributes + "ub";
}

/// An archive as torch.save writes it, of any pickle, with the six values 0 .. 5 as its storage.
inline std::string archiveBytes(const std::string& pickle, NamedMembers more = {}) {
  NamedMembers members{{"made/data.pkl", "\x80\x02" + pickle + "."},
                       {"made/data/0", countedFloats(6)}};
  members.insert(members.end(), more.begin(), more.end());
  return zipOf(members);
}

/// A TorchScript module of one parameter `w`, six values, and this body of its forward, which has
/// images `x` and returns a list of tensors.
inline std::string scriptModuleBytes(const std::string& body) {
  const std::string code = "class Root(Module):\n"
                           "  __parameters__ = [\"w\", ]\n"
                           "  __buffers__ = []\n"
                           "  w : Tensor\n"
                           "  def forward(self: __torch__.Root,\n"
                           "    x: Tensor) -> List[Tensor]:\n" +
                           body;
  return archiveBytes(
      pickledModule("__torch__", "Root", pickledText("w") + pickledTensor(0, "\6", "\1")),
      {{"made/code/__torch__.py", code},
       {"made/constants.pkl", "\x80\x02)."},
       {"made/version", "3\n"}});
}

} // namespace cortograph::test
