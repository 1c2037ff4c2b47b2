// A platform's table with the mapping of its columns, parted by a zero byte: whatever either says ends in drafts, or in problems that are
// named. Every draft encodes and decodes, and no line that has a problem becomes one.
#include "fuzz/fuzz.hpp"
#include "pipa/field/import_table.hpp"
#include "pipa/field/text_encoding.hpp"
#include "record/certificate.hpp"
#include "wire/cbor.hpp"

using namespace pipa;
using fuzz::must;

namespace {

constexpr UnixSeconds issued = 1'795'046'400;

void check(const Draft& draft, const ImportMapping& mapping) {
    must(draft.line > 0 && !draft.id.empty(), "a draft has a line and an id");
    if (mapping.schema == nullptr) return must(!draft.certificate_payload.empty(), "a certificate has a payload");
    const Bytes payload = cbor::encode(draft.payload);
    const auto again = cbor::decode(payload, cbor::Rules::deterministic, {});
    must(again && cbor::encode(*again) == payload, "a draft has one encoding");
}

}  // namespace

void fuzz_one(ByteView input) {
    const std::string_view text = as_text(input);
    const std::size_t end = text.find('\0');
    const auto document = parse_json(text.substr(0, end));
    if (!document) return;
    ImportMapping mapping;
    if (!read_mapping(*document, mapping).empty()) return;
    must(mapping.encoding.empty() || is_known_encoding(mapping.encoding), "a mapping names an encoding that there is, or none");
    const auto table = to_utf8(as_bytes(end == std::string_view::npos ? std::string_view{} : text.substr(end + 1)), mapping.encoding);
    if (!table) return;
    std::size_t problems = 0;
    const TableWatcher watcher{.on_problem = [&](const LineProblem&) { ++problems; }, .on_progress = [](std::size_t, std::size_t) {}};
    const auto drafts = read_drafts(*table, mapping, issued, watcher);
    if (!drafts) return;
    must(drafts->refused <= problems, "what is refused is said");
    must(drafts->drafts.size() <= drafts->lines, "a line is one draft at most");
    for (const Draft& draft : drafts->drafts) check(draft, mapping);
}
