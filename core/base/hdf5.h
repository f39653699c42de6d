#pragma once

#include "base/array.h"
#include "base/attributes.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The endings of HDF5 files; this program writes the first.
inline constexpr std::array<std::string_view, 2> hdf5Endings{".h5", ".hdf5"};

enum class StoredFloat { float16, float32 };

/// An open HDF5 file (HDF5 1.10 file format), closed by the last copy. Names are absolute:
/// "/select/layer". Every failure, such as a truncated or foreign file, is an Error that names the
/// file and the dataset. HDF5 is not thread-safe; calls from several threads are serialised.
class Hdf5File {
public:
  [[nodiscard]] static Hdf5File open(const std::filesystem::path& file);   ///< for reading
  [[nodiscard]] static Hdf5File create(const std::filesystem::path& file); ///< empty, for writing
  [[nodiscard]] static Hdf5File append(const std::filesystem::path& file); ///< for both
  /// Does what append() does for a file whose writer was killed. HDF5 would refuse it as still
  /// open.
  [[nodiscard]] static Hdf5File resume(const std::filesystem::path& file);
  /// Returns whether the file starts with HDF5's signature.
  [[nodiscard]] static bool recognizes(const std::filesystem::path& file);

  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] bool isGroup(const std::string& name) const;
  /// Returns the names directly below a group, sorted; empty when there is no such group.
  [[nodiscard]] std::vector<std::string> children(const std::string& group) const;
  /// Returns the names of all datasets, sorted. A dataset with several names is listed once; soft
  /// links are not followed.
  [[nodiscard]] std::vector<std::string> datasets() const;
  [[nodiscard]] ArrayShape shapeOf(const std::string& dataset) const;

  /// Reads a dataset and converts its numbers to T: float, double, int32, int64 or uint8.
  template <class T> [[nodiscard]] Array<T> read(const std::string& dataset) const;
  [[nodiscard]] std::vector<std::string> readStrings(const std::string& dataset) const;

  /// Writes a dataset with its attribute `meaning`, and creates the groups that it lies in. More
  /// than 4 KiB are compressed losslessly (shuffle + deflate).
  template <class T>
  void write(const std::string& dataset, const Array<T>& array, const std::string& meaning);
  void writeStrings(const std::string& dataset,
                    const std::vector<std::string>& values,
                    const std::string& meaning);

  /// Creates a dataset of fixed shape to be filled row by row (first axis), one chunk per row,
  /// uncompressed. Its space in the file is allocated at once: after flush(), writeRows() changes
  /// nothing else, so that a file whose writer is killed can still be opened.
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
  void readRows(const std::string& dataset,
                std::size_t first,
                std::size_t count,
                std::span<std::uint8_t> out) const;
  /// Returns where in the file a dataset's values begin, when these lie in one piece as
  /// little-endian float32, so that the file can be mapped instead; else nothing.
  [[nodiscard]] std::optional<std::size_t> offsetOfFloats(const std::string& dataset) const;
  /// Returns the number of bytes of a stored number.
  [[nodiscard]] std::size_t itemBytes(const std::string& dataset) const;
  /// Creates a dataset as createRows() does, with one byte per row, initially zero.
  void createBytes(const std::string& dataset, std::size_t count, const std::string& meaning);
  void writeBytes(const std::string& dataset, std::span<const std::uint8_t> all);

  /// Returns the attributes of a group or dataset; "/" stands for the file.
  [[nodiscard]] Attributes attributes(const std::string& object = "/") const;
  void setAttribute(const std::string& object, const std::string& key, const Attribute& value);
  void setAttributes(const std::string& object, const Attributes& attributes);

  /// Adds a second name for a dataset, as a hard link: nothing is stored twice.
  void addName(const std::string& existing, const std::string& name);

  void flush();

private:
  struct Handle;
  explicit Hdf5File(std::shared_ptr<Handle> handle);
  std::shared_ptr<Handle> handle_;
};

} // namespace cortograph
