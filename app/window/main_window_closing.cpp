// The questions of the window before something would be lost.
#include "app/session/shown.h"
#include "app/window/file_dialogs.h"
#include "app/window/main_window.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace cortograph {

namespace {

constexpr const char* writingDialog = "writingDialog";

/// Returns the titles of rows, one on each line.
QString titlesOf(const Document& document, const std::vector<int>& ids) {
  constexpr std::size_t most = 10;
  QStringList lines;
  for (const int id : ids) {
    const MapRow* row = findRow(document, id);
    if (row != nullptr && static_cast<std::size_t>(lines.size()) < most) {
      lines.append(shown(row->title, longestName / 2));
    }
  }
  if (ids.size() > most) {
    lines.append(MainWindow::tr("and %1 more").arg(ids.size() - most));
  }
  return lines.join('\n');
}

} // namespace

QMessageBox& MainWindow::ask(const char* name, const QString& title, const QString& text) {
  question_ = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, this);
  question_->setObjectName(name);
  question_->setTextFormat(Qt::PlainText);
  question_->setAttribute(Qt::WA_DeleteOnClose);
  return *question_;
}

void MainWindow::askToRemove(int id) {
  const MapRow* row = findRow(document(), id);
  if (row == nullptr) {
    return;
  }
  const auto remove = [this, id, name = tr("remove %1").arg(shown(row->title))] {
    change(name, [id](Document& document) { removeRow(document, id); });
  };
  if (row->state == RowState::unsaved) {
    askToSave({id}, remove);
  } else {
    remove();
  }
}

void MainWindow::askToSave(const std::vector<int>& ids, const std::function<void()>& then) {
  QMessageBox& question = ask("unsavedDialog",
                              tr("Maps that are not saved"),
                              (ids.size() == 1 ? tr("This map is not saved:")
                                               : tr("%1 maps are not saved:").arg(ids.size())) +
                                  "\n" + titlesOf(document(), ids));
  const QPushButton* save = question.addButton(tr("&Save…"), QMessageBox::AcceptRole);
  const QPushButton* discard = question.addButton(tr("&Discard"), QMessageBox::DestructiveRole);
  QPushButton* cancel = question.addButton(QMessageBox::Cancel);
  question.setDefaultButton(cancel);
  question.setEscapeButton(cancel);
  connect(&question,
          &QMessageBox::buttonClicked,
          this,
          [this, save, discard, ids, then](const QAbstractButton* pressed) {
            if (pressed == save) {
              saveInTurn(ids, then);
            } else if (pressed == discard) {
              then();
            }
          });
  question.open();
}

/// Asks for a file for each row in turn, and calls `then` when all are saved.
void MainWindow::saveInTurn(std::vector<int> ids, const std::function<void()>& then) {
  std::erase_if(ids, [this](int id) { return findRow(document(), id) == nullptr; });
  if (ids.empty()) {
    then();
    return;
  }
  const int id = ids.front();
  ids.erase(ids.begin());
  const std::string title = findRow(document(), id)->title;
  askWhereToSave(this,
                 tr("Save %1").arg(shown(title, longestName / 2)),
                 fileNameFor(title) + ".h5",
                 {tr("Maps (*.h5)")},
                 "h5",
                 [this, id, ids, then](const std::filesystem::path& file) {
                   saveMap(id, file, [this, ids, then] { saveInTurn(ids, then); });
                 });
}

int MainWindow::beingWritten() const {
  return static_cast<int>(
      std::ranges::count_if(writing_, [](const Job& job) { return job.active(); }) +
      (drawing_ ? 1 : 0));
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (training_->running() || beingWritten() > 0 ||
      (!discardsUnsaved_ && !unsavedRows(document()).empty())) {
    event->ignore();
    askBeforeClosing();
    return;
  }
  discardUnwanted();
  event->accept();
}

void MainWindow::askBeforeClosing() {
  if (question_ != nullptr && question_->isVisible()) {
    question_->raise();
  } else if (training_->running()) {
    askAboutTraining();
  } else if (beingWritten() > 0) {
    askAboutWriting();
  } else {
    askToSave(unsavedRows(document()), [this] {
      discardsUnsaved_ = true;
      close();
      discardsUnsaved_ = false;
    });
  }
}

void MainWindow::askAboutTraining() {
  QMessageBox& question =
      ask("trainingDialog",
          tr("Close Cortograph"),
          tr("A training is running. Its last validated state stays on the disk, and can go on "
             "when Cortograph is opened again."));
  QPushButton* keep = question.addButton(tr("Stop and &keep"), QMessageBox::AcceptRole);
  const QPushButton* cancel =
      question.addButton(tr("&Cancel training"), QMessageBox::DestructiveRole);
  QPushButton* stay = question.addButton(tr("S&tay"), QMessageBox::RejectRole);
  question.setDefaultButton(stay);
  question.setEscapeButton(stay);
  const auto allow = [this, keep] {
    keep->setEnabled(training_->canKeep());
    keep->setToolTip(keep->isEnabled() ? QString() : tr("Possible from the first validation on"));
  };
  allow();
  connect(training_, &Training::updated, keep, allow);
  connect(this, &MainWindow::trainingEnded, &question, &QDialog::reject);
  connect(&question,
          &QMessageBox::buttonClicked,
          this,
          [this, keep, cancel](const QAbstractButton* pressed) {
            if (pressed == keep || pressed == cancel) {
              closesWhenDone_ = true;
              pressed == keep ? training_->stopAndKeep() : training_->cancel();
              goOnClosing();
            }
          });
  question.open();
}

void MainWindow::askAboutWriting() {
  QMessageBox& question =
      ask(writingDialog,
          tr("Close Cortograph"),
          tr("%n file(s) are not written to the end yet.", nullptr, beingWritten()));
  question.addButton(tr("&Wait, then close"), QMessageBox::AcceptRole);
  const QPushButton* cancel =
      question.addButton(tr("&Cancel them and close"), QMessageBox::DestructiveRole);
  QPushButton* stay = question.addButton(tr("S&tay"), QMessageBox::RejectRole);
  question.setDefaultButton(stay);
  question.setEscapeButton(stay);
  connect(&question,
          &QMessageBox::buttonClicked,
          this,
          [this, stay, cancel](const QAbstractButton* pressed) {
            closesWhenDone_ = pressed != stay;
            if (pressed == cancel) {
              for (const Job& job : writing_) {
                job.cancel();
              }
              if (drawing_) {
                drawing_->cancel();
              }
            }
            goOnClosing();
          });
  closesWhenDone_ = true; // also where all is written before there is an answer
  question.open();
}

void MainWindow::goOnClosing() {
  if (training_->running() || beingWritten() > 0) {
    return;
  }
  if (question_ != nullptr && question_->objectName() == writingDialog) {
    question_->reject();
  }
  if (ends_) {
    Q_EMIT ended();
  } else if (std::exchange(closesWhenDone_, false)) {
    // After the question has closed.
    QMetaObject::invokeMethod(
        this, [this] { close(); }, Qt::QueuedConnection);
  }
}

void MainWindow::end() {
  ends_ = true;
  training_->cancel();
  goOnClosing();
}

} // namespace cortograph
