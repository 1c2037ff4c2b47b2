// Telling systemd that the program is ready, that its loop still turns, and that it ends (sd_notify(3)). Without NOTIFY_SOCKET nothing is sent.
//
// No library: the protocol is one datagram of NAME=VALUE lines, documented as stable, and libsystemd would be a dependency for that alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pipa::kiosk {

class ServiceManager {
public:
    struct Settings {
        std::string socket{};          // a path, or with @ before it a name of Linux's own
        std::int64_t watchdog_ms{};    // 0: none is wanted
    };
    // NOTIFY_SOCKET, and WATCHDOG_USEC where WATCHDOG_PID is this process or is not set.
    [[nodiscard]] static Settings settings_of_environment();

    explicit ServiceManager(Settings settings);
    ~ServiceManager();
    ServiceManager(const ServiceManager&) = delete;
    ServiceManager& operator=(const ServiceManager&) = delete;

    void ready();
    void ending();
    // From the loop, as often as it turns; says so twice within the time after which systemd would lose patience.
    void alive(std::int64_t now_ms);
    // How long the loop may sleep.
    [[nodiscard]] std::optional<std::int64_t> due_in_ms(std::int64_t now_ms) const;

private:
    void send(std::string_view message) const;

    Settings m_settings;
    int m_socket{-1};
    std::optional<std::int64_t> m_told_ms{};
};

}  // namespace pipa::kiosk
