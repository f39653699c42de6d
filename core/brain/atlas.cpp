#include "brain/atlas.h"

#include <algorithm>
#include <cctype>

namespace cortograph {

namespace {

const std::vector<Atlas>& table() {
  static const std::vector<Atlas> atlases{
      {.name = "wang15",
       .title = "Wang et al. 2015, probabilistic maps of visual topography",
       .source = "https://doi.org/10.1093/cercor/bhu277",
       .words = {"wang15_mplbl", "wang15_fplbl", "wang2015"},
       .regions = {"V1v",  "V1d",  "V2v",  "V2d",  "V3v",  "V3d",  "hV4", "VO1", "VO2",
                   "PHC1", "PHC2", "MST",  "hMT",  "LO2",  "LO1",  "V3b", "V3a", "IPS0",
                   "IPS1", "IPS2", "IPS3", "IPS4", "IPS5", "SPL1", "FEF"}},
      {.name = "kastner",
       .title = "Wang et al. 2015, as the Natural Scenes Dataset names it",
       .source = "https://doi.org/10.1093/cercor/bhu277",
       .words = {"kastner2015"},
       .regions = {"V1v",  "V1d",  "V2v",  "V2d",  "V3v",  "V3d",  "hV4", "VO1", "VO2",
                   "PHC1", "PHC2", "TO2",  "TO1",  "LO2",  "LO1",  "V3B", "V3A", "IPS0",
                   "IPS1", "IPS2", "IPS3", "IPS4", "IPS5", "SPL1", "FEF"}},
      {.name = "benson",
       .title = "Benson et al. 2014 and 2018, retinotopic atlas",
       .source = "https://doi.org/10.7554/eLife.40224",
       .words = {"benson14_varea", "benson18_varea", "varea"},
       .regions =
           {"V1", "V2", "V3", "hV4", "VO1", "VO2", "LO1", "LO2", "TO1", "TO2", "V3b", "V3a"}},
      {.name = "glasser16",
       .title = "Glasser et al. 2016, multimodal parcellation (HCP-MMP1)",
       .source = "https://doi.org/10.1038/nature18933",
       .words = {"glasser16_atlas", "hcp_mmp1", "hcp-mmp1"},
       .regions = {"V1",   "MST",    "V6",    "V2",     "V3",    "V4",    "V8",    "4",     "3b",
                   "FEF",  "PEF",    "55b",   "V3A",    "RSC",   "POS2",  "V7",    "IPS1",  "FFC",
                   "V3B",  "LO1",    "LO2",   "PIT",    "MT",    "A1",    "PSL",   "SFL",   "PCV",
                   "STV",  "7Pm",    "7m",    "POS1",   "23d",   "v23ab", "d23ab", "31pv",  "5m",
                   "5mv",  "23c",    "5L",    "24dd",   "24dv",  "7AL",   "SCEF",  "6ma",   "7Am",
                   "7PL",  "7PC",    "LIPv",  "VIP",    "MIP",   "1",     "2",     "3a",    "6d",
                   "6mp",  "6v",     "p24pr", "33pr",   "a24pr", "p32pr", "a24",   "d32",   "8BM",
                   "p32",  "10r",    "47m",   "8Av",    "8Ad",   "9m",    "8BL",   "9p",    "10d",
                   "8C",   "44",     "45",    "47l",    "a47r",  "6r",    "IFJa",  "IFJp",  "IFSp",
                   "IFSa", "p9-46v", "46",    "a9-46v", "9-46d", "9a",    "10v",   "a10p",  "10pp",
                   "11l",  "13l",    "OFC",   "47s",    "LIPd",  "6a",    "i6-8",  "s6-8",  "43",
                   "OP4",  "OP1",    "OP2-3", "52",     "RI",    "PFcm",  "PoI2",  "TA2",   "FOP4",
                   "MI",   "Pir",    "AVI",   "AAIC",   "FOP1",  "FOP3",  "FOP2",  "PFt",   "AIP",
                   "EC",   "PreS",   "H",     "ProS",   "PeEc",  "STGa",  "PBelt", "A5",    "PHA1",
                   "PHA3", "STSda",  "STSdp", "STSvp",  "TGd",   "TE1a",  "TE1p",  "TE2a",  "TF",
                   "TE2p", "PHT",    "PH",    "TPOJ1",  "TPOJ2", "TPOJ3", "DVT",   "PGp",   "IP2",
                   "IP1",  "IP0",    "PFop",  "PF",     "PFm",   "PGi",   "PGs",   "V6A",   "VMV1",
                   "VMV3", "PHA2",   "V4t",   "FST",    "V3CD",  "LO3",   "VMV2",  "31pd",  "31a",
                   "VVC",  "25",     "s32",   "pOFC",   "PoI1",  "Ig",    "FOP5",  "p10p",  "p47r",
                   "TGv",  "MBelt",  "LBelt", "A4",     "STSva", "TE1m",  "PI",    "a32pr", "p24"}},
      {.name = "rosenke18",
       .title =
           "Rosenke et al. 2018, cytoarchitectonic atlas of the ventral visual stream (vcAtlas)",
       .source = "https://doi.org/10.1093/cercor/bhx255",
       .words = {"rosenke18_vcatlas", "vcatlas"},
       .regions = {"hOc1", "hOc2", "hOc3v", "hOc4v", "FG1", "FG2", "FG3", "FG4"}},
      {.name = "prf-visualrois",
       .title = "Natural Scenes Dataset, visual areas by retinotopy",
       .source = "https://doi.org/10.1038/s41593-021-00962-x",
       .words = {"prf-visualrois"},
       .regions = {"V1v", "V1d", "V2v", "V2d", "V3v", "V3d", "hV4"}},
      {.name = "floc-bodies",
       .title = "Natural Scenes Dataset, areas that prefer bodies",
       .source = "https://doi.org/10.1038/s41593-021-00962-x",
       .words = {"floc-bodies"},
       .regions = {"EBA", "FBA-1", "FBA-2", "mTL-bodies"}},
      {.name = "floc-faces",
       .title = "Natural Scenes Dataset, areas that prefer faces",
       .source = "https://doi.org/10.1038/s41593-021-00962-x",
       .words = {"floc-faces"},
       .regions = {"OFA", "FFA-1", "FFA-2", "mTL-faces", "aTL-faces"}},
      {.name = "floc-places",
       .title = "Natural Scenes Dataset, areas that prefer places",
       .source = "https://doi.org/10.1038/s41593-021-00962-x",
       .words = {"floc-places"},
       .regions = {"OPA", "PPA", "RSC"}},
      {.name = "floc-words",
       .title = "Natural Scenes Dataset, areas that prefer words",
       .source = "https://doi.org/10.1038/s41593-021-00962-x",
       .words = {"floc-words"},
       .regions = {"OWFA", "VWFA-1", "VWFA-2", "mfs-words", "mTL-words"}},
      {.name = "streams",
       .title = "Natural Scenes Dataset, processing streams",
       .source = "https://doi.org/10.1038/s41593-021-00962-x",
       .words = {"streams"},
       .regions =
           {"early", "midventral", "midlateral", "midparietal", "ventral", "lateral", "parietal"}},
  };
  return atlases;
}

} // namespace

std::span<const Atlas> atlases() {
  return table();
}

const Atlas* atlasNamed(std::string_view name) noexcept {
  const auto found = std::ranges::find(table(), name, &Atlas::name);
  return found == table().end() ? nullptr : &*found;
}

const Atlas* atlasOf(const std::filesystem::path& file) {
  std::string name = file.filename().string();
  std::ranges::transform(
      name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
  const auto found = std::ranges::find_if(table(), [&name](const Atlas& atlas) {
    return std::ranges::any_of(atlas.words, [&name](std::string_view word) {
      return name.find(word) != std::string::npos;
    });
  });
  return found == table().end() ? nullptr : &*found;
}

} // namespace cortograph
