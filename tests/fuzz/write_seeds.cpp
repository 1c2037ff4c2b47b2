// pipa_fuzz_seeds FOLDER: the vector tables as seed inputs, FOLDER/<fuzzer>/<number>. Made at build time, never kept in
// the repository.
#include <algorithm>
#include <iostream>

#include "base/hex.hpp"
#include "record/dossier.hpp"
#include "support/district.hpp"
#include "support/dossier_stories.hpp"
#include "support/messages.hpp"
#include "support/project_files.hpp"
#include "support/record_files.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

class Seeds {
public:
    explicit Seeds(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    void add(const std::string& fuzzer, ByteView bytes) {
        write_file(m_folder / fuzzer / (std::to_string(++m_count[fuzzer]) + ".seed"), as_text(bytes));
    }
    void add(const std::string& fuzzer, std::string_view text) { add(fuzzer, as_bytes(text)); }
    // For fuzz_judge, whose first byte says what the rest is.
    void add_scan(char mode, ByteView bytes) { add("fuzz_judge", std::string(1, mode) + std::string{as_text(bytes)}); }

private:
    std::filesystem::path m_folder;
    std::map<std::string, int> m_count{};
};

// The rows of a table without the check for unknown keys: seeds use what they need.
const Json& rows_of(const Json& table) { return table["rows"]; }

void add_cbor(Seeds& seeds) {
    for (const char* file : {"cbor_appendix_a.json", "cbor_appendix_f.json"})
        for (const Json& row : rows_of(load_table(file))) seeds.add("fuzz_cbor", from_hex(row["hex"].get<std::string>()).value());
    for (const Json& row : rows_of(load_table("cbor_own.json"))) seeds.add("fuzz_cbor", encode_edn(row["cbor"].get<std::string>()).bytes);
}

void add_messages(Seeds& seeds) {
    const Json cose_table = load_table("cose_sign1.json");
    for (const Json& object : rows_of(cose_table)) {
        Row row(object, "cose_sign1.json");
        seeds.add("fuzz_cose", cose_case(row, cose_table["base"]).message.bytes);
    }
    const Json certificates = load_table("certificate.json");
    for (const Json& object : rows_of(certificates)) {
        Row row(object, "certificate.json");
        const Bytes message = certificate_case(row, certificates["base"]).message.bytes;
        seeds.add("fuzz_cose", message);
        seeds.add("fuzz_certificate", message);
        seeds.add_scan('\x01', message);
        if (const auto statement = cose::parse_statement(message, {})) seeds.add_scan('\x02', statement->payload);
    }
    const Json packs = load_table("trust_pack.json");
    for (const Json& object : rows_of(packs)) {
        Row row(object, "trust_pack.json");
        seeds.add("fuzz_trust_pack", trust_pack_case(row, packs["base"]).payload.bytes);
    }
    seeds.add("fuzz_trust_pack", encode_trust_pack(district().pack));
    seeds.add("fuzz_trust_pack", district().signed_pack);
}

void add_dossiers(Seeds& seeds) {
    for (const Json& row : rows_of(load_table("dossier_rules.json"))) {
        std::vector<Bytes> messages;
        StoryDigests digests;
        for (const Json& statement : row["statements"]) {
            messages.push_back(sign_story(statement, digests));
            seeds.add("fuzz_statement", messages.back());
        }
        seeds.add("fuzz_dossier", encode_dossier({}, messages));
    }
}

Bytes records_case(const Json& row) {
    const std::map<std::string, Edn, std::less<>> names = {{"digest", encode_edn("h'" + std::string(64, 'a') + "'")}};
    return encode_edn(row["cbor"].get<std::string>(), names).bytes;
}

// The table's rows; and heads and files of one and of many, from the certificate of every scene.
void add_records(Seeds& seeds) {
    for (const Json& row : rows_of(load_table("records.json")))
        seeds.add(row["kind"] == "head" ? "fuzz_records_head" : "fuzz_record_file", records_case(row));
    std::vector<CertificateRecord> records;
    for (const Scene& scene : load_scenes()) {
        const auto qr = parse_qr_text(scene.text);
        const auto parsed = qr ? parse_certificate(qr->certificate) : std::unexpected(qr.error());
        const auto is_new = [&](const CertificateRecord& known) { return known.number != parsed->certificate.number; };
        if (parsed && std::ranges::all_of(records, is_new)) records.push_back({.number = parsed->certificate.number, .certificate = qr->certificate});
    }
    seeds.add("fuzz_record_file", encode_records(records).value());
    for (const std::uint32_t bits : {0U, 6U, 7U}) {
        const BuiltRecords built = build_records(records, bits);
        seeds.add("fuzz_records_head", encode_records_head(built.head).value());
        seeds.add("fuzz_record_file", built.files[record_index(records.front().number, bits)]);
    }
}

void add_log_proofs(Seeds& seeds) {
    for (const Json& row : rows_of(load_table("log_proof.json"))) seeds.add("fuzz_log_proof", row["proof"].get<std::string>());
}

void add_texts(Seeds& seeds) {
    for (const Json& row : rows_of(load_table("qr_text.json"))) {
        seeds.add("fuzz_qr_text", row["text"].get<std::string>());
        seeds.add_scan('\0', as_bytes(row["text"].get<std::string>()));
    }
    for (const Json& row : rows_of(load_table("gs1_digital_link.json"))) seeds.add("fuzz_gs1", row["uri"].get<std::string>());
    for (const Json& row : rows_of(load_table("foreign_codes.json"))) {
        seeds.add("fuzz_foreign_code", row["text"].get<std::string>());
        seeds.add("fuzz_scanned_text", row["text"].get<std::string>());
        seeds.add_scan('\0', as_bytes(row["text"].get<std::string>()));
    }
    for (const char* file : {"quantity.json", "civil_time.json", "uscc.json", "hex.json"})
        for (const Json& row : rows_of(load_table(file))) seeds.add("fuzz_fields", row.value("text", ""));
    for (const Json& row : rows_of(load_table("privacy.json"))) seeds.add("fuzz_fields", row.value("contact", row.value("person", "")));
    for (const Json& row : rows_of(load_table("utf8.json"))) seeds.add("fuzz_fields", from_hex(row["bytes"].get<std::string>()).value());
    for (const Scene& scene : load_scenes()) {
        seeds.add("fuzz_qr_text", scene.text);
        seeds.add_scan('\0', as_bytes(scene.text));
    }
}

// Whole certificates in every garb that the table of the tolerant front has.
void add_scanned_texts(Seeds& seeds) {
    const Json table = load_table("scanned_text.json");
    for (const Json& row : rows_of(table)) {
        std::string text = row["text"].get<std::string>();
        for (const std::string name : {"digits", "others"}) {
            const std::string placeholder = "{" + name + "}";
            if (const std::size_t at = text.find(placeholder); at != std::string::npos) text.replace(at, placeholder.size(), table["base"][name].get<std::string>());
        }
        seeds.add("fuzz_scanned_text", text);
    }
}

// Codes as a hand scanner types them, numbers as a person does, and records that come for them (fuzz_kiosk_input.cpp).
void add_kiosk(Seeds& seeds) {
    const auto typed = [](std::string_view text, char gap_ms) {
        std::string keys;
        for (const char c : text) keys += {gap_ms, c};
        return keys + std::string{"\x40\0", 2};
    };
    for (const Json& row : rows_of(load_table("foreign_codes.json"))) seeds.add("fuzz_kiosk_input", typed(row["text"].get<std::string>(), 5));
    for (const Scene& scene : load_scenes()) seeds.add("fuzz_kiosk_input", typed(scene.text, 5));
    const std::string number = "\xc6\x01\xc1\x02" + typed("DEMO-330113-261112-C04", 63) + "\xc3\x01";
    for (const Json& row : rows_of(load_table("records.json"))) {
        const Bytes file = records_case(row);
        if (file.size() < 256) seeds.add("fuzz_kiosk_input", number + '\xc4' + static_cast<char>(file.size()) + std::string{as_text(file)});
    }
    for (const char* colour : {"C420jpeg", "Cmono", "C420mpeg2 Ip A1:1"})
        seeds.add("fuzz_kiosk_film", "YUV4MPEG2 W5 H3 F10:1 " + std::string{colour} + "\nFRAME\n" + std::string(27, 'y') + "FRAME\n" + std::string(27, 'z'));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: pipa_fuzz_seeds FOLDER\n";
        return 64;
    }
    Seeds seeds(argv[1]);
    add_cbor(seeds);
    add_messages(seeds);
    add_records(seeds);
    add_texts(seeds);
    add_scanned_texts(seeds);
    add_dossiers(seeds);
    add_records(seeds);
    add_log_proofs(seeds);
    add_kiosk(seeds);
    return 0;
}
