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
publish(assets/i18n i18n)
