//VTK::System::Dec
//VTK::Output::Dec

// Colours a hemisphere: its map over its bare cortex. in:    the outputs of surface.vert; the
// program inserts colormap() and seen() before main out:   sRGB, opaque SMOOTH: numbers are
// interpolated between vertices with data, then coloured; the map ends half way to a vertex without
// data. Otherwise each place has the number of the nearest corner.
uniform vec3 gyrus;
uniform vec3 sulcus;
uniform float shading; // 0 flat light, 1 shaded

in vec3 normal;
in float curvature;
#ifdef SMOOTH
in vec4 blend;
#else
in vec4 weights;
in vec4 us;
in vec4 vs;
in vec4 strengths;
#endif

vec3 colormap(float u, float v);
vec3 seen(vec3 color);

vec3 bareCortex() {
  float edge = 0.7 * fwidth(curvature) + 1e-9;
  return mix(gyrus, sulcus, smoothstep(-edge, edge, curvature));
}

void main() {
#ifdef SMOOTH
  float data = max(blend.z, 1e-6);
  vec2 uv = blend.xy / data;
  float strength = blend.z < 0.5 ? 0.0 : blend.w / data;
#else
  float largest = max(max(weights.x, weights.y), max(weights.z, weights.w));
  vec4 nearest = vec4(greaterThanEqual(weights, vec4(largest)));
  float share = dot(nearest, weights);
  vec2 uv = vec2(dot(nearest, us), dot(nearest, vs)) / share;
  float strength = dot(nearest, strengths) / share;
#endif
  vec3 color = bareCortex();
  if (strength > 0.0) {
    uv = clamp(uv, 0.0, 1.0);
    color = mix(color, clamp(colormap(uv.x, uv.y), 0.0, 1.0), strength);
  }
    // The colour equals the legend's where the surface faces the viewer, and gets darker towards
    // its rim.
  float facing = abs(normal.z) / max(length(normal), 1e-6);
  color *= mix(1.0, 0.4 + 0.6 * facing, shading);
  gl_FragData[0] = vec4(seen(color), 1.0);
}
