#include "conform/log_ops.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "tlog/log_entry.hpp"
#include "tlog/merkle.hpp"
#include "tlog/note.hpp"
#include "trust/status_list.hpp"

namespace pipa::conform {
namespace {

// A whole number of 64 bits. A negative one and one beyond that cannot stand in any tree or list: the op's own code.
Result<std::uint64_t> size_parameter(const Json& request, std::string_view name, ErrorCode out_of_range) {
    const auto found = request.find(name);
    if (found == request.end() || !found->is_number()) return fail(ErrorCode::ConformBadRequest, {}, std::string{name});
    if (!found->is_number_unsigned()) return fail(out_of_range, {}, std::string{name});
    return found->get<std::uint64_t>();
}

Result<merkle::Hash> hash_parameter(const Json& request, std::string_view name) {
    const auto bytes = hex_parameter(request, name);
    if (!bytes) return std::unexpected(bytes.error());
    return merkle::to_hash(*bytes);
}

Result<std::vector<merkle::Hash>> proof_parameter(const Json& request) {
    const auto found = request.find("proof");
    if (found == request.end() || !found->is_array()) return fail(ErrorCode::ConformBadRequest, {}, "proof");
    std::vector<merkle::Hash> proof;
    for (const Json& item : *found) {
        const std::string* text = item.get_ptr<const std::string*>();
        const auto bytes = from_hex(text == nullptr ? std::string_view{"-"} : *text);
        if (!bytes) return fail(ErrorCode::ConformBadRequest, {}, "proof");
        const auto hash = merkle::to_hash(*bytes);
        if (!hash) return std::unexpected(hash.error());
        proof.push_back(*hash);
    }
    return proof;
}

Result<std::vector<PublicLog>> logs_parameter(const Json& request) {
    const auto found = request.find("logs");
    const auto bad = [] { return fail(ErrorCode::ConformBadRequest, {}, "logs"); };
    if (found == request.end() || !found->is_array()) return bad();
    std::vector<PublicLog> logs;
    for (const Json& item : *found) {
        const auto key = item.is_object() ? item.find("key") : item.end();
        if (!item.is_object() || key == item.end() || !key->is_string()) return bad();
        PublicLog log{.key = key->get<std::string>()};
        if (const auto threshold = item.find("threshold"); threshold != item.end() && threshold->is_number_unsigned())
            log.threshold = threshold->get<std::int64_t>();
        if (const auto witnesses = item.find("witnesses"); witnesses != item.end())
            for (const Json& witness : *witnesses)
                if (const auto* text = witness.get_ptr<const std::string*>()) log.witnesses.push_back(*text);
        logs.push_back(std::move(log));
    }
    return logs;
}

// The first of the parameters that is not right.
template <typename... Parameters>
Result<void> check_all(const Parameters&... parameters) {
    Result<void> outcome;
    static_cast<void>(((parameters ? true : (outcome = std::unexpected(parameters.error()), false)) && ...));
    return outcome;
}

}  // namespace

Result<void> merkle_inclusion(const Json& request, Json&) {
    const auto index = size_parameter(request, "index", ErrorCode::MerkleBadSize);
    const auto size = size_parameter(request, "size", ErrorCode::MerkleBadSize);
    const auto leaf = hash_parameter(request, "leaf_hash");
    const auto root = hash_parameter(request, "root");
    const auto proof = proof_parameter(request);
    if (const auto given = check_all(index, size, leaf, root, proof); !given) return given;
    return merkle::verify_inclusion(*index, *size, *leaf, *proof, *root);
}

Result<void> merkle_consistency(const Json& request, Json&) {
    const auto old_size = size_parameter(request, "old_size", ErrorCode::MerkleBadSize);
    const auto new_size = size_parameter(request, "new_size", ErrorCode::MerkleBadSize);
    const auto old_root = hex_parameter(request, "old_root");
    const auto new_root = hex_parameter(request, "new_root");
    const auto proof = proof_parameter(request);
    if (const auto given = check_all(old_size, new_size, old_root, new_root, proof); !given) return given;
    return merkle::verify_consistency(*old_size, *new_size, *old_root, *new_root, *proof);
}

Result<void> note_verify(const Json& request, Json& answer) {
    const auto text = text_parameter(request, "note");
    const auto vkey = text_parameter(request, "vkey");
    if (const auto given = check_all(text, vkey); !given) return given;
    const auto key = note::parse_verifier_key(*vkey);
    if (!key) return std::unexpected(key.error());
    const auto verified = note::verify_note(*text, std::span(&*key, 1));
    if (!verified) return std::unexpected(verified.error());
    answer["signers"] = Json::array();
    for (const note::Signer& signer : verified->signers) answer["signers"].push_back(signer.name);
    return {};
}

Result<void> log_proof(const Json& request, Json& answer) {
    const auto certificate = hex_parameter(request, "certificate");
    const auto proof = text_parameter(request, "proof");
    if (const auto given = check_all(certificate, proof); !given) return given;
    const auto logs = logs_parameter(request);
    if (!logs) return std::unexpected(logs.error());
    const auto found = tlog::check_log_proof(*certificate, *proof, *logs);
    if (!found) return std::unexpected(found.error());
    answer["log"] = found->log;
    answer["index"] = found->index;
    answer["tree_size"] = found->tree_size;
    if (found->since) answer["since"] = *found->since;
    answer["witnesses"] = Json::array();
    for (const note::Signer& witness : found->witnesses) answer["witnesses"].push_back(witness.name);
    return {};
}

Result<void> tsl_get(const Json& request, Json& answer) {
    const auto stream = hex_parameter(request, "list");
    const auto bits = size_parameter(request, "bits", ErrorCode::StatusListBadBits);
    const auto index = size_parameter(request, "index", ErrorCode::StatusListOutOfRange);
    if (const auto given = check_all(stream, bits, index); !given) return given;
    const auto list = StatusList::unpack(*stream, static_cast<unsigned>(std::min<std::uint64_t>(*bits, 99)));
    if (!list) return std::unexpected(list.error());
    const auto status = list->status(*index);
    if (!status) return std::unexpected(status.error());
    answer["status"] = *status;
    return {};
}

}  // namespace pipa::conform
