// The view-model: what every face shows, in the reader's language, in reading order. Plain values only; the faces
// add no words and draw no conclusions. The JSON form (view_json.hpp) is documented in README.md beside this file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "page/catalogue.hpp"

namespace pipa {

struct VoucherView {       // who stands behind a row
    std::string id{};      // "producer", "district", "device", "nobody", "issuer", "laboratory-21"
    std::string name{};    // 临平云坞枇杷专业合作社（示例）
    std::string role{};    // 生产者承诺
    std::string basis{};   // why that is believed, or why it is not
};

struct RowView {
    std::string id{};       // "quantity"
    std::string label{};
    std::string value{};
    std::string note{};     // may be empty
    std::string voucher{};  // id of a VoucherView
    std::string level{};    // "ok", "caution", "stop" where the row itself weighs; usually empty. The value says it in words
};

struct ExplainView {  // a term of the section in plain words
    std::string term{};
    std::string text{};
};

// Drawings are of signed data, and the row that each belongs to says the same in words. Places are in thousandths of the drawing's width, so
// that every face draws the same at any size.
struct MarkView {
    std::string kind{};     // "tick", "limit", "detection"; "needed", "quota", "amount"; "event", "gap"; "interval"
    std::int32_t from{};    // 0 to 1000
    std::int32_t to{};      // the same again where the mark has no length
    std::string text{};     // may be empty
    std::string voucher{};  // id of a VoucherView, of an event
};

struct DrawingView {
    std::string kind{};    // "gauge": a value by its limit; "meter": an amount by what it should be; "timeline"; "rate": a share and its range
    std::int32_t row{};    // which row of its section, from 0
    std::int32_t filled{};  // how far the bar goes, 0 to 1000
    std::string level{};   // as the row's
    std::vector<MarkView> marks{};
};

struct SectionView {
    std::string id{};  // "promise", "tests", "timeline" ...
    std::string title{};
    std::string hint{};  // what one line says of it while it is folded; may be empty
    bool folded{};       // nobody asks for it first, and nothing in it weighs
    std::vector<RowView> rows{};
    std::vector<ExplainView> explain{};
    std::vector<DrawingView> drawings{};
};

struct RemarkView {      // a further reason, after the gravest
    std::string code{};  // "trust.stale"
    std::string level{};
    std::string text{};
};

struct VerdictView {
    std::string code{};         // "genuine"
    std::string level{};        // "ok", "caution", "stop", "unknown": the colour
    std::string icon{};         // "check", "attention", "stop", "question", "clock"
    std::string word{};         // 真实承诺
    std::string reason_code{};  // "genuine.signature_fits"
    std::string reason{};
    std::string next_step{};
    std::vector<std::string> does_not_prove{};
    std::string retry{};  // words on a button that asks once more; empty where that would change nothing
};

struct LessonView {      // an article of the education pack that helps with this answer
    std::string id{};     // "labels"
    std::string title{};
};

struct FreshnessView {
    std::string grade{};  // "fresh", "stale", "unknown"
    std::string text{};
};

// What goes on one screen with the verdict: the facts to compare with the goods in hand and, once it is known, what was tested and which labels
// they carry. Empty without a certificate.
struct SummaryView {
    std::string picture{};            // which drawing of assets/pictures: "loquat"; empty in an answer alone
    std::vector<RowView> rows{};      // product, quantity, promised_by, origin, harvest, issued; tests in a word
    std::vector<RowView> badges{};    // labels: `label` its name, `value` a word where it does not simply hold
    RemarkView further{};             // of the remarks the gravest that weighs, and how many more do; no text: none does
    std::vector<std::string> to_come{};  // what make_view adds to an answer: "tests", "badges". Faces keep its place free
};

// What a reader needs first.
struct AnswerView {
    std::string language{};
    std::string title{};     // one line for a window or tab
    VerdictView verdict{};
    std::vector<RemarkView> remarks{};
    FreshnessView freshness{};
    std::string demo_notice{};  // empty unless the data is invented
    std::vector<std::string> privacy{};  // who could see what of this check, in sentences; never empty
    SummaryView summary{};
    std::vector<VoucherView> vouchers{};  // of all rows that are there
};

// The same with all that stands behind it.
struct View : AnswerView {
    std::vector<LessonView> lessons{};
    std::vector<SectionView> sections{};
};

// Of the texts only those are looked up that a phone has loaded by then (web/assemble_site.mjs).
[[nodiscard]] AnswerView make_answer(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue);
[[nodiscard]] View make_view(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue);

}  // namespace pipa
