// pipa_conform_requests FOLDER: every vector table as requests to `pipa conform`, one JSON object a line on standard
// output: {"table", "name", "line": the request as it is sent, "answer"?: "ok" or "code@offset", "golden"?: file}.
// Trust packs are written into FOLDER, each beside its office.pub. Rows without "answer" are only compared.
#include <iostream>

#include "base/hex.hpp"
#include "support/catalogues.hpp"
#include "support/golden.hpp"
#include "support/log_proofs.hpp"
#include "support/messages.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;
namespace fs = std::filesystem;

namespace {

class Writer {
public:
    void add(const std::string& table, const std::string& name, Json request, const std::string& answer = "", const std::string& golden = "") {
        request["id"] = m_next_id++;
        add_line(table, name, request.dump(), answer, golden);
    }
    static void add_line(const std::string& table, const std::string& name, const std::string& line, const std::string& answer,
                         const std::string& golden = "") {
        Json out = {{"table", table}, {"name", name}, {"line", line}};
        if (!answer.empty()) out["answer"] = without_detail(answer);
        if (!golden.empty()) out["golden"] = golden;
        std::cout << out.dump() << '\n';
    }

private:
    int m_next_id = 1;
};

void ignore(Row& row, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (row.has(key)) (void)row.json(key);
}

std::string name_of(Row& row) { return row.json("name").get<std::string>(); }

void add_base10(Writer& out) {
    for_each_row("base10.json", [&](Row& row) {
        out.add("base10", name_of(row), {{"op", "base10.decode"}, {"digits", row.text("digits")}}, row.text("answer"));
        if (row.has("bytes")) out.add("base10", name_of(row) + ", encoded", {{"op", "base10.encode"}, {"hex", row.text("bytes")}}, "ok");
    });
}

void add_cbor(Writer& out) {
    for (const char* table : {"cbor_appendix_a", "cbor_appendix_f"}) {
        for_each_row(std::string{table} + ".json", [&](Row& row) {
            out.add(table, name_of(row), {{"op", "cbor.decode"}, {"hex", row.text("hex")}}, row.text("deterministic"));
            ignore(row, {"diagnostic", "encoded", "well_formed"});
        });
    }
    for_each_row("cbor_own.json", [&](Row& row) {
        const Edn input = encode_edn(row.text("cbor"));
        out.add("cbor_own", name_of(row), {{"op", "cbor.decode"}, {"hex", to_hex(input.bytes)}}, expected_answer(row.text("deterministic"), input));
        ignore(row, {"encoded", "well_formed"});
    });
}

void add_signatures(Writer& out) {
    for_each_row("ed25519.json", [&](Row& row) {
        out.add("ed25519", name_of(row), {{"op", "ed25519.verify"}, {"public_key", row.text("public_key")}, {"message", row.text("message")}, {"signature", row.text("signature")}}, row.text("answer"));
        ignore(row, {"seed"});
    });
    const Json table = load_table("cose_sign1.json");
    for_each_row(table, "cose_sign1.json", [&](Row& row) {
        const CoseCase given = cose_case(row, table["base"]);
        Json request = {{"op", "cose.verify1"}, {"message", to_hex(given.message.bytes)}, {"public_key", to_hex(given.public_key)}};
        if (!given.external_aad.empty()) request["external_aad"] = to_hex(given.external_aad);
        if (given.detached) request["payload"] = to_hex(*given.detached);
        out.add("cose_sign1", name_of(row), request, given.answer);
    });
}

void add_certificates(Writer& out) {
    const Json table = load_table("certificate.json");
    for_each_row(table, "certificate.json", [&](Row& row) {
        const CertificateCase given = certificate_case(row, table["base"]);
        out.add("certificate", name_of(row), {{"op", "cert.parse"}, {"hex", to_hex(given.message.bytes)}}, given.answer);
    });
}

void add_texts(Writer& out) {
    for_each_row("qr_text.json", [&](Row& row) {
        std::string text = row.text("text");
        if (row.has("filled_with")) text.resize(static_cast<std::size_t>(row.integer("filled_to")), row.text("filled_with").front());
        const std::string answer = row.text("answer");
        out.add("qr_text", name_of(row), {{"op", "cert.parse"}, {"text", text}}, answer == "ok" ? "" : answer);
        ignore(row, {"host", "gtin", "lot", "bytes"});
    });
    for_each_row("gs1_digital_link.json", [&](Row& row) {
        std::string uri = row.text("uri");
        if (row.has("filled_with")) uri.resize(static_cast<std::size_t>(row.integer("filled_to")), row.text("filled_with").front());
        out.add("gs1_digital_link", name_of(row), {{"op", "gs1.parse"}, {"uri", uri}}, row.text("answer"));
        ignore(row, {"elements", "others"});
    });
    for_each_row("uscc.json", [&](Row& row) { out.add("uscc", name_of(row), {{"op", "uscc.check"}, {"text", row.text("text")}}, row.text("answer")); });
}

Json judge_request(const std::string& text, const std::string& trust, UnixSeconds now, const std::string& language) {
    return {{"op", "judge"}, {"text", text}, {"trust", trust}, {"now", now}, {"lang", language}};
}

void add_judgements(Writer& out, const fs::path& folder) {
    const std::string pack = (folder / "district.pack").string();
    write_file(pack, as_text(district().signed_pack));
    write_file(folder / "office.pub", to_hex(district().office_public_key) + "\n");
    for (const Scene& scene : load_scenes()) {
        if (scene.without_trust) continue;  // the driver always wants a trust pack
        for (const Catalogue* catalogue : {&chinese(), &english()})
            out.add("judge", scene.name + " in " + catalogue->language(), judge_request(scene.text, pack, scene.now, catalogue->language()), "ok",
                    scene.golden ? golden_file_name(scene, *catalogue) : "");
    }
    const UnixSeconds now = load_scenes().front().now;
    for_each_row("foreign_codes.json", [&](Row& row) {
        out.add("foreign_codes", name_of(row), judge_request(row.text("text"), pack, now, "zh-Hans"), "ok");
        ignore(row, {"kind"});
    });
}

void add_trust_packs(Writer& out, const fs::path& folder) {
    const auto office = worthless_key("office");
    const Scene scene = load_scenes().front();
    const Json table = load_table("trust_pack.json");
    int number = 0;
    for_each_row(table, "trust_pack.json", [&](Row& row) {
        const TrustPackCase given = trust_pack_case(row, table["base"]);
        const std::string path = (folder / ("pack_" + std::to_string(++number))).string();
        write_file(path, as_text(sign_payload(office, cose::StatementType::TrustPack, given.payload.bytes)));
        // Offsets are those in the whole pack here; the table's are in the payload.
        const std::string answer = given.answer == "ok" ? "ok" : "";
        out.add("trust_pack", name_of(row), judge_request(scene.text, path, scene.now, "en"), answer);
    });
}

void add_log_proofs(Writer& out) {
    const Json table = load_table("log_proof.json");
    for_each_row(table, "log_proof.json", [&](Row& row) {
        const LogProofCase given = log_proof_case(row, table["base"]);
        Json logs = Json::array();
        for (const PublicLog& log : given.logs) logs.push_back({{"key", log.key}, {"witnesses", log.witnesses}, {"threshold", log.threshold}});
        const bool holds = given.answer.starts_with("log.example/");
        out.add("log_proof", name_of(row), {{"op", "log.proof"}, {"certificate", to_hex(given.certificate)}, {"proof", given.proof}, {"logs", logs}}, holds ? "ok" : given.answer);
    });
}

void add_mutations(Writer& out) {
    Random random(test_seed());
    const Bytes certificate = parse_qr_text(load_scenes().front().text)->certificate;
    for (int i = 0; i < 1500; ++i) {
        const std::string number = std::to_string(i);
        out.add("mutations", "certificate " + number, {{"op", "cert.parse"}, {"hex", to_hex(mutated(random, certificate))}});
        out.add("mutations", "cose " + number, {{"op", "cose.verify1"}, {"message", to_hex(mutated(random, certificate))}, {"public_key", to_hex(random.bytes(32))}});
        out.add("mutations", "cbor " + number, {{"op", "cbor.decode"}, {"hex", to_hex(random.bytes(random.below(16)))}});
    }
}

// The driver's own manners.
void add_protocol() {
    const auto line = [](const char* name, const char* text, const char* answer) { Writer::add_line("protocol", name, text, answer); };
    line("no JSON", "hello", "conform.bad_request");
    line("an array", "[]", "conform.bad_request");
    line("an empty line", "", "conform.bad_request");
    line("no op", "{\"id\":7}", "conform.bad_request");
    line("an op that is no text", "{\"op\":7}", "conform.bad_request");
    line("an unknown op", "{\"op\":\"nothing\",\"id\":[1]}", "conform.unknown_op");
    line("a missing parameter", "{\"op\":\"cbor.decode\"}", "conform.bad_request");
    line("a parameter that is no hex", "{\"op\":\"cbor.decode\",\"hex\":\"0\"}", "conform.bad_request");
    line("an id of Chinese words", "{\"op\":\"base10.encode\",\"hex\":\"\",\"id\":\"枇杷\"}", "ok");
    line("a file that is not there", "{\"op\":\"judge\",\"text\":\"\",\"trust\":\"/nowhere/at/all\",\"now\":1795138200}", "file.unreadable");
    line("a clock that is no clock", "{\"op\":\"judge\",\"text\":\"\",\"trust\":\"/nowhere\",\"now\":-1}", "conform.bad_request");
    line("a language that nobody speaks here", "{\"op\":\"judge\",\"text\":\"\",\"trust\":\"/nowhere\",\"now\":1795138200,\"lang\":\"xx\"}", "conform.bad_request");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: pipa_conform_requests FOLDER\n";
        return 64;
    }
    const fs::path folder = argv[1];
    Writer out;
    add_base10(out);
    add_cbor(out);
    add_signatures(out);
    add_certificates(out);
    add_texts(out);
    add_judgements(out, folder);
    add_trust_packs(out, folder);
    add_log_proofs(out);
    add_mutations(out);
    add_protocol();
    return 0;
}
