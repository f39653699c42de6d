#pragma once

#include "app/jobs/worker.h"
#include "app/session/document.h"
#include "app/window/consent.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace cortograph {

/// Requests the predictions that a document lacks from the engine, with one job per shown map.
/// Predictions for an image or a map that is no longer in the document are dropped. When the
/// network is a program, the user is asked first.
class Probing : public QObject {
  Q_OBJECT

public:
  using MapPointer = std::shared_ptr<const BrainMap>;

  Probing(Worker& worker, Consent& consent, QObject* parent = nullptr);

  /// Starts the missing predictions. When the image has changed, all earlier ones are dropped.
  void follow(const Document& document);
  /// Forgets that predictions wait for consent to run this program; follow() then starts them.
  void retry(const Program& program);
  /// Returns the number of predictions that are not finished.
  [[nodiscard]] int waiting() const;

Q_SIGNALS:
  void predicted(int row,
                 const cortograph::Probing::MapPointer& map,
                 const std::shared_ptr<const cortograph::Probe>& probe);
  void failed(int row, const cortograph::Error& error);

private:
  struct Request {
    int row = 0;
    MapPointer map;
    Job job; ///< none while the user is asked
  };
  void restart();
  void ask(const MapRow& row, const ProbeImage& image);

  Worker& worker_;
  Consent& consent_;
  std::optional<ProbeImage> image_;
  std::vector<Request> asked_; ///< requests for that image
};

} // namespace cortograph
