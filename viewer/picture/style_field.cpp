#include "viewer/picture/style_field.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <type_traits>

namespace cortograph {

namespace {

/// The limits of a number, both included.
struct Limits {
  double low = 0;
  double high = 1;
};

constexpr const auto& everyValueOf(Arrangement /*of*/) {
  return allArrangements;
}
constexpr const auto& everyValueOf(Vision /*of*/) {
  return everyVision;
}
constexpr const auto& everyValueOf(LegendPlace /*of*/) {
  return allLegendPlaces;
}
constexpr const auto& everyValueOf(Font /*of*/) {
  return allFonts;
}

/// Parses a text in JSON. An error of parsing becomes Error{format} that names the place.
template <class Parse> auto parsed(const JsonPlace& json, const Parse& parse) {
  try {
    return parse();
  } catch (const Error& error) {
    throw Error(ErrorKind::format, json.place() + ": " + error.sentence());
  }
}

template <class Value> Json jsonOf(const Value& value) {
  if constexpr (std::is_enum_v<Value>) {
    return toString(value);
  } else {
    return value;
  }
}

Json jsonOf(const std::optional<RegionNames>& names) {
  return names ? Json(*names) : Json();
}

Json jsonOf(const std::optional<Threshold>& threshold) {
  return threshold ? Json(toString(*threshold)) : Json();
}

Json jsonOf(const Ranges& ranges) {
  Json json = Json::object();
  for (const auto& [kind, range] : ranges) {
    json[kind] =
        range.mode == RangeMode::given ? Json{range.low, range.high} : Json(toString(range));
  }
  return json;
}

template <class Value> void readInto(Value& value, const JsonPlace& json, const Limits& limits) {
  if constexpr (std::is_enum_v<Value>) {
    value = json.choice(everyValueOf(value));
  } else if constexpr (std::is_same_v<Value, bool>) {
    value = json.flag();
  } else if constexpr (std::is_same_v<Value, int>) {
    value = json.whole(static_cast<int>(limits.low), static_cast<int>(limits.high));
  } else {
    value = json.number(limits.low, limits.high);
  }
}

void readInto(Rgb& color, const JsonPlace& json, const Limits& limits) {
  const std::vector<JsonPlace> parts = json.elements(color.size());
  std::ranges::transform(parts, color.begin(), [&limits](const JsonPlace& part) {
    return static_cast<float>(part.number(limits.low, limits.high));
  });
}

void readInto(std::optional<RegionNames>& names, const JsonPlace& json, const Limits& /*limits*/) {
  names.reset();
  if (!json.isNull()) {
    names.emplace();
    std::ranges::transform(json.elements(), std::back_inserter(*names), &JsonPlace::text);
  }
}

void readInto(std::optional<Threshold>& threshold,
              const JsonPlace& json,
              const Limits& /*limits*/) {
  threshold.reset();
  if (!json.isNull()) {
    threshold = parsed(json, [&json] { return parseThreshold(json.text()); });
  }
}

void readInto(Ranges& ranges, const JsonPlace& json, const Limits& /*limits*/) {
  ranges.clear();
  for (const auto& [kind, place] : json.members()) {
    const auto read = [&kind = kind, &place = place] {
      if (place.isText()) {
        return parseRange(kind + "=" + place.text()).second;
      }
      const std::vector<JsonPlace> ends = place.elements(2);
      const RangeChoice range{
          .mode = RangeMode::given, .low = ends[0].number(), .high = ends[1].number()};
      requireRange(kind, range);
      return range;
    };
    ranges[kind] = parsed(place, read);
  }
}

std::string textOf(double value) {
  std::array<char, 32> digits{};
  const auto [end, problem] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

std::string textOf(const Rgb& color) {
  std::array<char, 16> text{};
  std::array<long, 3> bytes{};
  std::ranges::transform(color, bytes.begin(), [](float part) { return std::lround(255 * part); });
  std::snprintf(text.data(), text.size(), "#%02lx%02lx%02lx", bytes[0], bytes[1], bytes[2]);
  return text.data();
}

std::string textOf(const std::optional<RegionNames>& names) {
  std::string text;
  for (const std::string& name : names.value_or(RegionNames())) {
    text += (text.empty() ? "" : ",") + name;
  }
  return text;
}

std::string textOf(const std::optional<Threshold>& threshold) {
  return threshold ? toString(*threshold) : std::string();
}

std::string textOf(const Ranges& ranges) {
  std::string text;
  for (const auto& [kind, range] : ranges) {
    text += (text.empty() ? "" : ",") + kind + "=" + toString(range);
  }
  return text;
}

template <class Value> std::string textOf(const Value& value) {
  if constexpr (std::is_enum_v<Value>) {
    return std::string(toString(value));
  } else if constexpr (std::is_same_v<Value, bool>) {
    return value ? "yes" : "no";
  } else {
    return std::to_string(value);
  }
}

[[noreturn]] void refuse(const std::string& text, const std::string& expected) {
  throw Error(ErrorKind::format, inQuotes(text) + " is not " + expected + ".");
}

std::vector<std::string> commaSeparated(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    parts.push_back(part);
  }
  return parts;
}

template <class Value> void parseInto(Value& value, const std::string& text, const Limits& limits) {
  if constexpr (std::is_enum_v<Value>) {
    const auto& values = everyValueOf(value);
    const auto found = std::ranges::find_if(
        values, [&text](const Value candidate) { return toString(candidate) == text; });
    if (found == values.end()) {
      refuse(text, "a known value");
    }
    value = *found;
  } else if constexpr (std::is_same_v<Value, bool>) {
    if (text != "yes" && text != "no") {
      refuse(text, "yes or no");
    }
    value = text == "yes";
  } else {
    Value number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto size = static_cast<double>(number);
    if (problem != std::errc{} || end != text.data() + text.size() ||
        !(size >= limits.low && size <= limits.high)) {
      refuse(text, "a number from " + textOf(limits.low) + " to " + textOf(limits.high));
    }
    value = number;
  }
}

void parseInto(Rgb& color, const std::string& text, const Limits& /*limits*/) {
  unsigned int rgb = 0;
  int used = 0;
  if (text.size() != 7 || std::sscanf(text.c_str(), "#%6x%n", &rgb, &used) != 1 || used != 7) {
    refuse(text, "a colour such as #ffffff");
  }
  color = {static_cast<float>(rgb >> 16U & 255U) / 255.0F,
           static_cast<float>(rgb >> 8U & 255U) / 255.0F,
           static_cast<float>(rgb & 255U) / 255.0F};
}

void parseInto(std::optional<RegionNames>& names, const std::string& text, const Limits&) {
  names = commaSeparated(text);
}

void parseInto(std::optional<Threshold>& threshold, const std::string& text, const Limits&) {
  threshold = parseThreshold(text);
}

void parseInto(Ranges& ranges, const std::string& text, const Limits&) {
  Ranges wanted;
  for (const std::string& part : commaSeparated(text)) {
    wanted.insert_or_assign(parseRange(part).first, parseRange(part).second);
  }
  ranges = std::move(wanted);
}

template <class Value> FieldForm formOf(const Value& /*value*/) {
  constexpr bool several =
      std::is_same_v<Value, std::optional<RegionNames>> || std::is_same_v<Value, Ranges>;
  return std::is_same_v<Value, bool> ? FieldForm::flag : several ? FieldForm::list : FieldForm::one;
}

/// The content of a line of the table.
struct Line {
  std::string_view name;
  std::string_view option;
  std::string_view help;
  std::string_view typed = {};
  Limits limits = {};
};

/// Makes a field from a line of the table. `in` returns the field of a Style.
template <class Access> StyleField field(const Line& line, const Access& in) {
  using Value = std::remove_cvref_t<decltype(in(std::declval<Style&>()))>;
  StyleField made{.name = line.name,
                  .option = line.option,
                  .help = line.help,
                  .typed = line.typed,
                  .form = formOf(Value()),
                  .choices = {},
                  .write = {},
                  .read = {},
                  .text = {},
                  .parse = {}};
  if constexpr (std::is_enum_v<Value>) {
    for (const Value value : everyValueOf(Value())) {
      made.choices.emplace_back(toString(value));
    }
  }
  made.write = [in](const Style& style) { return jsonOf(in(style)); };
  made.text = [in](const Style& style) { return textOf(in(style)); };
  made.read = [in, limits = line.limits](Style& style, const JsonPlace& json) {
    readInto(in(style), json, limits);
  };
  made.parse = [in, limits = line.limits](Style& style, const std::string& text) {
    parseInto(in(style), text, limits);
  };
  return made;
}

template <class Value> StyleField field(const Line& line, Value Style::*member) {
  return field(
      line, [member](auto& style) -> auto& { return style.*member; });
}

template <class Part, class Value>
StyleField field(const Line& line, Part Style::*part, Value Part::*member) {
  return field(
      line, [ part, member ](auto& style) -> auto& { return style.*part.*member; });
}

std::vector<StyleField> makeTable() {
  return {
      field({.name = "arrangement",
             .option = "--arrange",
             .help = "A row for each map, for each kind, or for each kind and subject; or all "
                     "panes one after the other"},
            &Style::arrangement),
      field({.name = "columns",
             .option = "--columns",
             .help = "Panes per row with --arrange wrapped",
             .limits = {1, 100}},
            &Style::columns),
      field({.name = "layer",
             .option = "--layer",
             .help = "Layer that --show layer-weight shows",
             .limits = {1, 10'000}},
            &Style::layer),
      field({.name = "background",
             .option = "--background",
             .help = "Colour behind the brains",
             .typed = "#rrggbb"},
            &Style::background),
      field({.name = "transparent", .option = "--transparent", .help = "No background"},
            &Style::transparent),
      field({.name = "lit",
             .option = "--no-shading",
             .help = "Exactly the legend's colours, without light and shade"},
            &Style::lit),
      field({.name = "safe_colors",
             .option = "--safe-colors",
             .help = "Colours that colour-blind people can distinguish"},
            &Style::colors,
            &ColorChoice::safe),
      field({.name = "vision",
             .option = "--vision",
             .help = "Colours as seen by people who lack one kind of cones"},
            &Style::colors,
            &ColorChoice::vision),
      field({.name = "threshold",
             .option = "--threshold",
             .help = "Paint only vertices with at least this value, or above this percentile",
             .typed = "r2:0.1|r2:20%"},
            &Style::threshold),
      field({.name = "dim",
             .option = "--dim",
             .help = "Opacity of vertices below the threshold: 0 hidden .. 1 fully painted"},
            &Style::dim),
      field({.name = "ranges",
             .option = "--range",
             .help = "Range of a kind's colours: given, from the data of all panes, or from each "
                     "pane's own data",
             .typed = "KIND=LOW:HIGH|data|own|usual"},
            &Style::ranges),
      field({.name = "regions",
             .option = "--regions",
             .help = "Regions to outline (default: all except those of the group streams)",
             .typed = "V1v,FFA-1"},
            &Style::outlines,
            &Outlines::regions),
      field({.name = "outlines", .option = "--no-outlines", .help = "No outlines of regions"},
            &Style::outlines,
            &Outlines::shown),
      field({.name = "labels", .option = "--no-labels", .help = "No names of regions"},
            &Style::outlines,
            &Outlines::labels),
      field({.name = "outline_width",
             .option = "--outline-width",
             .help = "Width of outlines in heights of the text",
             .limits = {0.01, 2}},
            &Style::outlines,
            &Outlines::width),
      field({.name = "outline_color",
             .option = "--outline-color",
             .help = "Colour of outlines",
             .typed = "#rrggbb"},
            &Style::outlines,
            &Outlines::color),
      field({.name = "outline_casing",
             .option = "--no-outline-casing",
             .help = "No hairline on both sides of outlines"},
            &Style::outlines,
            &Outlines::casing),
      field({.name = "legends", .option = "--no-legends", .help = "No legends"},
            &Style::legends,
            &LegendStyle::shown),
      field({.name = "titles", .option = "--no-titles", .help = "No titles"}, &Style::titles),
      field({.name = "legend_size",
             .option = "--legend-size",
             .help = "Size of the legends' text relative to other text",
             .limits = {0.3, 4}},
            &Style::legends,
            &LegendStyle::size),
      field({.name = "legend_place",
             .option = "--legend-place",
             .help = "Legends to the right of the brains or below them; auto leaves the brains "
                     "larger"},
            &Style::legends,
            &LegendStyle::place),
      field({.name = "font", .option = "--font", .help = "Font of all text"},
            &Style::legends,
            &LegendStyle::font),
      field({.name = "linked",
             .option = "--no-link",
             .help = "Each pane is turned separately when the figure is opened in the window"},
            &Style::linked),
  };
}

} // namespace

std::span<const StyleField> styleFields() {
  static const std::vector<StyleField> table = makeTable();
  return table;
}

Json toJson(const Style& style) {
  Json json = Json::object();
  for (const StyleField& field : styleFields()) {
    json[std::string(field.name)] = field.write(style);
  }
  return json;
}

Style styleIn(const JsonPlace& json) {
  std::string names;
  Style style;
  for (const StyleField& field : styleFields()) {
    field.read(style, json[field.name]);
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  for (const auto& [name, place] : json.members()) {
    if (std::ranges::find(styleFields(), name, &StyleField::name) == styleFields().end()) {
      throw Error(ErrorKind::format, inQuotes(name) + " is not a setting; there are: " + names);
    }
  }
  return style;
}

} // namespace cortograph
