#pragma once

#include "base/control.h"
#include "demo/subject/demo_subject.h"

#include <filesystem>

namespace cortograph {

/// Writes a simulated subject as the files a real one comes in: the Algonauts 2023 layout, with
/// test responses in test_split/test_fmri and their single repeats in test_fmri_repeats,
/// surfaces/*.gii, and truth/: see readTruth; scenes.csv and things.csv, what each image shows;
/// masks/NAME.png, which thing each pixel belongs to. Makes the folder. Each file is whole or
/// absent. Throws Error{file, cancelled}.
void writeDemo(const std::filesystem::path& folder,
               const DemoPerson& person,
               const Control& control);

} // namespace cortograph
