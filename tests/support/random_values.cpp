#include "support/random_values.hpp"

#include <algorithm>
#include <cstdlib>

#include "wire/gtin.hpp"

namespace pipa::test {
namespace {

constexpr std::string_view number_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

std::string random_gtin(Random& random) {
    std::string gtin = random.from_alphabet("0123456789", 13, 13) + "0";
    while (!is_gtin(gtin)) ++gtin.back();
    return gtin;
}

std::int64_t random_division(Random& random) {
    const std::int64_t county = random.between(110'000, 659'999);
    if (random.chance(3)) return county;
    const std::int64_t town = county * 1000 + random.between(0, 999);
    return random.chance(2) ? town : town * 1000 + random.between(0, 999);
}

UnixSeconds random_time(Random& random) { return random.between(946'684'800, 7'258'089'600); }  // 2000 .. 2199

Quantity random_quantity(Random& random) {
    Quantity quantity{.amount = random.between(amount_range.lowest, amount_range.highest),
                      .unit = static_cast<Unit>(random.between(1, static_cast<int>(Unit::Egg)))};
    if (random.chance(2)) {
        quantity.packs = random.between(amount_range.lowest, amount_range.highest);
        quantity.pack = static_cast<Pack>(random.between(1, static_cast<int>(Pack::Bundle)));
    }
    return quantity;
}

LocalText random_name(Random& random) {
    LocalText name{.zh_hans = random.text(60)};
    if (random.chance(2)) name.en = random.text(60);
    return name;
}

KeyEntry random_key(Random& random, std::uint32_t party) {
    KeyEntry entry{.party = party, .role = static_cast<Role>(random.between(1, 6)), .valid_from = random_time(random)};
    std::ranges::copy(random.bytes(32), entry.public_key.begin());
    if (random.chance(2)) entry.valid_until = random_time(random);
    if (random.chance(4)) entry.compromised_since = random_time(random);
    if (random.chance(2)) entry.scope.division_prefixes = {random.between(1, 999'999)};
    if (random.chance(2)) entry.scope.product_classes = {static_cast<std::uint32_t>(random.between(1, 65))};
    if (random.chance(2)) entry.scope.types = {cose::StatementType::Certificate};
    return entry;
}

Party random_party(Random& random, std::uint32_t id) {
    Party party{.id = id, .kind = static_cast<PartyKind>(random.between(1, 7)), .name = random_name(random)};
    if (random.chance(2)) party.uscc = random.from_alphabet("0123456789ABCDEFGHJKLMNPQRTUWXY", 18, 18);
    party.division = random_division(random);
    if (random.chance(2)) party.place = random_name(random);
    if (random.chance(2)) party.contact = random.text(40);
    return party;
}

}  // namespace

Bytes Random::bytes(std::size_t count) {
    Bytes out(count);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(below(256));
    return out;
}

std::string Random::text(std::size_t max_bytes) {
    static constexpr std::array<std::string_view, 12> pieces = {"枇", "杷", "临平", "塘栖", "𠮷", "é", "a", "Z", " ", "\"", "\\", "{x}"};
    std::string out{pieces[below(8)]};
    while (!chance(6)) {
        const std::string_view piece = pieces[below(pieces.size())];
        if (out.size() + piece.size() > max_bytes) break;
        out += piece;
    }
    return out;
}

std::string Random::from_alphabet(std::string_view alphabet, std::size_t lowest, std::size_t highest) {
    std::string out(lowest + below(highest - lowest + 1), '?');
    for (char& c : out) c = alphabet[below(alphabet.size())];
    return out;
}

std::uint64_t test_seed() {
    const char* chosen = std::getenv("PIPA_TEST_SEED");
    return chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : 20'261'120;
}

Certificate random_certificate(Random& random) {
    Certificate out{.issued_unix_s = random_time(random), .number = random.from_alphabet(number_alphabet, 1, max_number_characters)};
    if (random.chance(3)) out.expires_unix_s = random_time(random);
    if (random.chance(2)) out.status_index = static_cast<std::uint32_t>(random.below(std::uint64_t{1} << 32));
    if (random.chance(2)) out.product_code = static_cast<std::uint32_t>(random.between(1000, 65'535));
    if (!out.product_code || random.chance(2)) out.product_name = random.text(max_name_bytes);
    out.quantity = random_quantity(random);
    out.origin_division = random_division(random);
    if (random.chance(2)) out.harvest_day = day_of(random_time(random));
    out.form = static_cast<Form>(random.between(1, 4));
    out.bases = static_cast<BasisSet>(random.between(0, 15) & bases_of(out.form));
    if (out.bases == 0 && out.form != Form::Trial2019) out.bases = 1;
    std::uint32_t label = 0;
    for (std::uint64_t i = random.below(max_labels + 1); i > 0; --i)
        out.labels.push_back(label += static_cast<std::uint32_t>(random.between(1, 100'000)));
    if (random.chance(2)) out.lot = random.text(max_lot_bytes);
    for (std::uint64_t i = random.below(max_upstream + 1); i > 0; --i) {
        UpstreamReference reference{.number = random.from_alphabet(number_alphabet, 1, 20)};
        if (random.chance(2)) reference = reference_to(reference.number, {static_cast<std::uint8_t>(random.below(256))}, random.bytes(8));
        out.upstream.push_back(std::move(reference));
    }
    std::ranges::sort(out.upstream);
    out.upstream.erase(std::ranges::unique(out.upstream).begin(), out.upstream.end());
    if (random.chance(4)) out.quarantine_number = random.text(max_number_characters);
    if (random.chance(3)) out.gtin = random_gtin(random);
    return out;
}

TrustPack random_trust_pack(Random& random) {
    TrustPack pack{.version = random.between(1, UINT32_MAX), .issued_unix_s = random_time(random)};
    pack.fresh_for_s = random.between(0, UINT32_MAX);
    pack.usable_for_s = random.between(0, UINT32_MAX);
    pack.demo = random.chance(2);
    pack.publisher = random_name(random);
    if (random.chance(2)) pack.hosts = {random.from_alphabet("abcdefghij0123456789", 1, 30) + ".example"};
    for (std::uint32_t id = 0; id < random.below(6); ++id) {
        pack.parties.push_back(random_party(random, id));
        pack.keys.push_back(random_key(random, id));
    }
    for (std::int64_t code = 1001; code < 1001 + random.between(0, 5); ++code) pack.products.push_back({code, random_name(random)});
    if (random.chance(2)) pack.divisions.push_back({random_division(random), random_name(random)});
    return pack;
}

Bytes mutated(Random& random, ByteView bytes) {
    Bytes out = to_bytes(bytes);
    for (std::uint64_t i = random.below(4) + 1; i > 0 && !out.empty(); --i) {
        const auto at = static_cast<std::ptrdiff_t>(random.below(out.size()));
        switch (random.below(4)) {
            case 0: out[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1U << random.below(8)); break;
            case 1: out[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(random.below(256)); break;
            case 2: out.erase(out.begin() + at); break;
            default: out.insert(out.begin() + at, static_cast<std::uint8_t>(random.below(256))); break;
        }
    }
    return out;
}

}  // namespace pipa::test
