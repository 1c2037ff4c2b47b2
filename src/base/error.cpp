#include "base/error.hpp"

namespace pipa {
namespace {

struct CodeText {
    std::string_view name;
    std::string_view message;
};

CodeText text_of(ErrorCode code) noexcept {
    switch (code) {
#define PIPA_ERROR(name, number, text, message) \
    case ErrorCode::name: return {text, message};
#include "base/error_codes.def"
#undef PIPA_ERROR
    }
    return {"unknown", "unknown error"};
}

}  // namespace

std::string_view code_name(ErrorCode code) noexcept { return text_of(code).name; }
std::string_view code_message(ErrorCode code) noexcept { return text_of(code).message; }

std::string to_string(const Error& error) {
    std::string text{code_name(error.code)};
    if (error.byte_offset) text += " at byte " + std::to_string(*error.byte_offset);
    text += ": ";
    text += code_message(error.code);
    if (!error.detail.empty()) text += " (" + error.detail + ")";
    return text;
}

}  // namespace pipa
