// What a page offers around its answers: the start page of whoever has no code in hand (page/portal.hpp), on top of an inquiry without a text,
// which has brought the trust; a report of a problem; two lots side by side. Nothing before the answers are there.
#include "base/json_writer.hpp"
#include "packed_response.hpp"
#include "page/comparison.hpp"
#include "page/portal.hpp"
#include "page/report.hpp"
#include "session.hpp"

using namespace pipa;

namespace {

// What is no place and no problem counts as the last of them, which rules nothing out.
template <typename Choices, typename NameOf>
auto choice_of(const Choices& all, std::string_view name, NameOf name_of) {
    for (const auto one : all)
        if (name_of(one) == name) return one;
    return all.back();
}

}  // namespace

extern "C" {

// {"name":"around.dossier","max_bytes":4194304,"patience_ms":4000}: to be fetched for pipa_portal_view.
std::uint8_t* pipa_portal_wanted() {
    return bridge::pack(JsonWriter{}
                            .begin_object()
                            .member("name", portal_file)
                            .member("max_bytes", static_cast<std::int64_t>(max_dossier_bytes))
                            .member("patience_ms", static_cast<std::int64_t>(portal_patience_ms))
                            .end_object()
                            .finish());
}

// The view (page/README.md). `file` is empty where it did not come.
std::uint8_t* pipa_portal_view(const PipaInquiry* inquiry, PipaSession* session, const std::uint8_t* file, std::size_t file_size, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(bridge::text_of(tag, tag_size));
    if (catalogue == nullptr) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    if (bridge::judgement_of(inquiry) == nullptr) return bridge::pack({});
    const auto around = file_size > 0 && file_size <= max_dossier_bytes ? session->device.dossier({file, file_size}) : nullptr;
    return bridge::pack(to_json(make_portal(inquiry->asked.judgement(), session->device, around.get(), *catalogue)));
}

// A report by where the goods were bought and what is wrong (page/report.hpp).
std::uint8_t* pipa_report_view(const PipaInquiry* inquiry, const PipaSession* session, const char* place, std::size_t place_size, const char* problem,
                               std::size_t problem_size, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(bridge::text_of(tag, tag_size));
    if (catalogue == nullptr) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    if (bridge::judgement_of(inquiry) == nullptr) return bridge::pack({});
    const inquiry::Inquiry& asked = inquiry->asked;
    return bridge::pack(to_json(make_report(asked.judgement(), *asked.trust(), asked.text(), choice_of(all_places, bridge::text_of(place, place_size), bought_at_name),
                                            choice_of(all_problems, bridge::text_of(problem, problem_size), problem_name), *catalogue)));
}

// Two inquiries of one session side by side.
std::uint8_t* pipa_comparison_view(const PipaInquiry* one, const PipaInquiry* other, const PipaSession* session, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(bridge::text_of(tag, tag_size));
    if (catalogue == nullptr) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    if (bridge::judgement_of(one) == nullptr || bridge::judgement_of(other) == nullptr) return bridge::pack({});
    return bridge::pack(to_json(make_comparison(one->asked.judgement(), other->asked.judgement(), *one->asked.trust(), *catalogue)));
}

}  // extern "C"
