# cortograph_add_entries(<target> TYPE Format TABLE formatTable NAMESPACE formats
#                        HEADER brain/format.h FOLDER brain/formats NAMES gifti npy …)
#   For each name, compiles <FOLDER>/<name>.cpp into <target> and adds the entry that it defines,
#   const <TYPE>& cortograph::<NAMESPACE>::<name>(), to the generated table that <TABLE>() returns.
#   A name may state where its file is: demo=../demo/layout. So a file and a word add an entry,
#   without a second list, and without static initialisers, whose order is undefined and which the
#   linker may drop.
function(cortograph_add_entries target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TYPE;TABLE;NAMESPACE;HEADER;FOLDER" "NAMES")
  set(declarations "")
  set(rows "")
  foreach(name IN LISTS arg_NAMES)
    set(file ${arg_FOLDER}/${name})
    if(name MATCHES "^(.*)=(.*)$")
      set(name ${CMAKE_MATCH_1})
      set(file ${CMAKE_MATCH_2})
    endif()
    target_sources(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${file}.cpp)
    string(APPEND declarations "const ${arg_TYPE}& ${name}();\n")
    string(APPEND rows "      &${arg_NAMESPACE}::${name},\n")
  endforeach()
  set(body "  return {};")
  if(rows)
    set(body "  static constexpr ${arg_TYPE}Entry table[] = {\n${rows}  };\n  return table;")
  endif()
  set(table ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAMESPACE}_table.cpp)
  file(CONFIGURE OUTPUT ${table} @ONLY CONTENT
"#include \"@arg_HEADER@\"

namespace cortograph {
namespace @arg_NAMESPACE@ {
@declarations@} // namespace @arg_NAMESPACE@

std::span<const @arg_TYPE@Entry> @arg_TABLE@() {
@body@
}
} // namespace cortograph
")
  target_sources(${target} PRIVATE ${table})
endfunction()
