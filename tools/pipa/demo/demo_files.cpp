#include "pipa/demo/demo_files.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "judge/judge.hpp"
#include "host/atomic_file.hpp"
#include "pipa/input/csv.hpp"
#include "pipa/demo/demo_bundle.hpp"
#include "pipa/demo/demo_lesson.hpp"
#include "pipa/registry/key_file.hpp"
#include "page/portal.hpp"
#include "pipa/labels/label_drawing.hpp"
#include "pipa/demo/demo_log.hpp"
#include "pipa/registry/registry.hpp"
#include "pipa/site/site_folder.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double label_dots_per_inch = 300;
constexpr std::string_view trust_name = "trust.cose";
constexpr std::string_view lesson_name = "learn.cose";
constexpr std::string_view bundle_name = "bundle.cbor";
constexpr std::string_view older_bundle_name = "bundle-old.cbor";
constexpr std::string_view root_pin_name = "root.pin";
constexpr std::string_view older_trust_name = "trust-old.cose";

bool is_certificate_case(const DemoCase& demo_case) noexcept { return demo_case.id.starts_with('C'); }

std::string dossier_name(const DemoCase& demo_case) { return "dossiers/" + demo_case.number + ".dossier"; }

// A link of ours, split where a local server's address would replace https://HOST.
Json links_of(const DemoCase& demo_case) {
    constexpr std::string_view scheme = "HTTPS://";
    if (demo_case.bytes == 0) return {{"url", nullptr}, {"path", nullptr}};
    const std::size_t slash = demo_case.text.find('/', scheme.size());
    std::string url = demo_case.text;
    for (std::size_t i = 0; i < slash; ++i)
        if (url[i] >= 'A' && url[i] <= 'Z') url[i] = static_cast<char>(url[i] - 'A' + 'a');
    return {{"url", url}, {"path", demo_case.text.substr(slash)}};
}

Json case_json(const DemoCase& demo_case) {
    Json out = {{"id", demo_case.id}};
    if (!demo_case.number.empty()) out["number"] = demo_case.number;
    out["text"] = demo_case.text;
    out.update(links_of(demo_case));
    if (!demo_case.dossier.empty()) out["dossier"] = dossier_name(demo_case);
    out["trust"] = demo_case.older_pack ? older_trust_name : trust_name;
    out["case"] = demo_case.summary;
    out["expect_verdict"] = demo_case.verdict;
    out["expect_level"] = demo_case.level;
    out["expect_reason"] = demo_case.reason;
    out["expect_alone"] = {demo_case.alone_level, demo_case.alone_reason};
    if (demo_case.bytes == 0) return out;
    out["bytes"] = demo_case.bytes;
    out["digits"] = demo_case.text.size() - demo_case.text.find('#') - 1;
    if (const auto symbol = draw_qr_code(demo_case.text, CorrectionLevel::M)) out["qr_version"] = symbol->version;
    return out;
}

Result<void> write_texts(const DemoDistrict& district, const fs::path& folder) {
    Json cases = Json::array();
    std::string csv = "number,text\n";
    for (const DemoCase& demo_case : district.cases) {
        cases.push_back(case_json(demo_case));
        if (is_certificate_case(demo_case)) csv += demo_case.number + "," + demo_case.text + "\n";
    }
    const Json document = {{"now", format_rfc3339(district.now)}, {"office_key", to_hex(district.office().public_key())}, {"hosts", district.pack.hosts}, {"cases", std::move(cases)}};
    const std::array<std::pair<std::string_view, std::string>, 4> files = {{
        {demo_marker, document.dump(1) + "\n"},
        {"certificates.csv", std::move(csv)},
        {"office.pub", to_hex(district.office().public_key()) + "\n"},
        {"registry.json", registry_json(district.pack).dump(1) + "\n"},
    }};
    for (const auto& [name, content] : files)
        if (auto ok = write_file_atomically(folder / name, content); !ok) return ok;
    if (auto ok = write_file_atomically(folder / trust_name, district.trust); !ok) return ok;
    return write_file_atomically(folder / older_trust_name, district.older_trust);
}

Result<void> write_dossiers(const DemoDistrict& district, const fs::path& folder) {
    if (auto ok = make_folder(folder / "dossiers"); !ok) return ok;
    for (const DemoCase& demo_case : district.cases) {
        if (demo_case.dossier.empty()) continue;
        if (auto ok = write_file_atomically(folder / dossier_name(demo_case), demo_case.dossier); !ok) return ok;
    }
    return {};
}

// Of every certificate, and of those among the other cases that have a dossier.
std::vector<CertificateRecord> records_of(const DemoDistrict& district, const fs::path& log) {
    std::vector<CertificateRecord> out;
    for (const DemoCase& demo_case : district.cases) {
        const bool is_published = is_certificate_case(demo_case) || !demo_case.dossier.empty();
        if (!is_published || std::ranges::find(out, demo_case.number, &CertificateRecord::number) != out.end()) continue;
        out.push_back({.number = demo_case.number, .certificate = demo_case.certificate, .dossier = demo_case.dossier, .log_proof = read_demo_proof(log, demo_case.certificate)});
    }
    return out;
}

Result<void> write_records(const DemoBundle& bundle, const fs::path& folder) {
    for (const auto& [name, content] : bundle.record_files) {
        if (auto ok = make_folder((folder / name).parent_path()); !ok) return ok;
        if (auto ok = write_file_atomically(folder / name, content); !ok) return ok;
    }
    return {};
}

Result<void> write_keys(const DemoDistrict& district, const fs::path& folder) {
    if (auto ok = make_folder(folder); !ok) return ok;
    std::error_code ignored;
    fs::permissions(folder, fs::perms::owner_all, ignored);
    for (const auto& [name, key] : district.keys)
        if (auto ok = save_key(folder / (name + ".key"), key, std::nullopt, IfExists::Refuse); !ok) return ok;
    return {};
}

// The notices of the dossiers, each once: a phone learns of a recall even where the record cannot be had.
void add_notices(const DemoCase& demo_case, std::vector<Bytes>& notices) {
    const auto dossier = parse_dossier(demo_case.dossier);
    if (!dossier) return;
    for (const DossierEntry& entry : dossier->entries) {
        const bool is_notice = entry.statement && entry.statement->type() == cose::StatementType::Notice;
        if (is_notice && std::ranges::find(notices, entry.message) == notices.end()) notices.push_back(entry.message);
    }
}

// Nothing is withdrawn by status: the shards of all certificates are there, and say so.
DemoBundleContents bundle_contents(const DemoDistrict& district, const fs::path& log) {
    DemoBundleContents contents{.records = records_of(district, log)};
    for (const DemoCase& demo_case : district.cases) {
        add_notices(demo_case, contents.notices);
        const auto qr = parse_qr_text(demo_case.text);
        const auto parsed = qr ? parse_certificate(qr->certificate) : std::unexpected(Error{});
        if (parsed && parsed->certificate.status_index) contents.status_indices.push_back(*parsed->certificate.status_index);
    }
    return contents;
}

class LabelWriter {
public:
    LabelWriter(const DemoDistrict& district, const fs::path& folder, const TrustStore& trust)
        : m_district(district), m_folder(folder), m_trust(trust) {}

    Result<void> write() {
        if (auto ok = make_folder(m_folder); !ok) return ok;
        // Short, long, with a repeated promise and with two upstream numbers: what a label has to cope with.
        for (const std::string_view id : {"C01", "C04", "C12", "C13", "C15"})
            for (const labels::LabelSize& size : labels::label_sizes())
                if (auto ok = write_pictures(*m_district.find(id), size); !ok) return ok;
        return write_sheet();
    }

private:
    [[nodiscard]] Result<labels::Label> lay_out(const DemoCase& demo_case, const labels::LabelSize& size) const {
        auto content = labels::make_label(demo_case.text, m_trust);
        if (!content) return std::unexpected(content.error());
        auto layout = lay_out_label(*content, size, dot_mm, m_shaper);
        if (!layout) return fail(ErrorCode::QrDrawTooLong, {}, demo_case.id);
        return labels::Label{std::move(*content), std::move(*layout)};
    }

    Result<void> write_pictures(const DemoCase& demo_case, const labels::LabelSize& size) const {
        const auto label = lay_out(demo_case, size);
        if (!label) return std::unexpected(label.error());
        const auto draw = [&](cairo_t* context) { draw_label(context, *label, m_shaper, 0, 0); };
        const labels::PageSize page{size.width, size.height};
        const auto svg = labels::draw_svg(page, draw);
        const auto png = labels::draw_png(page, label_dots_per_inch, draw);
        if (!svg || !png) return std::unexpected(svg ? png.error() : svg.error());
        const std::string name = demo_case.id + "-" + std::string{size.name};
        if (auto ok = write_file_atomically(m_folder / (name + ".svg"), *svg); !ok) return ok;
        return write_file_atomically(m_folder / (name + ".png"), *png);
    }

    Result<void> write_sheet() const {
        const labels::LabelSize& size = *labels::find_label_size("100x70");
        std::vector<labels::Label> all;
        for (const DemoCase& demo_case : m_district.cases) {
            if (!is_certificate_case(demo_case)) continue;
            auto label = lay_out(demo_case, size);
            if (!label) return std::unexpected(label.error());
            all.push_back(std::move(*label));
        }
        const auto pdf = print_pdf(all, {labels::Paper::A4, dot_mm}, m_shaper);
        if (!pdf) return std::unexpected(pdf.error());
        return write_file_atomically(m_folder / "sheet.pdf", *pdf);
    }

    static constexpr double dot_mm = labels::mm_per_inch / label_dots_per_inch;

    const DemoDistrict& m_district;
    fs::path m_folder;
    const TrustStore& m_trust;
    labels::TextShaper m_shaper{};
};

}  // namespace

namespace {

std::vector<std::string> answer_of(const Judgement& judgement) {
    return {std::string{verdict_name(judgement.verdict)}, std::string{level_name(judgement.level)}, std::string{rule_of(judgement.reasons.front().id).code}};
}

// Age and signature go with every certificate.
bool is_remark(const Reason& reason) noexcept { return reason.id != ReasonId::IssuedDaysAgo && reason.id != ReasonId::SignatureFits; }

void check_answer(const std::string& id, const std::vector<std::string>& given, const std::vector<std::string>& wanted, std::vector<std::string>& differing) {
    if (given == wanted) return;
    std::string line = id + ":";
    for (const std::string& word : given) line += " " + word;
    line += "  instead of ";
    for (const std::string& word : wanted) line += " " + word;
    differing.push_back(std::move(line));
}

}  // namespace

std::vector<std::string> check_demo(const DemoDistrict& district) {
    std::vector<std::string> differing;
    const auto fresh = TrustStore::open(district.trust, district.office().public_key());
    const auto older = TrustStore::open(district.older_trust, district.office().public_key());
    if (!fresh || !older) return {"the trust packs do not open"};
    for (const DemoCase& demo_case : district.cases) {
        const TrustStore& trust = demo_case.older_pack ? *older : *fresh;
        const Judgement alone = judge(demo_case.text, trust, district.now);
        check_answer(demo_case.id + " alone", answer_of(alone), {demo_case.dossier.empty() ? demo_case.verdict : "genuine", demo_case.alone_level, demo_case.alone_reason}, differing);
        if (demo_case.dossier.empty()) continue;
        const Judgement whole = judge(demo_case.text, trust, district.now, Evidence::open(demo_case.dossier, trust));
        std::vector<std::string> wanted = {demo_case.verdict, demo_case.level, demo_case.reason};
        wanted.insert(wanted.end(), demo_case.remarks.begin(), demo_case.remarks.end());
        std::vector<std::string> given = answer_of(whole);
        for (const Reason& reason : std::span(whole.reasons).subspan(1))
            if (is_remark(reason)) given.emplace_back(rule_of(reason.id).code);
        check_answer(demo_case.id, given, wanted, differing);
    }
    return differing;
}

Result<void> write_demo(const DemoDistrict& district, const fs::path& folder, const fs::path& built_site) {
    const auto trust = TrustStore::open(district.trust, district.office().public_key());
    if (!trust) return std::unexpected(trust.error());
    if (auto ok = write_texts(district, folder); !ok) return ok;
    if (auto ok = write_keys(district, folder / "keys"); !ok) return ok;
    if (auto ok = write_dossiers(district, folder); !ok) return ok;
    const auto lesson = make_demo_lesson(district);
    if (!lesson) return std::unexpected(lesson.error());
    if (auto ok = write_file_atomically(folder / lesson_name, *lesson); !ok) return ok;
    if (auto ok = LabelWriter(district, folder / "labels", *trust).write(); !ok) return ok;
    if (auto ok = write_demo_log(district, folder / "log"); !ok) return ok;
    const auto bundle = make_demo_bundle(district, bundle_contents(district, folder / "log"));
    if (!bundle) return std::unexpected(bundle.error());
    if (auto ok = write_file_atomically(folder / bundle_name, bundle->file); !ok) return ok;
    if (auto ok = write_file_atomically(folder / older_bundle_name, bundle->older_file); !ok) return ok;
    if (auto ok = write_file_atomically(folder / root_pin_name, to_hex(bundle->root_pin) + "\n"); !ok) return ok;
    if (auto ok = write_records(*bundle, folder); !ok) return ok;
    if (built_site.empty()) return {};
    if (auto ok = make_folder(folder / "site"); !ok) return ok;
    const SiteBundle published{bundle->file, bundle->root_pin};
    if (auto ok = fill_site(folder / "site", built_site, district.trust, district.office().public_key(), district.now, published); !ok) return ok;
    if (auto ok = write_file_atomically(folder / "site" / root_pin_name, to_hex(bundle->root_pin) + "\n"); !ok) return ok;
    if (auto ok = fill_demo_article(folder / "site", district, *trust); !ok) return ok;
    if (auto ok = write_records(*bundle, folder / "site"); !ok) return ok;
    if (auto ok = publish_log(folder / "log", folder / "site" / "log"); !ok) return ok;
    if (auto ok = write_file_atomically(folder / "site" / portal_file, district.portal); !ok) return ok;
    if (auto ok = make_folder(folder / "site" / "learn"); !ok) return ok;
    return write_file_atomically(folder / "site" / site_lesson_name, *lesson);
}

}  // namespace pipa
