#include "app/cli/verb.h"
#include "base/picture.h"
#include "brain/format.h"
#include "engine/engine.h"
#include "kinds/map_kind.h"
#include "subject/subject.h"
#include "weights/weight_source.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#if CORTOGRAPH_HAS_GUI
#include "viewer/figure/figure_format.h"
#include "viewer/picture/view.h"
#endif

#include <map>
#include <memory>

namespace cortograph::verbs {

namespace {

using Json = nlohmann::ordered_json;

/// Returns the titles of a table's entries by their names.
template <class Table> Json namesAndTitles(const Table& table) {
  Json rows = Json::object();
  for (const auto entry : table) {
    rows[std::string(entry().name)] = entry().title;
  }
  return rows;
}

Json networks() {
  Json rows = Json::object();
  for (const auto& list : {loadEngine().networkFamilies(), builtInNetworks()}) {
    for (const auto& [name, title] : list) {
      rows[name] = title;
    }
  }
  return rows;
}

Json formats() {
  Json rows = namesAndTitles(formatTable());
  for (const PictureKind& kind : pictureKinds()) {
    rows[std::string(kind.name)] = kind.title;
  }
  return rows;
}

/// Returns the functions that make the lists. `views`, `colormaps` and `figures` need the GUI.
const std::map<std::string, Json (*)()>& listings() {
  static const std::map<std::string, Json (*)()> table {
    {"networks", networks}, {"layouts", [] { return namesAndTitles(layoutTable()); }},
        {"formats", formats}, {"maps", [] { return namesAndTitles(mapKindTable()); }},
#if CORTOGRAPH_HAS_GUI
        {"views",
         [] {
           Json rows = Json::object();
           for (const View view : allViews) {
             rows[std::string(toString(view))] = "3-D shapes";
           }
           return rows;
         }},
        {"colormaps", [] { return namesAndTitles(colormapTable()); }},
        {"figures", [] { return namesAndTitles(figureFormatTable()); }},
#endif
  };
  return table;
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto what = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const auto& [name, listing] : listings()) {
    names.push_back(name);
  }
  app.add_option("what", *what, "What to list")->required()->check(CLI::IsMember(names));
  return [what, &console] { console.print(listings().at(*what)()); };
}

} // namespace

const Verb& list() {
  static const Verb verb{.name = "list",
                         .summary = "lists the networks, layouts, formats and kinds of maps",
                         .declare = declare};
  return verb;
}

} // namespace cortograph::verbs
