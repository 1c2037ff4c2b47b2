// The statements of a lot's dossier: who promised, measured, licensed, graded, visited, warned. One table of fields and
// one list of roles a type. Wire form: statements.cddl. Keys are append-only; 1..9 mean the same in every type.
#pragma once

#include "record/schema.hpp"
#include "record/trust_pack.hpp"

namespace pipa {

inline constexpr std::size_t max_statement_bytes = 65'536;  // of a manifest: max_manifest_bytes
inline constexpr std::size_t max_manifest_digests = 2000;
inline constexpr std::size_t max_receipt_digests = 1000;
inline constexpr std::size_t max_manifest_bytes = 131'072;

// Common to all: what ties statements together.
namespace statement_key {
inline constexpr std::int64_t id = 1;            // the statement's own number, unique with its signer
inline constexpr std::int64_t issued = 2;
inline constexpr std::int64_t producer = 3;      // USCC, or the local number of a household; lots, plots and certificates are its
inline constexpr std::int64_t lots = 4;
inline constexpr std::int64_t plots = 5;
inline constexpr std::int64_t certificates = 6;  // certificate numbers
inline constexpr std::int64_t note = 9;          // free words, zh-Hans and en
}  // namespace statement_key

namespace card_key {  // 主体信息卡
inline constexpr std::int64_t name = 10, kind = 11, uscc = 12, division = 13, place = 14, area_mu = 15, products = 16,
                              bases = 17, changes = 18;
}
namespace test_key {
inline constexpr std::int64_t kind = 10, method = 11, sample_number = 12, sampled = 13, reported = 14, items = 15,
                              verdict = 16, recheck_of = 17, confirms = 18;
}
namespace test_item_key {
inline constexpr std::int64_t analyte = 1, value = 2, unit = 3, limit = 4, limit_source = 5, detection_limit = 6, result = 7;
}
namespace label_key {
inline constexpr std::int64_t kind = 10, number = 11, reference = 12, holder = 13, products = 14, product_name = 15,
                              valid_from = 16, valid_until = 17, areas = 18, transcribed = 19, enterprise_code = 20;
}
namespace input_key {
inline constexpr std::int64_t kind = 10, action = 11, product = 12, substance = 13, registration = 14, used = 15, target = 16,
                              interval_days = 17, degree_days = 18, water_temperature = 19, egg_discard_days = 20,
                              withdrawal_days = 21, registered_for_crop = 22, nitrogen_kg_per_mu = 23, amount = 24,
                              quota_nitrogen = 25, packs_bought = 26, packs_returned = 27, laying_period = 28;
}
namespace work_key {
inline constexpr std::int64_t step = 10, day = 11, quantity_kg = 12, from = 13, to = 14, division = 15;
}
namespace patrol_key {
inline constexpr std::int64_t visited = 10, finding = 11, subject = 12, order = 13, due = 14, closed = 15, contact = 16,
                              sample_number = 17, test = 18, closes = 19, disposal = 20;
}
namespace grade_key {
inline constexpr std::int64_t scale = 10, letter = 11, from = 12, until = 13, scale_name = 14;
}
namespace notice_key {
inline constexpr std::int64_t kind = 10, title = 11, text = 12, since = 13, ended = 14, producers = 15, products = 16,
                              issued_from = 17, issued_until = 18, drill = 19;
}
namespace variety_key {
inline constexpr std::int64_t product = 10, name = 11, text = 12, season_from = 13, season_until = 14, bred_at = 15;
}
namespace figures_key {
inline constexpr std::int64_t from = 10, until = 11, rows = 12;
}
namespace figure_row_key {
inline constexpr std::int64_t product_class = 1, substance = 2, division = 3, planned = 4, tested = 5, failed = 6, disposed = 7;
}
namespace manifest_key {
inline constexpr std::int64_t sequence = 10, digests = 11;
}

namespace receipt_key {
inline constexpr std::int64_t digests = 10;
}

// Choices: the number on the wire is the place in the list, from 1; enumerators carry the same numbers.
enum class TestKind : std::uint8_t { SelfTest = 1, Commissioned, Supervision, Monitoring };
enum class ItemUnit : std::uint8_t { MilligramPerKilogram = 1, MicrogramPerKilogram, PercentInhibition, Percent };
enum class TestVerdict : std::uint8_t { Pass = 1, Fail, ScreenPositive };
enum class ItemResult : std::uint8_t { Negative = 1, Positive, NotDetected };
enum class LabelKind : std::uint8_t { GreenFood = 1, Organic, GeographicalIndication, PollutionFree };
enum class InputKind : std::uint8_t { Pesticide = 1, VeterinaryDrug, Fertiliser };
enum class InputAction : std::uint8_t { Use = 1, Purchase, Return };
enum class WorkStep : std::uint8_t { Sow = 1, Harvest, Pack, Ship, Receive, Slaughter };
enum class PatrolFinding : std::uint8_t { InOrder = 1, ToCorrect, Violation };
enum class GradeScale : std::uint8_t { Credit = 1, Standard };
enum class NoticeKind : std::uint8_t { Warning = 1, Suspension, Recall, Disposal, Emergency, Withdrawal };

// The schema of a type; nullptr for certificate, trust pack and unknown numbers, which are not tables.
[[nodiscard]] const Schema* schema_of(cose::StatementType type) noexcept;
[[nodiscard]] std::optional<cose::StatementType> statement_type_named(std::string_view name) noexcept;  // "test"
// Whose keys may sign it.
[[nodiscard]] std::span<const Role> signers_of(cose::StatementType type) noexcept;
[[nodiscard]] std::span<const cose::StatementType> story_types() noexcept;

}  // namespace pipa
