#include "pipa/field/evidence_source.hpp"

#include <algorithm>
#include <set>

#include "host/files.hpp"
#include "pipa/input/scanned_texts.hpp"
#include "pipa/store/store.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;
using cose::StatementType;

constexpr std::string_view sqlite_magic{"SQLite format 3\0", 16};
constexpr std::uint8_t tag_sign1_byte = 0xD2;
constexpr std::uint8_t array_of_two = 0x82;

class Gatherer {
public:
    Result<void> add(const std::string& source) {
        std::error_code ignored;
        if (fs::is_directory(source, ignored)) return add_folder(source);
        if (!fs::exists(source, ignored)) return add_code(source);
        const auto content = read_file(source);
        if (!content) return std::unexpected(content.error());
        if (as_text(*content).starts_with(sqlite_magic)) return add_store(source);
        if (!content->empty() && content->front() == tag_sign1_byte) return keep(*content), Result<void>{};
        if (!content->empty() && content->front() == array_of_two) return add_dossier(*content);
        return add_code(source);
    }

    std::vector<Bytes> finish() { return std::move(m_messages); }

private:
    void keep(Bytes message) {
        if (m_seen.insert(crypto::sha256(message)).second) m_messages.push_back(std::move(message));
    }

    Result<void> add_folder(const std::string& folder) {
        std::vector<fs::path> files;
        std::error_code problem;
        for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem))
            if (at->is_regular_file(problem) && (at->path().extension() == ".cose" || at->path().extension() == ".dossier")) files.push_back(at->path());
        if (problem) return fail(ErrorCode::FileUnreadable, {}, system_reason(problem.value(), folder));
        if (files.empty()) return fail(ErrorCode::ExportNothing, {}, folder + ": no file of it ends in .cose or .dossier");
        std::ranges::sort(files);
        for (const fs::path& path : files) {
            const auto content = read_file(path, max_dossier_bytes);
            if (!content) return std::unexpected(content.error());
            if (path.extension() != ".dossier") keep(*content);
            else if (auto ok = add_dossier(*content); !ok) return fail(ok.error().code, ok.error().byte_offset, path.string() + " " + ok.error().detail);
        }
        return {};
    }

    Result<void> add_store(const std::string& path) {
        const auto store = OfficeStore::open(path, OfficeStore::Access::ReadOnly);
        if (!store) return std::unexpected(store.error());
        return store->each_statement({}, [&](const StoredStatement& statement) { return keep(statement.message), Result<void>{}; });
    }

    Result<void> add_dossier(ByteView file) {
        auto dossier = parse_dossier(file);
        if (!dossier) return std::unexpected(dossier.error());
        keep(std::move(dossier->manifest.message));
        for (DossierEntry& entry : dossier->entries) keep(std::move(entry.message));
        return {};
    }

    Result<void> add_code(const std::string& argument) {
        const ScanOutcome scanned = scan_argument(argument);
        if (!scanned.texts) return std::unexpected(scanned.texts.error());
        for (const InputText& text : *scanned.texts) {
            auto code = parse_qr_text(text.text);
            if (!code) return std::unexpected(code.error());
            keep(std::move(code->certificate));
        }
        return {};
    }

    std::vector<Bytes> m_messages{};
    std::set<crypto::Digest> m_seen{};
};

std::optional<HeldCertificate> hold(ByteView message, const TrustStore& trust) {
    auto parsed = parse_certificate(message);
    if (!parsed) return {};
    const auto key = trust.find_key(parsed->statement.kid);
    if (key == nullptr || verify_statement(parsed->statement, key->public_key) != crypto::SignatureCheck::Valid) return {};
    const auto party = trust.find_party(key->party);
    return HeldCertificate{std::move(parsed->certificate), party == nullptr ? std::string{} : subject_id(*party), parsed->statement.kid, crypto::sha256(message)};
}

bool is_certificate(ByteView message) {
    const auto statement = cose::parse_statement(message, {});
    return statement && statement->type == StatementType::Certificate;
}

}  // namespace

Result<std::vector<Bytes>> gather_messages(const std::vector<std::string>& sources) {
    Gatherer gatherer;
    for (const std::string& source : sources)
        if (const auto ok = gatherer.add(source); !ok) {
            Error error = ok.error();
            if (error.detail.view().find(source) == std::string::npos) error.detail += (error.detail.empty() ? "" : ", ") + source.substr(0, 80);
            return std::unexpected(std::move(error));
        }
    return gatherer.finish();
}

Observations weigh(std::span<const Bytes> messages, const TrustStore& trust) {
    Observations out;
    std::vector<Bytes> others;
    std::size_t bytes = 0;
    // The standing of statements is told of dossiers; one of ours has no manifest, and is as large as one may be.
    const auto tell = [&] {
        if (const auto dossier = open_dossier(encode_dossier({}, others), trust))
            out.statements.insert(out.statements.end(), dossier->statements.begin(), dossier->statements.end());
        others.clear();
        bytes = 0;
    };
    for (const Bytes& message : messages) {
        if (is_certificate(message)) {
            if (auto held = hold(message, trust)) out.certificates.push_back(std::move(*held));
            continue;
        }
        if (others.size() == max_dossier_statements || bytes + message.size() > max_dossier_bytes / 2) tell();
        bytes += message.size() + 8;
        others.push_back(message);
    }
    tell();
    return out;
}

Standings standings_of(const Observations& evidence, std::size_t messages) noexcept {
    const auto standing = static_cast<std::size_t>(std::ranges::count_if(evidence.statements, &CheckedStatement::stands)) + evidence.certificates.size();
    return {standing, messages - standing};
}

}  // namespace pipa
