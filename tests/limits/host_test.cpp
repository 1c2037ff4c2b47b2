// What a machine gives: files, folders, pictures, trust found on disk, and answers over HTTP, each refusal reached once.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

#include "base/hex.hpp"
#include "host/atomic_file.hpp"
#include "host/file_set.hpp"
#include "host/file_source.hpp"
#include "host/files.hpp"
#include "host/folder_lock.hpp"
#include "host/http.hpp"
#include "host/pictures.hpp"
#include "host/staged_folder.hpp"
#include "host/trust_source.hpp"
#include "limits/limits.hpp"
#include "support/bundle_builder.hpp"
#include "support/district.hpp"

using namespace pipa;
using namespace pipa::test;
namespace fs = std::filesystem;

namespace {

// A folder that goes away.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "pipa-limits-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        m_path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    [[nodiscard]] fs::path operator/(const std::string& name) const { return m_path / name; }
    [[nodiscard]] const fs::path& path() const noexcept { return m_path; }
    void put(const std::string& name, ByteView content) const {
        fs::create_directories((m_path / name).parent_path());
        if (!write_file_atomically(m_path / name, content)) throw std::runtime_error("cannot write " + name);
    }
    void put(const std::string& name, std::string_view content) const { put(name, as_bytes(content)); }
    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(m_path), fs::directory_iterator())); }

private:
    fs::path m_path{};
};

std::string arrival(const inquiry::Delivery& delivery) {
    switch (delivery.arrival) {
        case inquiry::Arrival::Here: return "here: " + std::string{as_text(delivery.content)};
        case inquiry::Arrival::NotThere: return "not there";
        case inquiry::Arrival::Failed: return "failed";
        case inquiry::Arrival::TooLarge: return "too large";
    }
    return {};
}

std::string pgm(std::string_view text) {
    const auto picture = decode_grey_picture(as_bytes(text));
    return picture ? std::to_string(picture->width) + "x" + std::to_string(picture->height) + " " + to_hex(picture->pixels) : code_of(picture);
}

// One answer to one question over the loopback.
std::string answered(const std::string& response, std::uint64_t max_bytes = 100, std::uint32_t patience_ms = 5000) {
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listening, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listening, 1) != 0) throw std::runtime_error("no loopback");
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
    std::thread server([&] {
        const int accepted = ::accept(listening, nullptr, nullptr);
        char question[2000];
        if (::recv(accepted, question, sizeof question, 0) > 0) static_cast<void>(::send(accepted, response.data(), response.size(),
            MSG_NOSIGNAL));
        ::shutdown(accepted, SHUT_WR);
        ::close(accepted);
    });
    const HttpAnswer answer = HttpClient{}.get("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/x", max_bytes,
        patience_ms);
    server.join();
    ::close(listening);
    switch (answer.outcome) {
        case HttpAnswer::Outcome::Found: return "found " + std::string{as_text(answer.content)};
        case HttpAnswer::Outcome::Missing: return "missing";
        case HttpAnswer::Outcome::Unreachable: return "unreachable";
        case HttpAnswer::Outcome::TooLarge: return "too large";
    }
    return {};
}
std::string with_status(const std::string& status) {
    return answered("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"); }

}  // namespace

TEST_CASE("files: as many bytes as may be, and what cannot be read", "[limits][host]") {
    const Folder folder;
    folder.put("file", "12345");
    CHECK(code_of(pipa::read_file(folder / "file", 5)) == "ok");
    CHECK(code_of(pipa::read_file(folder / "file", 4)) == "file.too_large");
    CHECK(code_of(pipa::read_file(folder / "none")) == "file.unreadable");
    CHECK(code_of(pipa::read_file(folder.path())) == "file.unreadable");
    const Bytes large(200'000, 7);
    folder.put("large", large);
    CHECK(pipa::read_file(folder / "large").value() == large);
    CHECK(code_of(pipa::read_file(folder / "large", 199'999)) == "file.too_large");
    CHECK(code_of(lock_folder(folder.path())) == "ok");
    CHECK(code_of(lock_folder(folder / "none")) == "file.unreadable");
    CHECK(code_of(lock_folder(folder / "file")) == "file.unreadable");
}

TEST_CASE("files: written whole under their names, or not at all", "[limits][host]") {
    const Folder folder;
    CHECK(code_of(write_file_atomically(folder / "new", "one")) == "ok");
    CHECK(code_of(write_file_atomically(folder / "new", "two")) == "ok");
    CHECK(pipa::read_file(folder / "new").value() == to_bytes(as_bytes("two")));
    CHECK(code_of(write_file_atomically(folder / "new", as_bytes("three"), IfExists::Refuse)) == "file.exists");
    CHECK(code_of(write_file_atomically(folder / "newer", as_bytes("three"), IfExists::Refuse)) == "ok");
    CHECK(pipa::read_file(folder / "new").value() == to_bytes(as_bytes("two")));
    CHECK(code_of(write_file_atomically(folder.path() / "", "one")) == "file.unwritable");
    CHECK(code_of(write_file_atomically(folder / "none/file", "one")) == "file.unwritable");
    fs::create_directory(folder / "sub");
    CHECK(code_of(write_file_atomically(folder / "sub", "one")) == "file.unwritable");
    CHECK(folder.entries() == 3);
}

TEST_CASE("files: a set that was not kept is taken back, and what was there stays", "[limits][host]") {
    const Folder folder;
    folder.put("old", "1");
    for (const bool kept : {false, true}) {
        {
            FileSet set;
            CHECK(code_of(set.folder(folder / "sub")) == "ok");
            CHECK(code_of(set.folder(folder / "sub")) == "ok");
            CHECK(code_of(set.write(folder / "sub/new", as_bytes("2"))) == "ok");
            CHECK(code_of(set.write(folder / "old", as_bytes("3"))) == "ok");
            CHECK(code_of(set.folder(folder / "old")) == "file.unwritable");
            CHECK(code_of(set.folder(folder / "none/sub")) == "file.unwritable");
            CHECK(code_of(set.write(folder / "none/new", as_bytes("2"))) == "file.unwritable");
            if (kept) set.keep();
        }
        CHECK(fs::exists(folder / "sub/new") == kept);
        CHECK(fs::exists(folder / "sub") == kept);
        CHECK(fs::exists(folder / "old"));
    }
}

TEST_CASE("folders: made aside, and put in place of ones of their kind alone", "[limits][host]") {
    const Folder folder;
    const auto make = [&](const fs::path& target, bool keep) {
        auto staged = StagedFolder::create(target, "marker");
        if (!staged) return code_of(staged);
        CHECK(code_of(write_file_atomically(staged->path() / "marker", "new")) == "ok");
        return keep ? code_of(staged->keep()) : std::string{"not kept"};
    };
    CHECK(make(folder / "out", false) == "not kept");
    CHECK(folder.entries() == 0);
    CHECK(make(folder / "out", true) == "ok");
    CHECK(make(folder / "out", true) == "ok");
    CHECK(make(folder / "out/", true) == "ok");
    CHECK(folder.entries() == 1);
    fs::create_directory(folder / "empty");
    CHECK(make(folder / "empty", true) == "ok");
    CHECK(fs::exists(folder / "empty/marker"));
    folder.put("others/thesis", "years of work");
    CHECK(make(folder / "others", true) == "file.exists");
    folder.put("file", "1");
    CHECK(make(folder / "file", true) == "file.exists");
    CHECK(make(folder / "none/out", true) == "file.unwritable");
    for (const char* name : {"", ".", ".."}) CHECK(make(name, true) == "file.unwritable");
    CHECK(folder.entries() == 4);
    CHECK(code_of(make_folder(folder / "a/b")) == "ok");
    CHECK(code_of(make_folder(folder / "a/b")) == "ok");
    CHECK(code_of(make_folder(folder / "file/b")) == "file.unwritable");
}

TEST_CASE("sources: what is there, what is not, and what is no file", "[limits][host]") {
    const Folder folder;
    folder.put("file", "12345");
    folder.put("sub/A.dossier", "A");
    CHECK(arrival(deliver_file(folder / "file", 5)) == "here: 12345");
    CHECK(arrival(deliver_file(folder / "file", 4)) == "too large");
    CHECK(arrival(deliver_file(folder / "none", 5)) == "not there");
    CHECK(arrival(deliver_file(folder / "sub", 5)) == "failed");
    const inquiry::Wanted dossier{.kind = inquiry::FileKind::Dossier, .name = "A.dossier", .max_bytes = 9},
        other{.kind = inquiry::FileKind::Record, .name = "file", .max_bytes = 9};
    CHECK(arrival(folder_source(folder.path())(other)) == "here: 12345");
    const FileSource in_folder = dossier_source(folder / "sub", folder_source(folder.path())),
        one_file = dossier_source(folder / "file", folder_source(folder.path()));
    CHECK(arrival(in_folder(dossier)) == "here: A");
    CHECK(arrival(in_folder(other)) == "here: 12345");
    CHECK(arrival(one_file(dossier)) == "here: 12345");
}

TEST_CASE("http: every status and every end of an answer", "[limits][host]") {
    CHECK(with_status("200 OK") == "found ok");
    for (const char* missing : {"404 Not Found", "410 Gone", "403 Forbidden"}) CHECK(with_status(missing) == "missing");
    for (const char* unreachable : {"500 Oops", "204 None", "401 Who", "429 Slow", "503 Later"}) CHECK(with_status(unreachable) ==
        "unreachable");
    const std::string five = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n12345";
    CHECK(answered(five, 5) == "found 12345");
    CHECK(answered(five, 4) == "too large");
    CHECK(answered("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n12345") == "unreachable");
    CHECK(answered("no http\r\n\r\n") == "unreachable");
    const Folder folder;
    folder.put("file", "1");
    using enum HttpAnswer::Outcome;
    CHECK(HttpClient{}.get("file://" + (folder / "file").string(), 1).outcome == Found);
    CHECK(HttpClient{}.get("file://" + (folder / "none").string(), 1).outcome == Missing);
    CHECK(HttpClient{}.get("ftp://127.0.0.1/x", 1).outcome == Unreachable);
    CHECK(arrival(http_source("file://" + folder.path().string())({.name = "file", .max_bytes = 1})) == "here: 1");
    CHECK(arrival(http_source("file://" + folder.path().string() + "/")({.name = "file", .max_bytes = 1})) == "here: 1");
    CHECK(arrival(http_source("file://" + folder.path().string())({.name = "none", .max_bytes = 1})) == "not there");
    CHECK(arrival(http_source("file://" + folder.path().string())({.name = "file", .max_bytes = 0})) == "too large");
}

TEST_CASE("pictures: PGM, binary and plain, to the last sample", "[limits][host]") {
    CHECK(pgm("P2 2 1 255 0 255") == "2x1 00ff");
    CHECK(pgm("P2\n# a comment\n2 1 # another\n15\n0 15") == "2x1 00ff");
    CHECK(pgm("P2 2 1 255 0") == "image.unreadable");
    CHECK(pgm("P2 2 1 255 0 x") == "image.unreadable");
    CHECK(pgm("P2 1 1 255 300") == "1x1 ff");
    CHECK(pgm(std::string_view{"P5 2 1 255\n\x00\xFF", 13}) == "2x1 00ff");
    CHECK(pgm(std::string_view{"P5 2 1 255\n\x00", 12}) == "image.unreadable");
    CHECK(pgm(std::string_view{"P5 1 1 256\n\x01\x00", 13}) == "1x1 ff");
    CHECK(pgm(std::string_view{"P5 1 1 256\n\x00\x80", 13}) == "1x1 7f");
    CHECK(pgm(std::string_view{"P5 1 1 256\n\x01", 12}) == "image.unreadable");
    CHECK(pgm("P5 1 1 65535\n\xFF\xFF") == "1x1 ff");
    for (const char* bad : {"P5 1 1 65536\nxx", "P5 1 1 0\nx", "P5 0 1 255\n", "P5 1 0 255\n", "P5 1 1", "P5 1", "P5", "P5 x 1 255\nx",
        "P5 1 1 255", "P6 1 1 255\nx", "", "P"}) {
        INFO(bad);
        CHECK(pgm(bad) == "image.unreadable");
    }
    CHECK(pgm("P5 50000000 2 255\n") == "image.too_large");
    CHECK(looks_like_picture(as_bytes("P2")));
    CHECK_FALSE(looks_like_picture(as_bytes("P")));
    const Folder folder;
    folder.put("a.pgm", "P2 1 1 1 1");
    CHECK(code_of(load_grey_picture(folder / "a.pgm")) == "ok");
    CHECK(code_of(load_grey_picture(folder / "none")) == "file.unreadable");
    folder.put("b.pgm", "no picture");
    CHECK(load_grey_picture(folder / "b.pgm").error().detail == (folder / "b.pgm").string());
}

TEST_CASE("trust on disk: kinds, pins and who has to prove what", "[limits][host]") {
    const Folder folder;
    const BundledDistrict given;
    const District& district_given = district();
    folder.put("trust.cose", district_given.signed_pack);
    folder.put("site/bundle.cbor", given.file());
    for (const auto& [name, content] : given.repository.files) folder.put("tuf/" + name, content);
    const Bytes office = district_given.office_public_key;
    const auto opened = [&](const std::string& name, TrustAnchor anchor) { return code_of(open_trust_source(folder / name, anchor)); };
    CHECK(trust_kind_of(folder / "trust.cose").value() == TrustKind::Pack);
    CHECK(trust_kind_of(folder / "site/bundle.cbor").value() == TrustKind::Bundle);
    CHECK(trust_kind_of(folder / "tuf").value() == TrustKind::Repository);
    CHECK(code_of(trust_kind_of(folder / "none")) == "file.unreadable");
    CHECK(opened("trust.cose", {.office_key = office}) == "ok");
    CHECK(opened("trust.cose", {}) == "trust.wrong_signer");
    CHECK(opened("trust.cose", {.office_key = Bytes(31)}) == "trust.wrong_signer");
    CHECK(opened("trust.cose", {.office_key = Bytes(32)}) == "trust.wrong_signer");
    CHECK(opened("trust.cose", {.office_key = office, .repository_only = true}) == "bundle.wrong_root");
    CHECK(opened("none", {.office_key = office}) == "file.unreadable");
    const crypto::Digest pin = given.pin();
    crypto::Digest other_pin = pin;
    other_pin[0] ^= 1;
    for (const char* name : {"site/bundle.cbor", "tuf"}) {
        INFO(name);
        CHECK(opened(name, {.root_pin = pin}) == "ok");
        CHECK(opened(name, {.office_key = office, .root_pin = pin}) == "ok");
        CHECK(opened(name, {.office_key = Bytes(32), .root_pin = pin}) == "trust.wrong_signer");
        CHECK(opened(name, {}) == "tuf.no_trusted_root");
        CHECK(opened(name, {.root_pin = other_pin}) == "bundle.wrong_root");
    }
    const Bytes root = given.repository.files.at("metadata/1.root.json");
    CHECK(opened("tuf", {.root_file = root}) == "ok");
    CHECK(opened("tuf", {.root_pin = pin, .root_file = root}) == "ok");
    CHECK(opened("tuf", {.root_pin = other_pin, .root_file = root}) == "bundle.wrong_root");
    fs::create_directory(folder / "empty");
    CHECK(opened("empty", {.root_pin = pin}) == "tuf.no_trusted_root");
    // The pin beside a file, or in a folder.
    CHECK_FALSE(root_pin_beside(folder / "site/bundle.cbor").value());
    folder.put("site/root.pin", " " + to_hex(pin) + "\n");
    CHECK(root_pin_beside(folder / "site/bundle.cbor").value() == pin);
    CHECK(root_pin_beside(folder / "site").value() == pin);
    folder.put("site/root.pin", "00");
    CHECK(code_of(root_pin_beside(folder / "site")) == "bundle.wrong_root");
    folder.put("site/root.pin", std::string(201, ' '));
    CHECK(code_of(root_pin_beside(folder / "site")) == "file.too_large");
    CHECK(code_of(parse_root_pin(to_hex(pin) + "0")) == "hex.bad_length");
    CHECK(code_of(parse_root_pin("")) == "bundle.wrong_root");
}
