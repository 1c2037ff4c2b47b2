// The sections of a view: what the certificate says, who promises, and the code itself.
#pragma once

#include <algorithm>
#include <span>

#include "page/view.hpp"

namespace pipa {

struct ViewInput {
    const Judgement& judgement;
    const TrustStore& trust;
    const Catalogue& catalogue;
};

namespace voucher {
inline constexpr std::string_view producer = "producer";  // the signer of the certificate
inline constexpr std::string_view district = "district";  // the publisher of the trust pack
inline constexpr std::string_view device = "device";      // what this device worked out itself
inline constexpr std::string_view issuer = "issuer";      // the same signer, in its own records
inline constexpr std::string_view log = "log";            // a public log that the trust pack names
inline constexpr std::string_view nobody = "nobody";      // claimed by the code, confirmed by no one
}  // namespace voucher

[[nodiscard]] std::string show_age(const ViewInput& input);  // "182 days ago", where the judgement says so
// The signer vouches only where the signature is right and the key was entitled.
[[nodiscard]] bool is_vouched_for(const Judgement& judgement) noexcept;

// The verdict in a word, as VerdictView has it.
[[nodiscard]] std::string word_of(const Judgement& judgement, const Catalogue& catalogue);

[[nodiscard]] VoucherView make_voucher(const ViewInput& input, std::string_view id, std::string name);
[[nodiscard]] VoucherView find_voucher_of_facts(const ViewInput& input, std::string_view id);  // of district, device, producer or nobody

// Those that some row names, each once and in the order of first use.
template <typename Find>
void add_vouchers(AnswerView& view, std::span<const RowView> rows, Find find) {
    for (const RowView& row : rows)
        if (std::ranges::find(view.vouchers, row.voucher, &VoucherView::id) == view.vouchers.end()) view.vouchers.push_back(find(row.voucher));
}

// What a buyer compares with the goods in hand, and what else weighs; from a judgement that holds a certificate.
[[nodiscard]] SummaryView make_summary(const ViewInput& input, std::span<const RemarkView> remarks);
// What the record adds to it: the picture, the tests in a word, the labels.
void complete_summary(const ViewInput& input, SummaryView& summary);

[[nodiscard]] SectionView promise_section(const ViewInput& input);
[[nodiscard]] SectionView promisor_section(const ViewInput& input);
[[nodiscard]] SectionView code_section(const ViewInput& input);

}  // namespace pipa
