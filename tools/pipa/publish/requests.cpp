#include "pipa/publish/requests.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "pipa/publish/plan.hpp"
#include "host/staged_folder.hpp"
#include "pipa/store/store_parts.hpp"
#include "trust/records.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> top_level = {"root", "targets", "snapshot", "timestamp"};

// The keys of a role as a root's body lists them.
Result<RoleKeys> keys_in_body(const Json& body, std::string_view role) {
    const auto malformed = [&] { return fail(ErrorCode::PublishBadRequest, {}, "roles." + std::string{role}); };
    const Json& entry = member_at(body, {"roles", role});
    const Json& threshold = member_at(entry, {"threshold"});
    // What is signed is the number as it is written, so none is shown that is another one.
    if (!threshold.is_number_unsigned() || threshold > UINT32_MAX) return malformed();
    RoleKeys out{.threshold = threshold.get<std::uint32_t>()};
    for (const Json& id : member_at(entry, {"keyids"})) {
        const Json& text = member_at(body, {"keys", id.is_string() ? std::string_view{id.get_ref<const std::string&>()} : "-", "keyval", "public"});
        const auto key = from_hex(text.is_string() ? text.get<std::string>() : "-");
        if (!key || key->size() != crypto::public_key_size) return malformed();
        std::ranges::copy(*key, out.keys.emplace_back().begin());
    }
    return out;
}

// Everybody whose signatures a draft needs.
Result<std::vector<RoleKeys>> signers_of_draft(Database& database, const RoleBook& book, const OfficeStore& store, const RoleBook::Draft& draft) {
    if (draft.name == "root") {
        auto own = keys_in_body(draft.file.body, "root");
        if (!own) return std::unexpected(own.error());
        std::vector<RoleKeys> out{std::move(*own)};
        const auto before = book.newest("root");
        if (!before) return std::unexpected(before.error());
        if (!*before) return out;
        auto keys = book.keys_of("root");
        if (!keys) return std::unexpected(keys.error());
        out.push_back(std::move(*keys));
        return out;
    }
    if (std::ranges::find(top_level, draft.name) != top_level.end()) {
        auto keys = book.keys_of(draft.name);
        if (!keys) return std::unexpected(keys.error());
        return std::vector{std::move(*keys)};
    }
    const auto key = delegate_key(database, store.identity().prefix.empty() ? live_role : std::string_view{store.identity().name});
    if (!key) return std::unexpected(key.error());
    return std::vector{RoleKeys{.keys = {*key}}};
}

Result<void> check_role_keys(std::string_view name, const RoleKeys& role) {
    std::vector<crypto::PublicKey> sorted = role.keys;
    std::ranges::sort(sorted);
    const bool twice = std::ranges::adjacent_find(sorted) != sorted.end();
    if (!twice && role.threshold >= 1 && role.threshold <= role.keys.size()) return {};
    return fail(ErrorCode::PublishWrongKey, {}, std::string{name} + (twice ? ": a key stands twice" : ": the threshold needs more keys than there are"));
}

Result<Json> root_body(const RoleBook& book, const RoleSetup& setup) {
    const std::optional<RoleKeys>* given[] = {&setup.root, &setup.targets, &setup.snapshot, &setup.timestamp};
    const auto saved = book.newest("root");
    if (!saved) return std::unexpected(saved.error());
    Json keys = Json::object(), roles = Json::object();
    for (std::size_t i = 0; i < top_level.size(); ++i) {
        RoleKeys role;
        if (*given[i]) {
            role = **given[i];
        } else if (*saved) {
            auto old = book.keys_of(top_level[i]);
            if (!old) return std::unexpected(old.error());
            role = std::move(*old);
        }
        if (auto ok = check_role_keys(top_level[i], role); !ok) return std::unexpected(ok.error());
        add_keys(keys, role);
        roles[std::string{top_level[i]}] = role_json(role);
    }
    return Json{{"consistent_snapshot", true}, {"keys", keys}, {"roles", roles}};
}

Result<void> put_delegate(Database& database, std::string_view name, const crypto::PublicKey& key, const Actor& actor) {
    const auto same = database.number("SELECT 1 FROM delegates WHERE name = ? AND public_key = ?", name, key);
    if (!same) return std::unexpected(same.error());
    if (*same) return {};
    auto ok = database.run("INSERT OR REPLACE INTO delegates (name, public_key) VALUES (?, ?)", name, key);
    if (!ok) return ok;
    const auto entry = append_journal(database, actor, "delegate", std::string{name} + " " + to_hex(key), {});
    if (!entry) return std::unexpected(entry.error());
    return {};
}

Result<bool> bring_root(OfficeStore& store, const RoleSetup& setup, const KeyRing& ring, const Actor& actor) {
    Database& db = store.parts().database;
    RoleBook book(db, ring, actor);
    auto body = root_body(book, setup);
    if (!body) return std::unexpected(body.error());
    auto own = keys_in_body(*body, "root");
    if (!own) return std::unexpected(own.error());
    WantedRole wanted{.name = "root", .body = std::move(*body), .lifetime_s = setup.root_lifetime_s, .keys = {std::move(*own)}};
    const auto saved = book.newest("root");
    if (!saved) return std::unexpected(saved.error());
    if (*saved) {
        auto before = book.keys_of("root");
        if (!before) return std::unexpected(before.error());
        wanted.keys.push_back(std::move(*before));
    }
    const auto state = book.bring_to(wanted);
    if (!state) return std::unexpected(state.error());
    return *state != RoleState::Waits;
}

// A file under another name than its own, or one that comes too late, would be signed for nothing.
Result<void> check_request(const OpenedFile& file, std::string_view role, UnixSeconds now) {
    const Json& type = member_at(file.body, {"_type"});
    const std::string_view wanted = role == "root" || role == "snapshot" || role == "timestamp" ? role : std::string_view{"targets"};
    if (!type.is_string() || type.get_ref<const std::string&>() != wanted) return fail(ErrorCode::PublishBadRequest, {}, "it is no request of the role " + std::string{role});
    if (file.expires > now) return {};
    return fail(ErrorCode::PublishBadRequest, {}, "it has expired: publish, and export it again (pipa publish --export-unsigned)");
}

bool is_waited_for(const OpenedFile& file, std::string_view role, const crypto::PublicKey& key, ByteView keys) {
    if (role == "root")
        if (const auto own = keys_in_body(file.body, "root"); own && std::ranges::find(own->keys, key) != own->keys.end()) return true;
    if (keys.empty()) return role != "root";
    const auto listed = tuf::parse_strict_json(keys, 65'536);
    if (!listed) return false;
    const Json& names = member_at(*listed, {"roles", role});
    return names.is_array() && std::ranges::find(names, Json(to_hex(key))) != names.end();
}

}  // namespace

Result<bool> set_up_roles(OfficeStore& store, const RoleSetup& setup, const KeyRing& ring, const Actor& actor) {
    Database& db = store.parts().database;
    const bool delegated = !store.identity().prefix.empty();
    auto transaction = Transaction::begin(db);
    if (!transaction) return std::unexpected(transaction.error());
    const std::string name = delegated ? store.identity().name : std::string{live_role};
    if (setup.live)
        if (auto ok = put_delegate(db, name, *setup.live, actor); !ok) return std::unexpected(ok.error());
    if (const auto key = delegate_key(db, name); !key) return std::unexpected(key.error());
    bool complete = true;
    if (!delegated) {
        const auto root = bring_root(store, setup, ring, actor);
        if (!root) return root;
        complete = *root;
    }
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return complete;
}

Result<void> set_delegate(OfficeStore& store, std::string_view name, const crypto::PublicKey& key, const Actor& actor) {
    // Without '-': "tangqi-0" is a bin of "tangqi". The folders of the district's own targets and records are taken.
    constexpr std::array<std::string_view, 4> taken = {live_role, "status", records_folder, "large"};
    const bool is_number = std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
    const bool is_taken = std::ranges::find(top_level, name) != top_level.end() || std::ranges::find(taken, name) != taken.end();
    const bool good = is_delegate_name(name) && !is_taken && !is_number;
    if (!good || !store.identity().prefix.empty()) return fail(ErrorCode::StoreBadName, {}, std::string{name.substr(0, 32)});
    auto transaction = Transaction::begin(store.parts().database);
    if (!transaction) return std::unexpected(transaction.error());
    if (auto ok = put_delegate(store.parts().database, name, key, actor); !ok) return ok;
    return transaction->commit();
}

Result<std::vector<fs::path>> export_requests(OfficeStore& store, const fs::path& folder) {
    const KeyRing none;
    const Actor nobody;
    const RoleBook book(store.parts().database, none, nobody);
    const auto drafts = book.drafts();
    if (!drafts) return std::unexpected(drafts.error());
    if (auto ok = make_folder(folder); !ok) return std::unexpected(ok.error());
    std::vector<fs::path> out;
    Json waited = Json::object();
    for (const RoleBook::Draft& draft : *drafts) {
        const auto signers = signers_of_draft(store.parts().database, book, store, draft);
        if (!signers) return std::unexpected(signers.error());
        for (const RoleKeys& keys : *signers)
            for (const crypto::PublicKey& key : keys.keys) waited[draft.name].push_back(to_hex(key));
        out.push_back(folder / (draft.name + "." + std::to_string(draft.file.version) + ".tosign.json"));
        if (auto ok = write_file_atomically(out.back(), draft.bytes); !ok) return std::unexpected(ok.error());
    }
    if (!out.empty())
        if (auto ok = write_file_atomically(folder / keys_file, Json{{"roles", waited}}.dump(1) + "\n"); !ok) return std::unexpected(ok.error());
    return out;
}

Result<RequestFacts> read_request(ByteView request, std::string_view role) {
    const auto file = open_file(request);
    if (!file) return fail(ErrorCode::PublishBadRequest, file.error().byte_offset, std::string{code_name(file.error().code)} + " " + file.error().detail);
    RequestFacts out{.role = std::string{role}, .version = file->version, .expires = file->expires,
                     .digest = crypto::sha256(as_bytes(file->signed_bytes)), .signatures = file->signatures.size()};
    const Json& type = member_at(file->body, {"_type"});
    if (!type.is_string()) return fail(ErrorCode::PublishBadRequest, {}, "_type");
    if (type == "root")
        for (const std::string_view name : top_level) {
            const auto keys = keys_in_body(file->body, name);
            if (!keys) return std::unexpected(keys.error());
            out.contents.push_back(std::string{name} + ": " + std::to_string(keys->threshold) + " of " + std::to_string(keys->keys.size()) + " keys");
            for (const crypto::PublicKey& key : keys->keys) out.contents.push_back("  " + to_hex(key));
        }
    // The file may be anybody's: what is not of the usual shape is shown as it is.
    const Json& targets = member_at(file->body, {"targets"});
    for (const auto& [path, target] : targets.items()) out.contents.push_back(path + "  " + target.dump());
    for (const Json& one : member_at(file->body, {"delegations", "roles"})) out.contents.push_back("delegated: " + member_at(one, {"name"}).dump());
    return out;
}

Result<std::string> sign_request(ByteView request, std::string_view role, const crypto::SecretKey& key, ByteView keys, UnixSeconds now) {
    const auto file = open_file(request);
    if (!file) return fail(ErrorCode::PublishBadRequest, file.error().byte_offset, std::string{code_name(file.error().code)});
    if (auto ok = check_request(*file, role, now); !ok) return std::unexpected(ok.error());
    if (!is_waited_for(*file, role, key.public_key(), keys)) return fail(ErrorCode::PublishWrongKey, {}, to_hex(key.public_key()));
    const Json answer = {{"pipa_signature", 1},
                         {"role", role},
                         {"version", file->version},
                         {"sha256", to_hex(crypto::sha256(as_bytes(file->signed_bytes)))},
                         {"keyid", key_id(key.public_key())},
                         {"sig", to_hex(key.sign(as_bytes(file->signed_bytes)))}};
    return answer.dump(1) + "\n";
}

Result<Imported> import_signature(OfficeStore& store, ByteView signature_file, const Actor& actor) {
    const auto malformed = [](const char* what) { return fail(ErrorCode::PublishBadSignature, {}, what); };
    const auto json = tuf::parse_strict_json(signature_file, 4096);
    if (!json) return malformed("not a signature file");
    if (member_at(*json, {"pipa_signature"}) != 1) return malformed("not a signature file");
    const auto text = [&](const char* name) { 
        const Json& member = member_at(*json, {name});
        return member.is_string() ? member.get<std::string>() : std::string{};
    };
    RoleSignature signature{.keyid = text("keyid")};
    const auto value = from_hex(text("sig"));
    if (!value || value->size() != crypto::signature_size) return malformed("sig");
    std::ranges::copy(*value, signature.value.begin());

    Database& db = store.parts().database;
    auto transaction = Transaction::begin(db);
    if (!transaction) return std::unexpected(transaction.error());
    const KeyRing none;
    RoleBook book(db, none, actor);
    const auto drafts = book.drafts();
    if (!drafts) return std::unexpected(drafts.error());
    const std::string role = text("role");
    const auto draft = std::ranges::find(*drafts, role, &RoleBook::Draft::name);
    if (draft == drafts->end()) return fail(ErrorCode::PublishBadRequest, {}, "nothing of role '" + role + "' waits for a signature");
    if (text("sha256") != to_hex(crypto::sha256(as_bytes(draft->file.signed_bytes))))
        return fail(ErrorCode::PublishBadRequest, {}, "what waits for signatures is not what was signed: export it again");
    const auto keys = signers_of_draft(db, book, store, *draft);
    if (!keys) return std::unexpected(keys.error());
    const auto complete = book.add_signature(role, signature, *keys);
    if (!complete) return std::unexpected(complete.error());
    const auto entry = append_journal(db, actor, "import_signature", role + " " + std::to_string(draft->file.version) + " " + signature.keyid.substr(0, 16), {});
    if (!entry) return std::unexpected(entry.error());
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return Imported{role, draft->file.version, *complete};
}

}  // namespace pipa::publish
