//VTK::System::Dec
//VTK::Output::Dec

// in:    aside: from -1 to 1 across the piece
// out:   sRGB, opaque: the line, and its edges a little behind it
in float aside;
uniform float core; // the line's share of the whole width
uniform float sink; // of the edges, in window space
uniform vec3 ink;
uniform vec3 edgeInk;

void main() {
  bool edge = abs(aside) > core;
  gl_FragData[0] = vec4(edge ? edgeInk : ink, 1.0);
  gl_FragDepth = gl_FragCoord.z + (edge ? sink : 0.0);
}
