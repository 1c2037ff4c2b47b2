// An editors' folder (assets/learn) as an education pack, and the pack signed. The rules are src/learn's; here are only
// the files. Errors: file.*, learn.*.
#pragma once

#include <filesystem>

#include "crypto/secret_key.hpp"
#include "education/pack_source.hpp"

namespace pipa {

// Every file beneath the folder but hidden ones and README.md, by name.
[[nodiscard]] Result<std::vector<learn::SourceFile>> read_pack_folder(const std::filesystem::path& folder);

// The pack as one signed statement, ready to be published.
[[nodiscard]] Result<Bytes> sign_education_pack(const learn::EducationPack& pack, const crypto::SecretKey& key);

}  // namespace pipa
