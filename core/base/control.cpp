#include "base/control.h"

#include "base/error.h"

namespace cortograph {

void CancelToken::throwIfCanceled() const {
  if (canceled()) {
    throw Error(ErrorKind::canceled, "Cancelled.");
  }
}

} // namespace cortograph
