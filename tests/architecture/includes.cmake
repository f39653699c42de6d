# cmake -DROOT=<source dir> -P includes.cmake
# Fails when a folder includes what its layer may not know. One row a rule: folder | forbidden | except.
# base ← brain ← subject, map ← network ← encoder ← engine; viewer ← app; the viewer reads core values only.
set(rules
  "core|<Q[A-Z]|"
  "core|<vtk|"
  "core|\"(viewer|app)/|"
  "core/base|\"(brain|subject|map|network|encoder|engine)/|"
  "core/brain|\"(subject|map|network|encoder|engine)/|"
  "core/subject|\"(map|network|encoder|engine)/|"
  "core/map|\"(subject|network|encoder|engine)/|"
  "core/network|\"encoder/|"
  "core/base|<(torch|ATen|c10)/|"
  "core/brain|<(torch|ATen|c10)/|"
  "core/subject|<(torch|ATen|c10)/|"
  "core/map|<(torch|ATen|c10)/|"
  "core/engine/engine.h|<(torch|ATen|c10)/|"
  "core/engine/settings.h|<(torch|ATen|c10)/|"
  "core/engine/demo_network.h|<(torch|ATen|c10)/|"
  "core/engine/demo_network.h|\"(network|encoder)/|"
  "core/engine/engine.h|\"(network|encoder)/|"
  "core/engine/settings.h|\"(network|encoder)/|"
  "viewer|<(torch|ATen|c10)/|"
  "viewer|\"(app|network|encoder|engine)/|"
  "viewer/picture|<(Q[A-Z]|vtk)|"
  "viewer/picture|\"viewer/(scene|figure|widget)/|"
  "viewer/color|<vtk|"
  "viewer/color|\"viewer/(picture|scene|figure|widget)/|"
  "viewer/scene|\"viewer/(figure|widget)/|"
  "viewer/scene|<Q[A-Z]|"
  "viewer/color|<Q[A-Z]|"
  "viewer/figure|<(QWidget|QtWidgets|QApplication)|"
  "viewer/figure|<vtk|"
  "app|<(torch|ATen|c10)/|"
  "app|\"(network|encoder)/|"
  "app/cli|<Q[A-Z]|"
  "app/session|<(QtWidgets|vtk)|"
  "app/session|\"viewer/(scene|figure|widget)/|")
foreach(rule IN LISTS rules)
  string(REGEX MATCH "^([^|]*)\\|(.*)\\|([^|]*)$" _ "${rule}")
  set(folder "${CMAKE_MATCH_1}")
  set(forbidden "${CMAKE_MATCH_2}")
  if(IS_DIRECTORY "${ROOT}/${folder}")
    file(GLOB_RECURSE files "${ROOT}/${folder}/*.h" "${ROOT}/${folder}/*.cpp")
  else()
    set(files "${ROOT}/${folder}")
  endif()
  if(NOT files)
    message(SEND_ERROR "The rule for ${folder} covers no file: was it renamed?")
  endif()
  foreach(file IN LISTS files)
    file(STRINGS "${file}" hits REGEX "^[ \t]*#[ \t]*include[ \t]*${forbidden}")
    foreach(hit IN LISTS hits)
      file(RELATIVE_PATH shown "${ROOT}" "${file}")
      message(SEND_ERROR "${shown}: ${hit}  (${folder} may not)")
    endforeach()
  endforeach()
endforeach()
