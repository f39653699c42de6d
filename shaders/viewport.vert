#version 150

// Places the corners of one triangle that covers the viewport, without vertex buffers: draw 3
// vertices.
// in:    nothing
// out:   gl_Position in clip space
void main() {
  vec2 corner = vec2(gl_VertexID % 2, gl_VertexID / 2);
  gl_Position = vec4(4.0 * corner - 1.0, 0.0, 1.0);
}
