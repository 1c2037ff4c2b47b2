// Ways to look at a picture, each prepared in another manner, in an order that pays: the likeliest and cheapest first. No clock: how
// much is tried depends on the picture alone, so that every machine gives the same answer. Figures: tests/bench/reading.cpp --attempts.
#pragma once

#include <span>
#include <string_view>

#include "scan/grey.hpp"

namespace pipa::scan {

struct Attempt {
    std::string_view name{};
    std::vector<ScannedCode> (*run)(const GreyImage&){};
};

[[nodiscard]] std::span<const Attempt> attempts_for_photos();

// A frame of a live camera, in three steps, of which an empty frame costs only the first: are there finders at all; ZXing; our own.
[[nodiscard]] std::vector<ScannedCode> read_frame(const GreyImage& image);

}  // namespace pipa::scan
