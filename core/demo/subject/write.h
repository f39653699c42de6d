#pragma once

#include "base/control.h"
#include "demo/subject/demo_subject.h"

#include <filesystem>

namespace cortograph {

/// Writes a simulated subject in the layout of a real one, the Algonauts 2023 layout, and makes the
/// folder. Test responses are in test_split/test_fmri, their single repeats in
/// test_split/test_fmri_repeats, and surfaces in surfaces/*.gii. truth/ holds what readTruth()
/// reads; scenes.csv and things.csv, which describe what each image shows; and masks/NAME.png,
/// which show the thing that each pixel belongs to. Each file is complete or absent. Throws
/// Error{file, cancelled}.
void writeDemo(const std::filesystem::path& folder,
               const DemoPerson& person,
               const Control& control);

} // namespace cortograph
