#include "pipa/registry/passphrase.hpp"

#include <fcntl.h>
#include <termios.h>

#include <cstdlib>

#include "host/file_descriptor.hpp"
#include "host/files.hpp"

namespace pipa {
namespace {

constexpr std::size_t max_passphrase_bytes = 1024;

std::unexpected<Error> needed(std::string detail) { return fail(ErrorCode::KeyNeedsPassphrase, {}, std::move(detail)); }

Result<Passphrase> first_line(const std::filesystem::path& path) {
    auto content = read_file(path, max_passphrase_bytes);
    if (!content) return std::unexpected(content.error());
    const std::string_view text = as_text(*content);
    Passphrase line{std::string{text.substr(0, text.find_first_of("\r\n"))}};
    crypto::wipe(*content);
    if (line.text().empty()) return needed("the file is empty: " + path.string());
    return line;
}

// The terminal without echo. Signals are off as well: whoever presses Ctrl-C must not be left without echo.
class SilentTerminal {
public:
    SilentTerminal() : m_file(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        m_silent = m_file && ::tcgetattr(m_file.get(), &m_before) == 0;
        if (!m_silent) return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        silent.c_cc[VMIN] = 1;
        m_silent = ::tcsetattr(m_file.get(), TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (!m_silent) return;
        say("\n");
        ::tcsetattr(m_file.get(), TCSAFLUSH, &m_before);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    [[nodiscard]] bool works() const noexcept { return m_silent; }
    void say(std::string_view text) { static_cast<void>(!::write(m_file.get(), text.data(), text.size())); }
    [[nodiscard]] bool read(char& key) { return ::read(m_file.get(), &key, 1) == 1; }

private:
    FileDescriptor m_file;
    termios m_before{};
    bool m_silent{};
};

Result<Passphrase> ask(std::string_view question) {
    constexpr char ctrl_c = 3, ctrl_d = 4, backspace = 8, rubout = 127;
    SilentTerminal terminal;
    if (!terminal.works()) return needed("there is no terminal to ask on");
    terminal.say(question);
    std::string line;
    line.reserve(max_passphrase_bytes);  // no reallocation, no copy left behind in freed memory
    for (char key = 0; terminal.read(key) && key != '\n' && key != '\r';) {
        if (key == ctrl_c || key == ctrl_d) return needed("given up");
        if (key != backspace && key != rubout) {
            if (line.size() < max_passphrase_bytes) line += key;
            continue;
        }
        while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xC0) == 0x80) line.pop_back();  // UTF-8 tail
        if (!line.empty()) line.pop_back();
    }
    if (line.empty()) return needed("nothing was typed");
    return Passphrase{std::move(line)};
}

const char* from_environment() {
    const char* text = std::getenv("PIPA_PASSPHRASE");
    return text != nullptr && *text != '\0' ? text : nullptr;
}

}  // namespace

Result<std::optional<Passphrase>> new_passphrase(const PassphraseSource& source) {
    if (!source.file.empty()) return first_line(source.file);
    if (source.prompt) {
        auto first = ask("New passphrase: ");
        if (!first) return std::unexpected(first.error());
        const auto second = ask("Once more: ");
        if (!second) return std::unexpected(second.error());
        if (first->text() != second->text()) return needed("the two passphrases differ");
        return std::move(*first);
    }
    if (const char* text = from_environment()) return Passphrase{text};
    return std::nullopt;
}

Result<Passphrase> passphrase_for(const PassphraseSource& source, const std::filesystem::path& key_file) {
    if (!source.file.empty()) return first_line(source.file);
    const char* text = from_environment();
    if (text != nullptr && !source.prompt) return Passphrase{text};
    auto typed = ask("Passphrase of " + key_file.string() + ": ");
    if (!typed && !source.prompt) return needed(key_file.string() + "; give --passphrase-file or PIPA_PASSPHRASE");
    return typed;
}

}  // namespace pipa
