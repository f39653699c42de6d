#include "fuzz/seeds.h"

#include "core/weights/archives.h"

namespace cortograph::test {

namespace {

using Seeds = std::vector<std::string>;

Seeds safetensorsSeeds() {
  const std::string a = entryOf("a.weight", "F32", "[2,3]", "[0,24]");
  const std::string b = entryOf("b", "BF16", "[4]", "[24,32]");
  const std::string header = "{\"__metadata__\":{\"format\":\"pt\"}," + a + "," + b + "}  ";
  const std::string data = countedFloats(8);
  return {safetensorsOf(header, data),
          safetensorsOf("{}", ""),
          safetensorsOf("{" + entryOf("s", "F8_E4M3", "[]", "[0,1]") + "}", "8"),
          safetensorsOf("{" + entryOf("e", "U64", "[0,7]", "[0,0]") + "}", ""),
          safetensorsOf(header, data.substr(1)),
          safetensorsOf(header, data, header.size() + 1),
          safetensorsOf(header, data, __builtin_bswap64(header.size())),
          safetensorsOf("{" + a + "," + entryOf("b", "I8", "[8]", "[20,28]") + "}", data),
          safetensorsOf("{" + a + "," + a + "}", data),
          safetensorsOf("{\"__metadata__\":{\"a\":[[[[1]]]]}}", "")};
}

Seeds torchZipSeeds() {
  const std::string tensor = pickledTensor(0, "\2\3", "\3\1");
  const std::string one = "}" + pickledText("w") + tensor + "s";
  const std::string ordered = "ccollections\nOrderedDict\nq\x01)Rq\x02(" + pickledText("a.weight") +
                              tensor + pickledText("a.bias") + pickledTensor(1, "\2", "\2") + "u}" +
                              pickledText("_metadata") + "}sb";
  const std::string wrapped = "}(" + pickledText("epoch") + "K\x07" + pickledText("lr") + "G" +
                              std::string("\x3f\xb9\x99\x99\x99\x99\x99\x9a") +
                              pickledText("state_dict") + ordered + "u";
  const std::string parameter = "}" + pickledText("p") + "ctorch._utils\n_rebuild_parameter\n(" +
                                tensor + "\x88" + "ccollections\nOrderedDict\n)RtRs";
  Seeds seeds{archiveBytes(one),
              one,
              wrapped,
              parameter,
              archiveBytes(one, {{"made/version", "3\n"}, {"made/byteorder", "little"}}),
              archiveBytes(ordered),
              archiveBytes(wrapped),
              archiveBytes(parameter),
              archiveBytes("}" + pickledText("w") + pickledLaterTensor("\4", "\1", "uint16") + "s"),
              archiveBytes("}" + pickledText("t") + pickledTensor(0, "\3\2", "\1\3") + "s"),
              archiveBytes("\x80\x04\x95" + packed<std::uint64_t>(9) + one),
              archiveBytes("}" + pickledText("w") + pickledTensor(5, "\2\3", "\3\1") + "s"),
              archiveBytes("cos\nsystem\n(" + pickledText("true") + "tR"),
              archiveBytes("}q\x01" + pickledText("me") + "h\x01s"),
              archiveBytes(one, {{"made/data/0", ""}}),
              archiveBytes(one, {{"made/byteorder", "big"}}),
              zipOf({{"made/data.pkl", "x"}}, 8),
              zipOf({{"holiday/photo.jpg", "x"}})};
  seeds.push_back(seeds.front().substr(0, seeds.front().size() - 10));
  return seeds;
}

Seeds torchScriptSeeds() {
  const std::string constants = "\x80\x02).";
  const NamedMembers more{{"made/constants.pkl", constants},
                          {"made/code/__torch__.py", "class Root(Module):\n"},
                          {"made/version", "2\n"}};
  const std::string tensor = pickledTensor(0, "\2\3", "\3\1");
  const std::string list = "ctorch.jit._pickle\nbuild_intlist\n](K\x02K\x02"
                           "e\x85R";
  const std::string conv =
      pickledModule("__torch__.torch.nn.modules.conv",
                    "Conv2d",
                    pickledText("weight") + tensor + pickledText("stride") + list);
  const std::string root = pickledModule("__torch__.multimodal.model",
                                         "Multimodal",
                                         pickledText("training") + "\x89" + pickledText("visual") +
                                             conv + pickledText("bias") + "N");
  const std::string tagged = "ctorch.jit._pickle\nrestore_type_tag\n(}" + pickledText("w") +
                             tensor + "s" + pickledText("Dict[str, Tensor]") + "tR";
  return {archiveBytes(conv, more),
          root,
          tagged,
          archiveBytes(root, more),
          archiveBytes(pickledModule("__torch__", "Empty", ""), more),
          archiveBytes("c__torch__\nPacked\n)\x81(K\x01" + tensor + "tb", more),
          archiveBytes(tagged),
          archiveBytes("c__torch__\nRoot\n)\x81q\x01}(" + pickledText("self") + "h\x01ub", more),
          archiveBytes("cbuiltins\neval\n)\x81}(ub", more)};
}

Seeds shardIndexSeeds() {
  return {R"({"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}})",
          R"({"weight_map":{"a":"1.safetensors"}})",
          R"({"weight_map":{"c":"1.safetensors"}})",
          R"({"weight_map":{"a":"3.safetensors"}})",
          R"({"weight_map":{"a":"../1.safetensors"}})",
          R"({"weight_map":{"a":"1.safetensors","a":"2.safetensors"}})",
          R"({"weight_map":{"a":["1.safetensors"]}})",
          R"({"weight_map":[]})",
          R"({"hidden_size":768,"layers":[1,2.5,null,true]})",
          R"({"weight_map":{"a":"1.saf)"};
}

Seeds foreignFileSeeds() {
  Seeds seeds{"\x89HDF\r\n\x1a\n",
              "GGUF\x03",
              "\x08\x07\x12\x07pytorch\x1a\x06",
              std::string("\x08\x01\x12\xff\xa3\x03", 6),
              "\nC\n\x07input_1\x12\x0b",
              "<!DOCTYPE html><html>",
              "version https://git-lfs.github.com/spec/v1\n",
              "\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.",
              "(dp0\nS'a'\np1\nI1\ns.",
              "Entry not found"};
  seeds.push_back("sys_info" + std::string(249, '\0') + "ustar");
  return seeds;
}

} // namespace

std::vector<std::string> fuzzSeeds(const std::string& target) {
  return target == "safetensors"    ? safetensorsSeeds()
         : target == "torch_zip"    ? torchZipSeeds()
         : target == "torch_script" ? torchScriptSeeds()
         : target == "shard_index"  ? shardIndexSeeds()
                                    : foreignFileSeeds();
}

} // namespace cortograph::test
