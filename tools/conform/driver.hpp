// `pipa conform`: JSON lines in, JSON lines out, for test suites that others wrote.
// A request is an object with `op`, the op's parameters and any `id`, which the answer repeats. An op is a thin call of
// the function that the product itself uses. Answers: {"id":..,"ok":true,...} or {"id":..,"ok":false,"code":..,"at":..}.
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <span>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::conform {

using Json = nlohmann::ordered_json;

// Fills `answer` with the op's own fields; an error becomes the answer's code and offset.
using Op = Result<void> (*)(const Json& request, Json& answer);

struct NamedOp {
    std::string_view name;
    Op run;
};

// The ops that every build has (ops.cpp), and those that need pictures (picture_ops.cpp, native only).
[[nodiscard]] std::span<const NamedOp> core_ops();
[[nodiscard]] std::span<const NamedOp> picture_ops();

// One answer line, without line break, for one request line.
[[nodiscard]] std::string answer_line(std::string_view line, std::span<const NamedOp> ops);

// Answers every line of `in`, each flushed, until it ends.
void run(std::istream& in, std::ostream& out, std::span<const NamedOp> ops);

// Parameters. A missing or malformed one is conform.bad_request with the parameter's name.
[[nodiscard]] Result<std::string> text_parameter(const Json& request, std::string_view name);
[[nodiscard]] Result<Bytes> hex_parameter(const Json& request, std::string_view name);
[[nodiscard]] bool has_parameter(const Json& request, std::string_view name);

}  // namespace pipa::conform
