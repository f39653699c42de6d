#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace cortograph {

enum class LogLevel { info, warning };

/// Receives messages, on any thread. They go to stderr until a sink is set.
using LogSink = std::function<void(LogLevel, std::string_view)>;
void setLogSink(LogSink sink);

void logInfo(std::string_view message);
/// Logs what the user should know but need not act on at once.
void logWarning(std::string_view message);

} // namespace cortograph
