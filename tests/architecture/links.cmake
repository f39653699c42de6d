# cmake -DCORE=<libcortograph_core> -DPROGRAM=<cortograph> -P links.cmake
# Fails when the core is linked with torch, Qt or VTK, the program with torch (it is loaded at first
# use), or either with a second HDF5 (VTK's MPI one).
foreach(row "${CORE}|libtorch|libc10|libQt6|libvtk" "${PROGRAM}|libtorch|libc10|hdf5_openmpi")
  string(REPLACE "|" ";" row "${row}")
  list(POP_FRONT row binary)
  execute_process(COMMAND ldd ${binary} OUTPUT_VARIABLE linked COMMAND_ERROR_IS_FATAL ANY)
  foreach(forbidden IN LISTS row)
    if(linked MATCHES "[^\n]*${forbidden}[^\n]*")
      message(SEND_ERROR "${binary} is linked with ${CMAKE_MATCH_0}")
    endif()
  endforeach()
endforeach()
