#include "inquiry/lookup.hpp"

#include <algorithm>
#include <utility>

namespace pipa::inquiry {
namespace {

// Byte for byte: whoever copies a number does not have the certificate.
bool is_of(ByteView message, const ReadCode& code) {
    const cose::Statement& statement = code.certificate->statement;
    return std::ranges::equal(message, cose::assemble_statement(statement.protected_bytes, statement.payload, statement.signature));
}

}  // namespace

Lookup::Lookup(Session& session, ReadCode code, RecordsFrom records) : m_session(&session), m_code(std::move(code)), m_records(records) { go_on(); }

Lookup::Lookup(Session& session, std::string number) : m_session(&session), m_number(std::move(number)) {
    const RecordsHead* head = session.records_of({});
    if (!session.trust()->is_loaded()) return;  // said by the judgement
    if (head == nullptr) refuse(ReasonId::NumberNoRecords);
    else want_record(*head, m_number);
}

void Lookup::want(FileKind kind, std::string name) { m_wanted.push_back({kind, std::move(name)}); }

void Lookup::refuse(ReasonId id) {
    m_code = refused(id, m_number);
    m_record = State::Settled;
}

// Files that can change nothing are not asked for.
void Lookup::go_on() {
    if (m_code.refusal || !m_code.may_have_dossier()) return;
    if (m_supplement == State::Open) settle_supplement();
    if (m_record == State::Open) settle_record();
}

void Lookup::settle_supplement() {
    auto wanted = m_session->supplement_for(m_code);
    m_supplement = State::Settled;
    if (!wanted || m_session->take_known_supplement(*wanted)) return;
    m_supplement = State::Wanted;
    m_supplement_file = std::move(*wanted);
    m_disclosure.status_asked = true;
    want(FileKind::Supplement, m_supplement_file.name);
}

void Lookup::settle_record() {
    const std::string& number = m_code.certificate->certificate.number;
    m_store = m_code.key->store;
    if (m_records == RecordsFrom::ByHand) {
        m_record = State::Wanted;
        return want(FileKind::Dossier, number + ".dossier");
    }
    if (!m_session->keeps_records()) return settle_record(Record::NotAsked);
    if (!m_session->knows_store(m_store)) {  // its list comes with the supplement
        if (m_supplement == State::Settled) settle_record(Record::NotFetched);
        return;
    }
    const RecordsHead* head = m_session->records_of(m_store);
    if (head == nullptr) return settle_record(Record::NotPublished);
    want_record(*head, number);
}

void Lookup::settle_record(Record outcome) {
    m_outcome = outcome;
    m_record = State::Settled;
}

void Lookup::want_record(const RecordsHead& head, const std::string& number) {
    m_index = record_index(number, head.bits);
    const std::string name = record_file_name(m_store, head, m_index);
    if (auto known = m_session->known_record(name, head, m_index)) return found_file(std::move(known));
    m_record = State::Wanted;
    m_disclosure.fewest = head.fewest;
    m_disclosure.certificates = head.certificates;
    want(FileKind::Record, name);
}

void Lookup::found_file(std::shared_ptr<const RecordFile> file) {
    const bool by_number = is_looking_for_number();
    const CertificateRecord* record = find_record(*file, by_number ? m_number : m_code.certificate->certificate.number);
    m_on_file = record != nullptr && (by_number || is_of(record->certificate, m_code));
    if (record == nullptr) return by_number ? refuse(ReasonId::NumberUnknown) : settle_record(Record::NotPublished);
    if (by_number) {
        m_message = record->certificate;
        m_code = read_certificate(m_message, *m_session->trust());
        if (!m_code.certificate || m_code.certificate->certificate.number != m_number) return refuse(ReasonId::NumberUnreadable);
    }
    m_log_proof = as_text(record->log_proof);
    m_large = record->large_dossier;
    if (m_large) {
        m_record = State::Wanted;
        m_disclosure.fewest = 1;  // a file of its own
        want(FileKind::Dossier, large_dossier_name(m_store, m_large->digest));
    } else if (record->dossier.empty()) {
        settle_record(Record::NotPublished);
    } else {
        found_dossier(record->dossier);
    }
    go_on();
}

void Lookup::found_dossier(ByteView file) {
    m_dossier = m_session->dossier(file);
    const bool past_the_list = m_records == RecordsFrom::ByHand && m_session->records_of(m_store) != nullptr;
    settle_record(!m_dossier ? Record::Unreadable : past_the_list ? Record::GivenByHand : Record::Given);
}

void Lookup::found_none(Arrival arrival, bool unreadable) {
    const bool broken = unreadable || arrival == Arrival::TooLarge;
    if (is_looking_for_number()) return refuse(broken ? ReasonId::NumberUnreadable : ReasonId::NumberNotFetched);
    settle_record(broken ? Record::Unreadable : Record::NotFetched);
}

void Lookup::take(const std::string& name, Arrival arrival, ByteView content) {
    const auto wanted = std::ranges::find(m_wanted, name, &FileName::name);
    if (wanted == m_wanted.end()) return;
    const FileKind kind = wanted->kind;
    m_wanted.erase(wanted);
    if (kind == FileKind::Supplement) {
        // Another lookup may have brought the same; what is missing in the end is said.
        if (arrival == Arrival::Here && m_session->supplement_for(m_code)) m_session->take_supplement(m_supplement_file, content);
        m_supplement = State::Settled;
    } else if (arrival != Arrival::Here) {
        found_none(arrival, false);
    } else if (kind == FileKind::Record) {
        const RecordsHead* head = m_session->records_of(m_store);
        auto file = head == nullptr ? nullptr : m_session->known_record(name, *head, m_index);
        if (head != nullptr && !file) file = m_session->take_record(name, content, *head, m_index);
        if (file) found_file(std::move(file));
        else found_none(arrival, true);
    } else if (m_large && !check_large_dossier(content, *m_large)) {
        found_none(arrival, true);
    } else {
        found_dossier(content);
    }
    go_on();
}

void Lookup::give_up() {
    while (!m_wanted.empty()) take(std::string{m_wanted.front().name}, Arrival::Failed, {});
}

Evidence Lookup::evidence() const {
    Evidence out;
    out.record = m_outcome;
    out.dossier = m_dossier;
    out.notices = m_session->notices();
    out.on_file = m_on_file;
    out.log_proof = m_log_proof;
    // A signed notice that this reader does not understand may be the recall of these goods.
    const bool unreadable = std::ranges::any_of(out.notices, [](const CheckedStatement& notice) { return !notice.statement; });
    out.notices_missing = unreadable || (m_code.key != nullptr && !m_session->knows_store(m_code.key->store));
    out.disclosure = m_disclosure;
    return out;
}

}  // namespace pipa::inquiry
