// Foreign codes: any text gets one of the names.
#include "fuzz/fuzz.hpp"
#include "wire/qr_text.hpp"

using namespace pipa;

void fuzz_one(ByteView input) {
    const ForeignCode code = recognise_foreign_code(as_text(input));
    fuzz::must(code <= ForeignCode::ActiveContent && !foreign_code_name(code).empty(), "a code has a name");
}
