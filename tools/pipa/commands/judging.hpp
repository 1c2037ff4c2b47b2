// What commands share that judge: what they judge with, one answer, and how they end with it.
#pragma once

#include <expected>

#include "pipa/commands/options.hpp"
#include "pipa/input/scanned_texts.hpp"

namespace pipa::cli {

struct Bench {
    UnixSeconds now{};
    OpenedTrust trust{};
};

// Where there is none, the reason has been said, and the error is the exit code.
[[nodiscard]] std::expected<Bench, int> open_bench(const Voice& voice, const TrustOptions& trust, const std::string& now);
// One answer, to the first text of a command's argument; what it holds refers into `bench`.
[[nodiscard]] std::expected<inquiry::Inquiry, int> ask_about(const Voice& voice, Bench& bench, const std::string& argument);

// As an inquiry takes it: with the mark of what was filled in.
[[nodiscard]] std::string asked_text(const InputText& scanned);
[[nodiscard]] int exit_code_of(const Judgement& judgement) noexcept;

}  // namespace pipa::cli
