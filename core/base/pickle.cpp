#include "base/pickle.h"

#include "base/error.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace cortograph {

namespace {

using Kind = Pickle::Kind;

constexpr std::size_t longestGlobal = 1000;
constexpr std::size_t mostValues = 4'000'000;
constexpr std::size_t mostMarks = 10'000;

/// Returns whether the text is UTF-8 (RFC 3629) in essence: no sequence is cut short and no
/// continuation byte stands alone.
bool isUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      continue;
    }
    const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - i <= more) {
      return false;
    }
    for (std::size_t k = 0; k < more; ++k) {
      if ((static_cast<unsigned char>(text[++i]) & 0xc0U) != 0x80) {
        return false;
      }
    }
  }
  return true;
}

class Machine {
public:
  Machine(const std::string& file, std::span<const std::byte> bytes, const PickleUse& use)
      : file_(file), bytes_(bytes), use_(use) {}

  PickleTree run() {
    while (tree_.root == nullptr) {
      step();
    }
    return std::move(tree_);
  }

private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorKind::format,
                "The pickle in " + file_ + " is damaged: " + what + " Fetch or save it again.");
  }

  std::span<const std::byte> take(std::size_t count) {
    if (count > bytes_.size() - place_) {
      refuse("it ends in the middle of a value.");
    }
    place_ += count;
    return bytes_.subspan(place_ - count, count);
  }
  template <class T> T number() {
    T value{};
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  std::string text(std::size_t count) {
    const auto found = take(count);
    return {reinterpret_cast<const char*>(found.data()), count};
  }
  std::string line() {
    const auto rest = bytes_.subspan(place_);
    const auto end = std::find(rest.begin(), rest.end(), std::byte{'\n'});
    if (end == rest.end() || static_cast<std::size_t>(end - rest.begin()) > longestGlobal) {
      refuse("a name in it has no end.");
    }
    std::string found = text(static_cast<std::size_t>(end - rest.begin()));
    ++place_;
    return found;
  }

  Pickle* make(Kind kind) {
    if (tree_.values.size() == mostValues) {
      refuse("it has more than " + std::to_string(mostValues) + " values.");
    }
    Pickle& made = tree_.values.emplace_back();
    made.kind = kind;
    return &made;
  }
  void push(Pickle* value) { stack_.push_back(value); }
  Pickle* pop() {
    if (stack_.empty() || (!marks_.empty() && marks_.back() == stack_.size())) {
      refuse("it takes a value from an empty stack.");
    }
    Pickle* value = stack_.back();
    stack_.pop_back();
    return value;
  }
  Pickle* top() {
    Pickle* value = pop();
    push(value);
    return value;
  }
  std::vector<const Pickle*> popToMark() {
    if (marks_.empty()) {
      refuse("it ends a list of values that never began.");
    }
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<const Pickle*> values(first, stack_.end());
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    return values;
  }

  void pushInteger(Kind kind, std::int64_t value) {
    Pickle* made = make(kind);
    made->integer = value;
    push(made);
  }
  void pushText(std::string value, bool isBytes = false) {
    if (!isBytes && !isUtf8(value)) {
      refuse("it holds text that is not UTF-8.");
    }
    Pickle* made = make(Kind::text);
    made->text = std::move(value);
    push(made);
  }
  void pushSequence(std::vector<const Pickle*> items) {
    Pickle* made = make(Kind::sequence);
    made->items = std::move(items);
    push(made);
  }
  void pushGlobal(std::string name) {
    if (!use_.needs(name)) {
      throw Error(ErrorKind::unsupported,
                  file_ + " refers to Python's " + inQuotes(name) + ", which " +
                      std::string(use_.name) +
                      " does not need, and Cortograph never runs code from a file. " +
                      std::string(use_.wayOut));
    }
    Pickle* made = make(Kind::global);
    made->text = std::move(name);
    push(made);
  }
  void pushTuple(std::size_t count) {
    std::vector<const Pickle*> items(count);
    for (std::size_t i = count; i-- > 0;) {
      items[i] = pop();
    }
    pushSequence(std::move(items));
  }
  void pushObject() {
    const Pickle* arguments = pop();
    const Pickle* callee = pop();
    if (callee->kind != Kind::global || arguments->kind != Kind::sequence) {
      refuse("it calls a value that can't be called.");
    }
    Pickle* made = make(Kind::object);
    made->callee = callee;
    made->arguments = arguments;
    push(made);
  }
  /// Appends items to the list, mapping or object on top of the stack.
  void fill(const std::vector<const Pickle*>& items, bool pairs) {
    Pickle* target = top();
    const bool takes =
        target->kind == Kind::object || target->kind == (pairs ? Kind::mapping : Kind::sequence);
    if (!takes || (pairs && items.size() % 2 != 0)) {
      refuse("it adds items to a value that can't hold them.");
    }
    target->items.insert(target->items.end(), items.begin(), items.end());
  }
  void fillFromStack(std::size_t count, bool pairs) {
    std::vector<const Pickle*> items(count);
    for (std::size_t i = count; i-- > 0;) {
      items[i] = pop();
    }
    fill(items, pairs);
  }

  void remember(std::size_t key) { memo_[key] = top(); }
  void recall(std::size_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) {
      refuse("it refers to a value that it never stored.");
    }
    push(found->second);
  }

  /// Pushes an integer in little-endian two's complement. One of more than eight bytes becomes
  /// none.
  void pushLong(std::size_t count) {
    const auto found = take(count);
    if (count > sizeof(std::int64_t)) {
      push(make(Kind::none)); // part of a random state, which is not needed
      return;
    }
    std::uint64_t value = 0;
    std::memcpy(&value, found.data(), count);
    const std::size_t spare = 64 - 8 * count;
    pushInteger(Kind::integer, count == 0 ? 0 : static_cast<std::int64_t>(value << spare) >> spare);
  }

  void step();
  bool stepOnNumbers(char code);
  bool stepOnTexts(char code);
  bool stepOnStructure(char code);
  bool stepOnMemory(char code);

  const std::string& file_;
  std::span<const std::byte> bytes_;
  const PickleUse& use_;
  std::size_t place_ = 0;
  PickleTree tree_;
  std::vector<Pickle*> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::size_t, Pickle*> memo_;
};

/// Handles the opcodes that push None, a boolean or a number.
bool Machine::stepOnNumbers(char code) {
  switch (code) {
  case 'N':
    push(make(Kind::none));
    return true;
  case '\x88':
  case '\x89':
    pushInteger(Kind::boolean, code == '\x88' ? 1 : 0);
    return true;
  case 'K':
    pushInteger(Kind::integer, number<std::uint8_t>());
    return true;
  case 'M':
    pushInteger(Kind::integer, number<std::uint16_t>());
    return true;
  case 'J':
    pushInteger(Kind::integer, number<std::int32_t>());
    return true;
  case '\x8a':
    pushLong(number<std::uint8_t>());
    return true;
  case 'G': {
    Pickle* made = make(Kind::real);
    made->real = std::bit_cast<double>(__builtin_bswap64(number<std::uint64_t>()));
    push(made);
    return true;
  }
  default:
    return false;
  }
}

/// Handles the opcodes that push text, bytes or a global.
bool Machine::stepOnTexts(char code) {
  switch (code) {
  case 'X':
    pushText(text(number<std::uint32_t>()));
    return true;
  case '\x8c':
    pushText(text(number<std::uint8_t>()));
    return true;
  case '\x8d':
    pushText(text(number<std::uint64_t>()));
    return true;
  case 'T':
  case 'B':
    pushText(text(number<std::uint32_t>()), true);
    return true;
  case 'U':
  case 'C':
    pushText(text(number<std::uint8_t>()), true);
    return true;
  case '\x8e':
  case '\x96':
    pushText(text(number<std::uint64_t>()), true);
    return true;
  case 'c': {
    std::string module = line();
    pushGlobal(std::move(module) + " " + line());
    return true;
  }
  case '\x93': {
    const Pickle* name = pop();
    const Pickle* module = pop();
    if (module->text.size() + name->text.size() > longestGlobal) {
      refuse("it names a class of more than " + std::to_string(longestGlobal) + " letters.");
    }
    pushGlobal(module->text + " " + name->text);
    return true;
  }
  default:
    return false;
  }
}

/// Handles the opcodes that make sequences, mappings and objects from values.
bool Machine::stepOnStructure(char code) {
  switch (code) {
  case '(':
    if (marks_.size() == mostMarks) {
      refuse("it opens more than " + std::to_string(mostMarks) + " values at once.");
    }
    marks_.push_back(stack_.size());
    return true;
  case ')':
  case ']':
  case '\x8f': // EMPTY_SET
    pushSequence({});
    return true;
  case '}':
    push(make(Kind::mapping));
    return true;
  case 't':
  case 'l':
  case '\x91': // FROZENSET
    pushSequence(popToMark());
    return true;
  case '\x85':
  case '\x86':
  case '\x87':
    pushTuple(static_cast<std::size_t>(static_cast<unsigned char>(code) - 0x84));
    return true;
  case 'a':
    fillFromStack(1, false);
    return true;
  case 's':
    fillFromStack(2, true);
    return true;
  case 'e':
  case 'u':
  case '\x90': // ADDITEMS
    fill(popToMark(), code == 'u');
    return true;
  case 'R':
  case '\x81':
    pushObject();
    return true;
  case 'b': {
    const Pickle* state = pop();
    top()->state = state;
    return true;
  }
  case 'Q': {
    const Pickle* identifier = pop();
    Pickle* made = make(Kind::persistent);
    made->arguments = identifier;
    push(made);
    return true;
  }
  default:
    return false;
  }
}

/// Handles the opcodes that store, recall and drop values.
bool Machine::stepOnMemory(char code) {
  switch (code) {
  case 'q':
    remember(number<std::uint8_t>());
    return true;
  case 'r':
    remember(number<std::uint32_t>());
    return true;
  case '\x94':
    remember(memo_.size());
    return true;
  case 'h':
    recall(number<std::uint8_t>());
    return true;
  case 'j':
    recall(number<std::uint32_t>());
    return true;
  case '0':
    (void)pop();
    return true;
  case '1':
    (void)popToMark();
    return true;
  default:
    return false;
  }
}

void Machine::step() {
  const auto code = static_cast<char>(number<std::uint8_t>());
  switch (code) {
  case '\x80': // PROTO
    if (const int protocol = number<std::uint8_t>(); protocol < 2 || protocol > 5) {
      refuse("it has protocol " + std::to_string(protocol) + "; protocols 2 to 5 can be read.");
    }
    return;
  case '\x95': // FRAME: a hint for stream readers
    (void)take(sizeof(std::uint64_t));
    return;
  case '.': // STOP
    tree_.root = pop();
    return;
  default:
    if (!stepOnNumbers(code) && !stepOnTexts(code) && !stepOnStructure(code) &&
        !stepOnMemory(code)) {
      refuse("its byte " + std::to_string(place_ - 1) + " is not an instruction that data need.");
    }
  }
}

} // namespace

PickleTree
unpickle(const std::string& file, std::span<const std::byte> bytes, const PickleUse& use) {
  return Machine(file, bytes, use).run();
}

} // namespace cortograph
