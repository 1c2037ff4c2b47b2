// What one device knows across inquiries: the trust that it was given and has verified, record files, and what it keeps for the next day.
// Pure: a face hands in what it fetched or kept, and keeps what take_state() gives.
//
// Which kind of trust a site publishes is told with the page, the embed or the kiosk (Anchor), and nothing else is ever taken in its
// place. What is refused changes nothing: the last good state stays, and every judgement says so (Evidence::trust_news).
#pragma once

#include "inquiry/file_limits.hpp"
#include "judge/judge.hpp"
#include "trust/open_bundle.hpp"
#include "trust/records.hpp"

namespace pipa::inquiry {

// What a device was given to begin with.
struct Anchor {
    enum class Kind : std::uint8_t { Nobody, Pack, Repository } kind{Kind::Nobody};
    crypto::PublicKey office_key{};  // of a pack
    crypto::Digest root_pin{};       // of a repository: SHA-256 of one of its root files

    [[nodiscard]] static Anchor pack(const crypto::PublicKey& office_key) { return {.kind = Kind::Pack, .office_key = office_key}; }
    [[nodiscard]] static Anchor repository(const crypto::Digest& root_pin) { return {.kind = Kind::Repository, .root_pin = root_pin}; }
};

// What became of a file that was asked for. TooLarge: it has more bytes than were wanted.
enum class Arrival : std::uint8_t { Here, NotThere, Failed, TooLarge };

struct WantedSupplement {
    SupplementPlace place{};
    std::string name{};  // "tuf/phone/status/17.3.7.cbor"
};

class Session {
public:
    explicit Session(Anchor anchor) : m_anchor(anchor) {}

    // What take_state() gave on an earlier day; what cannot be read counts as nothing. Before the first inquiry.
    void restore(ByteView state);
    // What to keep in place of `kept`, which is there now; nothing where nothing is new. At most 12 MiB, and usually under 100 KB. Another
    // page of this device may have kept something since: newer trust of its counts here from now on and stays, as do its files.
    [[nodiscard]] std::optional<Bytes> take_state(ByteView kept = {});

    // Site-relative: "bundle.cbor", "trust.cose". Empty where the device was given nothing to prove it with.
    [[nodiscard]] std::string_view trust_name() const noexcept;
    [[nodiscard]] FileKind trust_kind() const noexcept { return m_anchor.kind == Anchor::Kind::Pack ? FileKind::Pack : FileKind::Bundle; }
    // Whether an inquiry is to begin with the trust: nobody has asked yet, or since ask_again().
    [[nodiscard]] bool wants_trust() const noexcept { return !m_asked && m_anchor.kind != Anchor::Kind::Nobody; }
    void ask_again() noexcept { m_asked = false; }
    // The answer to that, in time or late. Whatever comes later than another answer counts as well.
    void take_trust(Arrival arrival, ByteView file);

    // The time at which a demo stands still; heeded only where the trust calls itself one.
    void set_demo_now(UnixSeconds time) noexcept { m_demo_now = time; }
    [[nodiscard]] std::optional<UnixSeconds> demo_now() const noexcept { return m_demo_now; }

    [[nodiscard]] std::shared_ptr<const TrustStore> trust() const noexcept { return m_trust; }
    [[nodiscard]] std::span<const CheckedStatement> notices() const noexcept { return m_notices; }
    [[nodiscard]] TrustNews trust_news() const noexcept { return m_news; }
    // Why the newest trust was not taken; empty where it was, or nothing came.
    [[nodiscard]] const std::optional<Error>& trust_error() const noexcept { return m_news_error; }
    // The client that a repository was opened with; nothing with a pack.
    [[nodiscard]] const std::optional<tuf::Client>& repository() const noexcept { return m_client; }
    [[nodiscard]] ByteView office_key() const noexcept { return m_office_key; }           // 32 bytes, or none

    // What this certificate needs beside the bundle; nothing where it needs nothing, or it is signed that there is nothing.
    [[nodiscard]] std::optional<WantedSupplement> supplement_for(const ReadCode& code);
    // Whether trust came by a repository, which alone says what records there are.
    [[nodiscard]] bool keeps_records() const noexcept { return m_client.has_value(); }
    // Whether what this store says beside its status list is here: of the district's own always, of a delegated one with its supplement.
    [[nodiscard]] bool knows_store(std::string_view store) const { return store.empty() || records_head(store) != nullptr; }
    // The signed list of that store's record files; null where the store publishes none, which is signed too.
    [[nodiscard]] const RecordsHead* records_of(std::string_view store) const;

    // Takes in what came under its name. False where it is refused.
    bool take_supplement(const WantedSupplement& wanted, ByteView file);
    // The file as verified; empty where it is refused.
    [[nodiscard]] std::shared_ptr<const RecordFile> take_record(const std::string& name, ByteView file, const RecordsHead& head, std::uint32_t index);
    // What was taken in earlier, today or on a day before; empty where nothing was.
    [[nodiscard]] std::shared_ptr<const RecordFile> known_record(const std::string& name, const RecordsHead& head, std::uint32_t index);
    // Whether a file of this name was taken in earlier, today or on a day before.
    [[nodiscard]] bool has_kept(const std::string& name) const noexcept { return kept_file(name) != nullptr; }
    [[nodiscard]] bool take_known_supplement(const WantedSupplement& wanted);
    // Opened once, however often it is asked for. Null where it is no dossier.
    [[nodiscard]] std::shared_ptr<const CheckedDossier> dossier(ByteView file);

private:
    [[nodiscard]] Result<void> open_trust(ByteView file);
    [[nodiscard]] Result<void> open_pack(ByteView file);
    [[nodiscard]] Result<void> open_repository(ByteView file);
    void open_kept(TrustNews news, std::optional<Error> error);
    void forget_what_hung_on_trust();
    [[nodiscard]] const std::optional<RecordsHead>* records_head(std::string_view store) const;
    void keep_records_head(const std::string& store, std::optional<RecordsHead> head);
    void join(ByteView kept);
    void keep_file(const std::string& name, ByteView file);
    [[nodiscard]] const Bytes* kept_file(const std::string& name) const noexcept;

    Anchor m_anchor;
    std::optional<UnixSeconds> m_demo_now{};
    bool m_asked{};
    bool m_state_is_new{};
    Bytes m_kept_trust{};                                  // the last that was verified
    Bytes m_seen{};                                        // encode_seen() of it
    std::vector<std::pair<std::string, Bytes>> m_files{};  // supplements and record files that were verified, the newest last

    std::shared_ptr<TrustStore> m_trust{std::make_shared<TrustStore>()};
    std::vector<CheckedStatement> m_notices{};
    std::optional<tuf::Client> m_client{};
    std::vector<std::pair<std::string, std::optional<RecordsHead>>> m_records_heads{};  // by store; empty: the district's own
    Bytes m_office_key{};
    TrustNews m_news{TrustNews::None};
    std::optional<Error> m_news_error{};

    std::vector<std::pair<std::string, std::shared_ptr<const RecordFile>>> m_records{};
    std::vector<std::pair<crypto::Digest, std::shared_ptr<const CheckedDossier>>> m_dossiers{};
};

}  // namespace pipa::inquiry
