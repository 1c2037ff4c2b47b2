// The demo district's public log: its certificates, a witness that confirms them, and the proof of each.
#pragma once

#include <filesystem>

#include "pipa/demo/demo_district.hpp"
#include "pipa/log/log_folder.hpp"

namespace pipa {

inline constexpr const char* demo_witness_name = "witness.example";  // .example never resolves (RFC 2606)
[[nodiscard]] std::string demo_log_name(const std::string& host);

// A log in `folder`, signed by the demo's keys "log" and "witness", and proof/<SHA-256 of the certificate>.tlog-proof.
[[nodiscard]] Result<void> write_demo_log(const DemoDistrict& district, const std::filesystem::path& folder);

// The proof that it wrote; empty where the certificate is not logged.
[[nodiscard]] Bytes read_demo_proof(const std::filesystem::path& log, ByteView certificate_message);

// What of a log is for everybody, copied: all but its index, which is hidden.
[[nodiscard]] Result<void> publish_log(const std::filesystem::path& log, const std::filesystem::path& folder);

}  // namespace pipa
