// The code reader's module (web/bridge/scan.cpp) natively, as JS drives it: any pixels as one picture, grey and coloured, read live, thoroughly
// and for advice. An answer is JSON; a picture whose size is not what it says is refused; every corner lies near the picture.
#include "bridge/scan.cpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "fuzz/fuzz.hpp"

using namespace pipa;
using fuzz::must;

namespace {

constexpr std::size_t most_width = 120, most_height = 120, channels = 4;

nlohmann::json taken(std::uint8_t* block) {
    must(block != nullptr, "there is memory for an answer");
    std::uint32_t length = 0;
    std::memcpy(&length, block, sizeof length);
    const std::string answer(reinterpret_cast<const char*>(block) + sizeof length, length);
    pipa_free(block);
    auto json = nlohmann::json::parse(answer, nullptr, false);
    must(!json.is_discarded() && json.contains("ok"), "an answer is JSON");
    return json;
}

// A block of exactly its size, as JS hands it over.
std::unique_ptr<std::uint8_t[]> block_of(ByteView bytes) {
    auto out = std::make_unique<std::uint8_t[]>(bytes.size());
    std::ranges::copy(bytes, out.get());
    return out;
}

Bytes coloured(ByteView grey) {
    Bytes out;
    out.reserve(channels * grey.size());
    for (const std::uint8_t value : grey) out.insert(out.end(), {value, value, value, 255});
    return out;
}

void must_be_codes(const nlohmann::json& answer, std::size_t width, std::size_t height) {
    must(answer.at("ok") == true, "a picture that is what it says is read");
    const auto near = [](const nlohmann::json& place, std::size_t length) {
        const auto far = static_cast<std::int64_t>(length);
        return place.is_number_integer() && place.get<std::int64_t>() >= -far && place.get<std::int64_t>() <= 2 * far;
    };
    for (const auto& code : answer.at("codes")) {
        must(code.contains("text") != code.contains("hex"), "a code has a text, or bytes that are none");
        for (const auto& corner : code.at("corners")) must(near(corner.at(0), width) && near(corner.at(1), height), "a corner is near the picture");
    }
}

}  // namespace

void fuzz_one(ByteView input) {
    if (input.size() < 3) return;
    const std::size_t width = 1 + input[0] % most_width;
    const std::uint32_t thorough = input[1] & 1U;  // a thorough look is dear: one of them a try
    const bool in_colour = (input[1] & 2U) != 0;
    const ByteView pixels = input.subspan(2);
    const std::size_t height = std::min(pixels.size() / width, most_height);
    if (height == 0) return;
    const ByteView picture = pixels.first(width * height);
    const Bytes colours = coloured(picture);
    if (in_colour) must_be_codes(taken(pipa_scan_rgba(block_of(colours).get(), colours.size(), width, height, thorough)), width, height);
    else must_be_codes(taken(pipa_scan_grey(block_of(picture).get(), picture.size(), width, height, thorough)), width, height);
    must(taken(pipa_scan_advice(block_of(colours).get(), colours.size(), width, height)).at("advice").is_string(), "advice is a word, or none");
    must(taken(pipa_scan_grey(block_of(picture).get(), picture.size() - 1, width, height, 0)).at("ok") == false, "a pixel less is refused");
    must(taken(pipa_scan_rgba(block_of(colours).get(), colours.size(), width, height + 1, 1)).at("ok") == false, "a row more is refused");
    must(taken(pipa_scan_advice(block_of(colours).get(), colours.size(), 0, height)).at("ok") == false, "no width is refused");
}
