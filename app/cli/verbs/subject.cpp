#include "subject/subject.h"

#include "app/cli/describe.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "subject/layouts/folder_description.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::string subject;
  bool isNew = false;
};

/// Throws an error that names the first image file that can't be read.
void checkImages(const std::vector<Stimulus>& images, const Control& control) {
  for (std::size_t i = 0; i < images.size(); ++i) {
    control.cancel.throwIfCanceled();
    const std::filesystem::path& file = images[i].file;
    if (!file.empty()) {
      inContext("checking the image " + file.string(), [&] { (void)readPictureSize(file); });
    }
    control.report({.what = "checking images",
                    .done = static_cast<double>(i + 1),
                    .total = static_cast<double>(images.size()),
                    .unit = "images",
                    .secondsLeft = {}});
  }
}

void run(const Settings& settings, const Console& console) {
  if (settings.isNew) {
    writeNewSubject(settings.subject);
    console.print({{"out", (std::filesystem::path(settings.subject) / descriptionFile).string()}});
    return;
  }
  const nlohmann::ordered_json found = describeSubject(settings.subject, {}, console.control());
  const Subject subject = readSubject(settings.subject);
  checkImages(subject.training.images, console.control());
  checkImages(subject.test.images, console.control());
  console.print(found);
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("subject", settings->subject, "Subject folder, or demo")
      ->required()
      ->option_text("DIR");
  app.add_flag("--new",
               settings->isNew,
               "Write a new folder with a subject.json that explains what to put where");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& subject() {
  static const Verb verb{
      .name = "subject",
      .summary = "checks a subject's folder and says what is in it, or writes a new one",
      .declare = declare};
  return verb;
}

} // namespace cortograph::verbs
