# pipa_embed(<target> <name> <identifier>=<file> ...): the header embedded/<name>.hpp for the target, in which each file's
# text is a std::string_view in namespace pipa::embedded. Editing a file builds it anew.
include_guard()

function(pipa_embed target name)
  set(content "#pragma once\n#include <string_view>\nnamespace pipa::embedded {\n")
  foreach(entry IN LISTS ARGN)
    string(REGEX MATCH "^([^=]+)=(.+)$" _ "${entry}")
    set(identifier ${CMAKE_MATCH_1})
    set(file ${CMAKE_MATCH_2})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND content "inline constexpr std::string_view ${identifier} = R\"embedded(${text})embedded\";\n")
  endforeach()
  string(APPEND content "}  // namespace pipa::embedded\n")
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.hpp CONTENT "${content}")
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
