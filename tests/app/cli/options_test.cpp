#include "app/cli/console.h"
#include "app/cli/options.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

using namespace cortograph;

class OptionsTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void numberListsAreRangesAndNumbers() {
    QCOMPARE(parseNumberList("0-3,11"), (std::vector<int>{0, 1, 2, 3, 11}));
    QCOMPARE(parseNumberList("7"), std::vector<int>{7});
  }

  void otherTextsAreUsageErrors() {
    for (const char* text : {"a", "1-", "-1", "3-1", "1,,2", "0-99999999", "1;2"}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(parseNumberList(text)), CLI::ValidationError);
    }
  }

  void aCommandIsQuotedSoThatAShellTakesItBack() {
    const std::array<const char*, 5> argv{"/usr/bin/cortograph", "info", "a b.h5", "it's", ""};
    QCOMPARE(quotedCommand(argv.size(), argv.data()),
             std::string("cortograph info 'a b.h5' 'it'\\''s' ''"));
  }
};

CORTOGRAPH_TEST(OptionsTest, QCoreApplication)
#include "options_test.moc"
