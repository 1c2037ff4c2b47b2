// Where the lots files come from (record/lots_file.hpp). Natively a folder, which answers at once; in the browser the site,
// which answers later with an event of its own.
#pragma once

#include <functional>
#include <optional>

#include "app/event.hpp"

namespace pipa::kiosk {

// Asks for a file by its name, "3f". Empty: there are no records.
using RecordSource = std::function<std::optional<event::RecordArrived>(const std::string& file)>;

}  // namespace pipa::kiosk
