#include "app/window/consent.h"

#include "app/session/shown.h"
#include "base/seal.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

#include <filesystem>

namespace cortograph {

namespace {

constexpr const char* owner = "cortograph"; ///< of the settings
constexpr const char* sealed = "sealed";
constexpr const char* unsealed = "unsealed";

QString keyOf(const Program& program) {
  return "trusted programs/" + QString::fromStdString(program.hash);
}

QString nameOf(const Program& program) {
  return shown(std::filesystem::path(program.file).filename().string());
}

} // namespace

std::optional<Program> programOf(const BrainMap& map) {
  if (textOf(map.attributes, "network_family") != "torchscript") {
    return std::nullopt;
  }
  return Program{textOf(map.attributes, "network_path"), textOf(map.attributes, "network_hash")};
}

Consent::Consent(QWidget* window) : QObject(window), window_(window) {}

Trust Consent::trustIn(const Program& program) {
  const QString trusted = QSettings(owner, owner).value(keyOf(program)).toString();
  return trusted == sealed ? Trust::sealed : trusted == unsealed ? Trust::unsealed : Trust::none;
}

bool Consent::grant(NetworkSource& source, const Program& program) {
  source.trust = trustIn(program);
  source.trustedHash = program.hash;
  return source.trust != Trust::none;
}

void Consent::offer(const Program& program) {
  if (!declined_.contains(program.hash)) {
    ask(program);
  }
}

void Consent::ask(const Program& program) {
  if (!asking_.insert(program.hash).second) {
    return;
  }
  auto* question = new QMessageBox(window_);
  question->setObjectName("consentDialog");
  question->setWindowTitle(tr("Run this network?"));
  question->setText(tr("%1 is a TorchScript module: a program, and not only numbers. Run it?")
                        .arg(nameOf(program)));
  question->setInformativeText(
      tr("It runs in a process of its own, which can compute, but open no file, reach no other "
         "computer and start no program. Run it only if you trust where it comes from.\n\n"
         "Your answer is remembered for the file as it is now."));
  show(question, program, Trust::sealed);
}

void Consent::askUnsealed(const Program& program) {
  auto* question = new QMessageBox(window_);
  question->setObjectName("unsealedDialog");
  question->setWindowTitle(tr("Run this network unsealed?"));
  question->setText(tr("This system can't seal off %1.").arg(nameOf(program)));
  question->setInformativeText(
      tr("It would run with all your rights: it could read, change and send your files. Run it "
         "only if you trust it as you trust the programs that you install."));
  show(question, program, Trust::unsealed);
}

void Consent::show(QMessageBox* question, const Program& program, Trust trust) {
  question->setIcon(QMessageBox::Warning);
  question->setTextFormat(Qt::PlainText); // the file's name
  question->setAttribute(Qt::WA_DeleteOnClose);
  QPushButton* agree = question->addButton(tr("&Run it"), QMessageBox::AcceptRole);
  agree->setObjectName("agreeButton");
  QPushButton* decline = question->addButton(tr("&Don't run it"), QMessageBox::RejectRole);
  decline->setObjectName("declineButton");
  question->setDefaultButton(decline);
  question->setEscapeButton(decline);
  connect(question, &QMessageBox::finished, this, [this, question, agree, program, trust] {
    if (question->clickedButton() != agree) {
      answer(program, Trust::none);
    } else if (trust == Trust::sealed && !canSealProcesses()) {
      askUnsealed(program);
    } else {
      answer(program, trust);
    }
  });
  question->open();
}

void Consent::answer(const Program& program, Trust trust) {
  asking_.erase(program.hash);
  const bool agreed = trust != Trust::none;
  if (agreed) {
    QSettings(owner, owner).setValue(keyOf(program), trust == Trust::sealed ? sealed : unsealed);
  } else {
    declined_.insert(program.hash);
  }
  Q_EMIT answered(program, agreed);
}

} // namespace cortograph
