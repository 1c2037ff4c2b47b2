// How --help of every program here says what an option is. Which other options it needs or excludes is said when it
// matters, by the error.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace pipa::cli {

class HelpFormatter : public CLI::Formatter {
public:
    [[nodiscard]] std::string make_option_opts(const CLI::Option* option) const override {
        std::string text;
        if (option->get_type_size() != 0 && !option->get_type_name().empty()) text += " " + option->get_type_name();
        if (!option->get_default_str().empty()) text += " [" + option->get_default_str() + "]";
        if (option->get_required()) text += " (required)";
        return text;
    }
};

}  // namespace pipa::cli
