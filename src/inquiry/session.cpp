#include "inquiry/session.hpp"

#include <algorithm>
#include <utility>

#include "wire/cbor.hpp"

namespace pipa::inquiry {
namespace {

// What is kept for the next day (take_state()): SHA-256 of what follows, and a map. A device's storage may be damaged; versions that only
// seem to have been seen would lock it out of the right ones.
constexpr std::size_t digest_bytes = 32;
namespace state_key {
constexpr std::int64_t form = 1;
constexpr std::int64_t trust = 2;
constexpr std::int64_t seen = 3;
constexpr std::int64_t files = 4;  // [* [name, content]]
}  // namespace state_key
constexpr std::int64_t state_form = 1;
constexpr std::size_t max_state_bytes = std::size_t{16} << 20;
constexpr std::size_t max_kept_files = 16;
constexpr std::size_t max_kept_file_bytes = std::size_t{128} << 10;

constexpr std::size_t max_opened_records = 8;
constexpr std::size_t max_opened_dossiers = 8;

// The newest last; the oldest makes room.
template <typename Key, typename What>
void remember(std::vector<std::pair<Key, What>>& list, Key key, What what, std::size_t most) {
    std::erase_if(list, [&](const auto& known) { return known.first == key; });
    if (list.size() >= most) list.erase(list.begin());
    list.emplace_back(std::move(key), std::move(what));
}

Bytes bytes_under(const cbor::Value& map, std::int64_t key) {
    const cbor::Value* value = map.find(key);
    return value != nullptr && value->is(cbor::Type::Bytes) ? value->bytes : Bytes{};
}

struct State {
    Bytes trust{};
    Bytes seen{};
    std::vector<std::pair<std::string, Bytes>> files{};
};

// Empty where it cannot be read.
State read_state(ByteView state) {
    if (state.size() < digest_bytes || !std::ranges::equal(crypto::sha256(state.subspan(digest_bytes)), state.first(digest_bytes))) return {};
    const auto root = cbor::decode(state.subspan(digest_bytes), cbor::Rules::deterministic, {.max_bytes = max_state_bytes});
    if (!root || !root->is(cbor::Type::Map)) return {};
    const cbor::Value* form = root->find(state_key::form);
    if (form == nullptr || form->integer() != state_form) return {};
    State out{bytes_under(*root, state_key::trust), bytes_under(*root, state_key::seen), {}};
    const cbor::Value* files = root->find(state_key::files);
    if (files == nullptr) return out;
    for (const cbor::Value& file : files->items)
        if (file.items.size() == 2 && out.files.size() < max_kept_files) out.files.emplace_back(std::string{file.items[0].text()}, file.items[1].bytes);
    return out;
}

}  // namespace

void Session::restore(ByteView state) {
    State read = read_state(state);
    m_kept_trust = std::move(read.trust);
    m_seen = std::move(read.seen);
    m_files = std::move(read.files);
}

// Trust that is older than this session's is refused like any that arrives.
void Session::join(ByteView kept) {
    State other = read_state(kept);
    if (!other.trust.empty() && other.trust != m_kept_trust && open_trust(other.trust)) m_kept_trust = std::move(other.trust);
    for (auto& [name, content] : std::exchange(m_files, std::move(other.files))) remember(m_files, std::move(name), std::move(content), max_kept_files);
}

std::optional<Bytes> Session::take_state(ByteView kept) {
    if (!std::exchange(m_state_is_new, false)) return {};
    join(kept);
    cbor::Value files = cbor::make_array();
    for (const auto& [name, content] : m_files) files.items.push_back(cbor::make_array({cbor::make_text(name), cbor::make_bytes(content)}));
    const Bytes map = cbor::encode(cbor::MapBuilder{}
                                       .add(state_key::form, cbor::make_integer(state_form))
                                       .add(state_key::trust, cbor::make_bytes(m_kept_trust))
                                       .add(state_key::seen, cbor::make_bytes(m_seen))
                                       .add(state_key::files, std::move(files))
                                       .finish());
    const crypto::Digest digest = crypto::sha256(map);
    Bytes out(digest.begin(), digest.end());
    out.insert(out.end(), map.begin(), map.end());
    return out;
}

std::string_view Session::trust_name() const noexcept {
    switch (m_anchor.kind) {
        case Anchor::Kind::Nobody: return {};
        case Anchor::Kind::Pack: return "trust.cose";
        case Anchor::Kind::Repository: return "bundle.cbor";
    }
    return {};
}

void Session::take_trust(Arrival arrival, ByteView file) {
    m_asked = true;
    if (arrival == Arrival::TooLarge) return open_kept(TrustNews::Refused, Error{ErrorCode::BundleTooLarge});
    if (arrival != Arrival::Here) return open_kept(TrustNews::Offline, {});
    if (const auto opened = open_trust(file); !opened)
        return open_kept(opened.error().code == ErrorCode::TufRollback ? TrustNews::RolledBack : TrustNews::Refused, opened.error());
    m_news = TrustNews::None;
    m_news_error.reset();
    m_state_is_new = m_state_is_new || !std::ranges::equal(m_kept_trust, file);
    m_kept_trust = to_bytes(file);
}

// What is open stays open; a device that has just been started opens what it kept.
void Session::open_kept(TrustNews news, std::optional<Error> error) {
    m_news = news;
    m_news_error = std::move(error);
    if (!m_trust->is_loaded() && !m_kept_trust.empty()) static_cast<void>(open_trust(m_kept_trust));
}

Result<void> Session::open_trust(ByteView file) { return m_anchor.kind == Anchor::Kind::Pack ? open_pack(file) : open_repository(file); }

Result<void> Session::open_pack(ByteView file) {
    auto store = TrustStore::open(file, m_anchor.office_key);
    if (!store) return std::unexpected(store.error());
    std::int64_t seen = m_trust->pack().version;
    if (!m_trust->is_loaded() && !m_kept_trust.empty())
        if (const auto kept = TrustStore::open(m_kept_trust, m_anchor.office_key)) seen = kept->pack().version;
    if (store->pack().version < seen) return fail(ErrorCode::TufRollback);
    forget_what_hung_on_trust();
    *(m_trust = std::make_shared<TrustStore>()) = std::move(*store);
    m_office_key = to_bytes(m_anchor.office_key);
    return {};
}

Result<void> Session::open_repository(ByteView file) {
    auto opened = open_bundle(file, m_anchor.root_pin, m_seen);
    if (!opened) return std::unexpected(opened.error());
    forget_what_hung_on_trust();
    *(m_trust = std::make_shared<TrustStore>()) = std::move(opened->trust);
    m_notices = std::move(opened->notices);
    keep_records_head({}, std::move(opened->records));
    m_client = std::move(opened->client);
    m_office_key = std::move(opened->office_key);
    m_seen = encode_seen(opened->seen);
    return {};
}

void Session::forget_what_hung_on_trust() {
    m_notices.clear();
    m_client.reset();
    m_records_heads.clear();
    m_records.clear();
    m_dossiers.clear();
}

std::optional<WantedSupplement> Session::supplement_for(const ReadCode& code) {
    if (!m_client || !code.certificate || code.key == nullptr) return {};
    auto place = supplement_place_of(code.certificate->certificate, *code.key, *m_trust);
    if (!place) return {};
    const std::string name = supplement_name(m_client->trusted(), *place);
    if (!name.empty()) return WantedSupplement{std::move(*place), "tuf/" + std::string{supplement_folder} + "/" + name};
    if (!knows_store(place->store)) keep_records_head(place->store, {});  // signed: that store publishes nothing
    return {};
}

const RecordsHead* Session::records_of(std::string_view store) const {
    const std::optional<RecordsHead>* known = records_head(store);
    return known == nullptr || !*known ? nullptr : &**known;
}

const std::optional<RecordsHead>* Session::records_head(std::string_view store) const {
    const auto known = std::ranges::find(m_records_heads, store, &std::pair<std::string, std::optional<RecordsHead>>::first);
    return known == m_records_heads.end() ? nullptr : &known->second;
}

void Session::keep_records_head(const std::string& store, std::optional<RecordsHead> head) {
    std::erase_if(m_records_heads, [&](const auto& known) { return known.first == store; });
    m_records_heads.emplace_back(store, std::move(head));
}

bool Session::take_supplement(const WantedSupplement& wanted, ByteView file) {
    if (!m_client) return false;
    auto added = add_supplement(*m_trust, *m_client, file, wanted.place);
    if (!added) return false;
    add_notices(m_notices, std::move(added->notices));
    if (!wanted.place.store.empty()) keep_records_head(wanted.place.store, std::move(added->records));
    keep_file(wanted.name, file);
    return true;
}

bool Session::take_known_supplement(const WantedSupplement& wanted) {
    const Bytes* kept = kept_file(wanted.name);
    return kept != nullptr && take_supplement(wanted, Bytes{*kept});
}

std::shared_ptr<const RecordFile> Session::take_record(const std::string& name, ByteView file, const RecordsHead& head, std::uint32_t index) {
    auto opened = open_record_file(file, head, index);
    if (!opened) return nullptr;
    auto record = std::make_shared<const RecordFile>(std::move(*opened));
    remember(m_records, name, record, max_opened_records);
    keep_file(name, file);
    return record;
}

std::shared_ptr<const RecordFile> Session::known_record(const std::string& name, const RecordsHead& head, std::uint32_t index) {
    const auto open = std::ranges::find(m_records, name, &std::pair<std::string, std::shared_ptr<const RecordFile>>::first);
    if (open != m_records.end()) return open->second;
    const Bytes* kept = kept_file(name);
    return kept == nullptr ? nullptr : take_record(name, Bytes{*kept}, head, index);
}

std::shared_ptr<const CheckedDossier> Session::dossier(ByteView file) {
    const crypto::Digest digest = crypto::sha256(file);
    const auto open = std::ranges::find(m_dossiers, digest, &std::pair<crypto::Digest, std::shared_ptr<const CheckedDossier>>::first);
    if (open != m_dossiers.end()) return open->second;
    auto opened = open_dossier(file, *m_trust);
    if (!opened) return nullptr;
    auto dossier = std::make_shared<const CheckedDossier>(std::move(*opened));
    remember(m_dossiers, digest, dossier, max_opened_dossiers);
    return dossier;
}

void Session::keep_file(const std::string& name, ByteView file) {
    if (file.size() > max_kept_file_bytes) return;
    if (const Bytes* kept = kept_file(name); kept != nullptr && std::ranges::equal(*kept, file)) return;
    remember(m_files, name, to_bytes(file), max_kept_files);
    m_state_is_new = true;
}

const Bytes* Session::kept_file(const std::string& name) const noexcept {
    const auto kept = std::ranges::find(m_files, name, &std::pair<std::string, Bytes>::first);
    return kept == m_files.end() ? nullptr : &kept->second;
}

}  // namespace pipa::inquiry
