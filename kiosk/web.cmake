# The kiosk in the browser: kiosk/ of the site. Small rather than fast: what must be fast is the reader of codes, which
# src/scan and ZXing are built for anyway.
set(small -Oz -flto)
foreach(target pipa_imgui pipa_kiosk_app pipa_kiosk_screens pipa_kiosk_platform)
  target_compile_options(${target} PRIVATE ${small} -fno-exceptions -fno-rtti)
endforeach()

set(folder ${PIPA_SITE_DIRECTORY}/kiosk)
add_executable(pipa_kiosk_web platform/browser_camera_web.cpp platform/fonts_web.cpp platform/gl_lookup_web.cpp platform/main_web.cpp)
set_target_properties(pipa_kiosk_web PROPERTIES OUTPUT_NAME kiosk SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY ${folder})
target_compile_options(pipa_kiosk_web PRIVATE ${small})
target_link_libraries(pipa_kiosk_web PRIVATE pipa_options pipa_kiosk_platform)
# -fwasm-exceptions because ZXing throws inside src/scan; everything of ours is built without.
# What the linker may inline is bounded as for the phone's modules (web/CMakeLists.txt).
target_link_options(pipa_kiosk_web PRIVATE ${small} -Wl,-mllvm,-inline-threshold=-10 -sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=0 -fwasm-exceptions --no-entry --pre-js=${CMAKE_CURRENT_SOURCE_DIR}/web/no_files.js
  -sMODULARIZE -sEXPORT_ES6 -sEXPORT_NAME=createKiosk -sENVIRONMENT=web -sDYNAMIC_EXECUTION=0 -sFILESYSTEM=0
  -sGL_ENABLE_GET_PROC_ADDRESS=0 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=32MB -sSTACK_SIZE=256KB
  -sEXPORTED_RUNTIME_METHODS=UTF8ToString -sINCOMING_MODULE_JS_API=canvas,onStatus,locateFile,print,printErr)

set_property(TARGET pipa_kiosk_web APPEND PROPERTY LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/web/no_files.js)

foreach(file index.html kiosk.css site_files.mjs start.mjs)
  add_custom_command(OUTPUT ${folder}/${file} DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/web/${file}
    COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/web/${file} ${folder}/${file} VERBATIM)
  list(APPEND page ${folder}/${file})
endforeach()
add_custom_target(pipa_kiosk_page ALL DEPENDS ${page})
