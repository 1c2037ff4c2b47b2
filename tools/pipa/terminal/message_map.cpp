#include "pipa/terminal/message_map.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "record/certificate_keys.hpp"

namespace pipa {
namespace {

using cbor::Value;
using cose::Kid;

// A field that the view shows too takes its meaning and voucher from there.
struct KnownKey {
    std::int64_t key;
    std::string_view name;
    std::string_view row;  // id of a RowView; empty where the view has none
};
constexpr std::array claims = {
    KnownKey{certificate_claim::expires, "exp", "expires"},   KnownKey{certificate_claim::issued, "iat", "issued"},
    KnownKey{certificate_claim::number, "cti", "number"},     KnownKey{certificate_claim::status, "status", ""},
    KnownKey{certificate_claim::promise, "promise", ""},
};
constexpr std::array promise_keys = {
    KnownKey{certificate_key::product_code, "product_code", "product"}, KnownKey{certificate_key::product_name, "product_name", "product"},
    KnownKey{certificate_key::quantity, "quantity", "quantity"},        KnownKey{certificate_key::origin, "origin", "origin"},
    KnownKey{certificate_key::harvest_day, "harvest_day", "harvest"},   KnownKey{certificate_key::form, "form", "form"},
    KnownKey{certificate_key::bases, "bases", "bases"},                 KnownKey{certificate_key::labels, "labels", "labels"},
    KnownKey{certificate_key::lot, "lot", "lot"},                       KnownKey{certificate_key::upstream, "upstream", "upstream"},
    KnownKey{certificate_key::quarantine, "quarantine", "quarantine"},  KnownKey{certificate_key::gtin, "gtin", "gtin"},
};

class Mapper {
public:
    Mapper(const Judgement& judgement, const View& view, const TrustStore& trust, const Catalogue& catalogue)
        : m_judgement(judgement), m_view(view), m_trust(trust), m_catalogue(catalogue) {}

    std::vector<MappedField> run(ByteView message) {
        const auto root = cbor::decode(message, cbor::Rules::deterministic);
        if (!root || root->items.empty() || root->items.front().items.size() != 4) return {};
        const auto& parts = root->items.front().items;
        m_out.push_back({0, parts[0].offset, "envelope", "18([...])", "COSE_Sign1 (RFC 9052)", {}});
        add_header(parts[0]);
        m_out.push_back({parts[1].offset, parts[1].end - parts[1].offset, "unprotected", cbor::diagnostic(parts[1]), "nothing unsigned is accepted", {}});
        add_payload(parts[2]);
        add(parts[3], parts[3].end - parts[3].offset, 0, "signature", cbor::diagnostic(parts[3]), signature_meaning(), "device");
        return std::move(m_out);
    }

private:
    void add(const Value& first, std::size_t length, std::size_t base, std::string name, std::string diagnostic, std::string meaning, std::string voucher) {
        m_out.push_back({base + first.offset, length, std::move(name), std::move(diagnostic), std::move(meaning), std::move(voucher)});
    }

    // A key and its value as one field.
    void add_pair(const Value& map, std::size_t index, std::size_t base, std::string name, std::string meaning, std::string voucher) {
        const Value& key = map.items[index];
        const Value& value = map.items[index + 1];
        add(key, value.end - key.offset, base, std::move(name), cbor::diagnostic(key) + ": " + cbor::diagnostic(value), std::move(meaning), std::move(voucher));
    }

    static std::size_t content_offset(const Value& string) noexcept { return string.end - string.bytes.size(); }

    void add_header(const Value& item) {
        const std::size_t base = content_offset(item);
        const auto header = cbor::decode(item.bytes, cbor::Rules::deterministic);
        if (!header) return;
        for (std::size_t i = 0; i + 1 < header->items.size(); i += 2) {
            const auto key = header->items[i].integer().value_or(0);
            if (key == cose::header_algorithm) add_pair(*header, i, base, "alg", "Ed25519 (RFC 9864)", {});
            else if (key == cose::header_kid) add_pair(*header, i, base, "kid", key_meaning(), m_judgement.issuer != nullptr ? "district" : "nobody");
            else add_pair(*header, i, base, "typ", "a certificate", {});
        }
    }

    void add_payload(const Value& item) {
        const std::size_t base = content_offset(item);
        const auto payload = cbor::decode(item.bytes, cbor::Rules::deterministic);
        if (!payload) return;
        for (std::size_t i = 0; i + 1 < payload->items.size(); i += 2) {
            const auto key = payload->items[i].integer().value_or(0);
            if (key == certificate_claim::promise) add_map(payload->items[i + 1], base, promise_keys, "promise.");
            else add_known(*payload, i, base, claims, "");
        }
    }

    template <typename Keys>
    void add_map(const Value& map, std::size_t base, const Keys& keys, const std::string& prefix) {
        for (std::size_t i = 0; i + 1 < map.items.size(); i += 2) add_known(map, i, base, keys, prefix);
    }

    template <typename Keys>
    void add_known(const Value& map, std::size_t index, std::size_t base, const Keys& keys, const std::string& prefix) {
        const auto known = std::ranges::find(keys, map.items[index].integer().value_or(0), &KnownKey::key);
        if (known == keys.end()) return add_pair(map, index, base, prefix + cbor::diagnostic(map.items[index]), {}, "nobody");
        const RowView* row = find_row(known->row);
        std::string meaning = row != nullptr ? row->label + ": " + row->value : "place in the status list";
        add_pair(map, index, base, prefix + std::string{known->name}, std::move(meaning), row != nullptr ? row->voucher : number_voucher());
    }

    [[nodiscard]] const RowView* find_row(std::string_view id) const {
        for (const SectionView& section : m_view.sections)
            for (const RowView& row : section.rows)
                if (row.id == id) return &row;
        return nullptr;
    }

    // What the view does not show is vouched for like the certificate's number.
    [[nodiscard]] std::string number_voucher() const {
        const RowView* row = find_row("number");
        return row != nullptr ? row->voucher : "nobody";
    }

    [[nodiscard]] std::string key_meaning() const {
        if (m_judgement.issuer != nullptr) return m_catalogue.pick(m_judgement.issuer->name);
        return m_trust.is_loaded() ? "a key that the trust pack does not know" : "a key; without a trust pack nobody says whose";
    }

    [[nodiscard]] std::string signature_meaning() const {
        const RowView* row = find_row("signature");
        return row != nullptr ? row->label + ": " + row->value : std::string{};
    }

    const Judgement& m_judgement;
    const View& m_view;
    const TrustStore& m_trust;
    const Catalogue& m_catalogue;
    std::vector<MappedField> m_out{};
};

std::string padded_number(std::size_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

}  // namespace

std::vector<MappedField> map_message(ByteView message, const Judgement& judgement, const View& view, const TrustStore& trust,
                                     const Catalogue& catalogue) {
    return Mapper(judgement, view, trust, catalogue).run(message);
}

std::string hex_excerpt(ByteView message, std::size_t offset) {
    constexpr std::size_t per_line = 16;
    const std::size_t line_of_offset = offset / per_line;
    const std::size_t first = line_of_offset > 1 ? line_of_offset - 1 : 0;
    std::string out;
    for (std::size_t line = first; line <= line_of_offset + 1; ++line) {
        const std::size_t at = line * per_line;
        if (at < message.size()) {
            out += "  " + padded_number(at, 5) + " ";
            for (const std::uint8_t byte : message.subspan(at, std::min(per_line, message.size() - at))) out += " " + to_hex({&byte, 1});
            out += '\n';
        }
        if (line == line_of_offset) out += std::string(9 + 3 * (offset % per_line), ' ') + "^^ byte " + std::to_string(offset) + "\n";
    }
    return out;
}

std::string text_excerpt(std::string_view text, std::size_t offset) {
    constexpr std::size_t around = 30;
    const std::size_t first = offset > around ? offset - around : 0;
    std::string shown;
    for (const char c : text.substr(first, 2 * around)) shown += c >= 0x20 && c < 0x7F ? c : '?';
    return "  " + shown + "\n" + std::string(2 + offset - first, ' ') + "^ character " + std::to_string(offset) + "\n";
}

}  // namespace pipa
