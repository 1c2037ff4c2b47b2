// The view-model and the judgement as JSON, the form that crosses every boundary (README.md beside this file).
#pragma once

#include "page/view.hpp"

namespace pipa {

inline constexpr int view_version = 1;

// UTF-8, keys in fixed order, no blanks: equal views are equal bytes.
[[nodiscard]] std::string to_json(const View& view);
// The same form, without lessons and sections.
[[nodiscard]] std::string to_json(const AnswerView& view);
// Verdict, reasons, freshness and every field of the certificate, without language.
[[nodiscard]] std::string to_json(const Judgement& judgement);
// {"version":1,"judgement":...,"view":...}, what a browser's module answers.
[[nodiscard]] std::string to_json(const Judgement& judgement, const View& view);
[[nodiscard]] std::string to_json(const SignedCertificate& certificate);

}  // namespace pipa
