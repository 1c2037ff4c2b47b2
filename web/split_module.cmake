# Splits a linked module in two: FIRST has what its exports listed in KEEP need, REST the remainder. Both share memory and table;
# web/bridge/wasm_memory.mjs puts them together. Binaryen's wasm-split does the work.
# cmake -DWHOLE=whole.wasm -DKEEP=verify.exports -DLATER=story.exports -DFIRST=verify.wasm -DREST=story.wasm
#       -DBINARYEN=<folder of its programs> -P split_module.cmake
#
# wasm-split is told which functions stay, and knows by itself only what those call: each call that leaves the first part
# becomes a numbered placeholder. So the functions behind the placeholders are kept too, until only the exports for later
# are left. WHOLE must have names (--profiling-funcs); they are taken off before, since wasm-split would turn them into names of
# imports and exports, which are published.
cmake_minimum_required(VERSION 3.25)
set(features --mvp-features --enable-bulk-memory --enable-mutable-globals --enable-sign-ext --enable-nontrapping-float-to-int)
get_filename_component(work ${WHOLE} DIRECTORY)
set(bare ${work}/bare.wasm)
set(keep_file ${work}/keep.txt)
set(rounds 200)

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(failed)
    message(FATAL_ERROR "${ARGV}\n${output}${errors}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# What functions are called once their names are off, by the names they have in the source.
function(bare_names_of list out)
  file(STRINGS ${list} names)
  set(found)
  foreach(name IN LISTS names)
    if(NOT named_functions MATCHES "(^|\n)([0-9]+):${name}\n")
      message(FATAL_ERROR "${WHOLE} has no function ${name}")
    endif()
    if(NOT bare_functions MATCHES "(^|\n)${CMAKE_MATCH_2}:([^\n]+)\n")
      message(FATAL_ERROR "${WHOLE} has lost function ${name} with its names")
    endif()
    list(APPEND found ${CMAKE_MATCH_2})
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

run(${BINARYEN}/wasm-opt ${features} ${WHOLE} --print-function-map)
set(named_functions "${output}")
run(${BINARYEN}/wasm-opt ${features} ${WHOLE} --strip-debug --strip-producers -o ${bare})
run(${BINARYEN}/wasm-opt ${features} ${bare} --print-function-map)
set(bare_functions "${output}")
bare_names_of(${KEEP} keep)
bare_names_of(${LATER} later)

foreach(round RANGE 1 ${rounds})
  list(JOIN keep "\n" lines)
  file(WRITE ${keep_file} "${lines}\n")
  run(${BINARYEN}/wasm-split ${features} --split ${bare} --keep-funcs=@${keep_file} --placeholdermap --import-namespace=first
    --placeholder-namespace=rest --export-prefix=_ -o1 ${FIRST} -o2 ${REST})
  file(STRINGS ${FIRST}.placeholders called)
  list(TRANSFORM called REPLACE "^[0-9]+:" "")
  list(REMOVE_ITEM called ${later})
  if(called STREQUAL "")
    file(REMOVE ${FIRST}.placeholders ${bare} ${keep_file})
    return()
  endif()
  list(APPEND keep ${called})
endforeach()
message(FATAL_ERROR "${WHOLE}: no split after ${rounds} rounds")
