# The one way that Pipa's own targets are made, so that warnings and standards are the same everywhere.
include_guard()

option(PIPA_WERROR "A warning ends the build, if the compiler is one of those below (set by .ci/run and the preset dev)" OFF)
option(PIPA_KIOSK "Build the kiosk; the tests need it" ON)
option(PIPA_FUZZ "Build the fuzzers (needs Clang's libFuzzer)" OFF)

# Other compilers bring warnings of their own, false ones too, and none of these may end a user's build.
set(compiler ${CMAKE_CXX_COMPILER_ID}-${CMAKE_CXX_COMPILER_VERSION})
set(warnings_are_errors OFF)
if(PIPA_WERROR AND compiler MATCHES "^(GNU-12|Clang-19)\\.")
  set(warnings_are_errors ON)
endif()

add_library(pipa_options INTERFACE)
target_compile_features(pipa_options INTERFACE cxx_std_23)
target_compile_options(pipa_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow $<$<BOOL:${warnings_are_errors}>:-Werror>
  # Designated initialisers that leave members to their defaults are how this code writes small records.
  -Wno-missing-field-initializers)
if(EMSCRIPTEN)
  # Errors are values, so the page's module carries no exception tables. A target that must catch a library's exceptions
  # says so: set_target_properties(... PROPERTIES PIPA_EXCEPTIONS ON), and links with -fwasm-exceptions.
  set(exceptions $<BOOL:$<TARGET_PROPERTY:PIPA_EXCEPTIONS>>)
  target_compile_options(pipa_options INTERFACE $<IF:${exceptions},-fwasm-exceptions,-fno-exceptions> -fno-rtti)
endif()

# Headers that take longer to read than most files that include them. tests/unit/includes_test.cpp sees to it that each file includes what it
# uses all the same. A compiler cache goes by a file and what it reads, and what is precompiled differs from folder to folder.
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()
set(PIPA_STANDARD_HEADERS <algorithm> <array> <cstdint> <expected> <filesystem> <functional> <map> <memory> <optional> <ranges> <set> <span>
  <string> <string_view> <variant> <vector>)

# pipa_tests(pipa_unit_tests): a program of tests, built fast: what a test does itself is little beside what it calls. Not with precompiled
# headers: GCC 12 warns falsely of the library's own lines then.
function(pipa_tests name)
  target_compile_options(${name} PRIVATE -O1)
endfunction()

# pipa_library(base error.cpp hex.cpp ...): src/<folder> as target pipa_<folder>; headers are included as "folder/file.hpp".
function(pipa_library name)
  add_library(pipa_${name} STATIC ${ARGN})
  target_include_directories(pipa_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(pipa_${name} PRIVATE pipa_options)
  target_compile_features(pipa_${name} PUBLIC cxx_std_23)
endfunction()
