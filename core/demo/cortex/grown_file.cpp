#include "base/error.h"
#include "base/hdf5.h"
#include "demo/cortex/crossing.h"
#include "demo/cortex/grown.h"

#include <algorithm>

namespace cortograph::demo {

namespace {

constexpr double depthStepMm = 0.01;
constexpr double curvatureStep = 0.001; ///< 1/mm
constexpr std::array<const char*, 2> sideNames{"/left/", "/right/"};

/// One row of whole numbers per vertex.
using Rows = Array<std::int32_t>;

Rows rowsOf(const Points& points, std::size_t columns) {
  Rows rows({points.size(), columns});
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::array<double, 3> place{points[i].x, points[i].y, points[i].z};
    for (std::size_t k = 0; k < columns; ++k) {
      rows.row(i)[k] = static_cast<std::int32_t>(std::lround(place[k] / placeStepMm));
    }
  }
  return rows;
}

Rows rowsOf(const std::vector<double>& values, double step) {
  Rows rows({values.size(), 1});
  std::transform(values.begin(), values.end(), rows.values.begin(), [step](double value) {
    return static_cast<std::int32_t>(std::lround(value / step));
  });
  return rows;
}

/// Predicts a value of vertex `i` as the mean of its parents'; 0 for the first 12 vertices.
std::int32_t predicted(const Rows& rows, const Icosphere& sphere, std::size_t i, std::size_t k) {
  if (i < 12) {
    return 0;
  }
  const auto [a, b] = sphere.parents[i - 12];
  return (rows.row(static_cast<std::size_t>(a))[k] + rows.row(static_cast<std::size_t>(b))[k]) / 2;
}

/// Writes rows as differences from their predictions: "pial/5" holds the vertices of level 5,
/// "pial/6" those that level 6 adds.
void write(Hdf5File& file,
           const std::string& name,
           const Rows& rows,
           const Icosphere& sphere,
           const std::string& meaning) {
  std::size_t first = 0;
  for (int level = coarseLevel; first < rows.rows(); ++level) {
    const std::size_t last = icosphereSize(level);
    Rows part({last - first, rows.shape[1]});
    for (std::size_t i = first; i < last; ++i) {
      for (std::size_t k = 0; k < rows.shape[1]; ++k) {
        part.row(i - first)[k] = rows.row(i)[k] - predicted(rows, sphere, i, k);
      }
    }
    file.write(name + "/" + std::to_string(level), part, meaning);
    first = last;
  }
}

Rows read(const Hdf5File& file,
          const std::string& name,
          const Icosphere& sphere,
          int finest,
          std::size_t columns) {
  Rows rows({icosphereSize(finest), columns});
  std::size_t first = 0;
  for (int level = coarseLevel; level <= finest; ++level) {
    const std::size_t last = icosphereSize(level);
    const std::string dataset = name + "/" + std::to_string(level);
    const auto part = file.read<std::int32_t>(dataset);
    if (part.shape != ArrayShape{last - first, columns}) {
      throw Error(ErrorKind::format,
                  dataset + " of the simulated cortex does not have the expected shape " +
                      std::to_string(last - first) + " × " + std::to_string(columns) +
                      "; install Cortograph again.");
    }
    for (std::size_t i = first; i < last; ++i) {
      for (std::size_t k = 0; k < columns; ++k) {
        rows.row(i)[k] = part.row(i - first)[k] + predicted(rows, sphere, i, k);
      }
    }
    first = last;
  }
  return rows;
}

Points pointsOf(const Rows& rows) {
  Points points(rows.shape[0]);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto row = rows.row(i);
    points[i] = {
        row[0] * placeStepMm, row[1] * placeStepMm, row.size() > 2 ? row[2] * placeStepMm : 0.0};
  }
  return points;
}

std::vector<double> valuesOf(const Rows& rows, double step) {
  std::vector<double> values(rows.values.size());
  std::transform(rows.values.begin(), rows.values.end(), values.begin(), [step](std::int32_t n) {
    return n * step;
  });
  return values;
}

} // namespace

void writeGrownCortex(const std::filesystem::path& file, const GrownCortex& cortex) {
  const Icosphere sphere = icosphere(fineLevel);
  Hdf5File out = Hdf5File::create(file);
  out.setAttribute("/", "cortograph_kind", std::string("simulated cortex"));
  const std::string places =
      "steps of 0.005 mm less the mean of the two vertices between which the icosphere has it";
  for (std::size_t side = 0; side < 2; ++side) {
    const GrownCortex::Side& grown = cortex.sides[side];
    const std::string group = sideNames[side];
    write(out, group + "pial", rowsOf(grown.pial, 3), sphere, places);
    write(out, group + "white", rowsOf(grown.white, 3), sphere, places);
    write(out,
          group + "depth",
          rowsOf(grown.depth, depthStepMm),
          sphere,
          "0.01 mm below the hull, likewise");
    write(out,
          group + "curvature",
          rowsOf(grown.curvature, curvatureStep),
          sphere,
          "mean curvature, 0.001 / mm, likewise");
  }
  write(out, "/inflated", rowsOf(cortex.inflated, 3), sphere, places);
  write(out, "/flat", rowsOf(cortex.flat, 2), sphere, places);
  write(out, "/young", rowsOf(cortex.young, 3), sphere, places);
}

GrownCortex readGrownCortex(const std::filesystem::path& file, const Icosphere& sphere, int level) {
  const Hdf5File in = Hdf5File::open(file);
  GrownCortex cortex;
  for (std::size_t side = 0; side < 2; ++side) {
    GrownCortex::Side& grown = cortex.sides[side];
    const std::string group = sideNames[side];
    grown.pial = pointsOf(read(in, group + "pial", sphere, level, 3));
    grown.white = pointsOf(read(in, group + "white", sphere, level, 3));
    grown.depth = valuesOf(read(in, group + "depth", sphere, level, 1), depthStepMm);
    grown.curvature = valuesOf(read(in, group + "curvature", sphere, level, 1), curvatureStep);
  }
  cortex.inflated = pointsOf(read(in, "/inflated", sphere, level, 3));
  cortex.flat = pointsOf(read(in, "/flat", sphere, level, 2));
  if (level == fineLevel) {
    cortex.young = pointsOf(read(in, "/young", sphere, coarseLevel, 3));
  }
  return cortex;
}

} // namespace cortograph::demo
