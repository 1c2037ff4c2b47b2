// Where the record behind a code is.
#include "packed_response.hpp"
#include "session.hpp"
#include "trust/lots.hpp"

using namespace pipa;

namespace pipa::bridge {

Wanted wanted_by(const PipaSession& session, std::string_view text) {
    Wanted out;
    if (const auto qr = parse_qr_text(text)) {
        const auto parsed = parse_certificate(qr->certificate);
        if (!parsed) return out;
        out.number = parsed->certificate.number;
        const auto key = session.trust.find_key(parsed->statement.kid);
        if (key != nullptr && !key->store.empty()) out.file = key->store + '/';
    } else {
        std::string number{text};
        for (char& c : number)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        out.typed = is_certificate_number(number) && number.find_first_not_of("0123456789") != std::string::npos && recognise_foreign_code(number) == ForeignCode::Unknown;
        if (out.typed) out.number = std::move(number);
    }
    if (!out.number.empty()) out.file += lots_file_name(lots_share_of(out.number));
    return out;
}

}  // namespace pipa::bridge

extern "C" {

// {"name":"3f","number":"DEMO-...","typed":false}; an empty name where the text needs no file. Whose store it is in is known with the trust.
std::uint8_t* pipa_session_lots_of(const PipaSession* session, const char* text, std::size_t text_size) {
    const bridge::Wanted wanted = bridge::wanted_by(*session, bridge::text_of(text, text_size));
    return bridge::pack(R"({"name":")" + wanted.file + R"(","number":")" + wanted.number + R"(","typed":)" + (wanted.typed ? "true}" : "false}"));
}

}  // extern "C"
