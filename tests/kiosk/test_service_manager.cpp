// What systemd hears: ready, alive, ending; on a socket of its own that a path or an abstract name leads to.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "platform/service_manager.hpp"

namespace pipa::kiosk::test {
namespace {

class Listener {
public:
    explicit Listener(const std::string& name) : m_socket(socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        if (name[0] == '@') address.sun_path[0] = '\0';
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        REQUIRE(bind(m_socket, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    }
    ~Listener() { close(m_socket); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    // Empty where nothing was said.
    std::string next() {
        char text[256];
        const auto size = recv(m_socket, text, sizeof text, 0);
        return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "";
    }

private:
    int m_socket;
};

}  // namespace

TEST_CASE("service manager: is told that the program is ready, that it is alive twice in a watch, and that it ends") {
    const auto path = std::filesystem::temp_directory_path() / ("pipa-notify-" + std::to_string(getpid()));
    for (const std::string& name : {path.string(), "@pipa-notify-" + std::to_string(getpid())}) {
        INFO(name);
        Listener listener(name);
        ServiceManager manager({.socket = name, .watchdog_ms = 20'000});
        CHECK(listener.next().empty());
        manager.ready();
        CHECK(listener.next() == "READY=1");
        CHECK(manager.due_in_ms(500) == 0);
        manager.alive(500);
        CHECK(listener.next() == "WATCHDOG=1");
        CHECK(manager.due_in_ms(501) == 9'999);
        manager.alive(10'499);
        CHECK(listener.next().empty());
        manager.alive(10'500);
        CHECK(listener.next() == "WATCHDOG=1");
        manager.ending();
        CHECK(listener.next() == "STOPPING=1");
    }
    std::filesystem::remove(path);
}

TEST_CASE("service manager: without one, without a watchdog or with nobody who listens nothing is due") {
    for (const char* name : {"", "/", "relative", "/nowhere/at/all", "@nobody-listens-to-this"}) {
        ServiceManager manager({.socket = name, .watchdog_ms = 20'000});
        manager.ready();
        manager.alive(0);
        CHECK_FALSE(manager.due_in_ms(0));
    }
    ServiceManager endless({.socket = "/" + std::string(200, 'x'), .watchdog_ms = 20'000});
    CHECK_FALSE(endless.due_in_ms(0));
    const std::string name = "@pipa-notify-quiet-" + std::to_string(getpid());
    Listener listener(name);
    ServiceManager quiet({.socket = name});
    quiet.alive(0);
    CHECK_FALSE(quiet.due_in_ms(0));
    CHECK(listener.next().empty());
}

TEST_CASE("service manager: the environment says where it listens, and another process's watchdog is not ours") {
    const auto settings = [](const char* pid, const char* usec) {
        setenv("NOTIFY_SOCKET", "/run/notify", 1);
        setenv("WATCHDOG_USEC", usec, 1);
        if (pid == nullptr) unsetenv("WATCHDOG_PID");
        else setenv("WATCHDOG_PID", pid, 1);
        const auto out = ServiceManager::settings_of_environment();
        for (const char* variable : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) unsetenv(variable);
        CHECK(out.socket == "/run/notify");
        return out.watchdog_ms;
    };
    CHECK(settings(nullptr, "30000000") == 30'000);
    CHECK(settings(std::to_string(getpid()).c_str(), "30000000") == 30'000);
    CHECK(settings("1", "30000000") == 0);
    CHECK(settings(nullptr, "many") == 0);
    CHECK(settings(nullptr, "-5") == 0);
    CHECK(ServiceManager::settings_of_environment().socket.empty());
}

}  // namespace pipa::kiosk::test
