#pragma once

#include "jobs/settings.h"
#include "map/brain_map.h"

#include <QObject>
#include <QString>

#include <optional>
#include <set>
#include <string>

class QMessageBox;
class QWidget;

namespace cortograph {

/// A file of a network that is a program: a TorchScript module.
struct Program {
  std::string file;
  std::string hash; ///< SHA-256
};

/// Returns the program that predictions of a map run; nothing when its network is data.
[[nodiscard]] std::optional<Program> programOf(const BrainMap& map);

/// Asks the user before a program runs, and remembers the answer by the file's hash.
class Consent : public QObject {
  Q_OBJECT

public:
  explicit Consent(QWidget* window);

  [[nodiscard]] static Trust trustIn(const Program& program);
  /// Lets the source run the program as far as the user has agreed. Returns whether it may run.
  [[nodiscard]] static bool grant(NetworkSource& source, const Program& program);

  /// Asks, unless the question is shown already.
  void ask(const Program& program);
  /// Asks, unless the user has declined since the window was opened.
  void offer(const Program& program);

Q_SIGNALS:
  void answered(const cortograph::Program& program, bool agreed);

private:
  void askUnsealed(const Program& program);
  void show(QMessageBox* question, const Program& program, Trust trust);
  void answer(const Program& program, Trust trust);

  QWidget* window_;
  std::set<std::string> asking_; ///< hashes
  std::set<std::string> declined_;
};

} // namespace cortograph
