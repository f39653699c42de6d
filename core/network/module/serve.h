#pragma once

#include <cstdint>
#include <string>

namespace cortograph {

enum class ModuleFailure : std::uint32_t;

/// Makes LibTorch do what it does at first use only, such as reading what the processor can:
/// afterwards it opens no files.
void prepareForModules();

/// Answers the frames on the descriptors firstLine … firstLine + lines - 1, each on a thread of its
/// own, until they are closed. The first frame, on the first line, must load the module.
void serveModule(int firstLine, int lines);

/// Sends a failure on a line.
void sendFailure(int line, ModuleFailure what, const std::string& text);

} // namespace cortograph
