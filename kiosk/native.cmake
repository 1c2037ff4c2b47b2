# pipa-kiosk for Linux.
find_package(Freetype REQUIRED)
find_package(PNG REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_library(PIPA_GLES GLESv2 REQUIRED)

target_sources(pipa_imgui PRIVATE ${PIPA_IMGUI}/misc/freetype/imgui_freetype.cpp)
target_link_libraries(pipa_imgui PUBLIC Freetype::Freetype)

pipa_kiosk_library(native platform/browser_camera_native.cpp platform/camera_file.cpp platform/fonts_native.cpp
  platform/screenshot.cpp platform/script.cpp platform/service_manager.cpp platform/startup.cpp platform/threaded_files.cpp)
target_link_libraries(pipa_kiosk_native PUBLIC pipa_kiosk_platform pipa_kiosk_film pipa_host PRIVATE PNG::PNG Freetype::Freetype)
target_link_libraries(pipa_kiosk_platform PUBLIC pipa_kiosk_native ${PIPA_GLES})

add_executable(pipa-kiosk platform/config_file.cpp platform/main_native.cpp platform/options.cpp)
target_compile_definitions(pipa-kiosk PRIVATE PIPA_VERSION="${PROJECT_VERSION}")
target_link_libraries(pipa-kiosk PRIVATE pipa_options pipa_kiosk_native CLI11::CLI11 nlohmann_json::nlohmann_json)
