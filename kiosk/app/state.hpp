// Everything the kiosk knows, in one value. Only update() makes new ones.
#pragma once

#include <memory>
#include <set>

#include "app/learn_state.hpp"
#include "app/moment.hpp"
#include "app/record_lookup.hpp"
#include "app/scroll.hpp"
#include "app/texts.hpp"
#include "app/typed_input.hpp"
#include "judge/judge.hpp"

namespace pipa::kiosk {

enum class Screen : std::uint8_t {
    Attract,  // nobody is here
    Scan,     // the viewfinder
    Type,     // our own keypad
    Result,   // what the core says about one code
    Learn,    // articles, quiz, 'try to cheat it'
    Waiting,  // for the record behind a code or a number
    Number,   // why a number alone led to no certificate
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

// What we trust, and when there is nothing, why.
struct Trust {
    std::shared_ptr<const TrustStore> store{std::make_shared<TrustStore>()};
    std::shared_ptr<const std::vector<CheckedStatement>> notices{};  // that came with it; may be null
    std::string problem{};  // "trust.wrong_signer", "file.unreadable"; empty when there is none
    std::string trouble{};  // catalogue key of what is to be said of it; empty with a problem: that there is no trust
    bool awaited{};         // it is on its way
};

// Set once, by the operator.
struct Setup {
    Language language{Language::Chinese};
    std::int64_t idle_after_ms{60'000};
    std::int64_t warning_ms{25'000};  // never under 20 s: people read slowly, and some cannot hurry
    bool chinese_font_missing{};
    bool has_records{};  // Effect::FetchRecord leads somewhere
};
inline constexpr std::int64_t min_warning_ms = 20'000;

inline constexpr int text_steps = 3;
inline constexpr std::size_t max_typed = 40;

struct Answer {
    std::shared_ptr<const TrustStore> trust{};  // the judgement refers into it
    Judgement judgement{};
};

// What waits for its record.
struct Lookup {
    std::string text{};    // of the code; empty where a number alone was given
    std::string number{};  // of the certificate
    std::string file{};    // "3f": what Effect::FetchRecord asks for
    std::int64_t until_ms{};
};

// A code that is not ours waits a moment: beside it there may be one that is.
struct Stranger {
    std::string text{};
    std::int64_t first_ms{};
};

struct State {
    Setup setup{};
    Trust trust{};
    Learning learning{};  // the pack stays, the visitor's place in it goes
    Display display{};
    Moment now{};

    // What belongs to the visitor: all of it goes when the visit ends.
    Screen screen{Screen::Attract};
    Language language{Language::Chinese};
    int text_step{};
    std::string typed{};
    std::shared_ptr<const Answer> answer{};
    float answer_offset{};               // how far down it was read before an article was opened
    std::set<std::string> unfolded{};    // ids of what a touch has opened on it: "evidence", "explain/tests"
    Lookup lookup{};
    std::string asked_number{};
    NumberProblem number_problem{};
    TypedInput keys{};
    Stranger stranger{};
    std::string judged_text{};           // not judged again while it stays before the camera
    std::int64_t judged_text_seen_ms{};
    Scroll scroll{};
    Picture picture{};
    std::string notice{};                // catalogue key of a passing remark
    std::int64_t notice_until_ms{};
    std::int64_t last_active_ms{};
    bool warned{};                       // the idle warning stands on the screen

    CameraStatus camera{CameraStatus::Closed};
    std::int64_t camera_retry_ms{};
};

// The first state: the attract screen in the operator's language.
[[nodiscard]] State initial_state(Setup setup, Moment now);

}  // namespace pipa::kiosk
