#include "viewer/color/colormap.h"
#include "viewer/color/legend.h"

#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QOpenGLFunctions>
#include <QOpenGLShaderProgram>
#include <QOpenGLVertexArrayObject>
#include <QtTest>

#include <string>

using namespace cortograph;

/// Each colour map's GLSL computes what its function does.
class ShaderTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void initTestCase();
  void sameColors_data();
  void sameColors();

private:
  QOpenGLContext context_;
  QOffscreenSurface surface_;
};

void ShaderTest::initTestCase() {
  surface_.create();
  QVERIFY(context_.create());
  QVERIFY(context_.makeCurrent(&surface_));
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
  constexpr int size = 64;
  const Colormap& colormap = colormapNamed(name.toStdString());
  QOpenGLShaderProgram program;
  const QString shaders = QString(CORTOGRAPH_SOURCE_DIR) + "/shaders/";
  const std::string body =
      "#version 150\nvec3 colormap(float u, float v) {\n" + std::string(colormap.glsl) + "}\n";
  QVERIFY2(program.addShaderFromSourceFile(QOpenGLShader::Vertex, shaders + "viewport.vert") &&
               program.addShaderFromSourceFile(QOpenGLShader::Fragment, shaders + "swatch.frag") &&
               program.addShaderFromSourceCode(QOpenGLShader::Fragment, body.c_str()),
           qPrintable(program.log()));
  QVERIFY(program.link());

  QOpenGLFramebufferObject target(size, size);
  QOpenGLVertexArrayObject nothing;
  nothing.create();
  nothing.bind();
  QVERIFY(target.bind());
  QOpenGLFunctions& gl = *context_.functions();
  gl.glViewport(0, 0, size, size);
  program.bind();
  program.setUniformValue("size", QSizeF(size, size));
  gl.glDrawArrays(GL_TRIANGLES, 0, 3);
  std::vector<std::uint8_t> pixels(size * size * 4);
  gl.glReadPixels(0, 0, size, size, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());

  int largest = 0;
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const auto expected = colorBytes(
          colormap, (static_cast<float>(x) + 0.5F) / size, (static_cast<float>(y) + 0.5F) / size);
      for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t at = static_cast<std::size_t>(y * size + x) * 4 + i;
        largest = std::max(largest, std::abs(pixels[at] - expected[i]));
      }
    }
  }
  QVERIFY2(largest <= 1, std::to_string(largest).c_str());
}

QTEST_MAIN(ShaderTest)
#include "shader_test.moc"
