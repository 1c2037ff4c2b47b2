#include "pipa/site/pack_folder.hpp"

#include <algorithm>
#include <system_error>

#include "host/files.hpp"
#include "pipa/issue/issuing.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

bool is_for_editors_only(const fs::path& name) {
    const auto hidden = [](const fs::path& part) { return part.native().starts_with('.'); };
    return std::ranges::any_of(name, hidden) || name.filename() == "README.md";
}

}  // namespace

Result<std::vector<learn::SourceFile>> read_pack_folder(const fs::path& folder) {
    std::vector<learn::SourceFile> out;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const fs::path name = at->path().lexically_relative(folder);
        // A link may lead out of the folder; what is not a plain file has no place here.
        if (at->is_directory() || is_for_editors_only(name)) continue;
        if (!at->is_regular_file() || at->is_symlink()) return fail(ErrorCode::FileUnreadable, {}, name.generic_string() + " is no plain file");
        if (out.size() == learn::max_source_files) return fail(ErrorCode::LearnTooLarge, {}, "files");
        auto text = read_file(at->path(), learn::max_source_file_bytes);
        if (!text) return std::unexpected(text.error());
        out.push_back({name.generic_string(), std::string{as_text(*text)}});
    }
    if (error) return fail(ErrorCode::FileUnreadable, {}, system_reason(error.value(), folder));
    std::ranges::sort(out, {}, &learn::SourceFile::name);
    return out;
}

Result<Bytes> sign_education_pack(const learn::EducationPack& pack, const crypto::SecretKey& key) {
    const auto payload = learn::encode_education_pack(pack);
    if (!payload) return std::unexpected(payload.error());
    return Signer(key, cose::StatementType::EducationPack).sign(*payload);
}

}  // namespace pipa
