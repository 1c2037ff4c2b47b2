#include "pipa/field/csv_tables.hpp"

#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "pipa/input/csv.hpp"
#include "pipa/field/evidence_source.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;
using cose::StatementType;

std::string cell_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string out;
    for (const Json& item : value) out += (out.empty() ? "" : ";") + cell_of(item);
    return out;
}

class Table {
public:
    explicit Table(std::vector<std::string> columns) : m_out("\xEF\xBB\xBF") { add(columns); }
    void add(std::span<const std::string> cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) m_out += ',';
            append_csv_field(m_out, cells[i]);
        }
        m_out += '\n';
    }
    [[nodiscard]] const std::string& text() const noexcept { return m_out; }

private:
    std::string m_out;
};

bool is_records(const Field& field) noexcept { return field.kind == FieldKind::Record; }

void add_columns(std::vector<std::string>& columns, const Schema& schema) {
    for (const Field& field : schema.fields) {
        const std::string name{field.name};
        if (is_records(field)) continue;
        if (field.kind == FieldKind::Local) columns.insert(columns.end(), {name + "/zh-Hans", name + "/en"});
        else columns.push_back(name);
    }
}

void add_cells(std::vector<std::string>& cells, const Json& object, const Schema& schema) {
    for (const Field& field : schema.fields) {
        const std::string name{field.name};
        if (is_records(field)) continue;
        const Json value = object.contains(name) ? object[name] : Json();
        if (field.kind == FieldKind::Local)
            for (const char* language : {"zh-Hans", "en"}) cells.push_back(value.is_object() && value.contains(language) ? cell_of(value[language]) : "");
        else cells.push_back(value.is_null() ? "" : cell_of(value));
    }
}

class Tables {
public:
    void add(const CheckedStatement& told) {
        if (!told.statement || schema_of(told.statement->type()) == nullptr) return add_unreadable(told);
        const Schema& schema = *schema_of(told.statement->type());
        const Json json = Json::parse(payload_to_json(told.statement->payload, schema));
        std::vector<std::string> cells = who(told);
        add_cells(cells, json, schema);
        table(std::string{schema.name}, head(), schema).add(cells);
        for (const Field& field : schema.fields)
            if (is_records(field) && json.contains(field.name)) add_records(told, schema, field, json[std::string{field.name}]);
    }

    void add(const HeldCertificate& held) {
        const Certificate& one = held.certificate;
        const auto found = m_tables.try_emplace("certificate.csv", Table({"number", "producer", "issued", "product_code", "product_name", "quantity", "unit", "packs",
                                                                          "pack", "origin", "harvested", "form", "lot", "upstream", "gtin"})).first;
        std::string upstream;
        for (const UpstreamReference& reference : one.upstream) upstream += (upstream.empty() ? "" : ";") + format_reference(reference);
        const std::vector<std::string> cells = {
            one.number, held.producer, format_rfc3339(one.issued_unix_s), one.product_code ? std::to_string(*one.product_code) : "", one.product_name,
            std::to_string(one.quantity.amount), std::string{unit_name(one.quantity.unit)}, std::to_string(one.quantity.packs),
            one.quantity.packs > 0 ? std::string{pack_name(one.quantity.pack)} : "", std::to_string(one.origin_division),
            one.harvest_day ? format_day(*one.harvest_day) : "", std::string{form_name(one.form)}, one.lot, upstream, one.gtin};
        found->second.add(cells);
    }

    [[nodiscard]] std::map<std::string, std::string> finish() const {
        std::map<std::string, std::string> out;
        for (const auto& [name, table] : m_tables) out[name] = table.text();
        return out;
    }

private:
    static std::vector<std::string> head() { return {"digest", "standing", "signer", "role"}; }

    static std::vector<std::string> who(const CheckedStatement& told) {
        return {to_hex(told.digest), std::string{standing_name(told.standing)}, told.party == nullptr ? "" : subject_id(*told.party),
                told.key == nullptr ? "" : std::string{role_name(told.key->role)}};
    }

    Table& table(const std::string& name, std::vector<std::string> columns, const Schema& schema) {
        add_columns(columns, schema);
        return m_tables.try_emplace(name + ".csv", Table(columns)).first->second;
    }

    void add_records(const CheckedStatement& told, const Schema& schema, const Field& field, const Json& list) {
        Table& records = table(std::string{schema.name} + "_" + std::string{field.name}, {"digest", "id"}, *field.nested);
        for (const Json& item : list) {
            std::vector<std::string> cells = {to_hex(told.digest), std::string{told.statement->text(statement_key::id)}};
            add_cells(cells, item, *field.nested);
            records.add(cells);
        }
    }

    void add_unreadable(const CheckedStatement& told) {
        const auto found = m_tables.try_emplace("unreadable.csv", Table({"digest", "error"})).first;
        const std::vector<std::string> cells = {to_hex(told.digest), told.error ? to_string(*told.error) : ""};
        found->second.add(cells);
    }

    std::map<std::string, Table> m_tables{};
};

}  // namespace

std::map<std::string, std::string> csv_tables(std::span<const Bytes> messages, const TrustStore& trust) {
    const Observations evidence = weigh(messages, trust);
    Tables tables;
    for (const CheckedStatement& told : evidence.statements) tables.add(told);
    for (const HeldCertificate& held : evidence.certificates) tables.add(held);
    return tables.finish();
}

}  // namespace pipa
