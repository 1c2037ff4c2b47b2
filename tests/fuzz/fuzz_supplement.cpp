// Supplements of a phone that has its bundle: the first byte says which is wanted. What is refused changes nothing, what is taken in is there
// afterwards, and a name or path has one meaning.
#include <algorithm>
#include <string>

#include "fuzz/fuzz.hpp"
#include "support/supplements.hpp"
#include "trust/open_bundle.hpp"

using namespace pipa;
using fuzz::must;

namespace {

constexpr std::uint32_t some_shards[] = {0, 1, 3051};

// What a phone knows of status lists and stores: so much that a change shows.
std::string known_to(const TrustStore& trust) {
    std::string out;
    for (const std::string_view store : {"", "tangqi", "other"}) {
        out += trust.knows_store(store) ? 'K' : '-';
        for (const std::uint32_t shard : some_shards)
            for (const std::uint32_t entry : {0U, 5U, status_shard_entries - 1}) {
                const auto status = trust.status_of(shard * status_shard_entries + entry, store);
                out += status ? static_cast<char>('0' + static_cast<int>(*status)) : '.';
            }
    }
    return out;
}

void check_paths(std::string_view text) {
    if (const auto place = parse_status_path(text)) must(status_path(*place) == text, "a status path is written in one way");
    const auto from = std::min(text.find('/'), text.size());
    const SupplementPlace place{.store = std::string{text.substr(0, from)}, .shard = static_cast<std::uint32_t>(text.size())};
    const std::string name = supplement_name(test::phone().client.trusted(), place);
    must(name.empty() || (name.ends_with(".cbor") && name.find("..") == std::string::npos), "a supplement's name stays in its folder");
}

}  // namespace

void fuzz_one(ByteView input) {
    if (input.empty()) return;
    check_paths(as_text(input.subspan(1)));
    const auto& places = test::supplement_places();
    const SupplementPlace& place = places[input[0] % places.size()];
    OpenedBundle phone = test::phone();
    const std::string before = known_to(phone.trust);
    const auto added = add_supplement(phone.trust, phone.client, input.subspan(1), place);
    if (!added) return must(known_to(phone.trust) == before, "what is refused changes nothing");
    must(encode_bundle(decode_bundle(input.subspan(1)).value()).value() == to_bytes(input.subspan(1)), "a supplement has one encoding");
    const Certificate certificate{.status_index = place.shard ? std::optional{*place.shard * status_shard_entries} : std::nullopt};
    must(!supplement_place_of(certificate, KeyEntry{.store = place.store}, phone.trust) ||
             (place.shard && !phone.trust.status_of(*certificate.status_index, place.store)),
         "what was taken in is not asked for again, unless it is signed that there is nothing");
    for (std::size_t i = 0; i < before.size(); ++i)
        must(before[i] == '.' || before[i] == '-' || known_to(phone.trust)[i] == before[i], "what was known stays known");
    must(add_supplement(phone.trust, phone.client, input.subspan(1), place).has_value(), "the same supplement is taken in again");
}
