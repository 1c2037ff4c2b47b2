#include "support/messages.hpp"

#include <algorithm>
#include <regex>
#include <stdexcept>

#include "base/hex.hpp"
#include "crypto/secret_key.hpp"

namespace pipa::test {
namespace {

using Names = std::map<std::string, Edn, std::less<>>;

Edn wrapped(const Edn& content) { return encode_edn("<<$content>>", {{"content", content}}); }

Bytes unhex(const Json& text) { return from_hex(text.get<std::string>()).value(); }

// Sig_structure of RFC 9052 section 4.4, built without src/.
Bytes sig_structure(const Bytes& protected_map, const Bytes& aad, const Bytes& payload) {
    const Names names{{"p", {protected_map, {}}}, {"a", {aad, {}}}, {"b", {payload, {}}}};
    return encode_edn("[\"Signature1\", <<$p>>, <<$a>>, <<$b>>]", names).bytes;
}

// The content of an encoded byte string of less than 256 bytes.
Bytes content_of(const Bytes& string) {
    const std::size_t head = (string.at(0) & 31) < 24 ? 1 : 2;
    return {string.begin() + static_cast<std::ptrdiff_t>(head), string.end()};
}

// One map of a table: its fields in `base`, changed by those of the row's `set` that begin with "<section> ". Entries
// stand in deterministic order of their keys; an absent map is empty.
Edn section(const std::string& name, const Json& base, const Json& changes, const Names& names) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (const auto& [key, value] : base[name].items()) fields.emplace_back(key, value.get<std::string>());
    for (const auto& [path, value] : changes.items()) {
        if (!path.starts_with(name + " ")) continue;
        const std::string key = path.substr(name.size() + 1);
        std::erase_if(fields, [&](const auto& field) { return field.first == key; });
        if (!value.is_null()) fields.emplace_back(key, value.get<std::string>());
    }
    std::ranges::sort(fields, {}, [](const auto& field) { return encode_edn(field.first).bytes; });
    std::string map;
    for (const auto& [key, value] : fields) map += (map.empty() ? "" : ", ") + key + ": " + value;
    return encode_edn("{" + map + "}", names);
}

// Every path of `set` must begin with the name of a section, or it would change nothing.
Json changes_of(Row& row, const Json& base) {
    const Json changes = row.has("set") ? row.json("set") : Json::object();
    for (const auto& [path, value] : changes.items())
        if (!base.contains(path.substr(0, path.find(' ')))) throw std::runtime_error(row.where() + ": no section for " + path);
    return changes;
}

}  // namespace

std::string expected_answer(const std::string& answer, const Edn& message) {
    static const std::regex here(R"(@here(\+(\d+))?)");
    std::smatch found;
    if (!std::regex_search(answer, found, here)) return answer;
    if (!message.mark) throw std::runtime_error("nothing is marked with @");
    const std::size_t at = *message.mark + (found[2].matched ? std::stoul(found[2]) : 0);
    return found.prefix().str() + "@" + std::to_string(at) + found.suffix().str();
}

CoseCase cose_case(Row& row, const Json& base) {
    CoseCase out{.public_key = unhex(row.has("public_key") ? row.json("public_key") : base["public_key"])};
    out.external_aad = row.has("external_aad") ? row.hex("external_aad") : Bytes{};
    if (row.has("detached")) out.detached = row.hex("detached");
    const auto field = [&](const std::string& key) { return row.text_or(key, base[key].get<std::string>()); };
    if (row.has("message_hex")) {
        out.message = {row.hex("message_hex"), {}};
    } else {
        const std::string map = field("protected");
        const Edn protected_map = map.empty() ? Edn{} : encode_edn(map);
        Names names{{"protected", wrapped(protected_map)}, {"unprotected", encode_edn(field("unprotected"))}, {"payload", encode_edn(field("payload"))}};
        const Bytes signed_map = row.has("signed_protected") ? row.hex("signed_protected") : protected_map.bytes;
        const Bytes aad = row.has("sign_with_aad") ? row.hex("sign_with_aad") : Bytes{};
        const auto key = crypto::SecretKey::from_seed(unhex(base["seed"])).value();
        const Bytes message = sig_structure(signed_map, aad, content_of(names.at("payload").bytes));
        const auto signature = key.sign(message);
        names.emplace("signature", wrapped({to_bytes(signature), {}}));
        out.message = encode_edn(field("message"), names);
    }
    out.answer = expected_answer(row.text("answer"), out.message);
    return out;
}

CertificateCase certificate_case(Row& row, const Json& base) {
    const Json changes = changes_of(row, base);
    Names names{{"signature", wrapped({Bytes(64), {}})}};
    names.emplace("promise", section("promise", base, changes, {}));
    names.emplace("claims", section("claims", base, changes, names));
    names.emplace("header", section("header", base, changes, {}));
    CertificateCase out{.message = encode_edn(row.text_or("message", base["message"].get<std::string>()), names)};
    out.answer = expected_answer(row.text("answer"), out.message);
    return out;
}

TrustPackCase trust_pack_case(Row& row, const Json& base) {
    const Json changes = changes_of(row, base);
    Names names;
    for (const char* name : {"publisher", "scope", "key", "name", "place", "party", "product", "division", "pack"})
        names.emplace(name, section(name, base, changes, names));
    TrustPackCase out{.payload = encode_edn(row.text_or("payload", "$pack"), names)};
    out.answer = expected_answer(row.text("answer"), out.payload);
    return out;
}

}  // namespace pipa::test
