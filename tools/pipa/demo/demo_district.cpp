#include "pipa/demo/demo_district.hpp"

#include <algorithm>
#include <exception>

#include "base/hex.hpp"
#include "embedded/demo.hpp"
#include "pipa/issue/certificate_fields.hpp"
#include "pipa/dossier/dossier_making.hpp"
#include "pipa/issue/issuing.hpp"
#include "pipa/demo/demo_log.hpp"
#include "pipa/registry/registry.hpp"
#include "pipa/dossier/statement_signing.hpp"
#include "pipa/registry/trust_file.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;
using Fields = std::map<std::string, std::string, std::less<>>;

std::unexpected<Error> broken(const std::string& what) { return fail(ErrorCode::JsonInvalid, {}, "assets/demo: " + what); }

class DistrictMaker {
public:
    DistrictMaker(const std::vector<std::string>& hosts, const KeySource& keys) : m_hosts(hosts), m_key_source(keys) {}

    Result<DemoDistrict> make() {
        const auto district = parse_json(embedded::district);
        const auto certificates = parse_json(embedded::certificates);
        if (!district || !certificates) return broken("not JSON");
        if (auto ok = make_registry(*district); !ok) return std::unexpected(ok.error());
        m_cases = certificates->at("cases");
        for (const Json& entry : m_cases)
            if (auto ok = add_case(entry); !ok) return std::unexpected(ok.error());
        if (auto ok = add_dossiers(); !ok) return std::unexpected(ok.error());
        return std::move(m_out);
    }

private:
    // The key of this name, drawn when it is first asked for.
    Result<const crypto::SecretKey*> key(const std::string& name) {
        if (const auto found = m_out.keys.find(name); found != m_out.keys.end()) return &found->second;
        auto drawn = m_key_source ? m_key_source(name) : crypto::SecretKey::generate();
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
        if (auto ok = add_log(registry); !ok) return ok;
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

    Result<void> add_log(Json& registry) {
        const auto log = key("log");
        const auto witness = key("witness");
        if (!log || !witness) return std::unexpected(log ? witness.error() : log.error());
        registry["logs"] = Json::array({{{"key", write_verifier_key(verifier_key(demo_log_name(m_hosts.front()), note::VerifierKey::Kind::Ed25519, (*log)->public_key()))},
                                         {"witnesses", {write_verifier_key(verifier_key(demo_witness_name, note::VerifierKey::Kind::Cosignature, (*witness)->public_key()))}},
                                         {"threshold", 1}}});
        return {};
    }

    Result<void> add_case(const Json& entry) {
        DemoCase made{.id = entry.at("id"), .older_pack = entry.contains("trust"), .summary = entry.at("case"),
                      .verdict = entry.at("expect").at(0), .level = entry.at("expect").at(1), .reason = entry.at("expect").at(2)};
        if (entry.contains("remarks")) made.remarks = entry.at("remarks").get<std::vector<std::string>>();
        made.alone_level = entry.contains("alone") ? entry.at("alone").at(0).get<std::string>() : made.level;
        made.alone_reason = entry.contains("alone") ? entry.at("alone").at(1).get<std::string>() : made.reason;
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
        made.certificate = message;
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
        for (UpstreamReference& reference : certificate.upstream)
            if (const auto ok = complete(reference, made); !ok) return std::unexpected(ok.error());
        std::ranges::sort(certificate.upstream);
        const auto payload = encode_certificate(certificate);
        if (!payload) return std::unexpected(payload.error());
        if (entry.contains("keep_signature")) return with_old_signature(*payload, entry.at("of"));
        const auto signer = key(entry.at("key").get<std::string>());
        if (!signer) return std::unexpected(signer.error());
        return Signer(**signer, cose::StatementType::Certificate).sign(*payload);
    }

    // Upstream certificates stand in the cases by their numbers, and may come after what they went into: signed once more they are the same.
    Result<void> complete(UpstreamReference& reference, const DemoCase& made) {
        const auto is_meant = [&](const Json& other) { return other.contains("fields") && !other.contains("of") && other.at("fields").value("number", "") == reference.number; };
        const auto found = std::ranges::find_if(m_cases, is_meant);
        if (found == m_cases.end()) return broken(made.id + ".upstream");
        const auto message = issue(*found, made);
        if (!message) return std::unexpected(message.error());
        const auto parsed = parse_certificate(*message);
        if (!parsed) return std::unexpected(parsed.error());
        reference = reference_to(reference.number, parsed->statement.kid, crypto::sha256(*message));
        return {};
    }

    // What a forger can do: another content under a signature that was made for something else.
    Result<Bytes> with_old_signature(ByteView payload, const std::string& original) {
        const auto signed_before = parse_certificate(m_messages.at(original));
        if (!signed_before) return std::unexpected(signed_before.error());
        const cose::Statement& statement = signed_before->statement;
        return cose::assemble_statement(statement.protected_bytes, payload, statement.signature);
    }

    Result<std::vector<Bytes>> sign_statements() {
        const auto document = parse_json(embedded::statements);
        if (!document) return broken("statements are not JSON");
        std::vector<Bytes> out;
        std::map<std::string, std::string, std::less<>> digests;  // by id
        for (Json entry : document->at("statements")) {
            const std::string name = entry.at("id");
            const auto type = statement_type_named(entry.at("type").get<std::string>());
            const auto signer = m_out.keys.find(entry.at("signer").get<std::string>());
            if (!type || signer == m_out.keys.end()) return broken(name + " has no such type or signer");
            entry.erase("type");
            entry.erase("signer");
            if (entry.contains("recheck_of")) entry["recheck_of"] = digests.at(entry["recheck_of"].get<std::string>());
            auto message = sign_statement(*type, entry.dump(), signer->second);
            if (!message) return broken(name + ", " + to_string(message.error()));
            digests[name] = to_hex(crypto::sha256(*message));
            out.push_back(std::move(*message));
        }
        return out;
    }

    // The bureau keeps the dossiers; the certificates stand among the statements as the upstream of others.
    Result<void> add_dossiers() {
        auto pile = sign_statements();
        if (!pile) return std::unexpected(pile.error());
        const auto trust = TrustStore::open(m_out.trust, m_out.office().public_key());
        if (!trust) return std::unexpected(trust.error());
        const auto has_dossier = [](const DemoCase& made) { return made.id.starts_with('C'); };
        for (const DemoCase& made : m_out.cases)
            if (has_dossier(made)) pile->push_back(made.certificate);
        const auto maker = DossierMaker::open(std::move(*pile), *trust);
        if (!maker) return std::unexpected(maker.error());
        const ManifestFacts facts{.sequence = 1, .issued_unix_s = m_out.pack.issued_unix_s};
        auto portal = maker->make_portal_file(m_out.keys.at("bureau"), facts);
        if (!portal) return broken(to_string(portal.error()));
        m_out.portal = std::move(portal->file);
        for (DemoCase& made : m_out.cases) {
            if (!has_dossier(made)) continue;
            auto dossier = maker->make(made.certificate, m_out.keys.at("bureau"), facts);
            if (!dossier) return broken(made.id + ", " + to_string(dossier.error()));
            made.dossier = std::move(dossier->file);
        }
        return {};
    }

    const std::vector<std::string>& m_hosts;
    const KeySource& m_key_source;
    Json m_cases{};
    std::map<std::string, Json, std::less<>> m_entries{};
    std::map<std::string, Bytes, std::less<>> m_messages{};
    DemoDistrict m_out{};
};

}  // namespace

const DemoCase* DemoDistrict::find(std::string_view id) const noexcept {
    const auto found = std::ranges::find(cases, id, &DemoCase::id);
    return found == cases.end() ? nullptr : &*found;
}

Result<DemoDistrict> make_demo_district(const std::vector<std::string>& hosts, const KeySource& keys) {
    try {  // the assets are built in; a slip in them ends here with its name instead of an abort
        return DistrictMaker(hosts, keys).make();
    } catch (const std::exception& problem) {
        return broken(problem.what());
    }
}

}  // namespace pipa
