#include "compute/weight_tensor.h"
#include "core/weights/archives.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// One tensor "w" of the data's elements; `shift` bytes before it make it lie unaligned.
WeightFile fileOf(const char* type, const std::string& data, std::size_t shift = 0) {
  const std::size_t count = data.size() / bytesOf(*weightTypeNamed(type));
  const std::string end = std::to_string(shift + data.size());
  std::string header =
      "{" +
      entryOf("a", "U8", "[" + std::to_string(shift) + "]", "[0," + std::to_string(shift) + "]") +
      "," +
      entryOf("w",
              type,
              "[" + std::to_string(count) + "]",
              "[" + std::to_string(shift) + "," + end + "]") +
      "}";
  header.append((8 - header.size() % 8) % 8, ' ');
  return WeightFile::fromBytes("made.safetensors",
                               asBytes(safetensorsOf(header, std::string(shift, '\0') + data)));
}

template <class T> std::string packedAll(std::initializer_list<T> values) {
  std::string data;
  for (const T value : values) {
    data += packed(value);
  }
  return data;
}

} // namespace

class WeightTensorTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void everyTypeBecomesItsValues_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<int>("stored");
    QTest::addColumn<QList<double>>("values");
    const auto row = [](const char* type,
                        const std::string& data,
                        c10::ScalarType stored,
                        QList<double> values) {
      QTest::newRow(type) << QByteArray(type) << QByteArray::fromStdString(data)
                          << static_cast<int>(stored) << values;
    };
    row("F64", packedAll<double>({0.1, -3}), torch::kFloat64, {0.1, -3});
    row("F32", packedAll<float>({0.5F, -3}), torch::kFloat32, {0.5, -3});
    row("F16", packedAll<std::uint16_t>({0x3800, 0xc200}), torch::kFloat16, {0.5, -3});
    row("BF16", packedAll<std::uint16_t>({0x3f00, 0xc040}), torch::kBFloat16, {0.5, -3});
    row("I64", packedAll<std::int64_t>({5, INT64_MIN}), torch::kInt64, {5, -std::ldexp(1, 63)});
    row("I32", packedAll<std::int32_t>({5, INT32_MIN}), torch::kInt32, {5, INT32_MIN});
    row("I16", packedAll<std::int16_t>({5, INT16_MIN}), torch::kInt16, {5, INT16_MIN});
    row("I8", "\x05\x80", torch::kInt8, {5, -128});
    row("U8", "\x05\xff", torch::kUInt8, {5, 255});
    row("BOOL", std::string("\0\1", 2), torch::kBool, {0, 1});
    row("U16", packedAll<std::uint16_t>({5, 0xffff}), torch::kInt32, {5, 65535});
    row("U32", packedAll<std::uint32_t>({5, 0xffffffff}), torch::kInt64, {5, 4294967295});
    row("U64", packedAll<std::uint64_t>({5, 1ULL << 62U}), torch::kInt64, {5, std::ldexp(1, 62)});
    row("F8_E4M3",
        "\x38\xb8\x01\x08\x7e\xfe\x30",
        torch::kFloat32,
        {1, -1, std::ldexp(1, -9), std::ldexp(1, -6), 448, -448, 0.5});
    row("F8_E5M2",
        "\x3c\xbc\x01\x04\x7b\xfb\x38",
        torch::kFloat32,
        {1, -1, std::ldexp(1, -16), std::ldexp(1, -14), 57344, -57344, 0.5});
  }
  void everyTypeBecomesItsValues() {
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, data);
    QFETCH(int, stored);
    QFETCH(QList<double>, values);
    for (const std::size_t shift : {0, 1}) {
      const WeightFile file = fileOf(type.constData(), data.toStdString(), shift);
      const torch::Tensor tensor = toTensor(file.at("w"));
      QCOMPARE(static_cast<int>(tensor.scalar_type()), stored);
      const torch::Tensor floats = toFloatTensor(file.at("w"), torch::kCPU);
      QVERIFY(floats.scalar_type() == torch::kFloat32);
      QCOMPARE(floats.numel(), static_cast<std::int64_t>(values.size()));
      for (int i = 0; i < values.size(); ++i) {
        QCOMPARE(tensor.to(torch::kFloat64)[i].item<double>(), values[i]);
        QCOMPARE(floats[i].item<float>(), static_cast<float>(values[i]));
      }
    }
  }

  void eightBitFloatsHaveTheirSpecials() {
    const auto values = [](const char* type, const std::string& data) {
      return toTensor(fileOf(type, data).at("w"));
    };
    QVERIFY(values("F8_E4M3", "\x7f\xff").isnan().all().item<bool>());
    QVERIFY(!values("F8_E4M3", "\x78\xf8").isinf().any().item<bool>()); // 256, no infinity
    QVERIFY(values("F8_E5M2", "\x7d\x7e\x7f\xff").isnan().all().item<bool>());
    const torch::Tensor infinite = values("F8_E5M2", "\x7c\xfc");
    QVERIFY(infinite.isinf().all().item<bool>() && infinite[1].item<float>() < 0);
    QVERIFY(std::signbit(values("F8_E4M3", "\x80")[0].item<float>()));
  }

  void numbersBeyondInt64BecomeFloats() {
    const WeightFile file = fileOf("U64", packedAll<std::uint64_t>({1, UINT64_MAX}));
    QVERIFY(toTensor(file.at("w")).scalar_type() == torch::kFloat64);
    QCOMPARE(toTensor(file.at("w"))[1].item<double>(), std::ldexp(1.0, 64));
    // Halfway above 2^40 in float32, plus one: rounded once it goes up.
    const std::uint64_t above = (1ULL << 63U) + (1ULL << 39U) + 1;
    const WeightFile once = fileOf("U64", packed(above));
    QCOMPARE(toFloatTensor(once.at("w"), torch::kCPU)[0].item<float>(), static_cast<float>(above));
  }

  void alignedFloatsAreNotCopied() {
    const WeightFile file = fileOf("F32", packedAll<float>({1, 2}));
    QVERIFY(toFloatTensor(file.at("w"), torch::kCPU).data_ptr() == file.at("w").bytes.data());
  }

  void tensorsWithoutValues() {
    for (const char* type : {"F32", "U64", "F8_E4M3"}) {
      QCOMPARE(toFloatTensor(fileOf(type, "").at("w"), torch::kCPU).numel(), std::int64_t{0});
    }
  }
};

CORTOGRAPH_TEST(WeightTensorTest, QCoreApplication)
#include "weight_tensor_test.moc"
