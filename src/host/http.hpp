// Fetching files by URL, with a limit on size and on patience. http, https and file (a USB stick); redirects only to
// the first two. What the server says is data of unknown worth: whoever asked checks it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/bytes.hpp"

namespace pipa {

struct HttpAnswer {
    enum class Outcome : std::uint8_t { Found, Missing, Unreachable, TooLarge };
    Outcome outcome{};
    Bytes content{};
    std::string reason{};  // of Unreachable: "HTTP 503", "Could not resolve host"
    // By what the file is known to have been replaced: its entity tag and date as the server tells them. Where it tells neither, never the
    // same twice; empty where the file cannot be asked for.
    std::optional<std::string> stamp{};
};

// Keeps its connections open between requests; one thread at a time.
class HttpClient {
public:
    HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    // `patience_ms`: after so long it counts as unreachable; 0 waits as long as something arrives.
    [[nodiscard]] HttpAnswer get(const std::string& url, std::uint64_t max_bytes, std::uint32_t patience_ms = 0);
    // As `stamp` of its answer, without sending the file.
    [[nodiscard]] std::optional<std::string> stamp(const std::string& url, std::uint32_t patience_ms);

private:
    struct Connection;
    void prepare(const std::string& url, std::uint32_t patience_ms);
    std::unique_ptr<Connection> m_connection;
};

}  // namespace pipa
