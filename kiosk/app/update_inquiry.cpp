// What is looked up, and the trust it is judged by: the kiosk's side of src/inquiry. One thing at a time: what arrives for the trust
// changes what an inquiry stands on, so that nothing is looked up while the trust is asked for, and it is not asked for meanwhile.
#include <algorithm>
#include <utility>

#include "app/updater.hpp"
#include "judge/gravity.hpp"

namespace pipa::kiosk {
namespace {

// Those that say something, each once.
std::vector<std::string> distinct(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    std::vector<ScannedText> seen;
    for (const std::string& line : texts)
        for (std::string& text : texts_of_line(line)) {
            ScannedText read = read_scanned_text(text);
            if (read.kind == TextKind::Empty || out.size() == max_codes || std::ranges::find(seen, read) != seen.end()) continue;
            seen.push_back(std::move(read));
            out.push_back(std::move(text));
        }
    return out;
}

bool is_done(const std::shared_ptr<inquiry::Inquiry>& inquiry) { return inquiry->is_done(); }

}  // namespace

std::vector<inquiry::Wanted> wanted_files(const State& state) {
    std::vector<inquiry::Wanted> out;
    const auto add = [&](const inquiry::Inquiry& inquiry) {
        for (const inquiry::Wanted& wanted : inquiry.wanted())
            if (std::ranges::find(out, wanted.name, &inquiry::Wanted::name) == out.end()) out.push_back(wanted);
    };
    if (state.trust_inquiry) add(*state.trust_inquiry);
    for (const auto& inquiry : state.inquiries) add(*inquiry);
    return out;
}

// --- Codes and numbers ---

void Updater::look_up(const std::vector<std::string>& texts) {
    std::vector<std::string> asked = distinct(texts);
    if (asked.empty()) return;
    stop_asking();
    m.asked = std::move(asked);
    if (m.trust_inquiry || m.session->wants_trust()) {
        go_to(Screen::Waiting);
        if (!m.trust_inquiry) ask_for_trust();
        return;
    }
    begin_inquiries();
}

void Updater::begin_inquiries() {
    for (const std::string& text : m.asked) m.inquiries.push_back(std::make_shared<inquiry::Inquiry>(*m.session, text, m.now.unix_s));
    go_on_asking();
}

void Updater::go_on_asking() {
    if (std::ranges::all_of(m.inquiries, is_done)) return show_answers();
    if (!m.judging_anew && m.screen != Screen::Waiting) go_to(Screen::Waiting);
    m_effects.push_back(Effect::FetchFiles);
}

void Updater::stop_asking() {
    if (!std::ranges::all_of(m.inquiries, is_done)) m_effects.push_back(Effect::FetchFiles);
    m.asked.clear();
    m.inquiries.clear();
    m.judging_anew = false;
}

void Updater::show_answers() {
    // The gravest first; those of one gravity in the order in which they were seen.
    const auto is_before = [](const auto& one, const auto& other) { return is_graver(one->judgement, other->judgement); };
    std::vector<std::shared_ptr<const Answer>> answers;
    for (std::size_t i = 0; i < m.asked.size(); ++i) {
        auto answer = std::make_shared<const Answer>(Answer{m.asked[i], m.inquiries[i]->number(), m.inquiries[i]->trust(), m.inquiries[i]->judgement()});
        answers.insert(std::ranges::upper_bound(answers, answer, is_before), std::move(answer));
    }
    const bool anew = m.judging_anew;
    const std::string read = anew && m.answer() != nullptr ? m.answer()->text : std::string{};
    std::vector<std::string> asked = std::exchange(m.asked, {});
    m.inquiries.clear();
    m.judging_anew = false;
    if (!anew) {
        m.judged_texts = std::move(asked);
        m.judged_texts_seen_ms = m.now.ms;
        m.unfolded.clear();
        m.answer_offset = 0;
        go_to(Screen::Result);
    }
    m.answers = std::move(answers);
    const auto chosen = std::ranges::find(m.answers, read, [](const auto& answer) { return answer->text; });
    m.chosen = chosen == m.answers.end() ? 0 : static_cast<std::size_t>(chosen - m.answers.begin());
}

// A recall that comes while somebody reads must not wait until he has gone.
void Updater::judge_anew() {
    if (m.answers.empty()) return;
    for (const auto& answer : m.answers) m.asked.push_back(answer->text);
    m.judging_anew = true;
    begin_inquiries();
}

void Updater::on(const event::FileArrived& file) {
    if (m.trust_inquiry) {
        m.trust_inquiry->answer(file.name, file.delivery);
        if (m.trust_inquiry->is_done()) trust_settled();
        return;
    }
    if (file.name == m.session->trust_name()) return take_late_trust(file.delivery);
    if (m.inquiries.empty()) return;
    for (const auto& inquiry : m.inquiries) inquiry->answer(file.name, file.delivery);
    go_on_asking();
}

// --- Trust ---

void Updater::on(const event::SessionGiven& given) {
    m.inquiries.clear();  // they stand on the one before; what was asked begins anew
    m.session = given.session;
    m.anchor_problem = given.problem;
    if (m.session->wants_trust()) return ask_for_trust();
    if (!m.session->trust_name().empty()) m.trust_due_ms = m.now.ms + trust_every_ms;
    if (!m.asked.empty()) begin_inquiries();
    else judge_anew();
}

void Updater::on(const event::TrustMayBeNew&) {
    if (m.session->trust_name().empty()) return;
    m.trust_due_ms = m.now.ms;
    ask_for_trust_when_due();
}

void Updater::ask_for_trust_when_due() {
    if (!m.trust_due_ms || m.now.ms < *m.trust_due_ms || m.trust_inquiry || !m.inquiries.empty()) return;
    ask_for_trust();
}

void Updater::ask_for_trust() {
    m.trust_due_ms.reset();
    m.session->ask_again();
    m.trust_inquiry = std::make_shared<inquiry::Inquiry>(*m.session, std::string_view{}, m.now.unix_s);
    m_effects.push_back(Effect::FetchFiles);
}

// After its patience: what is looked up meanwhile begins anew, because what it stood on has changed.
void Updater::take_late_trust(const inquiry::Delivery& delivery) {
    if (delivery.arrival != inquiry::Arrival::Here) return;
    m.session->take_trust(delivery.arrival, delivery.content);
    m.inquiries.clear();
    trust_settled();
}

void Updater::trust_settled() {
    m.trust_inquiry.reset();
    m.trust_due_ms = m.now.ms + (m.session->trust_news() == TrustNews::None ? trust_every_ms : trust_retry_ms);
    if (!m.asked.empty()) begin_inquiries();
    else judge_anew();
}

}  // namespace pipa::kiosk
