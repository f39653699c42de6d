#include "demo/training/caption_words.h"

#include <algorithm>

namespace cortograph {

namespace {

std::vector<std::string_view> wordsOf(std::string_view caption) {
  std::vector<std::string_view> words;
  while (!caption.empty()) {
    const std::size_t end = caption.find(' ');
    if (end != 0) {
      words.push_back(caption.substr(0, end));
    }
    caption.remove_prefix(end == std::string_view::npos ? caption.size() : end + 1);
  }
  return words;
}

} // namespace

CaptionWords::CaptionWords(const std::vector<std::string>& captions) {
  for (const std::string& caption : captions) {
    const std::vector<std::string_view> words = wordsOf(caption);
    longest_ = std::max(longest_, static_cast<std::int64_t>(words.size()));
    for (const std::string_view word : words) {
      number_.emplace(word, 0);
    }
  }
  std::int64_t next = unknown + 1;
  for (auto& [word, number] : number_) {
    number = next++;
  }
}

torch::Tensor CaptionWords::numbers(const std::vector<std::string_view>& captions) const {
  torch::Tensor numbers =
      torch::full({static_cast<std::int64_t>(captions.size()), longest_}, nothing, torch::kInt64);
  auto* row = numbers.data_ptr<std::int64_t>();
  for (const std::string_view caption : captions) {
    const std::vector<std::string_view> words = wordsOf(caption);
    for (std::size_t i = 0; i < std::min(words.size(), static_cast<std::size_t>(longest_)); ++i) {
      const auto found = number_.find(words[i]);
      row[i] = found == number_.end() ? unknown : found->second;
    }
    row += longest_;
  }
  return numbers;
}

} // namespace cortograph
