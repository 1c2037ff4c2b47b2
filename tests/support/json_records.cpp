#include "support/json_records.hpp"

#include <stdexcept>

#include "support/signing.hpp"

namespace pipa::test {
namespace {

// An object whose keys must all be asked for.
class Fields {
public:
    Fields(const Json& object, std::string what) : m_object(object), m_what(std::move(what)) {}

    const Json* find(const std::string& key) {
        m_asked.insert(key);
        const auto found = m_object.find(key);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }
    std::string text(const std::string& key) {
        const Json* value = find(key);
        return value == nullptr ? std::string{} : value->get<std::string>();
    }
    std::int64_t number(const std::string& key) {
        const Json* value = find(key);
        return value == nullptr ? 0 : value->get<std::int64_t>();
    }
    std::optional<UnixSeconds> time(const std::string& key) {
        if (find(key) == nullptr) return {};
        const auto parsed = parse_time(text(key));
        if (!parsed) throw std::runtime_error(m_what + ": " + key + " is no time");
        return *parsed;
    }
    template <typename T>
    std::vector<T> list(const std::string& key) {
        const Json* value = find(key);
        return value == nullptr ? std::vector<T>{} : value->get<std::vector<T>>();
    }
    void finish() const {
        for (const auto& [key, value] : m_object.items())
            if (!m_asked.contains(key)) throw std::runtime_error(m_what + ": unknown key " + key);
    }

private:
    const Json& m_object;
    std::string m_what;
    std::set<std::string> m_asked{};
};

// The enumerator with this name among 1..last.
template <typename Enum, typename NameOf>
Enum by_name(const std::string& name, int last, NameOf name_of) {
    for (int i = 1; i <= last; ++i)
        if (name_of(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
    throw std::runtime_error("unknown name " + name);
}

LocalText text_pair(const Json* pair) {
    if (pair == nullptr) return {};
    return {pair->at(0).get<std::string>(), pair->at(1).get<std::string>()};
}

KeyEntry key_from(const Json& object) {
    Fields fields(object, "key");
    KeyEntry entry{.public_key = worthless_key(fields.text("label")).public_key(),
                   .party = static_cast<std::uint32_t>(fields.number("party")),
                   .role = by_name<Role>(fields.text("role"), last_role, role_name),
                   .valid_from = fields.time("valid_from").value()};
    entry.valid_until = fields.time("valid_until");
    entry.compromised_since = fields.time("compromised_since");
    entry.scope.division_prefixes = fields.list<std::int64_t>("divisions");
    entry.scope.product_classes = fields.list<std::uint32_t>("classes");
    for (const auto type : fields.list<std::uint16_t>("types")) entry.scope.types.push_back(static_cast<cose::StatementType>(type));
    entry.rechecks = fields.find("rechecks") != nullptr;
    fields.finish();
    return entry;
}

Party party_from(const Json& object) {
    Fields fields(object, "party");
    Party party{.id = static_cast<std::uint32_t>(fields.number("id")),
                .kind = by_name<PartyKind>(fields.text("kind"), 7, party_kind_name),
                .name = text_pair(fields.find("name")),
                .uscc = fields.text("uscc"),
                .division = fields.number("division"),
                .place = text_pair(fields.find("place")),
                .contact = fields.text("contact")};
    fields.finish();
    return party;
}

std::vector<NamedCode> codes_from(const Json* object) {
    std::vector<NamedCode> out;
    for (const auto& [code, name] : object->items()) out.push_back({std::stoll(code), text_pair(&name)});
    return out;
}

}  // namespace

Certificate certificate_from(const Json& object) {
    Fields fields(object, "certificate");
    Certificate out{.issued_unix_s = fields.time("issued").value_or(0), .number = fields.text("number")};
    out.expires_unix_s = fields.time("expires");
    if (fields.find("status_index") != nullptr) out.status_index = static_cast<std::uint32_t>(fields.number("status_index"));
    if (fields.find("product_code") != nullptr) out.product_code = static_cast<std::uint32_t>(fields.number("product_code"));
    out.product_name = fields.text("product_name");
    const auto quantity = parse_quantity(fields.text("quantity"));
    if (!quantity) throw std::runtime_error("quantity: " + fields.text("quantity"));
    out.quantity = *quantity;
    out.origin_division = fields.number("origin");
    if (const std::string day = fields.text("harvest_day"); !day.empty()) out.harvest_day = parse_day(day).value();
    out.form = by_name<Form>(fields.text("form"), 4, form_name);
    for (const auto& name : fields.list<std::string>("bases")) {
        const Basis basis = by_name<Basis>(name, 8, basis_name);
        out.bases = static_cast<BasisSet>(out.bases | static_cast<BasisSet>(basis));
    }
    out.labels = fields.list<std::uint32_t>("labels");
    out.lot = fields.text("lot");
    for (const auto& text : fields.list<std::string>("upstream")) {  // as it stands, right or wrong
        const auto reference = parse_reference(text);
        out.upstream.push_back(reference ? *reference : UpstreamReference{.number = text});
    }
    out.quarantine_number = fields.text("quarantine_number");
    out.gtin = fields.text("gtin");
    fields.finish();
    return out;
}

TrustPack trust_pack_from(const Json& object) {
    Fields fields(object, "trust pack");
    TrustPack pack{.version = fields.number("version"),
                   .issued_unix_s = fields.time("issued").value(),
                   .fresh_for_s = fields.number("fresh_for_s"),
                   .usable_for_s = fields.number("usable_for_s"),
                   .demo = fields.find("demo") != nullptr,
                   .publisher = text_pair(fields.find("publisher")),
                   .hosts = fields.list<std::string>("hosts")};
    for (const Json& key : *fields.find("keys")) pack.keys.push_back(key_from(key));
    for (const Json& party : *fields.find("parties")) pack.parties.push_back(party_from(party));
    pack.products = codes_from(fields.find("products"));
    pack.divisions = codes_from(fields.find("divisions"));
    fields.finish();
    return pack;
}

}  // namespace pipa::test
