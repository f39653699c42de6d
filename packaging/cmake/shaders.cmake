# cortograph_embed_shaders(<target> HEADER viewer/scene/shader_sources.h NAMES surface.vert …)
#   Embeds files of shaders/ in <target>: surface.vert becomes the constant
#   cortograph::surfaceVertexShader of the generated header, surface.frag surfaceFragmentShader.
function(cortograph_embed_shaders target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER" "NAMES")
  set(constants "")
  foreach(name IN LISTS arg_NAMES)
    set(file ${PROJECT_SOURCE_DIR}/shaders/${name})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} source)
    get_filename_component(stem ${name} NAME_WE)
    string(REGEX REPLACE ".*\\.vert$" "VertexShader" stage ${name})
    string(REGEX REPLACE ".*\\.frag$" "FragmentShader" stage ${stage})
    string(APPEND constants "inline constexpr std::string_view ${stem}${stage} = R\"glsl(${source})glsl\";\n")
  endforeach()
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${arg_HEADER} @ONLY CONTENT
"#pragma once

#include <string_view>

namespace cortograph {

@constants@
} // namespace cortograph
")
  target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR})
endfunction()
