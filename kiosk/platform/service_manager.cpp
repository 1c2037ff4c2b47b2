#include "platform/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace pipa::kiosk {
namespace {

constexpr std::int64_t tells_in_a_watch = 2;

std::string_view environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || out < 0) return {};
    return out;
}

}  // namespace

ServiceManager::Settings ServiceManager::settings_of_environment() {
    Settings out{.socket = std::string{environment("NOTIFY_SOCKET")}};
    const std::string_view pid = environment("WATCHDOG_PID");
    if (!pid.empty() && whole_number(pid) != static_cast<std::int64_t>(getpid())) return out;
    out.watchdog_ms = whole_number(environment("WATCHDOG_USEC")).value_or(0) / 1000;
    return out;
}

ServiceManager::ServiceManager(Settings settings) : m_settings(std::move(settings)) {
    sockaddr_un address{};
    const std::string& name = m_settings.socket;
    if (name.size() < 2 || name.size() >= sizeof address.sun_path || (name[0] != '/' && name[0] != '@')) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    m_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    if (m_socket >= 0 && connect(m_socket, reinterpret_cast<const sockaddr*>(&address), size) != 0) {
        close(m_socket);
        m_socket = -1;
    }
}

ServiceManager::~ServiceManager() {
    if (m_socket >= 0) close(m_socket);
}

// A manager that does not listen is no reason to stand still.
void ServiceManager::send(std::string_view message) const {
    if (m_socket >= 0) static_cast<void>(::send(m_socket, message.data(), message.size(), MSG_NOSIGNAL));
}

void ServiceManager::ready() { send("READY=1"); }
void ServiceManager::ending() { send("STOPPING=1"); }

void ServiceManager::alive(std::int64_t now_ms) {
    if (due_in_ms(now_ms) != 0) return;
    m_told_ms = now_ms;
    send("WATCHDOG=1");
}

std::optional<std::int64_t> ServiceManager::due_in_ms(std::int64_t now_ms) const {
    if (m_socket < 0 || m_settings.watchdog_ms <= 0) return {};
    if (!m_told_ms) return 0;
    return std::max<std::int64_t>(0, *m_told_ms + m_settings.watchdog_ms / tells_in_a_watch - now_ms);
}

}  // namespace pipa::kiosk
