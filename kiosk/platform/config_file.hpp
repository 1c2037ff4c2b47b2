// --config: the options of the command line as one JSON object (kiosk/kiosk.schema.json), keys with _ for -. What the command line says
// itself outranks the file. A key that is not known, one that stands twice or a value of the wrong type is refused and named.
#pragma once

#include <CLI/CLI.hpp>
#include <istream>
#include <string>
#include <vector>

namespace pipa::kiosk {

class JsonConfig : public CLI::Config {
public:
    [[nodiscard]] std::string to_config(const CLI::App*, bool, bool, std::string) const override { return {}; }
    // Throws CLI::ConfigError with a sentence.
    [[nodiscard]] std::vector<CLI::ConfigItem> from_config(std::istream& in) const override;
};

}  // namespace pipa::kiosk
