#include "app/window/main_window.h"

// Describing networks, and asking before one that is a program runs.

#include "app/panels/train_panel.h"
#include "app/session/shown.h"
#include "engine/engine.h"

#include <utility>

namespace cortograph {

void MainWindow::describeNetwork(const NetworkSource& source) {
  describing_.drop();
  describing_ = networks_.start<NetworkInfo>(
      this,
      [source](const Control& control) {
        return loadEngine().describeNetwork(source, control.cancel);
      },
      [this, source](const Outcome<NetworkInfo>& outcome) {
        if (outcome.value) {
          takeNetwork(source, *outcome.value);
        } else {
          startNext_ = false;
          resumesNext_.reset();
          train_->showStatus({});
          train_->refuseNetwork(QString::fromStdString(source.spec));
          tell(*outcome.error);
        }
      });
}

/// A program is described first as data, then by running it where the user agrees.
void MainWindow::takeNetwork(const NetworkSource& source, const NetworkInfo& info) {
  train_->showNetwork(info);
  described_ = source.spec;
  program_.reset();
  if (info.program) {
    program_ = Program{source.spec, info.hash};
  }
  if (std::exchange(startNext_, false)) {
    startWanted();
  } else if (info.program && info.layers.empty()) {
    NetworkSource trusted = source;
    if (Consent::grant(trusted, *program_)) {
      describeNetwork(trusted);
    } else {
      consent_->offer(*program_);
    }
  }
}

void MainWindow::takeConsent(const Program& program, bool agreed) {
  const bool start = std::exchange(startNext_, false);
  if (!agreed) {
    resumesNext_.reset();
    train_->showStatus({});
    note(tr("%1 is not run.").arg(shown(program.file)));
    return;
  }
  if (program_ && program_->hash == program.hash) {
    if (start) {
      startWanted();
    }
    NetworkSource trusted;
    trusted.spec = program_->file;
    if (Consent::grant(trusted, program)) {
      describeNetwork(trusted);
    }
  }
  probing_->retry(program);
  refresh();
}

} // namespace cortograph
