#include "app/cli/style_options.h"

#include "base/error.h"
#include "viewer/picture/style_field.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <string>

namespace cortograph {

namespace {

void parse(const StyleField& field, Style& style, const std::string& text) {
  try {
    field.parse(style, text);
  } catch (const Error& error) {
    throw CLI::ValidationError(std::string(field.option) + ": " + error.sentence());
  }
}

CLI::Option* addFlag(CLI::App& app, const StyleField& field, Style& style) {
  return app.add_flag_callback(
      std::string(field.option),
      [&field, &style] { parse(field, style, field.text(Style()) == "yes" ? "no" : "yes"); },
      std::string(field.help));
}

CLI::Option* addList(CLI::App& app, const StyleField& field, Style& style) {
  return app
      .add_option_function<std::vector<std::string>>(
          std::string(field.option),
          [&field, &style](const std::vector<std::string>& parts) {
            std::string whole;
            for (const std::string& part : parts) {
              whole += (whole.empty() ? "" : ",") + part;
            }
            parse(field, style, whole);
          },
          std::string(field.help))
      ->delimiter(',');
}

CLI::Option* addOne(CLI::App& app, const StyleField& field, Style& style) {
  CLI::Option* option = app.add_option_function<std::string>(
      std::string(field.option),
      [&field, &style](const std::string& text) { parse(field, style, text); },
      std::string(field.help));
  if (!field.choices.empty()) {
    option->check(CLI::IsMember(field.choices));
  }
  return option;
}

/// What is typed for the field, for the help: "#rrggbb", "{sans,serif,mono}", "N".
std::string typedWords(const StyleField& field) {
  if (!field.typed.empty()) {
    return std::string(field.typed);
  }
  return field.choices.empty() ? "N" : "{" + CLI::detail::join(field.choices, ",") + "}";
}

} // namespace

std::vector<CLI::Option*> addStyleOptions(CLI::App& app, Style& style) {
  std::vector<CLI::Option*> options;
  for (const StyleField& field : styleFields()) {
    if (field.form == FieldForm::flag) {
      options.push_back(addFlag(app, field, style));
      continue;
    }
    CLI::Option* option =
        field.form == FieldForm::list ? addList(app, field, style) : addOne(app, field, style);
    const std::string usual = field.text(Style());
    option->option_text(typedWords(field) + (usual.empty() ? std::string() : " [" + usual + "]"));
    options.push_back(option);
  }
  return options;
}

} // namespace cortograph
