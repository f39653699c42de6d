#include "base/error.h"
#include "base/random.h"
#include "core/weights/archives.h"
#include "fuzz/seeds.h"
#include "fuzz/targets.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <algorithm>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// Bytes changed, taken out, doubled or cut off, as a fuzzer would.
std::string mutated(std::string bytes, SplitMix& random) {
  for (std::uint64_t changes = 1 + random.below(4U); changes > 0 && !bytes.empty(); --changes) {
    const std::size_t place = random.below(bytes.size());
    const std::size_t length = 1 + random.below(std::min<std::size_t>(16, bytes.size() - place));
    switch (random.below(6)) {
    case 0:
      bytes.erase(place, length);
      break;
    case 1:
      bytes.insert(place, bytes.substr(place, length));
      break;
    case 2:
      bytes.resize(place);
      break;
    case 3:
      bytes.replace(place, length, length, random.below(2) == 0 ? '\xff' : '\0');
      break;
    default:
      bytes[place] = static_cast<char>(random.bits());
    }
  }
  return bytes;
}

} // namespace

/// What the fuzzers begin with, and some thousand deterministic steps from there.
class FuzzTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void takesAnyBytes_data() {
    QTest::addColumn<int>("target");
    for (std::size_t i = 0; i < fuzzTargets().size(); ++i) {
      QTest::newRow(fuzzTargets()[i].name) << static_cast<int>(i);
    }
  }
  void takesAnyBytes() {
    QFETCH(const int, target);
    const FuzzTarget& tested = fuzzTargets()[static_cast<std::size_t>(target)];
    SplitMix random(20240229);
    tested.run({});
    for (const std::string& seed : fuzzSeeds(tested.name)) {
      tested.run(asBytes(seed));
      for (int trial = 0; trial < 500; ++trial) {
        tested.run(asBytes(mutated(seed, random)));
      }
    }
  }
};

CORTOGRAPH_TEST(FuzzTest, QCoreApplication)
#include "fuzz_test.moc"
