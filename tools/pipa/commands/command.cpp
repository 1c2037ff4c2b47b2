#include "pipa/commands/command.hpp"

#include <algorithm>
#include <array>
#include <iostream>

namespace pipa::cli {
namespace {

constexpr std::string_view exit_codes =
    "Exit codes: 0 genuine or done, 1 a judged 'no' (altered, unknown issuer, out of date, revoked, or genuine with a\n"
    "reason to stop), 2 could not check, 3 done while something urgent waits for a signature, 64 wrong use, 65 bad data,\n"
    "74 a file could not be read or written.";

}  // namespace

int exit_code_of(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::FileUnreadable:
        case ErrorCode::FileUnwritable:
        case ErrorCode::FileExists:
        case ErrorCode::StoreBusy:
        case ErrorCode::StoreDamaged:
        case ErrorCode::PublishUploadFailed:
        case ErrorCode::LogBusy:
        case ErrorCode::CryptoUnavailable: return io_error;
        case ErrorCode::ImageNoCode:
        case ErrorCode::ImageManyCodes:
        case ErrorCode::PublishNeedsSignature: return could_not_check;
        case ErrorCode::KeyNeedsPassphrase: return usage_error;
        default: return bad_data;
    }
}

int worse_of(int a, int b) noexcept {
    static constexpr std::array order = {done, could_not_check, judged_no, usage_error, bad_data, io_error};
    return std::ranges::find(order, a) < std::ranges::find(order, b) ? b : a;
}

Json json_of(const Error& error) {
    Json out = {{"code", code_name(error.code)}, {"message", code_message(error.code)}};
    if (error.byte_offset) out["at"] = *error.byte_offset;
    if (!error.detail.empty()) out["detail"] = error.detail;
    return out;
}

void Voice::complain(const Error& error, std::string_view where) const {
    std::string text = "pipa " + command + ": " + std::string{code_name(error.code)} + ": " + std::string{code_message(error.code)};
    std::string place{where};
    const auto add = [&place](const std::string& part) { place += (place.empty() ? "" : ", ") + part; };
    if (!error.detail.empty() && where.find(error.detail) == std::string_view::npos) add(error.detail);
    if (error.byte_offset) add("byte " + std::to_string(*error.byte_offset));
    if (!place.empty()) text += " (" + place + ")";
    std::cerr << text << '\n';
}

int Voice::fail(const Error& error, std::string_view where) const {
    complain(error, where);
    if (json) {
        Json problem = json_of(error);
        if (!where.empty()) problem["where"] = where;
        print({{"ok", false}, {"error", std::move(problem)}});
    }
    return exit_code_of(error.code);
}

void Voice::warn(std::string_view text) const { std::cerr << "pipa " << command << ": warning: " << text << '\n'; }

void Voice::print(const Json& json_line) const {
    std::cout << json_line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

CLI::App* declare(CLI::App& parent, std::string name, std::string purpose, std::string_view example, bool& json) {
    CLI::App* command = parent.add_subcommand(std::move(name), std::move(purpose));
    command->add_flag("--json", json, "One JSON object on standard output");
    command->footer("\nExample:\n  " + std::string{example} + "\n\n" + std::string{exit_codes});
    return command;
}

}  // namespace pipa::cli
