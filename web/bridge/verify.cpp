// What every module does: a session, and inquiries that end in an answer (README.md beside this file). Bytes in, one packed block out.
// There are no globals. Every pointer argument comes with its size and is only read during the call. `now` is in Unix seconds; a double,
// because JS numbers are and a 64-bit integer would need BigInt.
#include <algorithm>

#include "base/json_writer.hpp"
#include "packed_response.hpp"
#include "session.hpp"

namespace {

using namespace pipa;

constexpr std::uint32_t interface_version = 5;  // rises when a function or an answer changes incompatibly
constexpr std::size_t max_catalogue_bytes = std::size_t{256} << 10;
constexpr std::size_t max_catalogues = 8;
constexpr std::size_t max_tag_bytes = 16;
using bridge::text_of;

// 64 digits or 32 bytes would be two ways; JS hands over the bytes.
inquiry::Anchor anchor_of(std::uint32_t kind, ByteView bytes) {
    std::array<std::uint8_t, 32> key{};
    if (bytes.size() != key.size()) return {};
    std::ranges::copy(bytes, key.begin());
    if (kind == 1) return inquiry::Anchor::pack(key);
    return kind == 2 ? inquiry::Anchor::repository(key) : inquiry::Anchor{};
}

constexpr std::array<inquiry::Arrival, 4> arrivals = {inquiry::Arrival::Here, inquiry::Arrival::NotThere, inquiry::Arrival::Failed, inquiry::Arrival::TooLarge};

inquiry::Arrival arrival_of(std::uint32_t number) noexcept { return number < arrivals.size() ? arrivals[number] : inquiry::Arrival::Failed; }

}  // namespace

extern "C" {

std::uint32_t pipa_interface_version() { return interface_version; }
void* pipa_allocate(std::size_t size) { return std::malloc(size); }
void pipa_free(void* block) { std::free(block); }

// What the device was given to begin with: `kind` 1 a trust pack and the office's key, 2 a repository and SHA-256 of one of its root files;
// 32 bytes either way. `demo_now` above 0: when a demo stands still.
PipaSession* pipa_session_new(std::uint32_t kind, const std::uint8_t* anchor, std::size_t anchor_size, double demo_now_unix_s) {
    auto* session = new PipaSession{inquiry::Session(anchor_of(kind, {anchor, anchor_size}))};
    if (const auto demo_now = bridge::time_of(demo_now_unix_s); demo_now && *demo_now > 0) session->device.set_demo_now(*demo_now);
    return session;
}
void pipa_session_free(PipaSession* session) { delete session; }

// `entries` is what Catalogue::unpack reads: the browser has read the JSON already. 1, or 0 where they are none (catalogue.invalid).
std::uint32_t pipa_session_add_catalogue(PipaSession* session, const char* tag, std::size_t tag_size, const char* entries,
                                         std::size_t entries_size) {
    const std::string_view language = text_of(tag, tag_size);
    const bool too_many = session->catalogue(language) == nullptr && session->catalogues.size() >= max_catalogues;
    if (tag_size == 0 || tag_size > max_tag_bytes || entries_size > max_catalogue_bytes || too_many)
        return 0;
    auto catalogue = Catalogue::unpack(language, text_of(entries, entries_size));
    if (!catalogue) return 0;
    std::erase_if(session->catalogues, [&](const Catalogue& known) { return known.language() == language; });
    session->catalogues.push_back(std::move(*catalogue));
    session->link_fallbacks();
    return 1;
}

// What pipa_session_take_state gave on an earlier day.
void pipa_session_restore(PipaSession* session, const std::uint8_t* state, std::size_t state_size) { session->device.restore({state, state_size}); }

// The bytes to keep in place of `kept`, which is there now; none where nothing is new.
std::uint8_t* pipa_session_take_state(PipaSession* session, const std::uint8_t* kept, std::size_t kept_size) {
    const auto state = session->device.take_state({kept, kept_size});
    return bridge::pack(state ? as_text(*state) : std::string_view{});
}

void pipa_session_ask_again(PipaSession* session) { session->device.ask_again(); }

// Trust that came after an inquiry had gone on without it. `arrival`: 0 here, 1 not there, 2 failed, 3 too large.
void pipa_session_take_trust(PipaSession* session, std::uint32_t arrival, const std::uint8_t* file, std::size_t file_size) {
    session->device.take_trust(arrival_of(arrival), {file, file_size});
}

// The session outlives the inquiry. A time that no calendar has counts as the year 1970, which every signed date is later than. Null for a text
// that this module leaves to whole.wasm.
PipaInquiry* pipa_inquiry_new(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s) {
    auto read = bridge::read_text(text_of(text, text_size));
    if (!read) return nullptr;
    return new PipaInquiry{inquiry::Inquiry(session->device, std::move(*read), bridge::time_of(now_unix_s).value_or(0))};
}
void pipa_inquiry_free(PipaInquiry* inquiry) { delete inquiry; }

// {"wanted":[{"name":"records/4/17/a","max_bytes":65536,"patience_ms":2000,"late":false}]}: fetch them side by side; none: the answer is there.
// `late`: what comes after its patience is for pipa_session_take_trust.
std::uint8_t* pipa_inquiry_wanted(const PipaInquiry* inquiry) {
    JsonWriter json;
    json.begin_object().key("wanted").begin_array();
    for (const inquiry::Wanted& wanted : inquiry->asked.wanted())
        json.begin_object()
            .member("name", wanted.name)
            .member("max_bytes", static_cast<std::int64_t>(wanted.max_bytes))
            .member("patience_ms", static_cast<std::int64_t>(wanted.patience_ms))
            .member("late", wanted.kind == inquiry::FileKind::Bundle || wanted.kind == inquiry::FileKind::Pack)
            .end_object();
    return bridge::pack(json.end_array().end_object().finish());
}

// 1 where the text, or what came for it, is whole.wasm's to answer.
std::uint32_t pipa_inquiry_is_left_to_whole(const PipaInquiry* inquiry) {
    const Judgement* judgement = bridge::judgement_of(inquiry);
    return inquiry == nullptr || (judgement != nullptr && bridge::is_left_to_whole(*judgement)) ? 1 : 0;
}

void pipa_inquiry_answer(PipaInquiry* inquiry, const char* name, std::size_t name_size, std::uint32_t arrival, const std::uint8_t* file, std::size_t file_size) {
    inquiry->asked.answer(std::string{text_of(name, name_size)}, {arrival_of(arrival), Bytes(file, file + file_size)});
}

// The name of the file that will probably be wanted after this bundle, which nobody has verified (Inquiry::look_ahead); none where there is
// nothing to guess.
std::uint8_t* pipa_inquiry_look_ahead(PipaInquiry* inquiry, const std::uint8_t* bundle, std::size_t bundle_size) {
    return bridge::pack(inquiry == nullptr ? std::string{} : inquiry->asked.look_ahead({bundle, bundle_size}));
}

// {"version":1,"text":"HTTPS://...","number":"","view":{...}}: what a reader sees, as far as this module can tell it.
// Nothing in a language that was not added, and before the answer is there. `text` is the code as the core reads it; of a typed number what its
// certificate's code says.
std::uint8_t* pipa_inquiry_view(const PipaInquiry* inquiry, const PipaSession* session, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(bridge::text_of(tag, tag_size));
    if (catalogue == nullptr || bridge::judgement_of(inquiry) == nullptr) return bridge::pack({});
    const inquiry::Inquiry& asked = inquiry->asked;
    return bridge::pack(JsonWriter{}
                            .begin_object()
                            .member("version", 1)
                            .member("text", asked.text())
                            .member("number", asked.number())
                            .key("view")
                            .raw(bridge::view_of(asked, *catalogue))
                            .end_object()
                            .finish());
}

}  // extern "C"
