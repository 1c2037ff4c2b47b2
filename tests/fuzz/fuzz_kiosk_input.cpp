// What comes in at a kiosk, in any order and at any speed: keys of a person or a hand scanner, pasted text, files, time.
// No key is lost or invented, limits hold, and every state can be shown and comes to its end.
//
// Two bytes an event. First byte: 0x00..0x3f a key after so many milliseconds; 0x40..0x7f Enter; 0x80..0xbf time
// passes, 32 ms for each; 0xc0..0xff something else, by its lowest three bits. Second byte: the key, or how long the
// text that follows is.
#include <algorithm>
#include <string>

#include "app/screen_view.hpp"
#include "app/update.hpp"
#include "fuzz/fuzz.hpp"

using namespace pipa;
using namespace pipa::kiosk;
using fuzz::must;

namespace {

constexpr Moment start{.ms = 1'000, .unix_s = 1'779'503'400};

struct Fed {
    std::int64_t after_ms{};
    What what{};
};

class Feed {
public:
    explicit Feed(ByteView bytes) : m_bytes(bytes) {}
    [[nodiscard]] bool empty() const { return m_bytes.size() < 2; }

    Fed next() {
        const std::uint8_t first = m_bytes[0], second = m_bytes[1];
        m_bytes = m_bytes.subspan(2);
        if (first < 0x40) return {first, event::Character{std::string(1, static_cast<char>(second))}};
        if (first < 0x80) return {first - 0x40, event::Enter{}};
        if (first < 0xC0) return {(first - 0x80) * 32, event::Tick{}};
        switch (first & 7) {
            case 0: return {0, event::Pasted{take(second)}};
            case 1: return {0, event::GoTo{second % 2 == 0 ? Screen::Type : Screen::Scan}};
            case 2: return {0, event::KeypadKey{static_cast<char>(second)}};
            case 3: return {0, event::KeypadDone{}};
            case 4: return {0, event::FileArrived{"", {static_cast<inquiry::Arrival>((first >> 3) % 4), to_bytes(as_bytes(take(second)))}}};  // the name is filled in
            case 5: return {0, event::CodesSeen{{take(second)}}};
            case 6: return {0, event::Begin{second % 2 == 0 ? Language::Chinese : Language::English}};
            default: return {0, event::EndVisit{}};
        }
    }

private:
    std::string take(std::size_t wanted) {
        const std::size_t size = std::min(wanted, m_bytes.size());
        std::string out{as_text(m_bytes.first(size))};
        m_bytes = m_bytes.subspan(size);
        return out;
    }

    ByteView m_bytes;
};

// The keys alone: what comes out is what went in.
void check_keys(ByteView input) {
    TypedInput keys;
    std::string in, out;
    std::int64_t now = 0;
    const auto take = [&](const TypedText& typed) {
        must(typed.text.size() <= max_scanned_bytes, "no more than a code holds");
        out += typed.text;
    };
    for (Feed feed(input); !feed.empty();) {
        const Fed fed = feed.next();
        now += fed.after_ms;
        if (const auto* key = std::get_if<event::Character>(&fed.what)) {
            in += key->utf8;
            if (const auto before = keys.character(key->utf8, now)) take(*before);
        } else if (std::holds_alternative<event::Enter>(fed.what)) {
            take(keys.enter(now));
        } else if (const auto over = keys.flush(now)) {
            take(*over);
        }
    }
    take(keys.enter(now));
    must(in.size() > max_scanned_bytes || in == out, "no key is lost or invented");
}

void check_state(const State& state) {
    must(state.typed.size() <= max_typed, "what is typed has its limit");
    must(state.screen != Screen::Result || state.answer() != nullptr, "a result has an answer");
    must(state.screen != Screen::Waiting || !wanted_files(state).empty(), "something is waited for");
    must(next_wake_ms(state).has_value(), "every screen ends by itself");
}

}  // namespace

void fuzz_one(ByteView input) {
    check_keys(input);
    Moment now = start;
    State state = initial_state({}, now);
    const auto give = [&](What what) { state = update(std::move(state), {now, std::move(what)}).state; };
    give(event::SessionGiven{std::make_shared<inquiry::Session>(inquiry::Anchor::repository({})), {}});
    Screen shown = state.screen;
    for (Feed feed(input); !feed.empty();) {
        Fed fed = feed.next();
        now.ms += fed.after_ms;
        if (auto* file = std::get_if<event::FileArrived>(&fed.what))
            if (const auto wanted = wanted_files(state); !wanted.empty()) file->name = wanted.front().name;
        give(std::move(fed.what));
        check_state(state);
        if (state.screen == shown) continue;
        shown = state.screen;
        static_cast<void>(make_view(state));
    }
    static_cast<void>(make_view(state));
    // Left alone, the visit ends and leaves nothing.
    for (int turn = 0; turn < 8 && state.screen != Screen::Attract; ++turn) {
        now.ms = *next_wake_ms(state) + 30'000;
        give(event::Tick{});
    }
    must(state.screen == Screen::Attract && state.typed.empty() && state.answers.empty() && state.asked.empty() && state.inquiries.empty(), "the visit ends");
}
