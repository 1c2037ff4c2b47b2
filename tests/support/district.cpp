#include "support/district.hpp"

#include <stdexcept>

#include "base/base10.hpp"
#include "support/edn.hpp"
#include "support/json_records.hpp"
#include "support/project_files.hpp"
#include "support/signing.hpp"

namespace pipa::test {
namespace {

constexpr std::string_view default_link = "HTTPS://PIPA.EXAMPLE/C#";

District make_district() {
    District out;
    const auto office = worthless_key("office");
    out.pack = trust_pack_from(Json::parse(read_file(project_file("tests/golden/district.json")))["pack"]);
    out.signed_pack = sign_trust_pack(office, out.pack);
    out.office_public_key = to_bytes(office.public_key());
    auto store = TrustStore::open(out.signed_pack, out.office_public_key);
    if (!store) throw std::runtime_error("district: " + answer_of(store.error()));
    out.store = std::move(*store);
    return out;
}

Json merged(Json base, const Json& changes) {
    for (const auto& [key, value] : changes.items()) base[key] = value;
    return base;
}

// The signed bytes of a row: a certificate, or a payload in diagnostic notation that no encoder would let pass.
Bytes message_of(Row& row, const Json& base) {
    const auto key = worthless_key(row.text_or("signer", base["signer"].get<std::string>()));
    if (row.has("payload")) return sign_payload(key, cose::StatementType::Certificate, encode_edn(row.text("payload")).bytes);
    const Json fields = row.has("certificate") ? merged(base["certificate"], row.json("certificate")) : base["certificate"];
    const Bytes message = sign_certificate(key, certificate_from(fields));
    if (!row.has("changed_later")) return message;
    const auto changed = encode_certificate(certificate_from(merged(fields, row.json("changed_later"))));
    const auto original = cose::parse_statement(message, cose::StatementType::Certificate);
    return cose::assemble_statement(original->protected_bytes, changed.value(), original->signature);
}

std::string text_of(Row& row, const Json& base) {
    if (row.has("text")) return row.text("text");
    std::string text = row.text_or("link", std::string{default_link}) + to_base10(message_of(row, base));
    if (row.has("cut_after")) text.resize(static_cast<std::size_t>(row.integer("cut_after")));
    return text;
}

Scene scene_from(Row& row, const Json& base) {
    Scene scene{.name = row.json("name").get<std::string>(), .text = text_of(row, base)};
    scene.now = parse_time(row.text_or("now", base["now"].get<std::string>())).value();
    scene.without_trust = row.flag("without_trust");
    scene.golden = row.flag("golden");
    scene.verdict = row.text("verdict");
    scene.level = row.text("level");
    scene.reasons = row.json("reasons").get<std::vector<std::string>>();
    scene.error = row.text_or("error", "ok");
    scene.foreign = row.text_or("foreign", "");
    return scene;
}

}  // namespace

const District& district() {
    static const District made = make_district();
    return made;
}

std::vector<Scene> load_scenes() {
    const Json table = load_table("judge.json");
    std::vector<Scene> scenes;
    for_each_row(table, "judge.json", [&](Row& row) { scenes.push_back(scene_from(row, table["base"])); });
    return scenes;
}

const TrustStore& trust_of(const Scene& scene) {
    static const TrustStore nobody;
    return scene.without_trust ? nobody : district().store;
}

}  // namespace pipa::test
