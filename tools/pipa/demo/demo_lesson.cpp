#include "pipa/demo/demo_lesson.hpp"

#include "education/embedded_sources.hpp"
#include "page/pin.hpp"
#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "pipa/site/pack_folder.hpp"
#include "pipa/site/site_folder.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

// Sugar cane, 3000 kg, issued days ago: genuine, with nothing to remark on.
constexpr std::string_view lesson_case = "C04";
constexpr std::string_view article_name = "embed/demo/article.html";

// Behind the # of an address the text's own # has to be written otherwise; nothing else in it does.
std::string in_fragment(std::string text) {
    replace_all(text, "#", "%23");
    return text;
}

}  // namespace

Result<Bytes> make_demo_lesson(const DemoDistrict& district) {
    learn::CompiledPack compiled = learn::compile_pack(learn::embedded_sources());
    if (!compiled.problems.empty()) {
        const learn::Problem& first = compiled.problems.front();
        return fail(first.code, {}, first.file + ":" + std::to_string(first.line));
    }
    if (const DemoCase* demo_case = district.find(lesson_case)) {
        auto qr = parse_qr_text(demo_case->text);
        if (!qr) return std::unexpected(qr.error());
        compiled.pack.lesson_certificate = std::move(qr->certificate);
    }
    return sign_education_pack(compiled.pack, district.office());
}

Result<void> fill_demo_article(const std::filesystem::path& site, const DemoDistrict& district, const TrustStore& trust) {
    const DemoCase* demo_case = district.find(lesson_case);
    std::error_code error;
    if (demo_case == nullptr || !std::filesystem::exists(site / article_name, error)) return {};
    const auto content = read_file(site / article_name);
    if (!content) return std::unexpected(content.error());
    std::string article{as_text(*content)};
    replace_all(article, "@PIPA_CERTIFICATE@", demo_case->text);
    replace_all(article, "@PIPA_CERTIFICATE_IN_FRAGMENT@", in_fragment(demo_case->text));
    replace_all(article, "@PIPA_PIN@", make_pin(judge(demo_case->text, trust, district.now)));
    return write_file_atomically(site / article_name, article);
}

}  // namespace pipa
