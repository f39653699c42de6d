#version 150

// Fills the viewport with a colour map: u in 0..1 to the right, v in 0..1 up, at pixel centres.
// in:    size, the viewport in pixels; colormap(), linked in from a Colormap's GLSL
// out:   shown, sRGB and opaque
uniform vec2 size;
out vec4 shown;

vec3 colormap(float u, float v);

void main() {
  vec2 place = gl_FragCoord.xy / size;
  shown = vec4(colormap(place.x, place.y), 1.0);
}
