// In front of Emscripten's script: SDL makes a folder for dropped files when it opens its window. The kiosk has no files,
// and start.mjs lets nothing be dropped, so a folder that is never looked into will do.
var FS = { mkdir() {}, rmdir() {}, readdir() { return []; } };
