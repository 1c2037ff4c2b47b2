// Records on the session of verify.wasm. JS asks which lots file a code needs, fetches it, and hands it over; every later
// judgement of a certificate in it takes its dossier into account. A file that could not be fetched is handed over empty.
#include "packed_response.hpp"
#include "session.hpp"
#include "trust/lots.hpp"

using namespace pipa;

namespace {

constexpr std::size_t max_lots_name = max_delegate_name + sizeof "/3f";

// The number in a code of ours, or a number that somebody typed; a till's barcode is neither.
struct Wanted {
    std::string number{};
    bool typed{};
    std::string file{};  // "3f"; "tangqi/3f" where the signer's certificates are in a delegated store
};

Wanted wanted_by(const PipaSession& session, std::string_view text) {
    Wanted out;
    if (const auto qr = parse_qr_text(text)) {
        const auto parsed = parse_certificate(qr->certificate);
        if (!parsed) return out;
        out.number = parsed->certificate.number;
        const auto key = session.trust.find_key(parsed->statement.kid);
        if (key != nullptr && !key->store.empty()) out.file = key->store + '/';
    } else {
        std::string number{text};
        for (char& c : number)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        out.typed = is_certificate_number(number) && number.find_first_not_of("0123456789") != std::string::npos && recognise_foreign_code(number) == ForeignCode::Unknown;
        if (out.typed) out.number = std::move(number);
    }
    if (!out.number.empty()) out.file += lots_file_name(lots_share_of(out.number));
    return out;
}

auto* find_opened(auto& session, std::string_view name) {
    const auto found = std::ranges::find(session.lots, name, &LotsFile::name);
    return found == session.lots.end() ? nullptr : &*found;
}

std::shared_ptr<const Story> open_story(PipaSession& session, ByteView dossier, std::optional<crypto::Digest>& known_digest) {
    if (!known_digest) known_digest = crypto::sha256(dossier);
    const crypto::Digest& digest = *known_digest;
    const auto known = std::ranges::find(session.stories, digest, &OpenedStory::digest);
    if (known != session.stories.end()) return known->story;
    auto story = open_dossier(dossier, session.trust, session.check_signatures);
    if (!story) return nullptr;
    if (session.stories.size() >= max_opened_stories) session.stories.erase(session.stories.begin());
    session.stories.push_back({digest, std::make_shared<const Story>(std::move(*story))});
    return session.stories.back().story;
}

Background record_of(PipaSession& session, std::string_view text) {
    if (session.lots.empty()) return {};
    const Wanted wanted = wanted_by(session, text);
    LotsFile* file = wanted.number.empty() || wanted.typed ? nullptr : find_opened(session, wanted.file);
    if (file == nullptr) return {};
    if (file->record != Record::Given) return {.record = file->record};
    const LotEntry* entry = find_lot(file->entries, wanted.number);
    if (entry == nullptr) return {.record = Record::NotPublished};
    const bool published = !entry->dossier.empty();
    auto story = published ? open_story(session, entry->dossier, file->digests[static_cast<std::size_t>(entry - file->entries.data())]) : nullptr;
    Background background = story ? Background::with(std::move(story)) : Background{.record = published ? Record::Unreadable : Record::NotPublished};
    background.log_proof = as_text(entry->log_proof);
    return background;
}

}  // namespace

namespace pipa::bridge {

const LotsFile* find_file(const PipaSession& session, std::string_view name) { return find_opened(session, name); }

Background background_of(PipaSession& session, std::string_view text) {
    Background out = record_of(session, text);
    out.notices = session.notices;
    return out;
}

}  // namespace pipa::bridge

extern "C" {

// {"name":"3f","number":"DEMO-...","typed":false}; an empty name where the text needs no file. Whose store it is in is known with the trust.
std::uint8_t* pipa_session_lots_of(const PipaSession* session, const char* text, std::size_t text_size) {
    const Wanted wanted = wanted_by(*session, bridge::text_of(text, text_size));
    return bridge::pack(R"({"name":")" + wanted.file + R"(","number":")" + wanted.number + R"(","typed":)" + (wanted.typed ? "true}" : "false}"));
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

}  // extern "C"
