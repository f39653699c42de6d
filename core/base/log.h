#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace cortograph {

enum class LogLevel { info, warning };

/// Where messages go; stderr until one is set. Called from any thread.
using LogSink = std::function<void(LogLevel, std::string_view)>;
void setLogSink(LogSink sink);

void logInfo(std::string_view message);
/// For what the user should know but need not act on at once.
void logWarning(std::string_view message);

} // namespace cortograph
