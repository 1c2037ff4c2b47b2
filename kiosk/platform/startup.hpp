// What the native kiosk is given: what proves its trust, and where files come from. Nothing here ends the program: what is missing or
// wrong is told to the operator on standard error and to visitors on the screen.
#pragma once

#include "app/event.hpp"
#include "platform/options.hpp"
#include "platform/threaded_files.hpp"

namespace pipa::kiosk {

// A session with what --keep holds of an earlier day. Its anchor is --root-pin, else root.pin in the site's folder unless a pack was named,
// else --office-key; one that cannot be read is a problem, and nothing else is taken in its place.
[[nodiscard]] event::SessionGiven open_session(const Options& options);

// `wake` is called from other threads.
[[nodiscard]] SitePlaces places_of(const Options& options, std::function<void()> wake);

}  // namespace pipa::kiosk
