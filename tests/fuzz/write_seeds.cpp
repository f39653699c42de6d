#include "fuzz/seeds.h"
#include "fuzz/targets.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

/// write_fuzz_seeds DIR: DIR/TARGET/0, 1, … for each target.
int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: write_fuzz_seeds DIR\n", stderr);
    return 2;
  }
  for (const cortograph::test::FuzzTarget& target : cortograph::test::fuzzTargets()) {
    const std::filesystem::path folder = std::filesystem::path(arguments[1]) / target.name;
    std::filesystem::create_directories(folder);
    int number = 0;
    for (const std::string& seed : cortograph::test::fuzzSeeds(target.name)) {
      std::ofstream(folder / std::to_string(number++), std::ios::binary) << seed;
    }
  }
  return 0;
}
