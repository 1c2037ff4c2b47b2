// What lies around a text when it arrives, and is no part of it. Two tables of small steps, each taking away one kind of
// fault; the order matters and is the tables'. Steps take any text and never fail.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pipa {

struct CleaningStep {
    std::string_view name;
    void (*undo)(std::u32string& text);
};

// For every text: hidden characters, outer blanks, a scanner's prefixes.
[[nodiscard]] std::span<const CleaningStep> arrival_steps() noexcept;
// For what may be one of our links: wide signs, blanks of all kinds, marks of quoted mail.
[[nodiscard]] std::span<const CleaningStep> spelling_steps() noexcept;

void clean(std::u32string& text, std::span<const CleaningStep> steps);

}  // namespace pipa
