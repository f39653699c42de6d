#include "base/control.h"

#include "base/error.h"

namespace cortograph {

void CancelToken::throwIfCancelled() const {
  if (cancelled()) {
    throw Error(ErrorKind::cancelled, "Cancelled.");
  }
}

} // namespace cortograph
