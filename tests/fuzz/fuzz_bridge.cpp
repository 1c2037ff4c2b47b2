// The page's modules (web/bridge) natively, as JS drives them: any functions in any order with any bytes, each argument in a block of exactly
// its size, every answer read and freed. With PIPA_FUZZ_ANSWER it is verify.wasm, otherwise whole.wasm with the lessons.
// Whatever is called and whatever comes: an answer is JSON, and a lot that is failed, recalled or withdrawn is never all right for a device that
// was given its repository.
#include "bridge/verify.cpp"
#ifdef PIPA_FUZZ_ANSWER
#include "bridge/answer.cpp"
#else
#include "bridge/around.cpp"
#include "bridge/learn.cpp"
#include "bridge/whole.cpp"
#endif

#include <algorithm>
#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/bridge_calls.hpp"
#include "fuzz/bridge_site.hpp"
#include "fuzz/fuzz.hpp"
#include "support/exact_bytes.hpp"

using namespace pipa;
using fuzz::Call;
using fuzz::Content;
using fuzz::is_bad;
using fuzz::max_answer_bytes;
using fuzz::must;
using fuzz::prepared;
using fuzz::tags;
using test::Exact;

namespace {

// An answer as JS takes it: its own length, and freed.
std::string take(std::uint8_t* block) {
    must(block != nullptr, "there is memory for an answer");
    std::uint32_t length = 0;
    std::memcpy(&length, block, sizeof length);
    must(length <= max_answer_bytes, "an answer is no larger than any page is");
    std::string answer(reinterpret_cast<const char*>(block) + sizeof length, length);
    pipa_free(block);
    return answer;
}

nlohmann::json json_of(std::uint8_t* block) {
    const std::string answer = take(block);
    if (answer.empty()) return {};
    auto json = nlohmann::json::parse(answer, nullptr, false);
    must(!json.is_discarded(), "an answer is JSON");
    return json;
}

class Page {
public:
    explicit Page(ByteView calls) : m_calls(calls) { new_session(0); }
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;
    ~Page() { close_all(); }

    void run() {
        for (int bound = 0; !m_calls.empty() && bound < 64; ++bound) one(static_cast<Call>(byte() % static_cast<unsigned>(Call::count)));
    }

private:
    std::uint8_t byte() {
        if (m_calls.empty()) return 0;
        const std::uint8_t first = m_calls.front();
        m_calls = m_calls.subspan(1);
        return first;
    }
    std::size_t number() {
        const std::size_t low = byte();
        return low + std::size_t{256} * byte();
    }
    ByteView bytes(std::size_t wanted) {
        const ByteView some = m_calls.first(std::min(wanted, m_calls.size()));
        m_calls = m_calls.subspan(some.size());
        return some;
    }
    Exact content() {
        const auto kind = static_cast<Content>(byte() % static_cast<unsigned>(Content::count));
        if (kind == Content::Given) return Exact(bytes(number()));
        if (kind == Content::OwnState) return Exact(as_bytes(m_state));
        Bytes file = prepared().files[byte() % prepared().files.size()]->second;
        if (kind == Content::Changed && !file.empty()) file[number() % file.size()] ^= 0x10;
        return Exact(file);
    }
    Exact tag() { return Exact(tags[byte() % tags.size()]); }

    void close_all() {
        close();
#ifndef PIPA_FUZZ_ANSWER
        pipa_lesson_free(std::exchange(m_lesson, nullptr));
#endif
        pipa_session_free(std::exchange(m_session, nullptr));
    }
    void close() {
        pipa_inquiry_free(std::exchange(m_inquiry, nullptr));
        m_asked_bad = false;
    }
    void new_session(std::uint8_t which) {
        close_all();
        const auto& pin = prepared().site.pin;
        m_repository = which % 4 == 0;
        const Exact anchor(which % 4 == 3 ? bytes(which / 4U) : m_repository ? ByteView{pin} : ByteView{test::district().office_public_key});
        const std::uint32_t kind = m_repository ? 2U : which % 4U;
        m_session = pipa_session_new(kind, anchor.view().data(), anchor.view().size(), which >= 128 ? static_cast<double>(test::site_now) : 0);
    }

    void ask(std::uint8_t which) {
        close();
        const auto& codes = prepared().codes;
        const bool is_given = which == fuzz::text_given;
        const auto& [name, code] = codes[which / 2 % codes.size()];
        // By its code or by its number.
        const Exact text = is_given ? Exact(bytes(byte())) : Exact(which % 2 == 0 ? code : name);
        const double now = static_cast<double>(test::site_now) + 3600.0 * static_cast<std::int8_t>(byte());
        m_inquiry = pipa_inquiry_new(m_session, text.text().data(), text.text().size(), now);
        m_asked_bad = m_repository && !is_given && is_bad(name);
        must(m_inquiry != nullptr || pipa_inquiry_is_left_to_whole(m_inquiry) == 1, "what cannot be asked here is left to the whole module");
    }

    std::vector<std::string> wanted() {
        std::vector<std::string> names;
        if (m_inquiry == nullptr) return names;
        const auto json = json_of(pipa_inquiry_wanted(m_inquiry));
        for (const auto& one : json.at("wanted")) {
            names.push_back(one.at("name").get<std::string>());
            must(one.at("max_bytes").get<std::size_t>() <= max_answer_bytes, "no file is wanted without a limit");
        }
        return names;
    }
    void answer(const std::string& name, std::uint32_t arrival, const Exact& file) {
        const Exact exact{std::string_view{name}};
        pipa_inquiry_answer(m_inquiry, exact.text().data(), exact.text().size(), arrival, file.view().data(), file.view().size());
    }
    void answer_one(std::uint8_t which) {
        const std::vector<std::string> names = wanted();
        const std::string name = which < names.size() ? names[which] : std::string{as_text(bytes(which))};
        const std::uint32_t arrival = byte() % 5;
        const Exact file = content();
        if (m_inquiry != nullptr) answer(name, arrival, file);
    }
    void answer_all() {
        auto names = wanted();
        for (int bound = 0; !names.empty() && bound < 16; ++bound, names = wanted())
            for (const std::string& name : names) {
                const auto file = prepared().site.files.find(name);
                const bool is_there = file != prepared().site.files.end();
                answer(name, is_there ? 0 : 1, Exact(is_there ? ByteView{file->second} : ByteView{}));
            }
        must(names.empty(), "an inquiry comes to its end");
    }

    void check_view(const nlohmann::json& json) {
        if (!json.is_object() || !json.contains("view")) return;
        if (!m_asked_bad || pipa_inquiry_is_left_to_whole(m_inquiry) == 1) return;
        must(json["view"]["verdict"]["level"] != "ok", "a lot that is not in order is never all right");
    }
    void view() {
        const Exact language = tag();
        check_view(json_of(pipa_inquiry_view(m_inquiry, m_session, language.text().data(), language.text().size())));
#ifndef PIPA_FUZZ_ANSWER
        check_view(json_of(pipa_inquiry_judgement(m_inquiry, m_session, language.text().data(), language.text().size())));
#endif
    }

    void one(Call call) {
        switch (call) {
            case Call::NewSession: return new_session(byte());
            case Call::AddCatalogue: {
                const std::uint8_t which = byte();
                const std::size_t at = which % tags.size();
                const Exact entries = at < prepared().catalogues.size() && which < 128 ? Exact(prepared().catalogues[at]) : content();
                const Exact tongue(tags[at]);
                const std::string_view language = tongue.text(), text = entries.text();
                const auto added = pipa_session_add_catalogue(m_session, language.data(), language.size(), text.data(), text.size());
                return must(added <= 1, "yes or no");
            }
            case Call::Restore: {
                const Exact state = content();
                return pipa_session_restore(m_session, state.view().data(), state.view().size());
            }
            case Call::TakeState: {
                const Exact kept = content();
                std::string state = take(pipa_session_take_state(m_session, kept.view().data(), kept.view().size()));
                if (!state.empty()) m_state = std::move(state);
                return;
            }
            case Call::AskAgain: return pipa_session_ask_again(m_session);
            case Call::TakeTrust: {
                const std::uint32_t arrival = byte() % 5;
                const Exact file = content();
                return pipa_session_take_trust(m_session, arrival, file.view().data(), file.view().size());
            }
            case Call::Ask: return ask(byte());
            case Call::Wanted: return static_cast<void>(wanted());
            case Call::Answer: return answer_one(byte());
            case Call::AnswerAll: return answer_all();
            case Call::View: return view();
            case Call::Close: return close();
            case Call::LookAhead: {
                const Exact bundle = content();
                take(pipa_inquiry_look_ahead(m_inquiry, bundle.view().data(), bundle.view().size()));
                return;
            }
            default: return more(call);
        }
    }

#ifdef PIPA_FUZZ_ANSWER
    void more(Call) {}
#else
    void more(Call call) {
        switch (call) {
            case Call::Status: return static_cast<void>(json_of(pipa_session_status(m_session)));
            case Call::TextsOfLine: {
                const Exact line = content();
                return static_cast<void>(json_of(pipa_texts_of_line(line.text().data(), line.text().size())));
            }
            case Call::CheckPin: {
                const Exact language = tag(), pin = content();
                const std::string_view tongue = language.text();
                json_of(pipa_inquiry_check_pin(m_inquiry, m_session, pin.text().data(), pin.text().size(), tongue.data(), tongue.size()));
                return;
            }
            case Call::NewLesson:
                pipa_lesson_free(m_lesson);
                m_lesson = pipa_lesson_new(m_session);
                return;
            case Call::Portal:
            case Call::Report:
            case Call::Compare: return around(call);
            default: return lesson(call);
        }
    }
    // What a page offers around its answers: a start page, a report, two lots side by side.
    void around(Call call) {
        const Exact language = tag(), some = content();
        if (m_inquiry == nullptr) return;
        const char* const tongue = language.text().data();
        const std::size_t size = language.text().size();
        if (call == Call::Portal) {
            json_of(pipa_portal_wanted());
            json_of(pipa_portal_view(m_inquiry, m_session, some.view().data(), some.view().size(), tongue, size));
        } else if (call == Call::Report) {
            const std::string_view word = some.text();
            json_of(pipa_report_view(m_inquiry, m_session, word.data(), word.size(), word.data(), word.size(), tongue, size));
        } else {
            PipaInquiry* const other = pipa_inquiry_new(m_session, some.text().data(), some.text().size(), static_cast<double>(test::site_now));
            json_of(pipa_comparison_view(m_inquiry, other, m_session, tongue, size));
            pipa_inquiry_free(other);
        }
    }
    void lesson(Call call) {
        if (m_lesson == nullptr) return;
        const Exact language = tag(), some = call == Call::Cheat ? Exact(std::string_view{}) : content();
        const char* const tongue = language.text().data();
        const std::size_t size = language.text().size();
        if (call == Call::OpenLesson) {
            const Exact key(test::district().office_public_key);
            json_of(pipa_lesson_open(m_lesson, some.view().data(), some.view().size(), key.view().data(), key.view().size()));
            json_of(pipa_lesson_home(m_lesson, tongue, size));
            json_of(pipa_lesson_quiz(m_lesson, tongue, size));
        } else if (call == Call::ShowLesson) {
            json_of(pipa_lesson_article(m_lesson, some.text().data(), some.text().size(), tongue, size));
            json_of(pipa_lesson_cheat(m_lesson, static_cast<double>(test::site_now), tongue, size));
            json_of(pipa_lesson_pick(m_lesson, static_cast<double>(test::site_now), tongue, size));
        } else {
            constexpr std::array<std::string_view, 5> fields = {"weight", "origin", "date", "copy", "colour"};
            const Exact field(fields[byte() % fields.size()]);
            double value = 0;
            const ByteView given = bytes(sizeof value);
            if (!given.empty()) std::memcpy(&value, given.data(), given.size());
            const double now = static_cast<double>(test::site_now);
            json_of(pipa_lesson_cheat_try(m_lesson, field.text().data(), field.text().size(), value, now, tongue, size));
        }
    }
    PipaLesson* m_lesson{};
#endif

    ByteView m_calls;
    PipaSession* m_session{};
    PipaInquiry* m_inquiry{};
    bool m_repository{};
    bool m_asked_bad{};
    std::string m_state{};
};

}  // namespace

void fuzz_one(ByteView input) { Page(input).run(); }
