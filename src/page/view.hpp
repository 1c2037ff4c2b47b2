// The view-model: what every face shows, in the reader's language, in reading order. Plain values only; the faces
// add no words and draw no conclusions. The JSON form (view_json.hpp) is documented in README.md beside this file.
#pragma once

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

struct SectionView {
    std::string id{};  // "promise", "tests", "timeline" ...
    std::string title{};
    std::vector<RowView> rows{};
    std::vector<ExplainView> explain{};
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

struct View {
    std::string language{};
    std::string title{};     // one line for a window or tab
    VerdictView verdict{};
    std::vector<RemarkView> remarks{};
    std::vector<LessonView> lessons{};
    FreshnessView freshness{};
    std::string demo_notice{};  // empty unless the data is invented
    std::vector<std::string> privacy{};  // who could see what of this check, in sentences; never empty
    std::vector<SectionView> sections{};
    std::vector<VoucherView> vouchers{};
};

// What a reader needs first: the answer with its reasons, and the facts to compare with the goods in hand. Of the texts only those are looked up
// that a phone has loaded by then (web/assemble_site.mjs).
[[nodiscard]] View make_answer(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue);
// The same with all that stands behind it.
[[nodiscard]] View make_view(const Judgement& judgement, const TrustStore& trust, const Catalogue& catalogue);

}  // namespace pipa
