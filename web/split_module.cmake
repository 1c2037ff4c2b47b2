# Splits a linked module into parts that are loaded one after the other: verify.wasm, then record.wasm, then story.wasm. The first has
# what the exports of verify.exports need, the second what those of record.exports need beside it, the last the rest. All
# share memory and table; web/bridge/wasm_memory.mjs puts them together. Binaryen's wasm-split does the work.
# cmake -DWHOLE=whole.wasm "-DPARTS=verify;record;story" -DLISTS=<folder of the .exports> -DSITE=<folder> -DBINARYEN=<its programs> -P split_module.cmake
#
# wasm-split is told which functions stay, and sees each call that leaves them: it becomes a placeholder with the name of what
# is called. So the functions behind the placeholders are added to those that stay, until only exports of later parts are left.
# WHOLE must have names (--profiling-funcs); numbers take their place before, since wasm-split turns names into names of imports and
# exports, which are published.
cmake_minimum_required(VERSION 3.25)
set(features --mvp-features --enable-bulk-memory --enable-mutable-globals --enable-sign-ext --enable-nontrapping-float-to-int)
get_filename_component(work ${WHOLE} DIRECTORY)
set(bare ${work}/bare.wat)
set(most_rounds 200)

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(failed)
    message(FATAL_ERROR "${ARGV}\n${output}${errors}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# What the functions of a list are called once names are off, by the names they have in the source.
function(bare_names_of part out)
  file(STRINGS ${LISTS}/${part}.exports names)
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

# Splits `from`; -g keeps the bare names in what may be split again.
function(split from first rest)
  list(JOIN ARGN "\n" lines)
  file(WRITE ${work}/keep.txt "${lines}\n")
  run(${BINARYEN}/wasm-split ${features} -g --split ${from} --keep-funcs=@${work}/keep.txt --placeholdermap --import-namespace=first
    --placeholder-namespace=rest --export-prefix=_ -o1 ${first} -o2 ${rest})
endfunction()

# The functions that stay so that those in `keep` call nothing else; `later` are the exports that may be missing.
function(closure_of keep later out)
  foreach(round RANGE 1 ${most_rounds})
    split(${bare} ${work}/trial.wasm ${work}/trial_rest.wasm ${keep})
    file(STRINGS ${work}/trial.wasm.placeholders called)
    list(TRANSFORM called REPLACE "^[0-9]+:" "")
    list(REMOVE_ITEM called ${later})
    if(called STREQUAL "")
      set(${out} ${keep} PARENT_SCOPE)
      return()
    endif()
    list(APPEND keep ${called})
  endforeach()
  message(FATAL_ERROR "${WHOLE}: no split after ${most_rounds} rounds")
endfunction()

run(${BINARYEN}/wasm-opt ${features} ${WHOLE} --print-function-map)
set(named_functions "${output}")
run(${BINARYEN}/wasm-opt ${features} ${WHOLE} --strip-debug --strip-producers -o ${work}/bare.wasm)
# As text, in which functions keep the numbers that they have now.
run(${BINARYEN}/wasm-opt ${features} ${work}/bare.wasm -S -o ${bare})
run(${BINARYEN}/wasm-opt ${features} ${bare} --print-function-map)
set(bare_functions "${output}")

# From the last part to the first: each split takes one part off.
list(POP_FRONT PARTS first)
set(from ${bare})
set(later)
while(PARTS)
  list(POP_BACK PARTS part)
  bare_names_of(${part} names)
  list(APPEND later ${names})
  bare_names_of(${first} keep)
  foreach(earlier IN LISTS PARTS)
    bare_names_of(${earlier} names)
    list(APPEND keep ${names})
  endforeach()
  closure_of("${keep}" "${later}" stays)
  split(${from} ${work}/before_${part}.wasm ${work}/${part}.wasm ${stays})
  run(${BINARYEN}/wasm-opt ${features} ${work}/${part}.wasm -Oz --strip-debug --strip-producers -o ${SITE}/${part}.wasm)
  set(from ${work}/before_${part}.wasm)
endwhile()
run(${BINARYEN}/wasm-opt ${features} ${from} -Oz --strip-debug --strip-producers -o ${SITE}/${first}.wasm)
