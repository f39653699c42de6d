#include "app/window/window_words.h"

#include <QRegularExpression>

#include <array>

namespace cortograph {

namespace {

struct Words {
  const char* pattern; ///< of the command line's words
  const char* window;  ///< words for the same in the window
};

const QRegularExpression& anyOption() {
  static const QRegularExpression option(R"((?<![-\w])(--[a-z][a-z-]*))");
  return option;
}

} // namespace

QString inWindowWords(const QString& message) {
  static const std::array<Words, 5> table{
      {{R"(with --heads N|--heads)", "in the panel Train, under Heads"},
       {R"(\(--surfaces DIR\)|\(--surfaces\)|with --surfaces DIR|--surfaces DIR)",
        "by File > Open or by dropping them on the window"},
       {R"(with --network|\(--network W\)|\(--network\))", "in the panel Train"},
       {R"(or leave out --resume to start again)", "or start again"},
       {R"(or name another file with --out)", "or choose another file"}}};
  QString words = message;
  for (const auto& [pattern, window] : table) {
    words.replace(QRegularExpression(pattern), QString::fromLatin1(window));
  }
  return words.replace(anyOption(), "\\1 (on the command line)");
}

} // namespace cortograph
