//VTK::System::Dec

// Places a corner of a piece of a region's outline, which has a fixed width on the screen.
// in:    vertexMC and otherEnd: this end of the piece and the other end, at part 0; towards and
//        otherTowards: the same at part 1; mm, standard space
//        side: -1 or 1, the side of the piece on which this corner is, seen from this end (x) and
//        from the first end (y)
// out:   gl_Position in clip space, a little in front of the surface under the piece
//        aside: from -1 to 1 across the piece
in vec4 vertexMC;
in vec3 otherEnd;
in vec3 towards;
in vec3 otherTowards;
in vec2 side;
out float aside;
uniform mat4 MCDCMatrix;
uniform float part;
uniform vec2 pixel; // size of a pixel in clip space
uniform float width; // pixels
uniform float lift;  // towards the viewer, in clip space

void main() {
  vec4 here = MCDCMatrix * vec4(mix(vertexMC.xyz, towards, part), 1.0);
  vec4 there = MCDCMatrix * vec4(mix(otherEnd, otherTowards, part), 1.0);
  vec2 along = (there.xy - here.xy) / pixel;
  along /= max(length(along), 1e-6);
  vec2 across = side.x * vec2(-along.y, along.x);
  here.xy += 0.5 * width * pixel * (across - 0.5 * along); // pieces overlap where they meet
  here.z -= lift;
  aside = side.y;
  gl_Position = here;
}
