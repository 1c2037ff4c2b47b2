#include "tlog/proof_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "crypto/base64.hpp"

namespace pipa::tlog {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_start = "extra ";
constexpr std::string_view index_start = "index ";

// Lines of a text, each with its place in it.
class Lines {
public:
    explicit Lines(std::string_view text) : m_rest(text), m_length(text.size()) {}

    // The next line without its end; empty where no line break follows.
    std::optional<std::string_view> take() {
        const auto end = m_rest.find('\n');
        if (end == std::string_view::npos) return {};
        m_offset = m_length - m_rest.size();
        const std::string_view line = m_rest.substr(0, end);
        m_rest.remove_prefix(end + 1);
        return line;
    }
    [[nodiscard]] std::unexpected<Error> malformed(const char* what) const { return fail(ErrorCode::LogProofMalformed, m_offset, what); }
    [[nodiscard]] std::string_view rest() const noexcept { return m_rest; }

private:
    std::string_view m_rest;
    std::size_t m_length;
    std::size_t m_offset{};
};

// "an ASCII decimal with no leading zeroes (unless the index is 0)"
std::optional<std::uint64_t> parse_index(std::string_view text) {
    std::uint64_t index = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool whole = problem == std::errc{} && end == text.data() + text.size();
    if (!whole || (text.size() > 1 && text.front() == '0')) return {};
    return index;
}

}  // namespace

Result<ProofFile> parse_proof_file(std::string_view text) {
    if (text.size() > max_proof_bytes) return fail(ErrorCode::LogProofTooLarge, max_proof_bytes);
    ProofFile proof;
    Lines lines(text);
    auto line = lines.take();
    if (line != first_line) return lines.malformed("the first line is not that of a tlog-proof");
    line = lines.take();
    if (line && line->starts_with(extra_start)) {
        auto extra = crypto::from_base64(line->substr(extra_start.size()));
        if (!extra || extra->empty()) return lines.malformed("extra");
        proof.extra = std::move(*extra);
        line = lines.take();
    }
    const auto index = line && line->starts_with(index_start) ? parse_index(line->substr(index_start.size())) : std::nullopt;
    if (!index) return lines.malformed("index");
    proof.index = *index;
    for (line = lines.take(); line && !line->empty(); line = lines.take()) {
        if (proof.hashes.size() == max_proof_hashes) return fail(ErrorCode::LogProofTooLarge, {}, "hashes");
        const auto bytes = crypto::from_base64(*line);
        const auto hash = bytes ? merkle::to_hash(*bytes) : std::unexpected(bytes.error());
        if (!hash) return lines.malformed("a hash is not Base64 of 32 bytes");
        proof.hashes.push_back(*hash);
    }
    if (!line) return lines.malformed("no empty line before the checkpoint");
    proof.checkpoint = lines.rest();
    return proof;
}

std::string write_proof_file(const ProofFile& proof) {
    std::string text = std::string{first_line} + "\n";
    if (!proof.extra.empty()) text += std::string{extra_start} + crypto::to_base64(proof.extra) + "\n";
    text += std::string{index_start} + std::to_string(proof.index) + "\n";
    for (const merkle::Hash& hash : proof.hashes) text += crypto::to_base64(hash) + "\n";
    return text + "\n" + proof.checkpoint;
}

}  // namespace pipa::tlog
