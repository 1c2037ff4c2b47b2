// Where a passphrase may come from: a file, a prompt without echo, or the variable PIPA_PASSPHRASE. Never an argument,
// since every user of the machine can read those. Errors: file.*, key.needs_passphrase.
#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "crypto/secret_key.hpp"

namespace pipa {

struct PassphraseSource {
    std::filesystem::path file{};  // its first line
    bool prompt{};
};

// A text that is wiped when it goes away.
class Passphrase {
public:
    explicit Passphrase(std::string text) : m_text(std::move(text)) {}
    Passphrase(Passphrase&& other) noexcept : m_text(std::move(other.m_text)) {}
    Passphrase& operator=(Passphrase&&) = delete;
    ~Passphrase() { crypto::wipe(m_text); }
    [[nodiscard]] std::string_view text() const noexcept { return m_text; }

private:
    std::string m_text;
};

// For a new key: empty when no source is given, since a passphrase is the owner's choice. A prompt asks twice.
[[nodiscard]] Result<std::optional<Passphrase>> new_passphrase(const PassphraseSource& source);
// For a locked key: asks on the terminal when there is one and no source was named.
[[nodiscard]] Result<Passphrase> passphrase_for(const PassphraseSource& source, const std::filesystem::path& key_file);

}  // namespace pipa
