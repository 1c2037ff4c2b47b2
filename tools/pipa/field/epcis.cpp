#include "pipa/field/epcis.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "pipa/field/epcis_hash.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;
using cose::StatementType;

struct StepRow {
    std::string_view step;
    std::string_view action;
    std::string_view biz_step;
    std::string_view disposition;
};
constexpr std::array steps = {
    StepRow{"sow", "OBSERVE", "other", ""},                                     StepRow{"harvest", "ADD", "creating_class_instance", "active"},
    StepRow{"pack", "OBSERVE", "packing", "in_progress"},                       StepRow{"ship", "OBSERVE", "shipping", "in_transit"},
    StepRow{"receive", "OBSERVE", "receiving", "in_progress"},                  StepRow{"slaughter", "OBSERVE", "other", ""},
};

std::string escaped(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.contains(c)) out += c;
        else out += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    return out;
}

Json number(std::int64_t micro_value) { return Json::parse(format_micro(micro_value)); }

// UN/ECE Recommendation 20; counted things have no unit in EPCIS.
std::string_view unit_code(Unit unit) noexcept {
    switch (unit) {
        case Unit::Gram: return "GRM";
        case Unit::Kilogram: return "KGM";
        case Unit::Tonne: return "TNE";
        default: return {};
    }
}

Json element_of(const std::string& lot, const Quantity& quantity) {
    Json out = {{"epcClass", lot}, {"quantity", quantity.amount * std::max<std::int64_t>(quantity.packs, 1)}};
    if (const std::string_view unit = unit_code(quantity.unit); !unit.empty()) out["uom"] = unit;
    return out;
}

class Exporter {
public:
    Exporter(const Observations& evidence, std::string_view host) : m_evidence(evidence), m_base("https://" + std::string{host}) {
        m_prefixes["pipa"] = m_base + "/epcis/";
    }

    Result<EpcisDocument> run() {
        for (const CheckedStatement& told : m_evidence.statements) {
            if (!told.stands()) continue;
            if (told.is(StatementType::Work)) add_work(told);
            if (told.is(StatementType::Test)) add_test(told);
        }
        for (const HeldCertificate& held : m_evidence.certificates)
            if (!held.certificate.upstream.empty()) add_mixing(held);
        if (m_events.empty()) return fail(ErrorCode::ExportNothing, {}, "work, test, certificate with upstream");
        std::ranges::stable_sort(m_events, {}, [](const Json& event) { return std::pair(event["eventTime"].get<std::string>(), event["eventID"].get<std::string>()); });
        Json list = Json::array();
        for (Json& event : m_events) list.push_back(std::move(event));
        EpcisDocument out{.events = list.size()};
        out.json = {{"@context", Json::array({"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", m_prefixes})}, {"type", "EPCISDocument"},
                    {"schemaVersion", "2.0"}, {"creationDate", format_rfc3339(m_latest)}, {"epcisBody", {{"eventList", std::move(list)}}}};
        return out;
    }

private:
    void finish(Json event, std::string_view statement, UnixSeconds issued) {
        event["pipa:statement"] = statement;
        Json with_id = {{"type", event["type"]}, {"eventID", epcis_event_id(event, m_prefixes)}};
        with_id.update(event);
        m_events.push_back(std::move(with_id));
        m_latest = std::max(m_latest, issued);
    }

    static Json event_of(const char* type, DayNumber day) {
        const UnixSeconds start = static_cast<UnixSeconds>(day) * seconds_per_day - china_offset_s;
        return {{"type", type}, {"eventTime", format_rfc3339(start)}, {"eventTimeZoneOffset", "+08:00"}};
    }

    static std::string name_of(const CheckedStatement& told) { return "ni:///sha-256;" + to_hex(told.digest); }

    [[nodiscard]] const HeldCertificate* certificate_of_lot(std::string_view producer, std::string_view lot) const {
        const auto fits = [&](const HeldCertificate& held) { return held.certificate.lot == lot && (producer.empty() || held.producer == producer); };
        const auto found = std::ranges::find_if(m_evidence.certificates, fits);
        return found == m_evidence.certificates.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string lot_uri(std::string_view producer, std::string_view lot) const {
        const HeldCertificate* held = certificate_of_lot(producer, lot);
        if (held != nullptr && !held->certificate.gtin.empty()) return "https://id.gs1.org/01/" + held->certificate.gtin + "/10/" + escaped(lot);
        if (producer.empty() && held != nullptr) producer = held->producer;
        return m_base + "/lot/" + escaped(producer) + "/" + escaped(lot);
    }

    [[nodiscard]] std::string certificate_uri(std::string_view number_of) const { return m_base + "/certificate/" + escaped(number_of); }
    [[nodiscard]] Json place(std::int64_t division) const { return {{"id", m_base + "/division/" + std::to_string(division)}}; }

    // The lots that a statement names, the quantity on the only one; a statement about certificates names their lots.
    [[nodiscard]] Json quantity_list(const ParsedStatement& statement) const {
        Json list = Json::array();
        const std::string_view producer = statement.text(statement_key::producer);
        for (const cbor::Value& lot : statement.list(statement_key::lots)) list.push_back({{"epcClass", lot_uri(producer, lot.text())}});
        if (!list.empty()) return list;
        for (const cbor::Value& wanted : statement.list(statement_key::certificates)) {
            const auto found = std::ranges::find_if(m_evidence.certificates, [&](const HeldCertificate& held) { return held.certificate.number == wanted.text(); });
            list.push_back({{"epcClass", found == m_evidence.certificates.end() ? certificate_uri(wanted.text()) : lot_of(*found)}});
        }
        return list;
    }

    [[nodiscard]] std::string lot_of(const HeldCertificate& held) const {
        return held.certificate.lot.empty() ? certificate_uri(held.certificate.number) : lot_uri(held.producer, held.certificate.lot);
    }

    void add_certificates(Json& event, const ParsedStatement& statement) const {
        for (const cbor::Value& number_of : statement.list(statement_key::certificates))
            event["pipa:certificate"].push_back(certificate_uri(number_of.text()));
    }

    void add_work(const CheckedStatement& told) {
        const ParsedStatement& work = *told.statement;
        const auto row = std::ranges::find(steps, work.choice(work_key::step), &StepRow::step);
        Json lots = quantity_list(work);
        if (row == steps.end() || lots.empty()) return;
        if (const auto kg = work.integer(work_key::quantity_kg); kg && lots.size() == 1) lots[0].update({{"quantity", number(*kg)}, {"uom", "KGM"}});
        Json event = event_of("ObjectEvent", *work.day(work_key::day));
        event.update({{"action", row->action}, {"bizStep", row->biz_step}});
        if (!row->disposition.empty()) event["disposition"] = row->disposition;
        if (const auto division = work.integer(work_key::division)) event["readPoint"] = place(*division);
        event["quantityList"] = std::move(lots);
        add_certificates(event, work);
        if (row->biz_step == "other") event["pipa:step"] = row->step;
        if (const std::string from = work.local(work_key::from).zh_hans; !from.empty()) event["pipa:from"] = from;
        if (const std::string to = work.local(work_key::to).zh_hans; !to.empty()) event["pipa:to"] = to;
        finish(std::move(event), name_of(told), work.issued());
    }

    // A suspicion is neither: its disposition is left out.
    void add_test(const CheckedStatement& told) {
        const ParsedStatement& test = *told.statement;
        Json lots = quantity_list(test);
        if (lots.empty()) return;
        Json event = event_of("ObjectEvent", *test.day(test_key::reported));
        event.update({{"action", "OBSERVE"}, {"bizStep", "inspecting"}});
        const std::string_view verdict = test.choice(test_key::verdict);
        if (verdict != "screen_positive") event["disposition"] = verdict == "pass" ? "conformant" : "non_conformant";
        event["quantityList"] = std::move(lots);
        add_certificates(event, test);
        event["pipa:test"] = test.text(statement_key::id);
        finish(std::move(event), name_of(told), test.issued());
    }

    void add_mixing(const HeldCertificate& held) {
        Json event = event_of("TransformationEvent", held.certificate.harvest_day.value_or(day_of(held.certificate.issued_unix_s)));
        for (const UpstreamReference& upstream : held.certificate.upstream) {
            const auto found = std::ranges::find_if(m_evidence.certificates, [&](const HeldCertificate& one) { return refers_to(upstream, one.certificate.number, one.signer, one.digest); });
            event["inputQuantityList"].push_back({{"epcClass", found == m_evidence.certificates.end() ? certificate_uri(upstream.number) : lot_of(*found)}});
        }
        event["outputQuantityList"] = Json::array({element_of(lot_of(held), held.certificate.quantity)});
        event.update({{"bizStep", "repackaging"}, {"disposition", "active"}, {"readPoint", place(held.certificate.origin_division)}});
        event["pipa:certificate"].push_back(certificate_uri(held.certificate.number));
        finish(std::move(event), certificate_uri(held.certificate.number), held.certificate.issued_unix_s);
    }

    const Observations& m_evidence;
    std::string m_base;
    Json m_prefixes = Json::object();
    std::vector<Json> m_events{};
    UnixSeconds m_latest{};
};

}  // namespace

Result<EpcisDocument> make_epcis(const Observations& evidence, std::string_view host) { return Exporter(evidence, host).run(); }

}  // namespace pipa
