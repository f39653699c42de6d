#include "app/window/probing.h"

#include "app/jobs/probe_job.h"

#include <algorithm>

namespace cortograph {

Probing::Probing(Worker& worker, Consent& consent, QObject* parent)
    : QObject(parent), worker_(worker), consent_(consent) {}

void Probing::restart() {
  for (Request& request : asked_) {
    request.job.drop();
  }
  asked_.clear();
}

void Probing::follow(const Document& document) {
  if (image_ != document.probe) {
    restart();
    image_ = document.probe;
  }
  std::erase_if(asked_, [&](Request& request) {
    const MapRow* row = findRow(document, request.row);
    const bool gone = row == nullptr || row->map != request.map;
    if (gone) {
      request.job.drop();
    }
    return gone;
  });
  if (!document.probe) {
    return;
  }
  for (const MapRow& row : document.rows) {
    const bool known = std::ranges::find(asked_, row.id, &Request::row) != asked_.end();
    if (row.shown && row.map && row.cortex && !row.probe && !known &&
        row.state != RowState::training) {
      ask(row, *document.probe);
    }
  }
}

void Probing::retry(const Program& program) {
  std::erase_if(asked_, [&program](const Request& request) {
    const std::optional<Program> runs = programOf(*request.map);
    return !request.job.active() && runs && runs->hash == program.hash;
  });
}

int Probing::waiting() const {
  return static_cast<int>(
      std::ranges::count_if(asked_, [](const Request& request) { return request.job.active(); }));
}

void Probing::ask(const MapRow& row, const ProbeImage& image) {
  using Prediction = std::shared_ptr<const Probe>;
  Request request{.row = row.id, .map = row.map, .job = {}};
  NetworkSource network; // the one that the map records
  if (const std::optional<Program> program = programOf(*row.map);
      program && !Consent::grant(network, *program)) {
    asked_.push_back(std::move(request));
    consent_.ask(*program);
    return;
  }
  request.job = worker_.start<Prediction>(
      this,
      [map = row.map, network, file = image.file](const Control& control) {
        return runProbe(map, network, file, control);
      },
      [this, id = row.id, map = row.map](const Outcome<Prediction>& outcome) {
        if (outcome.value) {
          Q_EMIT predicted(id, map, *outcome.value);
        } else {
          Q_EMIT failed(id, *outcome.error);
        }
      });
  asked_.push_back(std::move(request));
}

} // namespace cortograph
