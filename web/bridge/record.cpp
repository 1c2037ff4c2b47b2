// record.wasm: the record behind a certificate, and what else the answer to it may need beside the bundle. A part of verify.wasm
// (session.hpp). JS asks which lots file a code needs, fetches it, and hands it over; every later judgement of a certificate in it
// takes its dossier into account. A file that could not be fetched is handed over empty.
#include "packed_response.hpp"
#include "page/view_json.hpp"
#include "session.hpp"
#include "inquiry/record_place.hpp"
#include "trust/supplement.hpp"

using namespace pipa;

namespace {

constexpr std::size_t max_lots_name = max_delegate_name + sizeof "/3f";

auto* find_opened(auto& session, std::string_view name) {
    const auto found = std::ranges::find(session.lots, name, &LotsFile::name);
    return found == session.lots.end() ? nullptr : &*found;
}

std::shared_ptr<const CheckedDossier> open_story(PipaSession& session, ByteView dossier, std::optional<crypto::Digest>& known_digest) {
    if (!known_digest) known_digest = crypto::sha256(dossier);
    const crypto::Digest& digest = *known_digest;
    const auto known = std::ranges::find(session.stories, digest, &OpenedStory::digest);
    if (known != session.stories.end()) return known->dossier;
    auto dossier = open_dossier(dossier, session.trust);
    if (!dossier) return nullptr;
    if (session.stories.size() >= max_opened_stories) session.stories.erase(session.stories.begin());
    session.stories.push_back({digest, std::make_shared<const CheckedDossier>(std::move(*dossier))});
    return session.stories.back().dossier;
}

Evidence record_of(PipaSession& session, std::string_view text) {
    if (session.lots.empty()) return {};
    const RecordPlace wanted = record_place_of(text, session.trust);
    LotsFile* file = wanted.number.empty() || wanted.typed ? nullptr : find_opened(session, wanted.file);
    if (file == nullptr) return {};
    if (file->record != Record::Given) return {.record = file->record};
    const LotEntry* entry = find_lot(file->entries, wanted.number);
    if (entry == nullptr) return {.record = Record::NotPublished};
    const bool published = !entry->dossier.empty();
    auto dossier = published ? open_story(session, entry->dossier, file->digests[static_cast<std::size_t>(entry - file->entries.data())]) : nullptr;
    Evidence evidence = dossier ? Evidence::with(std::move(dossier)) : Evidence{.record = published ? Record::Unreadable : Record::NotPublished};
    evidence.log_proof = as_text(entry->log_proof);
    return evidence;
}

}  // namespace

namespace pipa::bridge {

const LotsFile* find_file(const PipaSession& session, std::string_view name) { return find_opened(session, name); }

Evidence evidence_of_text(PipaSession& session, std::string_view text) {
    Evidence out = record_of(session, text);
    out.notices = session.notices;
    return out;
}

}  // namespace pipa::bridge

extern "C" {

// As pipa_session_answer, by the record too.
std::uint8_t* pipa_session_answer_by_record(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s,
                                            const char* tag, std::size_t tag_size) {
    const auto asked = bridge::question_of(*session, bridge::text_of(text, text_size), now_unix_s, bridge::text_of(tag, tag_size));
    if (!asked) return bridge::pack_error(asked.error());
    return bridge::pack_answer(*session, *asked, judge_answer(asked->text, session->trust, asked->now, bridge::evidence_of_text(*session, asked->text)));
}

// Without bytes: the file could not be fetched. One that cannot be read is kept as such, and refused with its error.
std::uint8_t* pipa_session_open_lots(PipaSession* session, const char* name, std::size_t name_size, const std::uint8_t* file, std::size_t file_size) {
    const std::string_view wanted = bridge::text_of(name, name_size);
    std::erase_if(session->lots, [&](const LotsFile& known) { return known.name == wanted; });
    if (session->lots.size() >= max_lots_files) session->lots.erase(session->lots.begin());
    LotsFile& opened = session->lots.emplace_back(LotsFile{std::string{wanted.substr(0, max_lots_name)}, Record::NotFetched, {}});
    if (file_size == 0) return bridge::pack_ok();
    auto entries = parse_lots_file({file, file_size});
    opened.record = entries ? Record::Given : Record::Unreadable;
    if (!entries) return bridge::pack_error(entries.error());
    opened.entries = std::move(*entries);
    opened.digests.resize(opened.entries.size());
    return bridge::pack_ok();
}

// The file that a certificate needs beside the bundle (trust/supplement.hpp): {"name":"status/17.3.7.cbor"}, below tuf/phone/; an empty name
// where nothing is missing.
std::uint8_t* pipa_session_supplement_of(const PipaSession* session, const char* text, std::size_t text_size) {
    const auto place = session->repository ? missing_status(session->trust, bridge::text_of(text, text_size)) : std::nullopt;
    const std::string name = place ? supplement_name(session->repository->trusted(), *place) : std::string{};
    return bridge::pack(R"({"name":")" + name + "\"}");
}

// Errors as for a bundle; without one, bundle.wrong_root. What is refused leaves the session with what it had.
std::uint8_t* pipa_session_add_supplement(PipaSession* session, const std::uint8_t* file, std::size_t file_size) {
    if (!session->repository) return bridge::pack_error({ErrorCode::BundleWrongRoot});
    auto notices = add_supplement(session->trust, *session->repository, {file, file_size});
    if (!notices) return bridge::pack_error(notices.error());
    add_notices(session->notices, std::move(*notices));
    return bridge::pack_ok();
}

// {"text":"HTTPS://..."}: what the code of the certificate with this number says; empty where no opened file has it.
std::uint8_t* pipa_session_text_of(const PipaSession* session, const char* number, std::size_t number_size) {
    const std::string_view wanted = bridge::text_of(number, number_size);
    const LotsFile* file = bridge::find_file(*session, lots_file_name(lots_share_of(wanted)));
    const LotEntry* entry = file == nullptr ? nullptr : find_lot(file->entries, wanted);
    const auto& hosts = session->trust.pack().hosts;
    const std::string text = entry == nullptr ? std::string{} : make_qr_text(hosts.empty() ? "localhost" : hosts.front(), entry->certificate);
    return bridge::pack(R"({"text":")" + text + "\"}");
}

}  // extern "C"
