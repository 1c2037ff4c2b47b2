#include "record/quantity.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

struct UnitRow {
    Unit unit;
    std::string_view name;
    std::array<std::string_view, 3> other_words;
};
constexpr std::array unit_rows = {
    UnitRow{Unit::Gram, "g", {"克", "gram", ""}},       UnitRow{Unit::Kilogram, "kg", {"千克", "公斤", ""}},
    UnitRow{Unit::Tonne, "t", {"吨", "tonne", ""}},     UnitRow{Unit::Piece, "piece", {"个", "pieces", "只"}},
    UnitRow{Unit::Head, "head", {"头", "heads", ""}},   UnitRow{Unit::Fish, "fish", {"尾", "条", ""}},
    UnitRow{Unit::Bunch, "bunch", {"把", "bunches", ""}}, UnitRow{Unit::Egg, "egg", {"枚", "eggs", ""}},
};

struct PackRow {
    Pack pack;
    std::string_view name;
    std::array<std::string_view, 2> other_words;
};
constexpr std::array pack_rows = {
    PackRow{Pack::Box, "box", {"箱", "boxes"}},       PackRow{Pack::Tray, "tray", {"盘", "trays"}},
    PackRow{Pack::Bag, "bag", {"袋", "bags"}},        PackRow{Pack::Basket, "basket", {"筐", "baskets"}},
    PackRow{Pack::Bundle, "bundle", {"捆", "bundles"}},
};

template <typename Rows>
auto find_word(const Rows& rows, std::string_view word) {
    return std::ranges::find_if(rows, [&](const auto& row) {
        return row.name == word || (!word.empty() && std::ranges::find(row.other_words, word) != row.other_words.end());
    });
}

// An amount in thousandths of its unit, so that one decimal comma is enough to be exact.
struct Amount {
    std::int64_t thousandths{};
    std::string_view word{};
    std::size_t word_at{};
};

// Reads "3 000.5 word"; the word runs to the end, without blanks at its ends.
std::optional<Amount> read_amount(std::string_view text, std::size_t at) {
    Amount amount{};
    std::int64_t scale = 0;  // 0 before the point, then 100, 10, 1
    bool any = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ' ' || (c == ',' && scale == 0)) continue;
        if (c == '.' && any && scale == 0) {
            scale = 1000;
            continue;
        }
        if (c < '0' || c > '9') break;
        any = true;
        if (scale == 0) {
            if (amount.thousandths > amount_range.highest * 1000) return {};
            amount.thousandths = amount.thousandths * 10 + (c - '0') * 1000;
        } else {
            scale /= 10;
            if (scale == 0) return {};  // more than three decimals
            amount.thousandths += (c - '0') * scale;
        }
    }
    if (!any) return {};
    amount.word_at = at + i;
    amount.word = text.substr(i);
    while (amount.word.ends_with(' ')) amount.word.remove_suffix(1);
    return amount;
}

bool in_range(std::int64_t amount) noexcept { return amount >= amount_range.lowest && amount <= amount_range.highest; }

}  // namespace

std::string_view unit_name(Unit unit) noexcept {
    const auto row = std::ranges::find(unit_rows, unit, &UnitRow::unit);
    return row == unit_rows.end() ? std::string_view{} : row->name;
}

std::string_view pack_name(Pack pack) noexcept {
    const auto row = std::ranges::find(pack_rows, pack, &PackRow::pack);
    return row == pack_rows.end() ? std::string_view{} : row->name;
}

Result<Quantity> parse_quantity(std::string_view text) {
    const auto bad = [](std::size_t at) { return fail(ErrorCode::CertificateBadField, at, "quantity"); };
    Quantity quantity;
    std::size_t at = 0;
    constexpr std::string_view times = "×";
    std::size_t cross = text.find(times);
    std::size_t cross_size = times.size();
    if (cross == std::string_view::npos) {
        cross = text.find(" x ");
        cross_size = 3;
    }
    if (cross != std::string_view::npos) {
        const auto packs = read_amount(text.substr(0, cross), 0);
        if (!packs || packs->thousandths % 1000 != 0 || !in_range(packs->thousandths / 1000)) return bad(0);
        const auto row = find_word(pack_rows, packs->word);
        if (row == pack_rows.end()) return bad(packs->word_at);
        quantity.packs = packs->thousandths / 1000;
        quantity.pack = row->pack;
        at = cross + cross_size;
    }
    const auto amount = read_amount(text.substr(at), at);
    if (!amount) return bad(at);
    const auto row = find_word(unit_rows, amount->word);
    if (row == unit_rows.end()) return bad(amount->word_at);
    quantity.unit = row->unit;
    quantity.amount = amount->thousandths / 1000;
    if (amount->thousandths % 1000 != 0) {  // the next smaller unit makes it whole
        if (row->unit != Unit::Kilogram && row->unit != Unit::Tonne) return bad(at);
        quantity.unit = row->unit == Unit::Tonne ? Unit::Kilogram : Unit::Gram;
        quantity.amount = amount->thousandths;
    }
    if (!in_range(quantity.amount)) return bad(at);
    return quantity;
}

cbor::Value encode_quantity(const Quantity& quantity) {
    cbor::Value array = cbor::make_array({cbor::make_integer(quantity.amount), cbor::make_integer(static_cast<int>(quantity.unit))});
    if (quantity.pack != Pack::None) {
        array.items.push_back(cbor::make_integer(quantity.packs));
        array.items.push_back(cbor::make_integer(static_cast<int>(quantity.pack)));
    }
    return array;
}

std::optional<Quantity> decode_quantity(const cbor::Value& value) {
    if (!value.is(cbor::Type::Array) || (value.items.size() != 2 && value.items.size() != 4)) return {};
    std::array<std::int64_t, 4> numbers{};
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        const auto number = value.items[i].integer();
        if (!number || !in_range(*number)) return {};
        numbers[i] = *number;
    }
    if (numbers[1] > static_cast<int>(Unit::Egg) || numbers[3] > static_cast<int>(Pack::Bundle)) return {};
    return Quantity{numbers[0], static_cast<Unit>(numbers[1]), numbers[2], static_cast<Pack>(numbers[3])};
}

}  // namespace pipa
