#include "conform/driver.hpp"

#include <algorithm>
#include <iostream>

#include "base/hex.hpp"

namespace pipa::conform {
namespace {

constexpr std::size_t max_line_bytes = std::size_t{64} << 20;

void add_error(Json& answer, const Error& error) {
    answer["ok"] = false;
    answer["code"] = code_name(error.code);
    if (error.byte_offset) answer["at"] = *error.byte_offset;
    if (!error.detail.empty()) answer["detail"] = error.detail;
}

Result<void> run_op(const Json& request, std::span<const NamedOp> ops, Json& answer) {
    const auto name = text_parameter(request, "op");
    if (!name) return std::unexpected(name.error());
    const auto op = std::ranges::find(ops, *name, &NamedOp::name);
    if (op == ops.end()) return fail(ErrorCode::ConformUnknownOp, {}, name->substr(0, 40));
    return op->run(request, answer);
}

}  // namespace

std::string answer_line(std::string_view line, std::span<const NamedOp> ops) {
    Json request;
    if (line.size() <= max_line_bytes) request = Json::parse(line, nullptr, false);
    Json answer = Json::object();
    if (!request.is_object()) {
        add_error(answer, {ErrorCode::ConformBadRequest, {}, {}});
        return answer.dump();
    }
    if (const auto id = request.find("id"); id != request.end()) answer["id"] = *id;
    Json fields = Json::object();
    const auto outcome = run_op(request, ops, fields);
    if (outcome) {
        answer["ok"] = true;
        answer.update(fields);
    } else {
        add_error(answer, outcome.error());
    }
    return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void run(std::istream& in, std::ostream& out, std::span<const NamedOp> ops) {
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        out << answer_line(line, ops) << '\n' << std::flush;
    }
}

bool has_parameter(const Json& request, std::string_view name) { return request.contains(name); }

Result<std::string> text_parameter(const Json& request, std::string_view name) {
    const auto found = request.find(name);
    const std::string* text = found == request.end() ? nullptr : found->get_ptr<const std::string*>();
    if (text == nullptr) return fail(ErrorCode::ConformBadRequest, {}, std::string{name});
    return *text;
}

Result<Bytes> hex_parameter(const Json& request, std::string_view name) {
    const auto text = text_parameter(request, name);
    if (!text) return std::unexpected(text.error());
    auto bytes = from_hex(*text);
    if (!bytes) return fail(ErrorCode::ConformBadRequest, {}, std::string{name});
    return bytes;
}

}  // namespace pipa::conform
