# Puts the site together: what a browser gets is what stands in web/, folder by folder, plus the texts.
# cmake -DSOURCE=<project> -DSITE=<folder> -P assemble_site.cmake
function(publish from to)
  file(GLOB files ${SOURCE}/${from}/*.html ${SOURCE}/${from}/*.css ${SOURCE}/${from}/*.mjs ${SOURCE}/${from}/*.svg ${SOURCE}/${from}/*.json)
  file(MAKE_DIRECTORY ${SITE}/${to})
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    configure_file(${file} ${SITE}/${to}/${name} COPYONLY)
  endforeach()
endfunction()

publish(web/site .)
publish(web/sw .)
# The page that the link of a QR code opens is the start page: with a certificate behind the # it shows the verdict.
file(MAKE_DIRECTORY ${SITE}/C)
configure_file(${SOURCE}/web/site/index.html ${SITE}/C/index.html COPYONLY)
publish(web/bridge bridge)
publish(web/learn learn)
publish(web/embed embed)
publish(web/embed/demo embed/demo)
publish(assets/i18n i18n/all)

# What a phone loads before its verdict has no words of the kiosk, the terminal or lessons: i18n/<tag>.json. A
# catalogue keeps each family on lines of its own, and its last line is the page's.
file(GLOB catalogues ${SOURCE}/assets/i18n/*.json)
foreach(catalogue IN LISTS catalogues)
  get_filename_component(name ${catalogue} NAME)
  file(READ ${catalogue} texts)
  string(REGEX REPLACE "\n  \"(kiosk|cli|learn)\\.[^\n]*" "" texts "${texts}")
  string(REGEX REPLACE "\n  " "\n" texts "${texts}")
  file(CONFIGURE OUTPUT ${SITE}/i18n/${name} CONTENT "${texts}" @ONLY)
endforeach()
