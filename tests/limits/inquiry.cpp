#include "base/base10.hpp"
#include "inquiry/certificate_digits.hpp"
#include "inquiry/inquiry.hpp"
#include "limits/limits.hpp"
#include "support/record_files.hpp"
#include "tlog/merkle.hpp"
#include "wire/cbor.hpp"

namespace pipa::test {
namespace {

using namespace inquiry;

// --- Texts ---

std::string kind_of(const std::string& text) {
    switch (read_scanned_text(text).kind) {
        case TextKind::Code: return "code";
        case TextKind::Number: return "number";
        case TextKind::Other: return "other";
        case TextKind::WrongLayout: return "wrong layout";
        case TextKind::Empty: return "empty";
    }
    return {};
}
std::string filled(const std::string& text, std::size_t size, const std::string& with) {
    std::string out = text;
    while (out.size() < size) out += with;
    return out;
}
std::string size_read(std::size_t size) { return std::to_string(read_scanned_text(std::string(size, 'x')).text.size()); }
// A link whose hash stands so many bytes behind its beginning.
std::string hash_at(std::size_t at) {
    return read_scanned_text(filled("https://pipa.example/C?", at,
        "x") + "#0169436464873497600591879").text.ends_with("#0169436464873497600591879") ? "with digits" : "without";
}
std::string lines_of(std::size_t digits) { return std::to_string(texts_of_file(std::string(digits, '1') + "\n23456").size()); }
// One tagged item of so many bytes, as digits.
std::string item_of(std::size_t size) {
    const Bytes item = cbor::encode(cbor::make_tag(18, cbor::make_bytes(Bytes(size - 4))));
    return item.size() == size ? yes_or_no(read_digits(to_base10(item)).whole) : "another size";
}
// A number among so many characters of Chinese.
std::string among_words(std::size_t characters) {
    std::string text = "DEMO-330113-261112-C04";
    for (std::size_t i = text.size(); i < characters; ++i) text = "号" + text;
    return kind_of(text);
}

// --- What a session keeps ---

Bytes record_file() {
    const Bytes content = zlib_of(encode_records({{.number = "A", .certificate = {1}}}).value());
    return encode_record_envelope({.content = content}).value();
}
RecordsHead head_of(const Bytes& file) { return {.edition = 1, .certificates = 1,
    .groups = {{1, merkle::hash_leaf(parse_record_envelope(file).value().content)}}}; }

// What becomes of the first of so many record files.
std::string first_record_of(std::size_t count) {
    Session session(Anchor{});
    const Bytes file = record_file();
    const RecordsHead head = head_of(file);
    std::shared_ptr<const RecordFile> first;
    for (std::size_t i = 0; i < count; ++i) {
        auto taken = session.take_record(std::to_string(i), file, head, 0);
        if (!taken) return "refused";
        if (i == 0) first = std::move(taken);
    }
    const auto again = session.known_record("0", head, 0);
    return again == nullptr ? "forgotten" : again == first ? "the same" : "opened anew";
}
std::string first_dossier_of(std::uint8_t count) {
    Session session(Anchor{});
    const auto dossier = [](std::uint8_t i) { return encode_dossier({}, std::vector<Bytes>{Bytes{i}}); };
    const auto first = session.dossier(dossier(0));
    for (std::uint8_t i = 1; i < count; ++i) (void)session.dossier(dossier(i));
    return session.dossier(dossier(0)) == first ? "the same" : "opened anew";
}

// A kept state whose map has so many bytes.
std::string state_of(std::size_t size) {
    const Bytes file = record_file();
    const auto map_with = [&](std::size_t filling) {
        return cbor::encode(cbor::MapBuilder{}.add(1, cbor::make_integer(1)).add(2, cbor::make_bytes({})).add(3, cbor::make_bytes({}))
                                .add(4, cbor::make_array({cbor::make_array({cbor::make_text("a"), cbor::make_bytes(file)})})).add(5,
                                    cbor::make_bytes(Bytes(filling))).finish());
    };
    const std::size_t around = map_with(size - 1000).size() - (size - 1000);
    const Bytes map = map_with(size - around);
    const crypto::Digest digest = crypto::sha256(map);
    Bytes state(digest.begin(), digest.end());
    state.insert(state.end(), map.begin(), map.end());
    Session session(Anchor{});
    session.restore(state);
    return map.size() == size ? yes_or_no(session.known_record("a", head_of(file), 0) != nullptr) : "another size";
}

}  // namespace

std::vector<Limit> limits_of_inquiry() {
    constexpr std::size_t sixteen_mib = std::size_t{16} << 20;
    return {
        {"inquiry/scanned_text.hpp", "max_scanned_text_bytes", [] { return size_read(8192); }, "8192", [] { return size_read(8193); },
            "8192"},
        {"inquiry/scanned_text.cpp", "max_characters", [] { return among_words(64); }, "number", [] { return among_words(65); }, "other"},
        {"inquiry/scanned_text.cpp", "min_among_words", [] { return kind_of("编号：AB345678。"); }, "number",
            [] { return kind_of("编号：AB34567。"); }, "other"},
        {"inquiry/scanned_text.cpp", "min_number", [] { return kind_of("ABßCDß123456"); }, "number",
            [] { return kind_of("ABßCDß12345"); }, "other"},
        {"inquiry/scanned_text.cpp", "min_digits_of_ours", [] { return kind_of("ü" + std::string(100, '1')); }, "wrong layout",
            [] { return kind_of("ü" + std::string(99, '1')); }, "other"},
        {"inquiry/scanned_link.cpp", "max_head_bytes", [] { return hash_at(2047); }, "with digits", [] { return hash_at(2048); },
            "without"},
        {"inquiry/scanned_link.cpp", "min_bare_digits", [] { return kind_of(std::string(100, '1')); }, "code",
            [] { return kind_of(std::string(99, '1')); }, "other"},
        {"inquiry/file_texts.cpp", "most_of_other_codes", [] { return lines_of(32); }, "2", [] { return lines_of(33); }, "1"},
        {"inquiry/certificate_digits.cpp", "max_digits", [] { return item_of(1029); }, "yes", [] { return item_of(1030); }, "no"},
        {"inquiry/session.cpp", "max_opened_records", [] { return first_record_of(8); }, "the same", [] { return first_record_of(9); },
            "opened anew"},
        {"inquiry/session.cpp", "max_kept_files", [] { return first_record_of(16); }, "opened anew", [] { return first_record_of(17); },
            "forgotten"},
        {"inquiry/session.cpp", "max_opened_dossiers", [] { return first_dossier_of(8); }, "the same",
            [] { return first_dossier_of(9); }, "opened anew"},
        {"inquiry/session.cpp", "max_state_bytes", [] { return state_of(sixteen_mib); }, "yes", [] { return state_of(sixteen_mib + 1); },
            "no"},
    };
}

}  // namespace pipa::test
