#include "platform/config_file.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

namespace pipa::kiosk {
namespace {

using Json = nlohmann::json;

constexpr std::size_t max_config_bytes = 65'536;

enum class Type : std::uint8_t { Text, Number, YesOrNo };

struct Key {
    std::string_view name;
    Type type;
};
constexpr std::array keys = {
    Key{"site", Type::Text}, Key{"root_pin", Type::Text}, Key{"keep", Type::Text}, Key{"trust", Type::Text},
    Key{"office_key", Type::Text}, Key{"learn", Type::Text}, Key{"now", Type::Text}, Key{"camera", Type::Text},
    Key{"size", Type::Text}, Key{"dpi", Type::Number}, Key{"fullscreen", Type::YesOrNo}, Key{"cursor", Type::YesOrNo},
    Key{"font", Type::Text}, Key{"bold_font", Type::Text}, Key{"lang", Type::Text}, Key{"idle", Type::Number},
    Key{"warning", Type::Number},
};

[[noreturn]] void refuse(const std::string& sentence) { throw CLI::ConfigError("--config: " + sentence); }

std::string read_whole(std::istream& in) {
    std::string text(max_config_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > max_config_bytes) refuse("longer than 64 KiB");
    return text;
}

// The library keeps the last of two members with one name; here neither counts.
Json parse(const std::string& text) {
    std::set<std::string> seen;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth == 1 && event == Json::parse_event_t::key && !seen.insert(parsed.get<std::string>()).second)
            refuse("the key \"" + parsed.get<std::string>() + "\" stands twice");
        return true;
    };
    try {
        Json out = Json::parse(text, watch);
        if (out.is_object()) return out;
    } catch (const Json::exception& problem) {
        refuse("no JSON: " + std::string{problem.what()});
    }
    refuse("no JSON object");
}

std::string value_of(const std::string& name, Type type, const Json& value) {
    switch (type) {
        case Type::Text:
            if (value.is_string() && !value.get_ref<const std::string&>().empty()) return value.get<std::string>();
            refuse("\"" + name + "\" wants a text");
        case Type::Number:
            if (value.is_number()) return value.dump();
            refuse("\"" + name + "\" wants a number");
        case Type::YesOrNo:
            if (value.is_boolean()) return value.dump();
            refuse("\"" + name + "\" wants true or false");
    }
    refuse("\"" + name + "\" is of no known type");
}

}  // namespace

std::vector<CLI::ConfigItem> JsonConfig::from_config(std::istream& in) const {
    const Json file = parse(read_whole(in));
    std::vector<CLI::ConfigItem> out;
    for (const auto& [name, value] : file.items()) {
        if (name == "$schema") continue;  // for editors
        const auto key = std::ranges::find(keys, name, &Key::name);
        if (key == keys.end()) refuse("unknown key \"" + name + "\"");
        CLI::ConfigItem item;
        item.name = name;
        std::ranges::replace(item.name, '_', '-');
        item.inputs = {value_of(name, key->type, value)};
        out.push_back(std::move(item));
    }
    return out;
}

}  // namespace pipa::kiosk
