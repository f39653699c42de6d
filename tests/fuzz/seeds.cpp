#include "fuzz/seeds.h"

#include "base/gzip.h"
#include "core/brain/cifti_bytes.h"
#include "core/brain/freesurfer_bytes.h"
#include "core/brain/mesh_bytes.h"
#include "core/weights/archives.h"

#include <map>

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

std::string giftiArray(const std::string& intent,
                       const std::string& storage,
                       const std::string& data,
                       const std::string& before = "<MetaData/>") {
  return "<DataArray Intent=\"NIFTI_INTENT_" + intent + "\" " + storage + ">" + before + "<Data>" +
         data + "</Data></DataArray>";
}

std::string giftiOf(const std::string& inside, int arrays) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE GIFTI SYSTEM \"gifti.dtd\"><GIFTI "
         "Version=\"1.0\" NumberOfDataArrays=\"" +
         std::to_string(arrays) + "\">" + inside + "</GIFTI>";
}

Seeds giftiSeeds() {
  const std::string numbers = "DataType=\"NIFTI_TYPE_INT32\" Dimensionality=\"2\" Dim0=\"2\" "
                              "Dim1=\"3\" Endian=\"LittleEndian\" ";
  const std::string corners = "DataType=\"NIFTI_TYPE_FLOAT32\" Dimensionality=\"2\" Dim0=\"3\" "
                              "Dim1=\"3\" Endian=\"BigEndian\" ";
  const std::string rows = "ArrayIndexingOrder=\"RowMajorOrder\" ";
  const std::string columns = "ArrayIndexingOrder=\"ColumnMajorOrder\" ";
  const std::string entry = "<MD><Name>Name</Name><Value><![CDATA[curv]]></Value></MD>";
  const std::string transform =
      "<CoordinateSystemTransformMatrix><DataSpace>NIFTI_XFORM_UNKNOWN</DataSpace>"
      "<TransformedSpace>NIFTI_XFORM_UNKNOWN</TransformedSpace><MatrixData>1 0 0 0 0 1 0 0 0 0 1 0 "
      "0 0 0 1</MatrixData></CoordinateSystemTransformMatrix>";
  const std::string ascii =
      giftiArray("TRIANGLE", numbers + rows + "Encoding=\"ASCII\"", "0 1 2 2 1 0");
  const std::string base64 = giftiArray("LABEL",
                                        numbers + columns + "Encoding=\"Base64Binary\"",
                                        "AQAAAAIAAAADAAAABAAAAAUAAAAGAAAA",
                                        "<MetaData>" + entry + "</MetaData>" + transform);
  const std::string zipped = giftiArray(
      "POINTSET", corners + rows + "Encoding=\"GZipBase64Binary\"", "eJxjYEAA+wYGFADjAwAXBAF/");
  const std::string external = giftiArray("SHAPE",
                                          numbers + rows +
                                              "Encoding=\"ExternalFileBinary\" "
                                              "ExternalFileName=\"a.dat\" ExternalFileOffset=\"4\"",
                                          "");
  const std::string labels = "<LabelTable><Label Key=\"1\" Red=\"1\" Green=\"0.5\" Blue=\"0\" "
                             "Alpha=\"1\">V1</Label></LabelTable>";
  return {giftiOf(ascii, 1),
          giftiOf("<MetaData>" + entry + "</MetaData>" + labels + base64, 1),
          giftiOf(zipped + ascii, 2),
          giftiOf(external, 1),
          giftiOf(zipped, 7),
          "<!DOCTYPE GIFTI [<!ENTITY a \"b\">]><GIFTI>&a;</GIFTI>"};
}

/// A .npy file of version 1.
std::string npyOf(const std::string& type, const std::string& shape, const std::string& data) {
  const std::string header =
      "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
  return "\x93NUMPY\x01" + std::string(1, '\0') +
         packed(static_cast<std::uint16_t>(header.size())) + header + data;
}

Seeds npySeeds() {
  const std::string floats = countedFloats(6);
  Seeds seeds{npyOf("<f4", "(2, 3)", floats),
              npyOf(">i8", "(3,)", floats),
              npyOf("|b1", "()", "1"),
              npyOf("<f2", "(0, 7)", ""),
              npyOf("|O", "(1,)", "x"),
              npyOf("<u2", "(9223372036854775807, 4)", floats)};
  seeds.push_back(seeds.front());
  seeds.back().replace(seeds.back().find("False"), 5, "True ");
  return seeds;
}

/// An archive of one member in a deflated block of its plain bytes.
std::string deflatedZip(const std::string& plain) {
  const auto size = static_cast<std::uint16_t>(plain.size());
  const std::string block =
      "\x01" + packed(size) + packed(static_cast<std::uint16_t>(~size)) + plain;
  std::string archive = zipOf({{"a.npy", block}}, 8);
  constexpr std::size_t localSize = 30;
  const std::string length = packed<std::uint32_t>(size);
  archive.replace(22, length.size(), length);
  archive.replace(localSize + 5 + block.size() + 24, length.size(), length);
  return archive;
}

Seeds npzSeeds() {
  const Seeds arrays = npySeeds();
  return {zipOf({{"a.npy", arrays[0]}, {"b.npy", arrays[1]}}),
          deflatedZip(arrays[0]),
          zipOf({{"a.npy", arrays[0]}}, 8),
          zipOf({{"a.npy", arrays[4]}})};
}

Seeds niftiSeeds() {
  const std::string floats = countedFloats(24);
  return {niftiFile({.dim = {2, 3, 4}}, floats),
          niftiFile({.version = 2, .bigEndian = true, .dim = {2, 3, 1, 2}, .datatype = 64}, floats),
          niftiFile({.dim = {2, 3, 4}, .datatype = 4, .scl_slope = 2, .qform_code = 1}, floats),
          niftiFile({.dim = {2, 3}, .datatype = 32, .sform_code = 1}, floats),
          niftiFile({.dim = {2, 2, 2}, .datatype = 128, .extension = "comment"}, floats),
          niftiFile({.dim = {-1, 1, 1, 2}, .glmin = 12}, floats),
          niftiFile({.version = 2, .dim = {1, 1, 1, 1, 3, 8}, .datatype = 1792}, floats)};
}

Seeds ciftiSeeds() {
  CiftiFields parcels = denseScalars();
  parcels.rows = 3;
  parcels.brain = parcelMap();
  CiftiFields labels = denseScalars();
  labels.maps = labelMaps();
  CiftiFields series = denseScalars();
  series.bigEndian = true;
  series.maps = seriesMap(2, 0, 0.5, -3, "SECOND");
  return {ciftiFile(denseScalars()), ciftiFile(parcels), ciftiFile(labels), ciftiFile(series)};
}

Surface smallSurface() {
  return {.verticesRas = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          .triangles = {{0, 2, 1}, {0, 1, 3}}};
}

Seeds surfaceSeeds() {
  const std::string lines = "valid = 1\nfilename = a\nvolume = 1 1 1\nvoxelsize = 1 1 1\n"
                            "xras = -1 0 0\nyras = 0 0 -1\nzras = 0 1 0\ncras = 1 2 3\n";
  const std::string quadrangle = threeBytes(0) + threeBytes(1) + threeBytes(2) + threeBytes(3);
  const std::string counts = threeBytes(4) + threeBytes(1);
  return {triangleFile(smallSurface()),
          triangleFile(smallSurface(), int32s({20}) + lines),
          triangleFile(smallSurface(), int32s({2, 0, 20}) + lines),
          "\xFF\xFF\xFF" + counts + std::string(24, '\1') + quadrangle,
          "\xFF\xFF\xFD" + counts + std::string(48, '\1') + quadrangle};
}

Seeds asciiSeeds() {
  return {"#!ascii version of lh.a\n3 1\n0 0 0 0\n1 0.5 0 0\n0 1e-2 0 1\n0 1 2 0\n",
          "#!ascii version of patch a.\n2 1\n1 vno=0\n0 0 0\n-3 vno=2\n1 0 0\n7\n0 1 2\n"};
}

Seeds patchSeeds() {
  return {patchFile({3, -1}, {{1, 2, 0}, {0, 0, 0}}),
          int32s({1, 3}) + bigEndian(std::vector<std::int16_t>{1, 2, 3})};
}

Seeds morphSeeds() {
  return {morphFile({1, 2, 3}),
          threeBytes(2) + threeBytes(1) + bigEndian(std::vector<std::int16_t>{1, 2})};
}

Seeds paintSeeds() {
  return {bigEndian(std::int16_t{0}) + threeBytes(1) + threeBytes(7) + bigEndian(0.5F)};
}

Seeds annotSeeds() {
  const std::string vertices = int32s({2, 0, 1, 1, 0, 1});
  const std::string entry = countedText("V1") + int32s({1, 0, 0, 0});
  return {vertices + int32s({-2, 4}) + countedText("a.ctab") + int32s({1, 3}) + entry,
          vertices + int32s({1}) + countedText("a.ctab") + entry};
}

Seeds labelSeeds() {
  return {"#!ascii label  , from subject fsaverage5 vox2ras=TkReg\n2\n3 0 0 0 0\n1 0 1 0 0.5\n"};
}

Seeds colorSeeds() {
  return {"# a\n\n0 Unknown 0 0 0 0\n1 V1 255 0 7\nnothing\n"};
}

Seeds mghSeeds() {
  const std::string floats = bigEndian(std::vector<float>{1, 2, 3, 4, 5, 6});
  return {mghFile({6, 1, 1, 1}, 3, floats + bigEndian(1500.0F)),
          mghFile({1, 1, 3, 2}, 3, floats),
          mghFile({1, 2, 3, 1}, 0, "abcdef", bigEndian(std::vector<float>(15, 1))),
          mghFile({2, 2, 2, 1}, 4, floats),
          gzipped(mghFile({1, 3, 1, 1}, 10, "abcdef"))};
}

Seeds csvSeeds() {
  return {"a,\"b\"\n1,2\n,-3e4\n", "1\n2\nNaN\n", "a;b\r\n1\r\n"};
}

Seeds stcSeeds() {
  return {stcBytes({0, 2, 5}, {1, 2, 3, 4, 5, 6}), stcBytes({7}, {1})};
}

Seeds mz3Seeds() {
  return {mz3Bytes(3, {}), mz3Bytes(15, {1, 2, 3, 4}), mz3Bytes(16, {1, 2, 3, 4, 5, 6, 7, 8})};
}

Seeds plySeeds() {
  return {plyText(), plyBinary(false), plyBinary(true)};
}

Seeds objSeeds() {
  return {objText()};
}

} // namespace

std::vector<std::string> fuzzSeeds(const std::string& target) {
  static const std::map<std::string, Seeds (*)()> seeds{{"safetensors", safetensorsSeeds},
                                                        {"torch_zip", torchZipSeeds},
                                                        {"torch_script", torchScriptSeeds},
                                                        {"shard_index", shardIndexSeeds},
                                                        {"foreign_file", foreignFileSeeds},
                                                        {"gifti", giftiSeeds},
                                                        {"npy", npySeeds},
                                                        {"npz", npzSeeds},
                                                        {"nifti", niftiSeeds},
                                                        {"cifti", ciftiSeeds},
                                                        {"mgh", mghSeeds},
                                                        {"csv", csvSeeds},
                                                        {"stc", stcSeeds},
                                                        {"mz3", mz3Seeds},
                                                        {"ply", plySeeds},
                                                        {"obj", objSeeds},
                                                        {"freesurfer_surface", surfaceSeeds},
                                                        {"freesurfer_ascii", asciiSeeds},
                                                        {"freesurfer_patch", patchSeeds},
                                                        {"freesurfer_morph", morphSeeds},
                                                        {"freesurfer_paint", paintSeeds},
                                                        {"freesurfer_annot", annotSeeds},
                                                        {"freesurfer_label", labelSeeds},
                                                        {"freesurfer_colors", colorSeeds}};
  return seeds.at(target)();
}

} // namespace cortograph::test
