#include "pipa/issue/certificate_fields.hpp"

#include <algorithm>
#include <charconv>

#include "base/utf8.hpp"
#include "crypto/ed25519.hpp"
#include "host/embedded_catalogues.hpp"
#include "wire/gtin.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

using Outcome = Result<void>;

Outcome bad() { return fail(ErrorCode::CertificateBadField); }

template <typename T>
Outcome read_number(std::string_view text, T& out, std::int64_t lowest, std::int64_t highest) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < lowest || number > highest) return bad();
    out = static_cast<T>(number);
    return {};
}

template <typename T>
Outcome read_number(std::string_view text, std::optional<T>& out, std::int64_t lowest, std::int64_t highest) {
    out.emplace();
    return read_number(text, *out, lowest, highest);
}

Outcome read_text(std::string_view text, std::string& out, std::size_t max_bytes) {
    if (const auto wrong = find_invalid_utf8(text)) return fail(ErrorCode::Utf8Invalid, *wrong);
    if (text.size() > max_bytes || has_unprintable(text)) return bad();
    out = text;
    return {};
}

// The next word of a list; empty at its end.
std::string_view take_word(std::string_view& list) {
    constexpr std::string_view separators = "; ,\t";
    constexpr std::string_view enumeration_comma = "、";
    const auto separator_at = [&](std::size_t at) -> std::size_t {
        if (list.substr(at).starts_with(enumeration_comma)) return enumeration_comma.size();
        return separators.find(list[at]) != std::string_view::npos ? 1 : 0;
    };
    std::size_t first = 0;
    while (first < list.size() && separator_at(first) > 0) first += separator_at(first);
    std::size_t last = first;
    while (last < list.size() && separator_at(last) == 0) ++last;
    const std::string_view word = list.substr(first, last - first);
    list.remove_prefix(last);
    return word;
}

Outcome read_form(std::string_view text, Form& out) {
    for (const Form form : {Form::Trial2019, Form::Model2021, Form::Producer2025, Form::Buyer2025}) {
        if (form_name(form) != text) continue;
        out = form;
        return {};
    }
    return bad();
}

std::string printed_basis(Basis basis) { return embedded_catalogue("zh-Hans")->text("basis." + std::string{basis_name(basis)}); }

// "self_test", or the words that the form prints in Chinese.
Outcome read_bases(std::string_view list, BasisSet& out) {
    for (std::string_view word = take_word(list); !word.empty(); word = take_word(list)) {
        auto found = std::ranges::find(all_bases, word, basis_name);
        if (found == all_bases.end()) found = std::ranges::find(all_bases, word, printed_basis);
        if (found == all_bases.end()) return fail(ErrorCode::CertificateBadField, {}, std::string{word.substr(0, 40)});
        out = static_cast<BasisSet>(out | static_cast<BasisSet>(*found));
    }
    return {};
}

Outcome read_labels(std::string_view list, std::vector<std::uint32_t>& out) {
    for (std::string_view word = take_word(list); !word.empty(); word = take_word(list)) {
        std::uint32_t reference = 0;
        if (const auto ok = read_number(word, reference, 1, UINT32_MAX); !ok) return ok;
        out.push_back(reference);
    }
    std::ranges::sort(out);  // the certificate has them in ascending order
    return {};
}

// A reference, or what the certificate's code says: nobody has to know how a reference is made.
Result<UpstreamReference> read_reference(std::string_view word) {
    const auto code = parse_qr_text(word);
    if (!code) return parse_reference(word);
    const auto parsed = parse_certificate(code->certificate);
    if (!parsed) return std::unexpected(parsed.error());
    return reference_to(parsed->certificate.number, parsed->statement.kid, crypto::sha256(code->certificate));
}

Outcome read_upstream(std::string_view list, std::vector<UpstreamReference>& out) {
    for (std::string_view word = take_word(list); !word.empty(); word = take_word(list)) {
        auto reference = read_reference(word);
        if (!reference) return fail(reference.error().code, {}, std::string{word.substr(0, 40)});
        out.push_back(std::move(*reference));
    }
    std::ranges::sort(out);
    return {};
}

template <typename T>
Outcome keep(const Result<T>& value, auto& out) {
    if (!value) return fail(value.error().code, value.error().byte_offset);
    out = *value;
    return {};
}

Outcome read_expires(std::string_view text, Certificate& out) {
    auto time = parse_time(text);
    if (time && text.size() == 10) *time += seconds_per_day - 1;  // 'until the 31st' includes that day
    return keep(time, out.expires_unix_s);
}

Outcome read_gtin(std::string_view text, std::string& out) {
    if (!is_gtin(text)) return bad();
    out = std::string(14 - text.size(), '0') + std::string{text};
    return {};
}

Outcome read_number_text(std::string_view text, std::string& out) {
    out = text;
    return is_certificate_number(text) ? Outcome{} : bad();
}

Outcome read_origin(std::string_view text, std::int64_t& out) {
    if (const auto ok = read_number(text, out, 0, 999'999'999'999); !ok) return ok;
    return is_division_code(out) ? Outcome{} : bad();
}

struct Row {
    std::string_view name;
    bool required;
    Outcome (*read)(std::string_view, Certificate&);
};

constexpr std::array rows = {
    Row{"number", true, [](std::string_view v, Certificate& c) { return read_number_text(v, c.number); }},
    Row{"product_code", false, [](std::string_view v, Certificate& c) { return read_number(v, c.product_code, 1000, 65'535); }},
    Row{"product_name", false, [](std::string_view v, Certificate& c) { return read_text(v, c.product_name, max_name_bytes); }},
    Row{"quantity", true, [](std::string_view v, Certificate& c) { return keep(parse_quantity(v), c.quantity); }},
    Row{"origin", true, [](std::string_view v, Certificate& c) { return read_origin(v, c.origin_division); }},
    Row{"issued", true, [](std::string_view v, Certificate& c) { return keep(parse_time(v), c.issued_unix_s); }},
    Row{"harvested", false, [](std::string_view v, Certificate& c) { return keep(parse_day(v), c.harvest_day); }},
    Row{"form", true, [](std::string_view v, Certificate& c) { return read_form(v, c.form); }},
    Row{"bases", false, [](std::string_view v, Certificate& c) { return read_bases(v, c.bases); }},
    Row{"labels", false, [](std::string_view v, Certificate& c) { return read_labels(v, c.labels); }},
    Row{"lot", false, [](std::string_view v, Certificate& c) { return read_text(v, c.lot, max_lot_bytes); }},
    Row{"upstream", false, [](std::string_view v, Certificate& c) { return read_upstream(v, c.upstream); }},
    Row{"quarantine", false, [](std::string_view v, Certificate& c) { return read_text(v, c.quarantine_number, max_number_characters); }},
    Row{"gtin", false, [](std::string_view v, Certificate& c) { return read_gtin(v, c.gtin); }},
    Row{"expires", false, [](std::string_view v, Certificate& c) { return read_expires(v, c); }},
    Row{"status_index", false, [](std::string_view v, Certificate& c) { return read_number(v, c.status_index, 0, UINT32_MAX); }},
};

static_assert(rows.size() == certificate_field_count);

constexpr auto names = [] {
    FieldNames out{};
    std::ranges::transform(rows, out.begin(), &Row::name);
    return out;
}();

}  // namespace

const FieldNames& certificate_field_names() noexcept { return names; }

std::optional<std::size_t> certificate_field_index(std::string_view name) noexcept {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return {};
    return static_cast<std::size_t>(found - names.begin());
}

std::vector<FieldError> read_certificate(const FieldValues& values, Certificate& out) {
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        if (values[i].empty()) {
            if (row.required) errors.push_back({row.name, {ErrorCode::CertificateMissingField, {}, {}}});
            continue;
        }
        auto outcome = row.read(values[i], out);
        if (outcome) continue;
        if (outcome.error().detail.empty()) outcome.error().detail = values[i].substr(0, 60);
        errors.push_back({row.name, std::move(outcome.error())});
    }
    return errors;
}

}  // namespace pipa
