// What there is to know of one certificate beyond its code: its part of a status list, what its store warns of, its record. One step of
// an inquiry, which has one for the code that was asked about and one for each certificate that went into it. Inside src/inquiry only.
#pragma once

#include "inquiry/session.hpp"

namespace pipa::inquiry {

struct FileName {
    FileKind kind{};
    std::string name{};
};

enum class RecordsFrom : std::uint8_t {
    Site,    // as the signed list of records says
    ByHand,  // a file NUMBER.dossier that somebody hands over, in place of the published record
};

class Lookup {
public:
    // Of a code that was read, or of a certificate's number: it is then found among the district's own records.
    Lookup(Session& session, ReadCode code, RecordsFrom records);
    Lookup(Session& session, std::string number);

    // What is wanted now, side by side; nothing once all that there is has been taken in.
    [[nodiscard]] const std::vector<FileName>& wanted() const noexcept { return m_wanted; }
    void take(const std::string& name, Arrival arrival, ByteView content);
    // There is no time for what is still wanted.
    void give_up();

    [[nodiscard]] const ReadCode& code() const noexcept { return m_code; }
    // Of what was found so far; refers into session and lookup.
    [[nodiscard]] Evidence evidence() const;
    // The signed message of a certificate that was looked up by its number; empty until it is found.
    [[nodiscard]] ByteView message() const noexcept { return m_message; }

private:
    enum class State : std::uint8_t { Open, Wanted, Settled };

    [[nodiscard]] bool is_looking_for_number() const noexcept { return !m_number.empty() && m_message.empty(); }
    void go_on();
    void settle_supplement();
    void settle_record();
    void settle_record(Record outcome);
    void want_record(const RecordsHead& head, const std::string& number);
    void found_file(std::shared_ptr<const RecordFile> file);
    void found_dossier(ByteView file);
    void found_none(Arrival arrival, bool unreadable);
    void refuse(ReasonId id);
    void want(FileKind kind, std::string name);

    Session* m_session;
    ReadCode m_code{};
    std::string m_number{};    // of a lookup by number
    RecordsFrom m_records{RecordsFrom::Site};
    std::vector<FileName> m_wanted{};

    State m_supplement{State::Open};
    WantedSupplement m_supplement_file{};
    State m_record{State::Open};
    std::string m_store{};    // whose records are looked at
    std::uint32_t m_index{};  // of the record file among them
    std::optional<LargeDossier> m_large{};

    Record m_outcome{Record::NotAsked};
    std::shared_ptr<const CheckedDossier> m_dossier{};
    std::optional<bool> m_on_file{};
    std::string m_log_proof{};
    Bytes m_message{};
    Disclosure m_disclosure{};
};

}  // namespace pipa::inquiry
