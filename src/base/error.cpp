#include "base/error.hpp"

namespace pipa {

// Two switches, not one of pairs: a module that never shows messages then carries none of them.
std::string_view code_name(ErrorCode code) noexcept {
    switch (code) {
#define PIPA_ERROR(name, number, text, message) \
    case ErrorCode::name: return text;
#include "base/error_codes.def"
#undef PIPA_ERROR
    }
    return "unknown";
}

std::string_view code_message(ErrorCode code) noexcept {
    switch (code) {
#define PIPA_ERROR(name, number, text, message) \
    case ErrorCode::name: return message;
#include "base/error_codes.def"
#undef PIPA_ERROR
    }
    return "unknown error";
}

std::string to_string(const Error& error) {
    std::string text{code_name(error.code)};
    if (error.byte_offset) text += " at byte " + std::to_string(*error.byte_offset);
    text += ": ";
    text += code_message(error.code);
    if (!error.detail.empty()) text += " (" + error.detail + ")";
    return text;
}

}  // namespace pipa
