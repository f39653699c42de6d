//VTK::System::Dec
//VTK::Output::Dec

// Colours a piece of a region's outline: the line, and its edges a little behind it.
// in:    aside: from -1 to 1 across the piece
// out:   sRGB, opaque
in float aside;
uniform float core; // width of the line / width with both edges
uniform float sink; // depth by which the edges are behind the line, in window space
uniform vec3 ink;
uniform vec3 edgeInk;

void main() {
    float line = clamp((core - abs(aside)) / fwidth(aside) + 0.5, 0.0, 1.0); // share of the pixel
  gl_FragData[0] = vec4(mix(edgeInk, ink, line), 1.0);
  gl_FragDepth = gl_FragCoord.z + (1.0 - line) * sink;
}
