#include "support/test_case.h"
#include "viewer/color/color_vision.h"
#include "viewer/color/colormap.h"

#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QOpenGLFunctions>
#include <QOpenGLShaderProgram>
#include <QOpenGLVertexArrayObject>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace cortograph;

namespace {

constexpr int size = 64;
using Pixels = std::vector<std::uint8_t>; ///< size × size × RGBA, rows from the bottom; empty: none

/// `expected(x, y)` is an Rgb.
template <class Expected> void verifySame(const Pixels& pixels, const Expected& expected) {
  QVERIFY(!pixels.empty());
  float largest = 0;
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const Rgb rgb = expected(x, y);
      for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t at = static_cast<std::size_t>(y * size + x) * 4 + i;
        const float byte = std::round(255.0F * std::clamp(rgb[i], 0.0F, 1.0F));
        largest = std::max(largest, std::abs(static_cast<float>(pixels[at]) - byte));
      }
    }
  }
  QVERIFY2(largest <= 1, std::to_string(largest).c_str());
}

} // namespace

/// The GLSL of each colour map and of each colour vision computes what its function does.
class ShaderTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void sameColors_data();
  void sameColors();
  void sameSight_data();
  void sameSight();

private:
  /// What shaders/swatch.frag shows with this GLSL, which defines colormap().
  Pixels draw(const std::string& body);

  QOpenGLContext context_;
  QOffscreenSurface surface_;
};

void ShaderTest::initTestCase() {
  surface_.create();
  QVERIFY(context_.create());
  QVERIFY(context_.makeCurrent(&surface_));
}

Pixels ShaderTest::draw(const std::string& body) {
  QOpenGLShaderProgram program;
  const QString shaders = QString(CORTOGRAPH_SOURCE_DIR) + "/shaders/";
  const bool linked =
      program.addShaderFromSourceFile(QOpenGLShader::Vertex, shaders + "viewport.vert") &&
      program.addShaderFromSourceFile(QOpenGLShader::Fragment, shaders + "swatch.frag") &&
      program.addShaderFromSourceCode(QOpenGLShader::Fragment, ("#version 150\n" + body).c_str()) &&
      program.link();
  if (!linked) {
    qWarning("%s", qPrintable(program.log()));
    return {};
  }
  QOpenGLFramebufferObject target(size, size);
  QOpenGLVertexArrayObject nothing;
  nothing.create();
  nothing.bind();
  target.bind();
  QOpenGLFunctions& gl = *context_.functions();
  gl.glViewport(0, 0, size, size);
  program.bind();
  program.setUniformValue("size", QSizeF(size, size));
  gl.glDrawArrays(GL_TRIANGLES, 0, 3);
  Pixels pixels(size * size * 4);
  gl.glReadPixels(0, 0, size, size, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  return pixels;
}

void ShaderTest::sameColors_data() {
  QTest::addColumn<QString>("name");
  for (const ColormapEntry entry : colormapTable()) {
    const std::string name(entry().name);
    QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
}

void ShaderTest::sameColors() {
  QFETCH(QString, name);
  const Colormap& colormap = colormapNamed(name.toStdString());
  const Pixels pixels =
      draw("vec3 colormap(float u, float v) {\n" + std::string(colormap.glsl) + "}\n");
  verifySame(pixels, [&](int x, int y) {
    return colormap.color((static_cast<float>(x) + 0.5F) / size,
                          (static_cast<float>(y) + 0.5F) / size);
  });
}

void ShaderTest::sameSight_data() {
  QTest::addColumn<Vision>("vision");
  for (const Vision vision : everyVision) {
    QTest::newRow(std::string(toString(vision)).c_str()) << vision;
  }
}

/// Over a cube of 16 × 16 × 16 colours, its layers side by side, four in a row.
void ShaderTest::sameSight() {
  QFETCH(Vision, vision);
  const Pixels pixels = draw("vec3 seen(vec3 srgb) {\n" + seenGlsl(vision) + R"(}
vec3 colormap(float u, float v) {
  ivec2 p = ivec2(64. * vec2(u, v));
  return seen(vec3(p.x % 16, p.y % 16, p.x / 16 + 4 * (p.y / 16)) / 15.);
}
)");
  verifySame(pixels, [&](int x, int y) {
    const int layer = x / 16 + 4 * (y / 16);
    return seenBy(vision,
                  {static_cast<float>(x % 16) / 15.0F,
                   static_cast<float>(y % 16) / 15.0F,
                   static_cast<float>(layer) / 15.0F});
  });
}

CORTOGRAPH_TEST(ShaderTest, QGuiApplication)
#include "shader_test.moc"
