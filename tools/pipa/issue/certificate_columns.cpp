#include "pipa/issue/certificate_columns.hpp"

#include <algorithm>
#include <array>

#include "pipa/input/table_cells.hpp"

namespace pipa {
namespace {

struct Word {
    std::string_view head;
    std::string_view field;
};
constexpr std::array words = {
    Word{"合格证编号", "number"}, Word{"证书编号", "number"}, Word{"编号", "number"}, Word{"产品代码", "product_code"}, Word{"产品编码", "product_code"},
    Word{"产品名称", "product_name"}, Word{"品名", "product_name"}, Word{"食用农产品名称", "product_name"}, Word{"数量", "quantity"}, Word{"重量", "quantity"},
    Word{"数量(重量)", "quantity"}, Word{"产地代码", "origin"}, Word{"产地编码", "origin"}, Word{"行政区划", "origin"}, Word{"行政区划代码", "origin"},
    Word{"开具时间", "issued"}, Word{"开具日期", "issued"}, Word{"采收日期", "harvested"}, Word{"采摘日期", "harvested"}, Word{"收获日期", "harvested"},
    Word{"样式", "form"}, Word{"承诺依据", "bases"}, Word{"标识", "labels"}, Word{"批次", "lot"}, Word{"批次号", "lot"}, Word{"批号", "lot"},
    Word{"上游合格证", "upstream"}, Word{"检疫证号", "quarantine"}, Word{"检疫证明编号", "quarantine"}, Word{"商品条码", "gtin"}, Word{"有效期至", "expires"},
};

}  // namespace

std::optional<std::size_t> certificate_column_index(std::string_view head) {
    std::string name = narrow_cell(clean_cell(head));
    std::ranges::transform(name, name.begin(), [](char c) { return c == '-' || c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (const auto index = certificate_field_index(name)) return index;
    // "数量(kg)" says a unit that its cells would have to say.
    const auto found = std::ranges::find(words, name, &Word::head);
    return found == words.end() ? std::nullopt : certificate_field_index(found->field);
}

}  // namespace pipa
