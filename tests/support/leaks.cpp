/// Suppresses a leak in HDF5, which loses some hundred bytes for each damaged file that it refuses.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { // NOLINT(bugprone-reserved-identifier)
  return "leak:libhdf5";
}
