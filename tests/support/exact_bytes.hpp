// Inputs in heap blocks of exactly their size, so that AddressSanitizer sees every byte read past the end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>

#include "base/bytes.hpp"

namespace pipa::test {

class Exact {  // owns its copy; views live as long as it does
public:
    explicit Exact(ByteView bytes) : m_size(bytes.size()), m_bytes(std::make_unique<std::uint8_t[]>(bytes.size())) {
        std::ranges::copy(bytes, m_bytes.get());
    }
    explicit Exact(std::string_view text) : Exact(as_bytes(text)) {}

    [[nodiscard]] ByteView view() const noexcept { return {m_bytes.get(), m_size}; }
    [[nodiscard]] std::string_view text() const noexcept { return as_text(view()); }

private:
    std::size_t m_size;
    std::unique_ptr<std::uint8_t[]> m_bytes;
};

}  // namespace pipa::test
