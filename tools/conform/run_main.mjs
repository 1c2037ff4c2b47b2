// Appended to Emscripten's module: as a program it runs at once instead of waiting to be imported.
await Module();
