#include "pipa/demo_district.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "embedded/demo.hpp"
#include "pipa/certificate_fields.hpp"
#include "pipa/issuing.hpp"
#include "pipa/registry.hpp"
#include "pipa/trust_file.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;
using Fields = std::map<std::string, std::string, std::less<>>;

std::unexpected<Error> broken(const std::string& what) { return fail(ErrorCode::JsonInvalid, {}, "assets/demo: " + what); }

class DistrictMaker {
public:
    explicit DistrictMaker(const std::vector<std::string>& hosts) : m_hosts(hosts) {}

    Result<DemoDistrict> make() {
        const auto district = parse_json(embedded::district);
        const auto certificates = parse_json(embedded::certificates);
        if (!district || !certificates) return broken("not JSON");
        if (auto ok = make_registry(*district); !ok) return std::unexpected(ok.error());
        for (const Json& entry : certificates->at("cases"))
            if (auto ok = add_case(entry); !ok) return std::unexpected(ok.error());
        return std::move(m_out);
    }

private:
    // The key of this name, drawn when it is first asked for.
    Result<const crypto::SecretKey*> key(const std::string& name) {
        if (const auto found = m_out.keys.find(name); found != m_out.keys.end()) return &found->second;
        auto drawn = crypto::SecretKey::generate();
        if (!drawn) return std::unexpected(drawn.error());
        return &m_out.keys.emplace(name, std::move(*drawn)).first->second;
    }

    Result<void> make_registry(const Json& district) {
        Json registry = district.at("registry");
        for (Json& entry : registry.at("keys")) {
            const auto drawn = key(entry.at("key").get<std::string>());
            if (!drawn) return std::unexpected(drawn.error());
            entry["note"] = entry["key"];
            entry.erase("key");
            entry["public_key"] = to_hex((*drawn)->public_key());
        }
        registry["hosts"] = m_hosts;
        const DocumentProblems problems = read_registry(registry, m_out.pack);
        const auto grave = std::ranges::find_if_not(problems, is_uscc_problem);  // party 101's is wrong on purpose
        if (grave != problems.end()) return broken(grave->path + ", " + to_string(grave->error));

        const Json& older = district.at("older_pack");
        TrustPack older_pack = m_out.pack;
        older_pack.version = older.at("version").get<std::int64_t>();
        older_pack.issued_unix_s = parse_time(older.at("issued").get<std::string>()).value_or(0);
        m_out.now = parse_time(district.at("now").get<std::string>()).value_or(0);
        const auto office = key("office");
        if (!office) return std::unexpected(office.error());
        auto trust = sign_trust_pack(m_out.pack, **office);
        auto older_trust = sign_trust_pack(older_pack, **office);
        if (!trust || !older_trust) return std::unexpected(trust ? older_trust.error() : trust.error());
        m_out.trust = std::move(*trust);
        m_out.older_trust = std::move(*older_trust);
        return {};
    }

    Result<void> add_case(const Json& entry) {
        DemoCase made{.id = entry.at("id"), .older_pack = entry.contains("trust"), .summary = entry.at("case"),
                      .verdict = entry.at("expect").at(0), .level = entry.at("expect").at(1), .reason = entry.at("expect").at(2)};
        if (entry.contains("text")) {
            made.text = entry.at("text");
        } else if (auto ok = add_certificate(entry, made); !ok) {
            return fail(ok.error().code, ok.error().byte_offset, made.id + " " + ok.error().detail);
        }
        m_out.cases.push_back(std::move(made));
        return {};
    }

    Result<void> add_certificate(const Json& entry, DemoCase& made) {
        const Json* base = entry.contains("of") ? &m_entries.at(entry.at("of")) : nullptr;
        Json full = base != nullptr ? *base : Json::object();
        full.merge_patch(entry);
        m_entries[made.id] = full;
        Bytes message;
        if (base != nullptr && !entry.contains("fields")) {
            message = m_messages.at(entry.at("of"));
        } else {
            auto issued = issue(full, made);
            if (!issued) return std::unexpected(issued.error());
            message = std::move(*issued);
        }
        if (entry.contains("torn")) message.resize(message.size() / 2);
        made.number = full.at("fields").at("number");
        made.bytes = message.size();
        made.text = make_qr_text(m_hosts.front(), message);
        m_messages[made.id] = std::move(message);
        return {};
    }

    Result<Bytes> issue(const Json& entry, const DemoCase& made) {
        const Fields fields = entry.at("fields").get<Fields>();
        FieldValues values{};
        for (const auto& [name, value] : fields) {
            const auto index = certificate_field_index(name);
            if (!index) return broken(made.id + "." + name);
            values[*index] = value;
        }
        Certificate certificate;
        if (const auto problems = read_certificate(values, certificate); !problems.empty())
            return broken(made.id + "." + std::string{problems.front().field});
        const auto payload = encode_certificate(certificate);
        if (!payload) return std::unexpected(payload.error());
        if (entry.contains("keep_signature")) return with_old_signature(*payload, entry.at("of"));
        const auto signer = key(entry.at("key").get<std::string>());
        if (!signer) return std::unexpected(signer.error());
        return Signer(**signer, cose::StatementType::Certificate).sign(*payload);
    }

    // What a forger can do: another content under a signature that was made for something else.
    Result<Bytes> with_old_signature(ByteView payload, const std::string& original) {
        const auto signed_before = parse_certificate(m_messages.at(original));
        if (!signed_before) return std::unexpected(signed_before.error());
        const cose::Statement& statement = signed_before->statement;
        return cose::assemble_statement(statement.protected_bytes, payload, statement.signature);
    }

    const std::vector<std::string>& m_hosts;
    std::map<std::string, Json, std::less<>> m_entries{};
    std::map<std::string, Bytes, std::less<>> m_messages{};
    DemoDistrict m_out{};
};

}  // namespace

const DemoCase* DemoDistrict::find(std::string_view id) const noexcept {
    const auto found = std::ranges::find(cases, id, &DemoCase::id);
    return found == cases.end() ? nullptr : &*found;
}

Result<DemoDistrict> make_demo_district(const std::vector<std::string>& hosts) {
    try {  // the assets are built in; a slip in them ends here with its name instead of an abort
        return DistrictMaker(hosts).make();
    } catch (const std::exception& problem) {
        return broken(problem.what());
    }
}

}  // namespace pipa
