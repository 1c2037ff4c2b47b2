// How every answer leaves a wasm module: one block of memory, a 32-bit little-endian length and that many bytes of
// UTF-8 JSON behind it. The caller frees the block with the module's *_free. Null where memory ran out.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>

#include "base/error.hpp"
#include "base/hex.hpp"

namespace pipa::bridge {

[[nodiscard]] inline std::uint8_t* pack(std::string_view json) noexcept {
    const auto length = static_cast<std::uint32_t>(json.size());
    auto* block = static_cast<std::uint8_t*>(std::malloc(sizeof length + json.size()));
    if (block == nullptr) return nullptr;
    std::memcpy(block, &length, sizeof length);
    if (!json.empty()) std::memcpy(block + sizeof length, json.data(), json.size());  // what is empty may have no address
    return block;
}

// {"ok":false,"code":"trust.wrong_signer","at":12}: stable code and byte offset; words are the page's business.
[[nodiscard]] inline std::uint8_t* pack_error(const Error& error) {
    std::string json = R"({"ok":false,"code":")" + std::string{code_name(error.code)} + '"';
    if (error.byte_offset) json += R"(,"at":)" + std::to_string(*error.byte_offset);
    return pack(json + '}');
}

[[nodiscard]] inline std::uint8_t* pack_ok() noexcept { return pack(R"({"ok":true})"); }

}  // namespace pipa::bridge
