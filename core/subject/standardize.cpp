#include "subject/standardize.h"

#include "base/error.h"

#include <initializer_list>

namespace cortograph {

namespace {

void requireSessions(const Subject& subject) {
  for (const Split* split : {&subject.training, &subject.test}) {
    if (!split->responses.empty() && !split->responses.haveSessions()) {
      throw Error(ErrorKind::notFound,
                  "The scan sessions of the " +
                      std::string(split == &subject.test ? "test" : "training") + " responses of " +
                      subject.name +
                      " are not known, but z-scores by session need them; add the numbers of the "
                      "sessions to the subject (sessions_train.npy, sessions_test.npy), or "
                      "standardise as a whole.");
    }
  }
}

} // namespace

Subject standardized(Subject subject, Standardization how, const CancelToken& cancel) {
  if (how == Standardization::none) {
    return subject;
  }
  requireTrainable(subject);
  const bool bySession = how == Standardization::session;
  if (bySession) {
    requireSessions(subject);
  }
  ZScaleSums sums(subject.vertices.size());
  const auto add = [&](std::int32_t session, std::span<const float> values) {
    cancel.throwIfCanceled();
    sums.add(bySession ? session : 0, values);
  };
  subject.training.responses.forEachTrial(add);
  if (bySession && !subject.test.responses.empty()) {
    subject.test.responses.forEachTrial(add);
  }
  ZScale scale = sums.values();
  if (!bySession) {
    scale.rowOfSession.clear();
  }
  for (Split* split : {&subject.training, &subject.test}) {
    if (!split->responses.empty()) {
      split->responses = split->responses.zScored(scale);
    }
  }
  return subject;
}

} // namespace cortograph
