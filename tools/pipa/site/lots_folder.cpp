#include "pipa/site/lots_folder.hpp"

#include <array>

#include "host/atomic_file.hpp"
#include "host/staged_folder.hpp"
#include "inquiry/record_place.hpp"

namespace pipa {

Result<void> write_lots_folder(const std::filesystem::path& site, std::vector<LotEntry> entries) {
    const std::filesystem::path folder = site / lots_folder;
    if (auto ok = make_folder(folder); !ok) return ok;
    std::array<std::vector<LotEntry>, 256> shares{};
    for (LotEntry& entry : entries) shares[lots_share_of(entry.number)].push_back(std::move(entry));
    for (std::size_t share = 0; share < shares.size(); ++share) {
        const auto file = encode_lots_file(std::move(shares[share]));
        if (!file) return std::unexpected(file.error());
        if (auto ok = write_file_atomically(folder / lots_file_name(static_cast<std::uint8_t>(share)), *file); !ok) return ok;
    }
    return {};
}

}  // namespace pipa
