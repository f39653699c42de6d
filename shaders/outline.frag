//VTK::System::Dec
//VTK::Output::Dec

// in:    nothing
// out:   sRGB, opaque
uniform vec3 ink;

void main() {
  gl_FragData[0] = vec4(ink, 1.0);
}
