#include "trust/tuf/strict_json.hpp"

#include <optional>

namespace pipa::tuf {
namespace {

// Builds the document from the parser's events and stops it at the first thing that is not allowed.
class StrictBuilder final : public nlohmann::json_sax<Json> {
public:
    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t, const string_t& text) override {
        return stop("a number with a fraction or beyond 64 bits: " + text.substr(0, 40));
    }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return stop("binary data"); }  // never from JSON text
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        if (m_open.back()->contains(name)) return stop("the member '" + name.substr(0, 40) + "' stands twice");
        m_member = &(*m_open.back())[name];
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        m_error = Error{ErrorCode::TufBadJson, position, {}};
        return false;
    }

    [[nodiscard]] Result<Json> finish() {
        if (m_error) return std::unexpected(*m_error);
        return std::move(m_document);
    }

private:
    // Where the next value goes: into the open array, under the last key of the open object, or as the whole document.
    Json* place(Json value) {
        if (m_open.empty()) return &(m_document = std::move(value));
        if (!m_open.back()->is_array()) return &(*m_member = std::move(value));
        m_open.back()->push_back(std::move(value));
        return &m_open.back()->back();
    }
    bool add(Json value) {
        place(std::move(value));
        return true;
    }
    bool open(Json container) {
        if (m_open.size() == max_json_depth) return stop("nested too deep");
        m_open.push_back(place(std::move(container)));
        return true;
    }
    bool close() {
        m_open.pop_back();
        return true;
    }
    bool stop(std::string why) {
        m_error = Error{ErrorCode::TufBadJson, {}, std::move(why)};
        return false;
    }

    Json m_document{};
    // Containers that are still open. A container is complete before its parent grows, so the pointers stay good.
    std::vector<Json*> m_open{};
    Json* m_member{};
    std::optional<Error> m_error{};
};

// "Strings are quoted; only the quote and the backslash are escaped, with a backslash."
void append_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

// The depth is bounded by the parser above.
void append_value(std::string& out, const Json& value) {
    switch (value.type()) {
        case Json::value_t::object: {
            char separator = '{';
            if (value.empty()) out += separator;
            for (const auto& [name, member] : value.items()) {  // in the order of the keys' bytes
                out += separator;
                append_string(out, name);
                out += ':';
                append_value(out, member);
                separator = ',';
            }
            out += '}';
            return;
        }
        case Json::value_t::array: {
            char separator = '[';
            if (value.empty()) out += separator;
            for (const Json& item : value) {
                out += separator;
                append_value(out, item);
                separator = ',';
            }
            out += ']';
            return;
        }
        case Json::value_t::string: return append_string(out, value.get_ref<const std::string&>());
        default: out += value.dump(); return;  // true, false, null and integers, written as everywhere
    }
}

}  // namespace

Result<Json> parse_strict_json(ByteView text, std::size_t max_bytes) {
    if (text.size() > max_bytes) return fail(ErrorCode::TufTooLarge, max_bytes);
    StrictBuilder builder;
    const std::string_view characters = as_text(text);
    Json::sax_parse(characters.begin(), characters.end(), &builder);
    return builder.finish();
}

std::string canonical_json(const Json& value) {
    std::string out;
    append_value(out, value);
    return out;
}

}  // namespace pipa::tuf
