#include "record/uscc.hpp"

namespace pipa {

Result<void> check_uscc(std::string_view code) {
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    constexpr std::size_t length = 18;
    if (code.size() != length) return fail(ErrorCode::UsccBadLength, code.size());
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (std::size_t i = 0; i < length; ++i) {
        const std::size_t value = alphabet.find(code[i]);
        if (value == std::string_view::npos) return fail(ErrorCode::UsccBadCharacter, i);
        if (i == length - 1) {
            if (value != (alphabet.size() - sum % alphabet.size()) % alphabet.size())
                return fail(ErrorCode::UsccWrongCheck, i);
        }
        sum += value * weight;
        weight = weight * 3 % alphabet.size();
    }
    return {};
}

}  // namespace pipa
