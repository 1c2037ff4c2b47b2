// What the native kiosk is given: what proves its trust, and where files come from. Nothing here ends the program: what is missing or
// wrong is told to the operator on standard error and to visitors on the screen.
#pragma once

#include <functional>
#include <future>
#include <optional>

#include "app/event.hpp"
#include <string>
#include <vector>

#include "platform/options.hpp"
#include "platform/threaded_files.hpp"

namespace pipa::kiosk {

// A session with what --keep holds of an earlier day. Its anchor is --root-pin, else root.pin in the site's folder unless a pack was named,
// else --office-key; one that cannot be read is a problem, and nothing else is taken in its place.
[[nodiscard]] event::SessionGiven open_session(const Options& options);

// The same on a thread of its own, since the folders that it reads may stall and the screen must not.
class SessionOpening {
public:
    // `open` is open_session(); `wake` is called from that thread once the session is there.
    SessionOpening(std::function<event::SessionGiven()> open, std::function<void()> wake);

    // The session, or where its files do not come soon one that proves nothing: the right one follows when they do.
    [[nodiscard]] event::SessionGiven take();
    // What take() did not give, once.
    [[nodiscard]] std::optional<event::SessionGiven> take_if_ready();
    // As ThreadedFiles::is_reading.
    [[nodiscard]] bool is_reading() const { return m_session.valid(); }

private:
    std::future<event::SessionGiven> m_session;  // not valid once it was taken
};

// What is wrong with the files that the options name, a sentence each; a server is not asked. The kiosk itself runs on without them.
[[nodiscard]] std::vector<std::string> problems_of(const Options& options);

// `wake` is called from other threads.
[[nodiscard]] SitePlaces places_of(const Options& options, std::function<void()> wake);

}  // namespace pipa::kiosk
