// The lessons, on top of a session whose trust an inquiry has brought (README.md beside this file). A lesson borrows its session, which must
// outlive it; a pack that is refused leaves the lesson with what it had.
#include "learn/learn_json.hpp"
#include "learn/open_pack.hpp"
#include "learn/pick.hpp"
#include "packed_response.hpp"
#include "session.hpp"

using namespace pipa;

struct PipaLesson {
    PipaSession* session;
    learn::EducationPack pack{};

    [[nodiscard]] const Catalogue* catalogue(const char* tag, std::size_t tag_size) const { return session->catalogue(bridge::text_of(tag, tag_size)); }
    [[nodiscard]] const TrustStore& trust() const { return *session->device.trust(); }
    // A demo stands still at its own time. Empty for what no calendar has.
    [[nodiscard]] std::optional<UnixSeconds> time_of(double unix_s) const {
        if (const auto demo_now = session->device.demo_now(); demo_now && trust().is_loaded() && trust().pack().demo) return demo_now;
        return bridge::time_of(unix_s);
    }
};

namespace {

std::uint8_t* no_catalogue() { return bridge::pack_error({ErrorCode::CatalogueInvalid}); }
std::uint8_t* no_such_thing() { return bridge::pack_error({ErrorCode::LearnBadReference}); }

std::optional<CheatField> field_of(std::string_view name) {
    for (const CheatField field : all_cheat_fields)
        if (cheat_field_name(field) == name) return field;
    return {};
}

}  // namespace

extern "C" {

PipaLesson* pipa_lesson_new(PipaSession* session) { return new PipaLesson{session}; }
void pipa_lesson_free(PipaLesson* lesson) { delete lesson; }

std::uint8_t* pipa_lesson_open(PipaLesson* lesson, const std::uint8_t* message, std::size_t message_size,
                               const std::uint8_t* office_key, std::size_t office_key_size) {
    auto pack = open_education_pack({message, message_size}, {office_key, office_key_size}, lesson->trust());
    if (!pack) return bridge::pack_error(pack.error());
    lesson->pack = std::move(*pack);
    return bridge::pack_ok();
}

std::uint8_t* pipa_lesson_home(const PipaLesson* lesson, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = lesson->catalogue(tag, tag_size);
    if (catalogue == nullptr) return no_catalogue();
    return bridge::pack(to_json(make_learn_home(lesson->pack, *catalogue)));
}

std::uint8_t* pipa_lesson_article(const PipaLesson* lesson, const char* id, std::size_t id_size, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = lesson->catalogue(tag, tag_size);
    if (catalogue == nullptr) return no_catalogue();
    const auto view = make_article_view(lesson->pack, bridge::text_of(id, id_size), *catalogue);
    return view ? bridge::pack(to_json(*view)) : no_such_thing();
}

std::uint8_t* pipa_lesson_quiz(const PipaLesson* lesson, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = lesson->catalogue(tag, tag_size);
    if (catalogue == nullptr) return no_catalogue();
    return bridge::pack(to_json(make_quiz_view(lesson->pack, *catalogue)));
}

// The lesson with the certificate to practise on; learn.bad_reference where this device has none that is genuine.
std::uint8_t* pipa_lesson_cheat(const PipaLesson* lesson, double now_unix_s, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = lesson->catalogue(tag, tag_size);
    const auto now = lesson->time_of(now_unix_s);
    if (catalogue == nullptr) return no_catalogue();
    if (!now) return bridge::pack_error({ErrorCode::DateInvalid});
    const auto view = make_cheat_lesson(lesson->pack.lesson_certificate, lesson->trust(), *now, *catalogue);
    return view ? bridge::pack(to_json(*view)) : no_such_thing();
}

// `field` is "weight", "origin" or "date" with its value as a whole number, or "copy", which changes nothing.
std::uint8_t* pipa_lesson_cheat_try(const PipaLesson* lesson, const char* field, std::size_t field_size, double value,
                                    double now_unix_s, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = lesson->catalogue(tag, tag_size);
    const auto now = lesson->time_of(now_unix_s);
    if (catalogue == nullptr) return no_catalogue();
    if (!now) return bridge::pack_error({ErrorCode::DateInvalid});
    const ByteView certificate = lesson->pack.lesson_certificate;
    const TrustStore& trust = lesson->trust();
    if (bridge::text_of(field, field_size) == "copy") return bridge::pack(to_json(try_copy(certificate, trust, *now, *catalogue)));
    const auto changed = field_of(bridge::text_of(field, field_size));
    if (!changed || !(value > -1e15 && value < 1e15)) return no_such_thing();
    const auto outcome = try_cheat(certificate, {*changed, static_cast<std::int64_t>(value)}, trust, *now, *catalogue);
    return outcome ? bridge::pack(to_json(*outcome)) : bridge::pack_error(outcome.error());
}

// learn.bad_reference where the field data of this device has no interval for goods that it knows.
std::uint8_t* pipa_lesson_pick(const PipaLesson* lesson, double now_unix_s, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = lesson->catalogue(tag, tag_size);
    const auto now = lesson->time_of(now_unix_s);
    if (catalogue == nullptr) return no_catalogue();
    if (!now) return bridge::pack_error({ErrorCode::DateInvalid});
    if (!lesson->trust().is_loaded()) return no_such_thing();
    const TrustPack& known = lesson->trust().pack();
    const auto view = make_pick_game(known.field_data, known.products, *now, *catalogue);
    return view ? bridge::pack(to_json(*view)) : no_such_thing();
}

}  // extern "C"
