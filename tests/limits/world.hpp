// A pack with two producers, a bureau and two laboratories, a judgement, and what it rests on: a test changes what it is about.
#pragma once

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.hpp"
#include "judge/judge.hpp"
#include "support/json_records.hpp"
#include "support/signing.hpp"
#include "wire/qr_text.hpp"

namespace pipa::test {

[[nodiscard]] inline UnixSeconds time(std::string_view text) { return parse_time(text).value(); }
[[nodiscard]] inline DayNumber day(std::string_view text) { return parse_day(text).value(); }

inline constexpr const char* producer = "93330113XXDEM0015T";
inline constexpr const char* other_producer = "92330113XXDEM0023Q";

struct World {
    TrustPack pack{.version = 1, .issued_unix_s = time("2026-11-20T08:00:00+08:00"), .fresh_for_s = 86'400, .usable_for_s = 604'800,
        .publisher = {"区", ""}};
    std::optional<RepositoryState> repository{};
    FieldData field{};
    Certificate certificate{.issued_unix_s = time("2026-11-12T10:00:00+08:00"), .number = "TIME-1", .product_code = 2002,
        .quantity = {3, Unit::Kilogram, 0, Pack::None},
                            .origin_division = 330113100, .bases = 1, .lot = "LOT-T"};
    UnixSeconds now = time("2026-11-20T09:30:00+08:00");
    std::vector<Bytes> statements{};

    World() {
        pack.parties = {{.id = 1, .kind = PartyKind::Cooperative, .name = {"社", ""}, .uscc = producer, .division = 330113100},
                        {.id = 4, .kind = PartyKind::FamilyFarm, .name = {"场", ""}, .uscc = other_producer, .division = 330113100},
                        {.id = 2, .kind = PartyKind::Office, .name = {"局", ""}, .division = 330113},
                        {.id = 3, .kind = PartyKind::Office, .name = {"所", ""}, .division = 330113}};
        add_key("producer", 1, Role::Producer);
        add_key("other producer", 4, Role::Producer);
        add_key("bureau", 2, Role::Bureau);
        add_key("inspector", 2, Role::Inspector);
        add_key("carrier", 2, Role::Carrier);
        add_key("laboratory", 2, Role::Laboratory);
        add_key("second laboratory", 3, Role::Laboratory);
    }
    void add_key(std::string_view label, std::uint32_t party, Role role) {
        pack.keys.push_back({.public_key = worthless_key(label).public_key(), .party = party, .role = role,
            .valid_from = time("2026-01-01")});
    }
    KeyEntry& key(std::string_view label) {
        return *std::ranges::find(pack.keys, worthless_key(label).public_key(), &KeyEntry::public_key);
    }
    // Signed on this day unless the fields say otherwise; its SHA-256.
    std::string say(const char* signer, const char* type, Json fields) {
        if (!fields.contains("issued")) fields["issued"] = "2026-11-13T08:00:00+08:00";
        const auto kind = statement_type_named(type).value();
        const auto payload = payload_from_json(fields.dump(), *schema_of(kind));
        if (!payload) throw std::runtime_error(answer_of(payload.error()));
        statements.push_back(sign_payload(worthless_key(signer), kind, cbor::encode(*payload)));
        return to_hex(crypto::sha256(statements.back()));
    }
    [[nodiscard]] TrustStore trust() const {
        const auto office = worthless_key("office");
        const Bytes message = sign_trust_pack(office, pack);
        return repository ? TrustStore::open(message, office.public_key(), *repository).value() : TrustStore::open(message,
            office.public_key()).value();
    }
    // A certificate of this producer's among the statements.
    void promise(const char* signer, const Certificate& promised) {
        statements.push_back(sign_certificate(worthless_key(signer), promised)); }
    [[nodiscard]] Bytes message() const { return sign_certificate(worthless_key("producer"), certificate); }
    [[nodiscard]] Judgement judged() const {
        const TrustStore store = trust();
        Evidence evidence = statements.empty() ? Evidence{} : Evidence::open(encode_dossier({}, statements), store);
        evidence.field_data = &field;
        return judge(make_qr_text("pipa.example", message()), store, now, evidence);
    }
    [[nodiscard]] std::ptrdiff_t times_said(std::string_view code) const {
        return std::ranges::count_if(judged().reasons, [&](const Reason& reason) { return rule_of(reason.id).code == code; });
    }
    [[nodiscard]] bool says(std::string_view code) const { return times_said(code) > 0; }
    // How the last statement bears on the certificate.
    [[nodiscard]] std::string relation() const { return std::string{relation_name(judged().bearings.back().relation)}; }
};

}  // namespace pipa::test
