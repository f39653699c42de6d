#pragma once

#include "base/array.h"
#include "base/attributes.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// How HDF5 files end, this program's first.
inline constexpr std::array<std::string_view, 2> hdf5Endings{".h5", ".hdf5"};

enum class StoredFloat { float16, float32 };

/// An HDF5 file (HDF5 1.10 file format), closed by the last copy. Names are absolute:
/// "/select/layer". Every error, also a truncated or foreign file, is an Error that names the file
/// and the dataset. HDF5 is not thread safe: calls from several threads are serialised inside.
class Hdf5File {
public:
  [[nodiscard]] static Hdf5File open(const std::filesystem::path& file);   ///< to read
  [[nodiscard]] static Hdf5File create(const std::filesystem::path& file); ///< truncates
  [[nodiscard]] static Hdf5File append(const std::filesystem::path& file); ///< to read and write
  /// append() to a file whose writer was killed, which HDF5 would refuse as still open.
  [[nodiscard]] static Hdf5File resume(const std::filesystem::path& file);
  /// Whether the file starts as an HDF5 file does.
  [[nodiscard]] static bool recognizes(const std::filesystem::path& file);

  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] bool isGroup(const std::string& name) const;
  /// Names directly below a group, sorted; empty when there is no such group.
  [[nodiscard]] std::vector<std::string> children(const std::string& group) const;
  /// Returns the names of all datasets, sorted. A dataset with several names is listed once; soft
  /// links are not followed.
  [[nodiscard]] std::vector<std::string> datasets() const;
  [[nodiscard]] ArrayShape shapeOf(const std::string& dataset) const;

  /// T: float, double, int32, int64, uint8; stored numbers are converted.
  template <class T> [[nodiscard]] Array<T> read(const std::string& dataset) const;
  [[nodiscard]] std::vector<std::string> readStrings(const std::string& dataset) const;

  /// `meaning` goes into the attribute of that name; groups on the way are made; datasets of more
  /// than 4 KiB are compressed losslessly (shuffle + deflate).
  template <class T>
  void write(const std::string& dataset, const Array<T>& array, const std::string& meaning);
  void writeStrings(const std::string& dataset,
                    const std::vector<std::string>& values,
                    const std::string& meaning);

  /// A dataset of fixed shape filled row by row (first axis), one chunk a row, uncompressed. Its
  /// place in the file is taken at once: after flush(), writeRows() changes nothing else, and a
  /// file whose writer is killed then still opens.
  void createRows(const std::string& dataset,
                  const ArrayShape& shape,
                  StoredFloat stored,
                  const std::string& meaning);
  void writeRows(const std::string& dataset,
                 std::size_t first,
                 std::size_t count,
                 std::span<const float> values);
  void readRows(const std::string& dataset,
                std::size_t first,
                std::size_t count,
                std::span<float> out) const;
  /// Bytes of a stored number.
  [[nodiscard]] std::size_t itemBytes(const std::string& dataset) const;
  /// As createRows(), one byte a row; zeros at first.
  void createBytes(const std::string& dataset, std::size_t count, const std::string& meaning);
  void writeBytes(const std::string& dataset, std::span<const std::uint8_t> all);

  /// Of a group or dataset; "/" for the file.
  [[nodiscard]] Attributes attributes(const std::string& object = "/") const;
  void setAttribute(const std::string& object, const std::string& key, const Attribute& value);
  void setAttributes(const std::string& object, const Attributes& attributes);

  /// A second name for a dataset: nothing is stored twice.
  void addName(const std::string& existing, const std::string& name);

  void flush();

private:
  struct Handle;
  explicit Hdf5File(std::shared_ptr<Handle> handle);
  std::shared_ptr<Handle> handle_;
};

} // namespace cortograph
