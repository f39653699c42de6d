#pragma once

#include "base/control.h"
#include "subject/subject.h"

namespace cortograph {

/// Returns the subject with each vertex's responses z-scored: less their mean, over their standard
/// deviation (of the population, as scipy.stats.zscore). By session, both are those of the trials
/// of that session, of training and test together, before repeats are averaged; as a whole, those
/// of all training trials. A vertex that is constant or not finite in a session becomes NaN there.
/// Can be cancelled. Throws Error{notFound} when sessions are needed but not known, Error{mismatch}
/// when a session has a single trial. Cost: one pass over the responses.
[[nodiscard]] Subject standardized(Subject subject, Standardization how, const CancelToken& cancel);

} // namespace cortograph
