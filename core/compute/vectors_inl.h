// Highway's foreach_target.h has this header compiled once for each instruction set, hence the
// guard that is reset in between.
#if defined(CORTOGRAPH_VECTORS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CORTOGRAPH_VECTORS_INL
#undef CORTOGRAPH_VECTORS_INL
#else
#define CORTOGRAPH_VECTORS_INL
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace cortograph::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The argument by which Highway's functions know that they work on the widest vectors of T.
template <class T> constexpr hn::ScalableTag<T> tag{};

/// The widest vector of T, which may be loaded from and stored at any address of a T.
template <class T> using Vector = hn::Vec<hn::ScalableTag<T>>;

/// The number of values in a vector, a power of two of at most 16.
template <class T> constexpr std::int64_t lanes = hn::MaxLanes(hn::ScalableTag<T>());

/// Returns a vector with the value in every lane.
template <class T> HWY_INLINE Vector<T> broadcast(T value) {
  return hn::Set(tag<T>, value);
}

} // namespace cortograph::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
