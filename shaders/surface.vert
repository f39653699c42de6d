//VTK::System::Dec

// Places a vertex of a hemisphere between two shapes, and passes on what is painted on it.
// in:    vertexMC, fromNormal: at part 0; towards, towardsNormal: at part 1; mm, standard space
//        paint: u and v in 0..1, whether there is data (1, 0), strength 0..1 (0 without data)
//        ground: corner class 0..3 in the finest mesh and the two coarser ones; curvature.
//        The corners of a triangle have different classes.
// out:   gl_Position in clip space; normal in the camera's frame; curvature; with SMOOTH: sums over
//        corners with data, else one number per class, so that the fragment can distinguish corners
in vec4 vertexMC;
in vec3 fromNormal;
in vec3 towards;
in vec3 towardsNormal;
in vec4 paint;
in vec4 ground;
uniform mat4 MCDCMatrix;
uniform mat3 normalMatrix;
uniform float part;
uniform int level;

out vec3 normal;
out float curvature;
#ifdef SMOOTH
out vec4 blend;
#else
out vec4 weights;
out vec4 us;
out vec4 vs;
out vec4 strengths;
#endif

void main() {
  gl_Position = MCDCMatrix * vec4(mix(vertexMC.xyz, towards, part), 1.0);
  normal = normalMatrix * mix(fromNormal, towardsNormal, part);
  curvature = ground.w;
#ifdef SMOOTH
  blend = vec4(paint.xy * paint.z, paint.z, paint.w);
#else
  float corner = level == 0 ? ground.x : level == 1 ? ground.y : ground.z;
  weights = vec4(lessThan(abs(vec4(0.0, 1.0, 2.0, 3.0) - corner), vec4(0.5)));
  us = weights * paint.x;
  vs = weights * paint.y;
  strengths = weights * paint.w;
#endif
}
