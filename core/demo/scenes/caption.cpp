#include "demo/scenes/caption.h"

#include <algorithm>
#include <array>

namespace cortograph::demo {

namespace {

constexpr std::array<std::string_view, settingCount> wheres{"in a studio",
                                                            "before a pattern",
                                                            "in a room",
                                                            "on a street",
                                                            "in the mountains",
                                                            "at the seaside",
                                                            "in a field"};

/// Things that one phrase names: they have the same kind, colour and word.
struct Group {
  const Thing* first = nullptr;
  int count = 0;
  int pixels = 0;
};

std::string nounOf(const Thing& thing) {
  const bool cloth = categoryOf(thing.kind) == Category::texture;
  std::string noun = thing.color.empty() ? "" : thing.color + " ";
  noun += nameOf(thing.kind);
  return cloth ? "cloth with " + noun : noun;
}

std::string pluralOf(const std::string& noun) {
  if (noun.starts_with("cloth ")) {
    return "cloths " + noun.substr(6);
  }
  for (const char* same : {"fish", "scissors"}) {
    if (noun.ends_with(same)) {
      return noun;
    }
  }
  return noun.ends_with("person") ? noun.substr(0, noun.size() - 6) + "people" : noun + "s";
}

std::string phraseOf(const Group& group) {
  static constexpr std::array<std::string_view, 5> numbers{"", "", "two ", "three ", "four "};
  const Thing& thing = *group.first;
  if (thing.kind == Kind::word) {
    return "the word " + thing.word;
  }
  const std::string noun = nounOf(thing);
  if (group.count > 1) {
    const auto count = static_cast<std::size_t>(group.count);
    return (count < numbers.size() ? std::string(numbers[count]) : "many ") + pluralOf(noun);
  }
  if (thing.kind == Kind::scissors) {
    return noun;
  }
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + noun;
}

std::vector<Group> grouped(const std::vector<Thing>& things) {
  std::vector<Group> groups;
  for (const Thing& thing : things) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return group.first->kind == thing.kind && group.first->color == thing.color &&
             group.first->word == thing.word;
    });
    Group& group = same == groups.end() ? groups.emplace_back(Group{&thing}) : *same;
    ++group.count;
    group.pixels += thing.pixels;
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.pixels > b.pixels;
  });
  return groups;
}

} // namespace

std::string captionOf(Setting setting, const std::vector<Thing>& things) {
  const std::vector<Group> groups = grouped(things);
  std::string caption = groups.empty() ? "nothing" : "";
  for (std::size_t i = 0; i < groups.size(); ++i) {
    caption += i == 0 ? "" : i + 1 == groups.size() ? " and " : ", ";
    caption += phraseOf(groups[i]);
  }
  return caption + " " + std::string(wheres.at(static_cast<std::size_t>(setting)));
}

} // namespace cortograph::demo
