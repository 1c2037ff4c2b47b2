#include "samples.hpp"

#include <algorithm>
#include <stdexcept>

#include "crypto/secret_key.hpp"
#include "record/certificate.hpp"
#include "trust/pack_codec.hpp"
#include "wire/qr_text.hpp"

namespace pipa::kiosk::test {
namespace {

constexpr UnixSeconds issued = test_now.unix_s - 26 * 3600;
constexpr std::string_view host = "linping.example";

crypto::SecretKey key_of(std::uint8_t seed) { return std::move(*crypto::SecretKey::from_seed(Bytes(crypto::seed_size, seed))); }

Bytes sign(const Bytes& payload, const crypto::SecretKey& key, cose::StatementType type) {
    const Bytes header = cose::statement_header(kid_of(key.public_key()), type);
    const Bytes message = cose::to_be_signed(header, {}, payload);
    return cose::assemble_statement(header, payload, key.sign(message));
}

enum Party : std::uint32_t { cooperative = 1, household = 2, buyer = 3 };

KeyEntry entry(const crypto::SecretKey& key, Party party, Role role) {
    return {.public_key = key.public_key(), .party = party, .role = role, .valid_from = issued - 200 * seconds_per_day};
}

TrustPack make_pack() {
    TrustPack pack{.version = 42, .issued_unix_s = test_now.unix_s - 2 * 3600, .fresh_for_s = 36 * 3600, .usable_for_s = 14 * seconds_per_day, .demo = true};
    pack.publisher = {"临平农产品质量安全演示中心", "Linping produce safety demo centre"};
    pack.hosts = {std::string{host}};
    pack.keys = {entry(key_of(11), cooperative, Role::Producer), entry(key_of(12), household, Role::Producer), entry(key_of(13), buyer, Role::Buyer)};
    pack.parties = {
        {.id = cooperative, .kind = PartyKind::Cooperative, .name = {"临平云坞枇杷专业合作社（示例）", "Yunwu Loquat Cooperative (demo)"},
         .uscc = "93330113XXDEM0015T", .division = 330113100, .place = {"云坞村（虚构）", "Yunwu village (invented)"}, .contact = "0571-00000015"},
        {.id = household, .kind = PartyKind::Household, .name = {"周大明", "Zhou Daming"}, .division = 330113002,
         .place = {"南畈社区（虚构）", "Nanfan community (invented)"}, .contact = "13800001234"},
        {.id = buyer, .kind = PartyKind::BuyerOrganisation, .name = {"临平河畔优选农产品收购部（示例）", "Hepan Produce Buyers (demo)"},
         .uscc = "92330113XXDEM0082U", .division = 330113001, .place = {"河畔社区（虚构）", "Hepan community (invented)"}, .contact = "0571-00000082"}};
    pack.products = {{.code = 15001, .name = {"枇杷", "Loquats"}}, {.code = 13002, .name = {"小白菜", "Pak choi"}}};
    pack.divisions = {{.code = 330113, .name = {"浙江省杭州市临平区", "Linping, Hangzhou, Zhejiang"}},
                      {.code = 330113100, .name = {"浙江省杭州市临平区塘栖镇", "Tangqi town, Linping, Hangzhou"}},
                      {.code = 330113005, .name = {"浙江省杭州市临平区乔司街道", "Qiaosi subdistrict, Linping, Hangzhou"}}};
    return pack;
}

Certificate loquats() {
    return {.issued_unix_s = issued, .number = "LP2026-0522-0117", .product_code = 15001, .product_name = "软条白沙枇杷",
            .quantity = {2500, Unit::Gram, 120, Pack::Box}, .origin_division = 330113100, .harvest_day = day_of(issued),
            .form = Form::Producer2025, .bases = static_cast<BasisSet>(Basis::QualityControl) | static_cast<BasisSet>(Basis::SelfTest),
            .lot = "YW-0522-3"};
}

std::string code(const Certificate& certificate, const crypto::SecretKey& key, std::string_view at = host) {
    const auto payload = encode_certificate(certificate);
    if (!payload) throw std::logic_error(to_string(payload.error()));
    return make_qr_text(at, sign(*payload, key, cose::StatementType::Certificate));
}

// One byte of what was signed is another now: 120 boxes became 220.
std::string altered() {
    Certificate certificate = loquats();
    const Bytes before = *encode_certificate(certificate);
    certificate.quantity.packs = 220;
    const Bytes after = *encode_certificate(certificate);
    Bytes message = sign(before, key_of(11), cose::StatementType::Certificate);
    const auto at = std::ranges::search(message, before);
    std::ranges::copy(after, at.begin());
    return make_qr_text(host, message);
}

std::vector<Sample> make_samples() {
    Certificate greens = loquats();
    greens.product_code = 13002;
    greens.product_name.clear();
    greens.quantity = {35, Unit::Kilogram};
    greens.number = "LP2026-0522-0903";
    greens.origin_division = 330113002;
    greens.bases = static_cast<BasisSet>(Basis::QualityControl);
    greens.lot.clear();
    Certificate bought = greens;
    bought.form = Form::Buyer2025;
    bought.number = "LP2026-0522-0455";
    Certificate expired = loquats();
    expired.issued_unix_s = issued - 12 * seconds_per_day;
    expired.harvest_day = day_of(expired.issued_unix_s);
    expired.expires_unix_s = test_now.unix_s - 4 * seconds_per_day;
    const std::string genuine = code(loquats(), key_of(11));
    return {{"genuine", "genuine", genuine},
            {"household", "genuine", code(greens, key_of(12))},
            {"caution", "genuine", code(loquats(), key_of(11), "cheap-fruit.example")},
            {"stop", "genuine", code(bought, key_of(13))},
            {"out_of_date", "out_of_date", code(expired, key_of(11))},
            {"altered", "altered", altered()},
            {"unknown_issuer", "unknown_issuer", code(loquats(), key_of(99))},
            {"unreadable", "could_not_check", genuine.substr(0, genuine.size() - 4)},
            {"zhe_nong_ma", "could_not_check", "https://znm.zjagri.cn/q?c=33011300012345"},
            {"national_platform", "could_not_check", "https://qsst.moa.gov.cn/q?c=1"},
            {"organic_code", "could_not_check", "有机码：12345678901234567"},
            {"green_food_code", "could_not_check", "GF330113201234"},
            {"veterinary_drug", "could_not_check", "123456789012345678901234"},
            {"pesticide", "could_not_check", "12345678901234567890123456789012"},
            {"food_licence", "could_not_check", "SC12345678901234"},
            {"retail_barcode", "could_not_check", "6901234567892"},
            {"paper_certificate", "could_not_check", "承诺达标合格证 产品名称：枇杷 数量：300千克"},
            {"web_address", "could_not_check", "https://cheap-fruit.example/win"},
            {"active_content", "could_not_check", "javascript:alert(1)"},
            {"unknown", "could_not_check", "HELLO WORLD"}};
}

}  // namespace

const Sample& District::sample(std::string_view name) const {
    const auto found = std::ranges::find(samples, name, &Sample::name);
    if (found == samples.end()) throw std::out_of_range(std::string{name});
    return *found;
}

std::shared_ptr<const TrustStore> District::store() const {
    auto opened = TrustStore::open(trust_pack, office);
    if (!opened) throw std::logic_error(to_string(opened.error()));
    return std::make_shared<const TrustStore>(std::move(*opened));
}

std::shared_ptr<inquiry::Session> District::session() const {
    auto out = std::make_shared<inquiry::Session>(inquiry::Anchor::pack(office));
    out->take_trust(inquiry::Arrival::Here, trust_pack);
    if (!out->trust()->is_loaded()) throw std::logic_error("the test district's pack");
    return out;
}

event::FileArrived arrival_of(const Files& files, const inquiry::Wanted& wanted) {
    const auto found = files.find(wanted.name);
    if (found == files.end()) return {wanted.name, {inquiry::Arrival::NotThere, {}}};
    return {wanted.name, {inquiry::Arrival::Here, found->second}};
}

const District& district() {
    static const District made = [] {
        const crypto::SecretKey office = key_of(7);
        return District{.trust_pack = sign(encode_trust_pack(make_pack()), office, cose::StatementType::TrustPack),
                        .office = office.public_key(), .samples = make_samples()};
    }();
    return made;
}

}  // namespace pipa::kiosk::test
