/// HDF5 leaks some hundred bytes of its own for each damaged file that it refuses.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { // NOLINT(bugprone-reserved-identifier)
  return "leak:libhdf5";
}
