// Every limit of the core, as it stands in the source, with the farthest input that keeps it and the first that does not.
// One table a folder; limits_test.cpp plays them, and sees to it that no limit stands in the source without its row.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace pipa::test {

struct Limit {
    std::string_view file;  // below src: "record/dossier.hpp"
    std::string_view name;  // as it stands there: "max_dossier_statements"
    std::function<std::string()> kept;
    std::string_view kept_answer;  // what is said of the farthest input that keeps it
    std::function<std::string()> passed;
    std::string_view passed_answer;  // and of the first beyond
};

// What has the name of a limit and refuses nothing: it saves work or memory, whatever the answer.
struct Saving {
    std::string_view file;
    std::string_view name;
    std::string_view why;
};

// "ok" or the code of the error.
template <typename T>
[[nodiscard]] std::string code_of(const Result<T>& result) {
    return result ? "ok" : std::string{code_name(result.error().code)};
}
// "cert.bad_field@57(lot)" without the place: "cert.bad_field(lot)".
[[nodiscard]] inline std::string without_offset(std::string answer) {
    const std::size_t at = answer.find('@');
    if (at != std::string::npos) answer.erase(at, std::min(answer.find('('), answer.size()) - at);
    return answer;
}
[[nodiscard]] inline std::string yes_or_no(bool what) { return what ? "yes" : "no"; }

[[nodiscard]] std::vector<Limit> limits_of_base();
[[nodiscard]] std::vector<Limit> limits_of_wire();
[[nodiscard]] std::vector<Limit> limits_of_crypto();
[[nodiscard]] std::vector<Limit> limits_of_scan();
[[nodiscard]] std::vector<Limit> limits_of_record();
[[nodiscard]] std::vector<Limit> limits_of_tuf();
[[nodiscard]] std::vector<Limit> limits_of_tlog();
[[nodiscard]] std::vector<Limit> limits_of_trust();
[[nodiscard]] std::vector<Limit> limits_of_judge();
[[nodiscard]] std::vector<Limit> limits_of_inquiry();
[[nodiscard]] std::vector<Limit> limits_of_page();
[[nodiscard]] std::vector<Limit> limits_of_learn();

}  // namespace pipa::test
