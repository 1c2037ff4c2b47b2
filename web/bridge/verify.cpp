// verify.wasm: the judging core behind flat functions (README.md beside this file). Bytes in, packed JSON out.
// There are no globals: JS owns a session, and the session owns the texts and the trust it judges with.
// Every pointer argument comes with its size and is only read during the call.
#include "packed_response.hpp"
#include "page/pin.hpp"
#include "page/view_json.hpp"
#include "session.hpp"
#include "inquiry/record_place.hpp"

namespace {

using namespace pipa;

constexpr std::uint32_t interface_version = 3;  // rises when a function or an answer changes incompatibly
constexpr std::size_t max_catalogue_bytes = std::size_t{256} << 10;
constexpr std::size_t max_catalogues = 8;
constexpr std::size_t max_tag_bytes = 16;
using bridge::text_of;

}  // namespace

extern "C" {

std::uint32_t pipa_interface_version() { return interface_version; }
void* pipa_allocate(std::size_t size) { return std::malloc(size); }
void pipa_free(void* block) { std::free(block); }

PipaSession* pipa_session_new() { return new PipaSession; }
void pipa_session_free(PipaSession* session) { delete session; }

// `entries` is what Catalogue::unpack reads: the browser has read the JSON already.
std::uint8_t* pipa_session_add_catalogue(PipaSession* session, const char* tag, std::size_t tag_size, const char* entries,
                                         std::size_t entries_size) {
    const bool known = session->catalogues.contains(text_of(tag, tag_size));
    const bool too_many = !known && session->catalogues.size() >= max_catalogues;
    if (tag_size == 0 || tag_size > max_tag_bytes || entries_size > max_catalogue_bytes || too_many)
        return bridge::pack_error({ErrorCode::CatalogueInvalid});
    auto catalogue = Catalogue::unpack(text_of(tag, tag_size), text_of(entries, entries_size));
    if (!catalogue) return bridge::pack_error(catalogue.error());
    session->catalogues.insert_or_assign(std::string{text_of(tag, tag_size)}, std::move(*catalogue));
    session->link_fallbacks();
    return bridge::pack_ok();
}

// A pack that is refused leaves the session with what it had: never with less trust checked, never with half a pack.
std::uint8_t* pipa_session_open_trust(PipaSession* session, const std::uint8_t* message, std::size_t message_size,
                                      const std::uint8_t* office_key, std::size_t office_key_size) {
    auto store = TrustStore::open({message, message_size}, {office_key, office_key_size});
    if (!store) return bridge::pack_error(store.error());
    session->replace_trust(std::move(*store));
    return bridge::pack_ok();
}

// The whole repository in one file (trust/open_bundle.hpp). `root_pin` is 32 bytes; `seen` is what the last success gave, or empty.
// {"ok":true,"seen":"<hex>","as_of":<Unix seconds>,"expires":<Unix seconds>,"version":<of the registry>,"office_key":"<hex>"}.
// A bundle that is refused leaves the session with what it had.
std::uint8_t* pipa_session_open_bundle(PipaSession* session, const std::uint8_t* file, std::size_t file_size, const std::uint8_t* root_pin,
                                       std::size_t root_pin_size, const std::uint8_t* seen, std::size_t seen_size) {
    crypto::Digest pin{};
    if (root_pin_size != pin.size()) return bridge::pack_error({ErrorCode::BundleWrongRoot});
    std::memcpy(pin.data(), root_pin, pin.size());
    auto opened = open_bundle({file, file_size}, pin, {seen, seen_size});
    if (!opened) return bridge::pack_error(opened.error());
    session->replace_trust(std::move(opened->trust));
    session->notices = std::move(opened->notices);
    session->repository = std::move(opened->client);
    return bridge::pack(R"({"ok":true,"seen":")" + to_hex(encode_seen(opened->seen)) + R"(","as_of":)" + std::to_string(session->trust.as_of()) +
                        R"(,"expires":)" + std::to_string(session->trust.expires().value_or(0)) + R"(,"version":)" +
                        std::to_string(session->trust.pack().version) + R"(,"office_key":")" + to_hex(opened->office_key) + "\"}");
}

// {"name":"3f","number":"DEMO-...","typed":false}; an empty name where the text needs no file. Whose store it is in is known with the trust.
std::uint8_t* pipa_session_lots_of(const PipaSession* session, const char* text, std::size_t text_size) {
    const RecordPlace wanted = record_place_of(text_of(text, text_size), session->trust);
    return bridge::pack(R"({"name":")" + wanted.file + R"(","number":")" + wanted.number + R"(","typed":)" + (wanted.typed ? "true}" : "false}"));
}

// {"version":1,"final":true,"pin":"genuine.3f1c...","view":{...}}: the answer and what a reader needs first (make_answer), by certificate
// and trust; `final` where no record can change it. Not 0 in `record_missing`: there should be one, and it did not arrive. `now` is in
// Unix seconds; a double, because JS numbers are and a 64-bit integer would need BigInt.
std::uint8_t* pipa_session_answer(const PipaSession* session, const char* text, std::size_t text_size, double now_unix_s, int record_missing,
                                  const char* tag, std::size_t tag_size) {
    const auto asked = bridge::question_of(*session, text_of(text, text_size), now_unix_s, text_of(tag, tag_size));
    if (!asked) return bridge::pack_error(asked.error());
    const Record record = record_missing != 0 ? Record::NotFetched : Record::NotAsked;
    return bridge::pack_answer(*session, *asked, judge_certificate(asked->text, session->trust, asked->now, record, session->notices));
}

}  // extern "C"

namespace pipa::bridge {

std::uint8_t* pack_answer(const PipaSession& session, const Question& question, const Judgement& judgement) {
    const std::string_view final = may_have_dossier(judgement) ? "false" : "true";
    return pack(R"({"version":1,"final":)" + std::string{final} + R"(,"pin":")" + make_pin(judgement) + R"(","view":)" +
                to_json(make_answer(judgement, session.trust, *question.catalogue)) + '}');
}

Result<Question> question_of(const PipaSession& session, std::string_view text, double now_unix_s, std::string_view tag) {
    const auto catalogue = session.catalogues.find(tag);
    if (catalogue == session.catalogues.end()) return fail(ErrorCode::CatalogueInvalid);
    if (!(now_unix_s >= 0 && now_unix_s < 1e12) || !is_plausible_time(static_cast<UnixSeconds>(now_unix_s))) return fail(ErrorCode::DateInvalid);
    return Question{text, static_cast<UnixSeconds>(now_unix_s), &catalogue->second};
}

}  // namespace pipa::bridge
