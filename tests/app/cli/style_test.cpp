#include "app/cli/style_options.h"
#include "base/error.h"
#include "support/test_case.h"
#include "viewer/picture/style_field.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <map>
#include <set>

using namespace cortograph;

namespace {

/// Another value for each field than it has at first, as it is typed; of flags none is.
const std::map<std::string_view, std::string> others{{"arrangement", "subjects"},
                                                     {"columns", "4"},
                                                     {"layer", "3"},
                                                     {"background", "#ff8000"},
                                                     {"vision", "deutan"},
                                                     {"threshold", "r2:20.5%"},
                                                     {"dim", "0.3"},
                                                     {"ranges", "prediction=data,r2=0:0.45"},
                                                     {"regions", "V1v,FFA-1"},
                                                     {"outline_width", "0.35"},
                                                     {"outline_color", "#102030"},
                                                     {"legend_size", "1.7"},
                                                     {"legend_place", "below"},
                                                     {"font", "mono"}};

/// With the other value of one field, as a command line gives it.
Style typedStyle(const StyleField& field) {
  CLI::App app;
  Style style;
  (void)addStyleOptions(app, style);
  std::vector<std::string> words; // CLI11 takes the last one first
  if (field.form != FieldForm::flag) {
    words.push_back(others.at(field.name));
  }
  words.emplace_back(field.option);
  app.parse(words);
  return style;
}

Json jsonOf(const Style& style) {
  return Json::parse(toJson(style).dump());
}

} // namespace

/// The table of Style's fields.
class StyleTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void fieldsAreNamedOnce() {
    std::set<std::string_view> names;
    std::set<std::string_view> options;
    for (const StyleField& field : styleFields()) {
      QVERIFY2(names.insert(field.name).second, field.name.data());
      QVERIFY2(options.insert(field.option).second, field.option.data());
      QVERIFY(field.option.starts_with("--") && !field.help.empty());
    }
  }

  void everyFieldGoesThroughJsonAndTheCommandLine() {
    for (const StyleField& field : styleFields()) {
      const Style style = typedStyle(field);
      QVERIFY2(style != Style(), field.name.data());
      const Json json = jsonOf(style);
      QVERIFY2(json != jsonOf(Style()), field.name.data()); // the JSON tells it
      for (const auto& [name, value] : json.items()) {
        QVERIFY2((value == jsonOf(Style())[name]) == (name != field.name), name.c_str());
      }
      QVERIFY2(styleIn(JsonPlace(json)) == style, field.name.data());
      // As it is typed, it is typed again.
      Style again;
      field.parse(again, field.text(style));
      QVERIFY2(again == style, field.name.data());
      if (field.form != FieldForm::flag) {
        QCOMPARE(field.text(style), others.at(field.name));
      }
    }
  }

  void whatIsFirstComesBackToo() {
    QVERIFY(styleIn(JsonPlace(jsonOf(Style()))) == Style());
    // Every digit of a number.
    Style style;
    style.dim = 1.0 / 3;
    style.threshold = Threshold{"r2", 1.0 / 7, true};
    style.ranges["r2"] = {RangeMode::given, -1.0 / 9, 1.0 / 9};
    QVERIFY(styleIn(JsonPlace(jsonOf(style))) == style);
  }

  void wrongValuesAreUsageErrors() {
    for (const StyleField& field : styleFields()) {
      if (field.form == FieldForm::flag || field.name == "regions") {
        continue; // any name may be that of a region
      }
      CLI::App app;
      Style style;
      (void)addStyleOptions(app, style);
      std::vector<std::string> words{"wrong", std::string(field.option)};
      QVERIFY_EXCEPTION_THROWN(app.parse(words), CLI::ValidationError);
      QVERIFY2(style == Style(), field.name.data());
    }
  }

  void helpSaysWhatIsUsual() {
    CLI::App app;
    Style style;
    (void)addStyleOptions(app, style);
    const QString help = QString::fromStdString(app.help());
    for (const char* words :
         {"#rrggbb [#808080]", "[0.1]", "[auto]", "{maps,kinds,subjects,wrapped}"}) {
      QVERIFY2(help.contains(words), qPrintable(help));
    }
  }
};

CORTOGRAPH_TEST(StyleTest, QCoreApplication)
#include "style_test.moc"
