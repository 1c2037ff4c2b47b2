#include "inquiry/inquiry.hpp"

#include <algorithm>
#include <utility>

#include "base/filled_in.hpp"
#include "inquiry/judging_time.hpp"
#include "trust/bundle.hpp"
#include "wire/qr_text.hpp"

namespace pipa::inquiry {
namespace {

// What lies behind it was not looked at either.
bool has_gap(const Judgement& judgement) {
    return judgement.level != Level::Stop && std::ranges::find(judgement.reasons, ReasonId::UpstreamNotChecked, &Reason::id) != judgement.reasons.end();
}

Upstream::State state_of(const Judgement& judgement) {
    if (judgement.refusal && (judgement.refusal->id == ReasonId::NumberUnknown || judgement.refusal->id == ReasonId::NumberNoRecords)) return Upstream::State::NotOnRecord;
    if (judgement.verdict == Verdict::CouldNotCheck || has_gap(judgement)) return Upstream::State::NotChecked;
    return judgement.verdict == Verdict::Genuine && judgement.level != Level::Stop ? Upstream::State::Stands : Upstream::State::Stopped;
}

// The certificate on record has the number of the one that is meant, and is none of it.
bool is_another(const UpstreamReference& reference, const Lookup& lookup) {
    const auto& found = lookup.code().certificate;
    return found && !refers_to(reference, found->certificate.number, found->statement.kid, crypto::sha256(lookup.message()));
}

}  // namespace

Inquiry::Inquiry(Session& session, std::string_view text, UnixSeconds device_now, Wishes wishes)
    : Inquiry(session, read_scanned_text(text), device_now, std::move(wishes)) {}

Inquiry::Inquiry(Session& session, ScannedText text, UnixSeconds device_now, Wishes wishes)
    : m_session(&session), m_device_now(device_now), m_wishes(std::move(wishes)), m_text(std::move(text)) {
    if (m_text.kind == TextKind::Number) m_number = m_text.text;
    if (session.wants_trust())
        m_wanted.push_back({session.trust_kind(), std::string{session.trust_name()}, max_bytes_of(session.trust_kind()), wave_patience_ms[m_wave++]});
    else
        begin();
}

void Inquiry::begin() {
    const TrustStore& trust = *m_session->trust();
    m_wave = std::max<std::size_t>(m_wave, 1);
    if (m_text.kind == TextKind::Number) m_lookup.emplace(*m_session, m_number);
    else if (m_text.kind == TextKind::WrongLayout) m_lookup.emplace(*m_session, refused(ReasonId::ScannerLayout), m_wishes.records);
    else m_lookup.emplace(*m_session, read_here(trust), m_wishes.records);
    go_on();
}

// A text with parts filled in counts where its signature fits; else it was not read, and stays marked for whoever asks again.
ReadCode Inquiry::read_here(const TrustStore& trust) {
    ReadCode code = read_code(m_text.text, trust);
    if (!m_text.filled_in || code.signature_valid) return code;
    m_text.text.insert(m_text.text.begin(), filled_in_mark);
    return trust.is_loaded() ? refused(ReasonId::Unreadable) : code;
}

// Which certificates went into this one is known as soon as it has been read.
void Inquiry::look_up_upstream() {
    const ReadCode& code = m_lookup->code();
    if (!m_upstream.empty() || code.refusal || !code.may_have_dossier() || !m_session->keeps_records()) return;
    for (const UpstreamReference& reference : code.certificate->certificate.upstream) {
        auto& lookup = m_upstream.emplace_back(reference, std::nullopt).second;
        if (reference.mark) lookup.emplace(*m_session, reference.number);
    }
}

void Inquiry::go_on() {
    look_up_upstream();
    const auto add = [&](const Lookup& lookup) {
        for (const FileName& file : lookup.wanted())
            if (std::ranges::find(m_wanted, file.name, &Wanted::name) == m_wanted.end()) m_wanted.push_back({file.kind, file.name, max_bytes_of(file.kind), {}});
    };
    add(*m_lookup);
    for (const auto& [reference, lookup] : m_upstream)
        if (lookup) add(*lookup);
    if (m_wanted.empty()) return conclude();
    if (m_wave == wave_patience_ms.size()) {
        m_wanted.clear();
        m_lookup->give_up();
        for (auto& [reference, lookup] : m_upstream)
            if (lookup) lookup->give_up();
        return conclude();
    }
    for (Wanted& wanted : m_wanted) wanted.patience_ms = wave_patience_ms[m_wave];
    ++m_wave;
}

void Inquiry::answer(std::string name, const Delivery& delivery) {
    const auto wanted = std::ranges::find(m_wanted, name, &Wanted::name);
    if (wanted == m_wanted.end()) return;
    const std::size_t most = wanted->max_bytes;
    const Arrival arrival = delivery.arrival == Arrival::Here && delivery.content.size() > most ? Arrival::TooLarge : delivery.arrival;
    m_wanted.erase(wanted);
    if (!m_lookup) {
        m_session->take_trust(arrival, delivery.content);
        return begin();
    }
    m_lookup->take(name, arrival, delivery.content);
    for (auto& [reference, lookup] : m_upstream)
        if (lookup) lookup->take(name, arrival, delivery.content);
    if (m_wanted.empty()) go_on();
}

// Of the district's own records; empty where the text is no certificate's code.
std::string Inquiry::record_by(const RecordsHead& head) const {
    const auto code = parse_qr_text(m_text.text);
    if (!code) return {};
    const auto certificate = parse_certificate(code->certificate);
    return certificate ? record_file_name({}, head, record_index(certificate->certificate.number, head.bits)) : std::string{};
}

std::string Inquiry::look_ahead(ByteView bundle) {
    const auto files = decode_bundle(bundle);
    const Bytes* target = files ? files->find_target(target_path::records) : nullptr;
    if (target == nullptr) return {};
    const auto head = parse_records_head(*target);
    if (!head) return {};
    std::string name = record_by(*head);
    if (m_session->has_kept(name)) return {};
    m_guessed = std::move(name);
    return m_guessed;
}

// A guess that the verified list would not have made may have named this certificate alone.
void Inquiry::disclose_what_was_guessed(Disclosure& disclosure) const {
    if (m_guessed.empty()) return;
    const RecordsHead* head = m_session->records_of({});
    const bool is_signed = head != nullptr && record_by(*head) == m_guessed;
    if (!is_signed) disclosure.fewest = 1;
    else if (disclosure.fewest == 0 || head->fewest < disclosure.fewest) {
        disclosure.fewest = head->fewest;
        disclosure.certificates = head->certificates;
    }
}

std::vector<Upstream> Inquiry::judge_upstream() const {
    std::vector<Upstream> out;
    for (const auto& [reference, lookup] : m_upstream)
        out.push_back({reference, !lookup || is_another(reference, *lookup)
                                      ? Upstream::State::NotOnRecord
                                      : state_of(judge(lookup->code(), *m_trust, judging_time(*m_session, m_device_now), lookup->evidence()))});
    return out;
}

void Inquiry::conclude() {
    m_trust = m_session->trust();
    Evidence evidence = m_lookup->evidence();
    evidence.trust_news = m_session->trust_news();
    evidence.trust_error = m_session->trust_error();
    disclose_what_was_guessed(evidence.disclosure);
    if (!m_wishes.log_proof.empty()) evidence.log_proof = m_wishes.log_proof;
    const std::vector<Upstream> upstream = judge_upstream();
    evidence.upstream = upstream;
    if (!m_number.empty() && m_lookup->code().certificate) {
        const auto& hosts = m_trust->pack().hosts;
        m_text.text = make_qr_text(hosts.empty() ? "localhost" : hosts.front(), m_lookup->message());
    }
    m_judgement = judge(m_lookup->code(), *m_trust, judging_time(*m_session, m_device_now), evidence);
}

}  // namespace pipa::inquiry
