#include "compute/selection_kernel.h"

#include "base/parallel.h"
#include "compute/padding.h"
#include "compute/selection_tiles.h"

#include <tuple>

// Highway compiles what follows once for each instruction set.
#define HWY_TARGET_INCLUDE "compute/selection_kernel.cpp"
#include <hwy/foreach_target.h>
// The headers that are compiled once for each instruction set are included after it.
#include "compute/products_inl.h"

HWY_BEFORE_NAMESPACE();
namespace cortograph::HWY_NAMESPACE {

namespace {

constexpr int tileSize = 64;
constexpr int corners = 4;
constexpr int slotsPerLayer = corners + 1; ///< the corners and the global token
/// Channels are padded to whole vectors, a multiple of this.
constexpr std::int64_t padding = 32;

/// The data that all tiles of one call share.
template <class T> struct Shared {
  const SelectionArrays<T>& in;
  SelectionTiles<T> tiles;
  std::int64_t channels; ///< padded
  std::vector<T> copy;
  const T* table; ///< rows × B × padded channels

  explicit Shared(const SelectionArrays<T>& arrays)
      : in(arrays),
        tiles(arrays, tileSize),
        channels(paddedTo(arrays.channels, padding)),
        table(arrays.table) {
    if (channels == in.channels) {
      return;
    }
    copy.resize(static_cast<std::size_t>(rows() * in.images * channels));
    for (std::int64_t i = 0; i < rows() * in.images; ++i) {
      std::copy_n(in.table + i * in.channels, in.channels, copy.data() + i * channels);
    }
    table = copy.data();
  }

  [[nodiscard]] std::int64_t rows() const { return in.layers * rowsPerLayer(); }
  [[nodiscard]] std::int64_t rowsPerLayer() const {
    return static_cast<std::int64_t>(in.height) * in.width + 1;
  }
  [[nodiscard]] std::int64_t rowSize() const { return in.images * channels; }
};

/// Refers to a row of the table that a tile's vertices read.
struct TableRow {
  std::int64_t row = 0;
  std::int64_t slot = 0; ///< layer * slotsPerLayer + corner
};

/// One thread's arrays for one tile. The vertex is the fastest axis ("across") unless stated
/// otherwise.
template <class T> struct Scratch {
  std::vector<TableRow> rows;
  std::vector<T> corner;         ///< 4
  std::vector<T> share;          ///< slots
  std::vector<T> weightAcross;   ///< channels
  std::vector<T> product;        ///< images
  std::vector<T> response;       ///< images
  std::vector<T> gradient;       ///< images; gradient of the response / channels
  std::vector<T> shareGradient;  ///< slots
  std::vector<T> spread;         ///< rows × images: share times gradient
  std::vector<T> weight;         ///< vertex × channels
  std::vector<T> weightGradient; ///< channels
  std::vector<const T*> tokens;  ///< rows × images

  Scratch(const Shared<T>& shared, bool backward) {
    const SelectionArrays<T>& in = shared.in;
    const auto across = [](std::int64_t count) {
      return static_cast<std::size_t>(count * tileSize);
    };
    const std::int64_t slots = in.layers * slotsPerLayer;
    corner.resize(across(corners));
    share.resize(across(slots));
    weightAcross.resize(across(shared.channels));
    product.resize(across(in.images));
    response.resize(across(in.images));
    if (backward) {
      gradient.resize(across(in.images));
      shareGradient.resize(across(slots));
      spread.resize(across(slots * in.images));
      weight.resize(across(shared.channels));
      weightGradient.resize(across(shared.channels));
      tokens.resize(static_cast<std::size_t>(slots * in.images));
    }
  }
};

/// Computes one tile. The two passes are not inlined, so that their loops get all registers.
template <class T> struct TileWork {
  const Shared<T>& shared;
  const SelectionArrays<T>& in;
  const SelectionTile& tile;
  Scratch<T>& scratch;
  const std::int64_t* vertex; ///< the tile's vertices
  std::int64_t across;        ///< their count, padded to whole vectors

  HWY_INLINE TileWork(const Shared<T>& all, const SelectionTile& one, Scratch<T>& own)
      : shared(all),
        in(all.in),
        tile(one),
        scratch(own),
        vertex(all.tiles.order.data() + one.first),
        across(paddedTo(one.count, lanes<T>)) {}

  HWY_INLINE static std::size_t inTile(int row, int i) {
    return static_cast<std::size_t>(row) * tileSize + static_cast<std::size_t>(i);
  }

  /// Returns the bilinear weight of a corner (upper left, upper right, lower left, lower right).
  HWY_INLINE static T cornerShare(const GridPlace<T>& place, int corner) {
    const T horizontal = corner % 2 == 0 ? 1 - place.right : place.right;
    const T vertical = corner / 2 == 0 ? 1 - place.down : place.down;
    return horizontal * vertical * place.presence;
  }

  [[nodiscard]] HWY_INLINE bool onGrid(int corner) const {
    const int column = tile.left + corner % 2;
    const int row = tile.top + corner / 2;
    return column >= 0 && column < in.width && row >= 0 && row < in.height;
  }

  HWY_INLINE void findRows() {
    scratch.rows.clear();
    for (std::int64_t layer = 0; layer < in.layers; ++layer) {
      const std::int64_t first = layer * shared.rowsPerLayer();
      for (int corner = 0; corner < corners; ++corner) {
        if (onGrid(corner)) {
          const std::int64_t cell =
              static_cast<std::int64_t>(tile.top + corner / 2) * in.width + tile.left + corner % 2;
          scratch.rows.push_back({first + cell, layer * slotsPerLayer + corner});
        }
      }
      scratch.rows.push_back({first + shared.rowsPerLayer() - 1, layer * slotsPerLayer + corners});
    }
  }

  HWY_INLINE void gather() {
    std::fill(scratch.share.begin(), scratch.share.end(), T{0});
    std::fill(scratch.weightAcross.begin(), scratch.weightAcross.end(), T{0});
    for (int i = 0; i < tile.count; ++i) {
      const std::int64_t n = vertex[i];
      const T scale = in.scale[n];
      T* share = scratch.share.data() + i;
      for (int corner = 0; corner < corners; ++corner) {
        scratch.corner[inTile(corner, i)] =
            cornerShare(shared.tiles.place[static_cast<std::size_t>(n)], corner);
      }
      for (std::int64_t layer = 0; layer < in.layers; ++layer) {
        const T weight = in.layer[n * in.layers + layer];
        for (int corner = 0; corner < corners; ++corner, share += tileSize) {
          *share = weight * (1 - scale) * scratch.corner[inTile(corner, i)];
        }
        *share = weight * scale;
        share += tileSize;
      }
      const T* weight = in.weight + n * in.channels;
      for (std::int64_t d = 0; d < in.channels; ++d) {
        scratch.weightAcross[static_cast<std::size_t>(d * tileSize + i)] = weight[d];
      }
    }
  }

  /// Fills scratch.product with each image's tokens of a row times each vertex's readout.
  HWY_INLINE void readOut(const TableRow& row) {
    product<false>(shared.table + row.row * shared.rowSize(),
                   shared.channels,
                   in.images,
                   RowMajor<T>{scratch.weightAcross.data(), tileSize},
                   in.channels,
                   across,
                   scratch.product.data(),
                   tileSize);
  }

  HWY_NOINLINE HWY_FLATTEN void forward(T* out) {
    findRows();
    gather();
    std::fill(scratch.response.begin(), scratch.response.end(), T{0});
    for (const TableRow& row : scratch.rows) {
      readOut(row);
      const T* share = scratch.share.data() + row.slot * tileSize;
      for (std::int64_t b = 0; b < in.images; ++b) {
        const T* factor = scratch.product.data() + b * tileSize;
        T* response = scratch.response.data() + b * tileSize;
        for (std::int64_t i = 0; i < across; i += lanes<T>) {
          const Vector<T> sum = hn::MulAdd(hn::LoadU(tag<T>, share + i),
                                           hn::LoadU(tag<T>, factor + i),
                                           hn::LoadU(tag<T>, response + i));
          hn::StoreU(sum, tag<T>, response + i);
        }
      }
    }
    const T mean = T{1} / static_cast<T>(in.channels);
    for (std::int64_t b = 0; b < in.images; ++b) {
      for (int i = 0; i < tile.count; ++i) {
        out[b * in.vertices + vertex[i]] =
            scratch.response[static_cast<std::size_t>(b * tileSize + i)] * mean +
            in.bias[vertex[i]];
      }
    }
  }

  HWY_INLINE void gatherGradient(const T* responseGradient, T* biasGradient) {
    const T mean = T{1} / static_cast<T>(in.channels);
    std::fill(scratch.gradient.begin(), scratch.gradient.end(), T{0});
    std::fill(scratch.weight.begin(), scratch.weight.end(), T{0});
    for (int i = 0; i < tile.count; ++i) {
      const std::int64_t n = vertex[i];
      T sum = 0;
      for (std::int64_t b = 0; b < in.images; ++b) {
        const T gradient = responseGradient[b * in.vertices + n];
        scratch.gradient[static_cast<std::size_t>(b * tileSize + i)] = gradient * mean;
        sum += gradient;
      }
      biasGradient[n] = sum;
      std::copy_n(
          in.weight + n * in.channels, in.channels, scratch.weight.data() + i * shared.channels);
    }
  }

  /// Fills the row's part of shareGradient and spread, and adds to the table's gradient.
  HWY_INLINE void backwardRow(const TableRow& row, std::int64_t index, T* tableGradient) {
    readOut(row);
    const T* share = scratch.share.data() + row.slot * tileSize;
    T* shareGradient = scratch.shareGradient.data() + row.slot * tileSize;
    T* spread = scratch.spread.data() + index * in.images * tileSize;
    for (std::int64_t i = 0; i < across; i += lanes<T>) {
      const Vector<T> own = hn::LoadU(tag<T>, share + i);
      Vector<T> sum = hn::Zero(tag<T>);
      for (std::int64_t b = 0; b < in.images; ++b) {
        const std::int64_t at = b * tileSize + i;
        const Vector<T> gradient = hn::LoadU(tag<T>, scratch.gradient.data() + at);
        sum = hn::MulAdd(gradient, hn::LoadU(tag<T>, scratch.product.data() + at), sum);
        hn::StoreU(own * gradient, tag<T>, spread + at);
      }
      hn::StoreU(sum, tag<T>, shareGradient + i);
    }
    product<true>(spread,
                  tileSize,
                  in.images,
                  RowMajor<T>{scratch.weight.data(), shared.channels},
                  across,
                  shared.channels,
                  tableGradient + row.row * shared.rowSize(),
                  shared.channels);
    for (std::int64_t b = 0; b < in.images; ++b) {
      scratch.tokens[static_cast<std::size_t>(index * in.images + b)] =
          shared.table + row.row * shared.rowSize() + b * shared.channels;
    }
  }

  HWY_NOINLINE HWY_FLATTEN void
  backward(const T* responseGradient, const SelectionGradients<T>& out, T* tableGradient) {
    findRows();
    gather();
    gatherGradient(responseGradient, out.bias);
    std::fill(scratch.shareGradient.begin(), scratch.shareGradient.end(), T{0});
    std::int64_t index = 0;
    for (const TableRow& row : scratch.rows) {
      backwardRow(row, index, tableGradient);
      ++index;
    }
    const T* const* tokens = scratch.tokens.data();
    productOfRows<false>([tokens](std::int64_t p) HWY_ATTR { return tokens[p]; },
                         shared.channels,
                         RowMajor<T>{scratch.spread.data(), tileSize},
                         index * in.images,
                         across,
                         scratch.weightGradient.data(),
                         tileSize);
    for (int i = 0; i < tile.count; ++i) {
      scatterGradients(i, out);
    }
  }

  HWY_INLINE void scatterGradients(int i, const SelectionGradients<T>& out) {
    const std::int64_t n = vertex[i];
    for (std::int64_t d = 0; d < in.channels; ++d) {
      out.weight[n * in.channels + d] =
          scratch.weightGradient[static_cast<std::size_t>(d * tileSize + i)];
    }
    const T scale = in.scale[n];
    std::array<T, corners> cornerGradient{};
    T scaleGradient = 0;
    const T* slot = scratch.shareGradient.data() + i;
    for (std::int64_t layer = 0; layer < in.layers; ++layer) {
      const T weight = in.layer[n * in.layers + layer];
      T local = 0;
      for (std::size_t corner = 0; corner < corners; ++corner, slot += tileSize) {
        local += *slot * scratch.corner[corner * tileSize + static_cast<std::size_t>(i)];
        cornerGradient[corner] += *slot * weight * (1 - scale);
      }
      out.layer[n * in.layers + layer] = (1 - scale) * local + scale * *slot;
      scaleGradient += weight * (*slot - local);
      slot += tileSize;
    }
    out.scale[n] = scaleGradient;
    const GridPlace<T>& place = shared.tiles.place[static_cast<std::size_t>(n)];
    const T right = (1 - place.down) * (cornerGradient[1] - cornerGradient[0]) +
                    place.down * (cornerGradient[3] - cornerGradient[2]);
    const T down = (1 - place.right) * (cornerGradient[2] - cornerGradient[0]) +
                   place.right * (cornerGradient[3] - cornerGradient[1]);
    out.space[2 * n] = right * place.presence * static_cast<T>(in.width) / 2;
    out.space[2 * n + 1] = down * place.presence * static_cast<T>(in.height) / 2;
  }
};

template <class T> void forward(const SelectionArrays<T>& in, T* response, int threads) {
  const Shared<T> shared(in);
  const std::vector<SelectionTile>& tiles = shared.tiles.tiles;
  inChunks(
      threads, std::ssize(tiles), [&](std::int64_t, std::int64_t first, std::int64_t end) HWY_ATTR {
        Scratch<T> scratch(shared, false);
        for (std::int64_t tile = first; tile < end; ++tile) {
          TileWork<T>(shared, tiles[static_cast<std::size_t>(tile)], scratch).forward(response);
        }
      });
}

template <class T>
void backward(const SelectionArrays<T>& in,
              const T* responseGradient,
              const SelectionGradients<T>& out,
              int threads) {
  const Shared<T> shared(in);
  const std::int64_t size = shared.rows() * shared.rowSize();
  std::vector<std::vector<T>> tableGradients(static_cast<std::size_t>(threads));
  const std::vector<SelectionTile>& tiles = shared.tiles.tiles;
  inChunks(threads,
           std::ssize(tiles),
           [&](std::int64_t chunk, std::int64_t first, std::int64_t end) HWY_ATTR {
             std::vector<T>& own = tableGradients[static_cast<std::size_t>(chunk)];
             own.resize(static_cast<std::size_t>(size));
             Scratch<T> scratch(shared, true);
             for (std::int64_t tile = first; tile < end; ++tile) {
               TileWork<T>(shared, tiles[static_cast<std::size_t>(tile)], scratch)
                   .backward(responseGradient, out, own.data());
             }
           });
  inParallel(shared.rows(), [&](std::int64_t row) {
    for (std::int64_t b = row * in.images; b < (row + 1) * in.images; ++b) {
      for (std::int64_t d = 0; d < in.channels; ++d) {
        T sum = 0;
        for (const std::vector<T>& part : tableGradients) {
          sum += part[static_cast<std::size_t>(b * shared.channels + d)];
        }
        out.table[b * in.channels + d] = sum;
      }
    }
  });
}

} // namespace

/// Returns the functions of this instruction set.
auto selectionFunctions() {
  return std::tuple{&forward<float>, &forward<double>, &backward<float>, &backward<double>};
}

} // namespace cortograph::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cortograph {

HWY_EXPORT(selectionFunctions);

template <class T> void selectionForward(const SelectionArrays<T>& in, T* response, int threads) {
  const auto functions = HWY_DYNAMIC_DISPATCH(selectionFunctions)();
  std::get<decltype(&selectionForward<T>)>(functions)(in, response, threads);
}

template <class T>
void selectionBackward(const SelectionArrays<T>& in,
                       const T* responseGradient,
                       const SelectionGradients<T>& out,
                       int threads) {
  const auto functions = HWY_DYNAMIC_DISPATCH(selectionFunctions)();
  std::get<decltype(&selectionBackward<T>)>(functions)(in, responseGradient, out, threads);
}

template void selectionForward(const SelectionArrays<float>&, float*, int);
template void selectionForward(const SelectionArrays<double>&, double*, int);
template void selectionBackward(const SelectionArrays<float>&,
                                const float*,
                                const SelectionGradients<float>&,
                                int);
template void selectionBackward(const SelectionArrays<double>&,
                                const double*,
                                const SelectionGradients<double>&,
                                int);

} // namespace cortograph
#endif
