// Everything the kiosk knows, in one value. Only update() makes new ones.
#pragma once

#include <memory>
#include <set>

#include "app/learn_state.hpp"
#include "app/moment.hpp"
#include "app/scroll.hpp"
#include "app/texts.hpp"
#include "app/typed_input.hpp"
#include "inquiry/inquiry.hpp"

namespace pipa::kiosk {

enum class Screen : std::uint8_t {
    Attract,  // nobody is here
    Scan,     // the viewfinder
    Type,     // our own keypad
    Result,   // what the core says about one code
    Learn,    // articles, quiz, 'try to cheat it'
    Waiting,  // for the files that an inquiry wants
};
[[nodiscard]] std::string_view screen_name(Screen screen) noexcept;  // "attract"

enum class CameraStatus : std::uint8_t { Closed, Opening, Live, Missing, Denied, Lost };

struct Display {
    int width{1080};          // pixels
    int height{1920};
    float px_per_mm{92 / 25.4f};
    friend bool operator==(const Display&, const Display&) = default;
};

// A picture that platform/ keeps where the screen's drawing can reach it; the core only passes it on.
struct Picture {
    std::uint64_t texture{};  // 0: none
    int width{};
    int height{};
    friend bool operator==(const Picture&, const Picture&) = default;
};

// Set once, by the operator.
struct Setup {
    Language language{Language::Chinese};
    std::int64_t idle_after_ms{60'000};
    std::int64_t warning_ms{25'000};  // never under 20 s: people read slowly, and some cannot hurry
    bool chinese_font_missing{};
    bool draws_slowly{};  // without a GPU the attract screen moves now and then, not all the time
};
inline constexpr std::int64_t min_warning_ms = 20'000;

inline constexpr int text_steps = 3;
inline constexpr std::size_t max_typed = 40;

inline constexpr std::size_t max_codes = 6;  // looked up at once; a sheet of labels is not for a kiosk

struct Answer {
    std::string text{};                         // that was asked about, as it came
    std::string number{};                       // where that was a number
    std::shared_ptr<const TrustStore> trust{};  // the judgement refers into it
    Judgement judgement{};
};

// A code that is not ours waits a moment: beside it there may be one that is.
struct Stranger {
    std::string text{};  // the first of those in view
    std::int64_t first_ms{};
};

struct State {
    Setup setup{};
    std::shared_ptr<inquiry::Session> session{std::make_shared<inquiry::Session>(inquiry::Anchor{})};  // never null
    std::string anchor_problem{};                          // why there is nothing to prove trust with: "file.unreadable"
    std::shared_ptr<inquiry::Inquiry> trust_inquiry{};     // while the newest trust is asked for; nothing is looked up beside it
    std::optional<std::int64_t> trust_due_ms{};            // when to ask for it again
    Learning learning{};  // the pack stays, the visitor's place in it goes
    Display display{};
    Moment now{};

    // What belongs to the visitor: all of it goes when the visit ends.
    Screen screen{Screen::Attract};
    Language language{Language::Chinese};
    int text_step{};
    std::string typed{};
    std::vector<std::string> asked{};    // what is looked up, or will be once the trust is there
    std::vector<std::shared_ptr<inquiry::Inquiry>> inquiries{};  // one for each of them
    bool judging_anew{};                 // they are what the answers on the screen are of
    std::vector<std::shared_ptr<const Answer>> answers{};  // of one look at the camera, the gravest first; most often one
    std::size_t chosen{};                // of them
    float answer_offset{};               // how far down it was read before an article was opened
    std::set<std::string> unfolded{};    // ids of what a touch has opened on it: "evidence", "explain/tests"
    TypedInput keys{};
    Stranger stranger{};
    std::vector<std::string> judged_texts{};  // not judged again while they stay before the camera
    std::int64_t judged_texts_seen_ms{};
    Scroll scroll{};
    Picture picture{};
    std::string advice{};                // event::Advised
    std::int64_t last_active_ms{};
    bool warned{};                       // the idle warning stands on the screen

    CameraStatus camera{CameraStatus::Closed};
    std::int64_t camera_retry_ms{};

    [[nodiscard]] const Answer* answer() const { return chosen < answers.size() ? answers[chosen].get() : nullptr; }
};

// The first state: the attract screen in the operator's language.
[[nodiscard]] State initial_state(Setup setup, Moment now);

}  // namespace pipa::kiosk
