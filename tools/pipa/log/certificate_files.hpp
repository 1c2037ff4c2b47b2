// Certificates as a user names them: what scanned_texts.hpp takes, or a file with the signed message itself.
// Errors: file.*, image.*, utf8.invalid, qr.*, cert.*, cose.*, cbor.*.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

struct NamedCertificate {
    std::string source{};  // "labels/c01.png", "line 3 of codes.txt"
    std::string number{};
    Bytes message{};       // signed, not verified
    Bytes entry{};         // what a public log holds of it
};

// The first thing that is no certificate is an error; its place goes to `where`.
[[nodiscard]] Result<std::vector<NamedCertificate>> read_certificates(const std::string& argument, std::string& where);

}  // namespace pipa
