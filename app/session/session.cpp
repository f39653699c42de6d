#include "app/session/session.h"

#include <algorithm>
#include <utility>

namespace cortograph {

namespace {

Document edited(Document document, const ViewSession::Edit& edit) {
  edit(document);
  return document;
}

} // namespace

DocumentChange changeBetween(const Document& before, const Document& after) {
  return {.maps = before.rows != after.rows || before.cortices != after.cortices ||
                  before.probe != after.probe || before.look != after.look ||
                  before.reference != after.reference || before.enlarged != after.enlarged,
          .style = before.style != after.style,
          .camera = before.camera != after.camera,
          .selection = before.pins != after.pins || before.pinsLinked != after.pinsLinked ||
                       before.selection != after.selection};
}

void ViewSession::listen(Listener listener) {
  listeners_.push_back(std::move(listener));
}

void ViewSession::apply(const Step& step, const Edit& edit) {
  if (step.transient) {
    applyEverywhere(edit);
    return;
  }
  Document after = edited(document_, edit);
  matchClusters(after);
  if (!changeBetween(document_, after).any()) {
    return;
  }
  const bool merges = mergeable_ && !past_.empty() && !step.mergeKey.empty() &&
                      past_.back().step.mergeKey == step.mergeKey;
  if (!merges) {
    past_.push_back({.step = step, .document = document_});
  } else if (!changeBetween(past_.back().document, after).any()) {
    past_.pop_back(); // the slider is back at its start
  }
  if (past_.size() > mostSteps) {
    past_.erase(past_.begin());
  }
  future_.clear();
  mergeable_ = true;
  become(std::move(after));
}

void ViewSession::applyEverywhere(const Edit& edit) {
  // Operations that can fail come first.
  Document after = edited(document_, edit);
  matchClusters(after);
  std::vector<Moment> past = past_;
  std::vector<Moment> future = future_;
  for (std::vector<Moment>* moments : {&past, &future}) {
    for (Moment& moment : *moments) {
      edit(moment.document);
    }
  }
  past_ = std::move(past);
  future_ = std::move(future);
  become(std::move(after));
}

std::string_view ViewSession::undoName() const {
  return past_.empty() ? std::string_view() : past_.back().step.name;
}

std::string_view ViewSession::redoName() const {
  return future_.empty() ? std::string_view() : future_.back().step.name;
}

void ViewSession::undo() {
  travel(past_, future_);
}

void ViewSession::redo() {
  travel(future_, past_);
}

void ViewSession::travel(std::vector<Moment>& from, std::vector<Moment>& to) {
  if (from.empty()) {
    return;
  }
  Document document = from.back().document;
  // An id is never used again, because jobs may still deliver results for a removed row.
  document.nextId = std::max(document.nextId, document_.nextId);
  matchClusters(document);
  to.push_back({.step = from.back().step, .document = document_});
  from.pop_back();
  mergeable_ = false;
  become(std::move(document));
}

void ViewSession::become(Document document) {
  const DocumentChange change = changeBetween(document_, document);
  document_ = std::move(document);
  if (change.any()) {
    for (const Listener& listener : listeners_) {
      listener(change);
    }
  }
}

} // namespace cortograph
