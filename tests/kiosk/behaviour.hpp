// A kiosk without a screen, whose clock the test moves and whose files it brings.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "app/screen_view.hpp"
#include "app/update.hpp"
#include "samples.hpp"

namespace pipa::kiosk::test {

class Kiosk {
public:
    explicit Kiosk(Setup setup = {}) : Kiosk(setup, test_now, district().session()) {}
    Kiosk(Setup setup, Moment now, std::shared_ptr<inquiry::Session> session) : m_now(now), m_state(initial_state(setup, m_now)) {
        give(event::SessionGiven{std::move(session), {}});
    }

    void give(What what) {
        Step step = update(std::move(m_state), {m_now, std::move(what)});
        m_state = std::move(step.state);
        m_effects.insert(m_effects.end(), step.effects.begin(), step.effects.end());
    }
    void pass(std::int64_t ms) {
        m_now.ms += ms;
        m_now.unix_s += ms / 1000;
        give(event::Tick{});
    }
    void see(std::vector<std::string> texts) { give(event::CodesSeen{std::move(texts)}); }
    void type(std::string_view text) {
        give(event::GoTo{Screen::Type});
        for (const char c : text) give(event::KeypadKey{c});
        give(event::KeypadDone{});
    }
    void scan(std::string_view text, std::int64_t gap_ms = 5) {
        for (const char c : text) {
            m_now.ms += gap_ms;
            give(event::Character{std::string(1, c)});
        }
        give(event::Enter{});
    }
    // Brings whatever is wanted, until nothing is.
    void serve(const Files& files) {
        for (auto wanted = wanted_files(m_state); !wanted.empty(); wanted = wanted_files(m_state)) give(arrival_of(files, wanted.front()));
    }

    [[nodiscard]] const State& state() const { return m_state; }
    [[nodiscard]] ScreenView view() const { return make_view(m_state); }
    [[nodiscard]] std::vector<Effect> effects() { return std::exchange(m_effects, {}); }

private:
    Moment m_now;
    State m_state;
    std::vector<Effect> m_effects{};
};

inline const std::string& text_of(std::string_view name) { return district().sample(name).text; }

inline Kiosk scanning() {
    Kiosk kiosk;
    kiosk.give(event::Begin{Language::Chinese});
    static_cast<void>(kiosk.effects());
    return kiosk;
}

}  // namespace pipa::kiosk::test
