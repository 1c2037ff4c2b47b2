// From a text that was scanned, typed or pasted to one judgement: which file is wanted next, and what it is taken for. In the manner of
// the update client (tuf/client.hpp) a state machine without files, network or clock, that every face drives in the same way:
//
//     inquiry::Inquiry inquiry(session, text, device_now);
//     while (const inquiry::Wanted* wanted = inquiry.next()) inquiry.answer(wanted->name, face.fetch(*wanted));
//     show(make_view(inquiry.judgement(), *inquiry.trust(), catalogue));
//
// All that wanted() lists may be fetched side by side. A file that does not come, is cut, too large, refused or of another day never makes
// the answer milder: the answer says what is missing. No errors: every outcome is a judgement.
#pragma once

#include "inquiry/lookup.hpp"
#include "inquiry/scanned_text.hpp"

namespace pipa::inquiry {

struct Wanted {
    FileKind kind{};
    std::string name{};           // relative to the site: "bundle.cbor", "tuf/phone/status/17.3.7.cbor", "records/4/17/a"
    std::size_t max_bytes{};      // what has more is TooLarge, and need not be read further
    std::uint32_t patience_ms{};  // after so long it counts as Failed
};

struct Delivery {
    Arrival arrival{};
    Bytes content{};  // of Arrival::Here
};

struct Wishes {  // of tools
    RecordsFrom records{RecordsFrom::Site};
    std::string log_proof{};  // in place of the record's
};

class Inquiry {
public:
    // `session` outlives the inquiry. An empty text asks for the trust alone, and is judged as somebody else's code.
    Inquiry(Session& session, std::string_view text, UnixSeconds device_now, Wishes wishes = {});
    // The same with a text that read_scanned_text or read_plain_link has read.
    Inquiry(Session& session, ScannedText text, UnixSeconds device_now, Wishes wishes = {});

    [[nodiscard]] std::span<const Wanted> wanted() const noexcept { return m_wanted; }
    [[nodiscard]] const Wanted* next() const noexcept { return m_wanted.empty() ? nullptr : &m_wanted.front(); }
    // What nobody wants is let pass: it came late, or twice.
    void answer(std::string name, const Delivery& delivery);

    // The record file that will probably be wanted once the trust is verified, as a bundle says that nobody has checked: so that it can be
    // under way meanwhile. Empty where nothing is to be guessed. It is believed no more for it, and told as asked for. For the page of a site
    // alone, whose own server sends page and bundle alike: with a false bundle a server could have a device name one certificate, so what
    // trusts its server less (an embed, a kiosk) does not ask.
    [[nodiscard]] std::string look_ahead(ByteView bundle);

    // Once nothing is wanted any more.
    [[nodiscard]] bool is_done() const noexcept { return m_wanted.empty(); }
    [[nodiscard]] const Judgement& judgement() const noexcept { return m_judgement; }
    [[nodiscard]] const std::shared_ptr<const TrustStore>& trust() const noexcept { return m_trust; }  // what the judgement refers into
    // What the code says as the core reads it; of a typed number what its certificate's code says, once that is found.
    [[nodiscard]] const std::string& text() const noexcept { return m_text.text; }
    [[nodiscard]] const std::string& number() const noexcept { return m_number; }  // that was typed; empty where a code was given

private:
    void begin();
    [[nodiscard]] ReadCode read_here(const TrustStore& trust);
    void go_on();
    void look_up_upstream();
    void conclude();
    [[nodiscard]] std::string record_by(const RecordsHead& head) const;
    void disclose_what_was_guessed(Disclosure& disclosure) const;
    [[nodiscard]] std::vector<Upstream> judge_upstream() const;

    Session* m_session;
    UnixSeconds m_device_now;
    Wishes m_wishes;
    ScannedText m_text;
    std::string m_number{};
    std::string m_guessed{};  // by look_ahead()
    std::size_t m_wave{};
    std::vector<Wanted> m_wanted{};
    std::optional<Lookup> m_lookup{};  // once the trust is settled
    std::vector<std::pair<UpstreamReference, std::optional<Lookup>>> m_upstream{};  // nothing answers for a number alone
    std::shared_ptr<const TrustStore> m_trust{};
    Judgement m_judgement{};
};

}  // namespace pipa::inquiry
