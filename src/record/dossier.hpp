// A dossier: the statements of one lot in one file, headed by a signed manifest that lists their digests, so that a
// missing, extra, replaced or older statement is seen. Wire form: statements.cddl.
// One statement that does not parse is reported and kept apart; it never hides the others. Errors: dossier.*.
#pragma once

#include "record/statement_types.hpp"

namespace pipa {

inline constexpr std::size_t max_dossier_bytes = std::size_t{4} << 20;
inline constexpr std::size_t max_dossier_statements = 2000;

struct ParsedStatement {
    cose::Statement statement{};
    cbor::Value payload{};  // checked against its schema
    std::optional<Certificate> certificate{};  // of an upstream lot: a statement whose payload is no table

    [[nodiscard]] cose::StatementType type() const noexcept { return statement.type; }
    // Fields by key; empty or zero where absent.
    [[nodiscard]] std::string_view text(std::int64_t key) const noexcept;
    [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t key) const noexcept;
    [[nodiscard]] std::optional<DayNumber> day(std::int64_t key) const noexcept;
    [[nodiscard]] bool flag(std::int64_t key) const noexcept { return payload.find(key) != nullptr; }
    [[nodiscard]] LocalText local(std::int64_t key) const;
    [[nodiscard]] std::span<const cbor::Value> list(std::int64_t key) const noexcept;
    [[nodiscard]] ByteView binary(std::int64_t key) const noexcept;
    [[nodiscard]] std::string_view choice(std::int64_t key) const noexcept;  // the word: "green_food"
    [[nodiscard]] bool lists_text(std::int64_t key, std::string_view wanted) const noexcept;
    [[nodiscard]] bool lists_integer(std::int64_t key, std::int64_t wanted) const noexcept;
    [[nodiscard]] UnixSeconds issued() const noexcept;
    [[nodiscard]] std::string_view id() const noexcept;  // the signer's own number; that of a certificate
};

// Any statement of the dossier types, or a certificate. Errors: statement.*, cose.*, cbor.*.
[[nodiscard]] Result<ParsedStatement> parse_any_statement(ByteView message);

struct DossierEntry {
    Bytes message{};
    Result<ParsedStatement> statement{std::unexpect, Error{}};
};

struct Dossier {
    DossierEntry manifest{};
    std::vector<DossierEntry> entries{};
};

[[nodiscard]] Result<Dossier> parse_dossier(ByteView file);
[[nodiscard]] Bytes encode_dossier(ByteView manifest, std::span<const Bytes> statements);

// The word of a Choice field inside a nested record ("items/unit" of a test); empty where absent.
[[nodiscard]] std::string_view choice_word(const Schema& schema, const cbor::Value& record, std::int64_t key) noexcept;

}  // namespace pipa
