// Our CBOR decoder against libcbor, which shares no line with it. libcbor knows no deterministic rules, does not refuse
// text that is not UTF-8, and keeps maps with a key twice; everything else must agree.
#include <algorithm>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cbor.h>
#include <cstdlib>

#include "base/hex.hpp"
#include "support/edn.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/table.hpp"
#include "wire/cbor.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

struct Theirs {
    bool well_formed{};
    std::string described{};
};

void describe(std::string& out, cbor_item_t* item);

void describe_string(std::string& out, cbor_item_t* item) {
    const bool text = cbor_isa_string(item);
    const bool whole = text ? cbor_string_is_definite(item) : cbor_bytestring_is_definite(item);
    if (whole) {
        const unsigned char* start = text ? cbor_string_handle(item) : cbor_bytestring_handle(item);
        const std::size_t size = text ? cbor_string_length(item) : cbor_bytestring_length(item);
        out += to_hex({start, size});
        return;
    }
    cbor_item_t** chunks = text ? cbor_string_chunks_handle(item) : cbor_bytestring_chunks_handle(item);
    const std::size_t count = text ? cbor_string_chunk_count(item) : cbor_bytestring_chunk_count(item);
    for (std::size_t i = 0; i < count; ++i) describe_string(out, chunks[i]);
}

void describe_number(std::string& out, cbor_item_t* item) {
    if (cbor_is_float(item)) {
        const double value = cbor_float_get_float(item);
        out += value != value ? "NaN" : to_hex(as_bytes({reinterpret_cast<const char*>(&value), sizeof value}));
    } else {
        out += std::to_string(cbor_ctrl_value(item));
    }
}

void describe(std::string& out, cbor_item_t* item) {
    out += std::to_string(static_cast<int>(cbor_typeof(item))) + "(";
    switch (cbor_typeof(item)) {
        case CBOR_TYPE_UINT:
        case CBOR_TYPE_NEGINT: out += std::to_string(cbor_get_int(item)); break;
        case CBOR_TYPE_BYTESTRING:
        case CBOR_TYPE_STRING: describe_string(out, item); break;
        case CBOR_TYPE_ARRAY:
            for (std::size_t i = 0; i < cbor_array_size(item); ++i) describe(out, cbor_array_handle(item)[i]);
            break;
        case CBOR_TYPE_MAP:
            for (std::size_t i = 0; i < cbor_map_size(item); ++i) {
                describe(out, cbor_map_handle(item)[i].key);
                describe(out, cbor_map_handle(item)[i].value);
            }
            break;
        case CBOR_TYPE_TAG: {
            out += std::to_string(cbor_tag_value(item)) + ":";
            cbor_item_t* inner = cbor_tag_item(item);  // takes a reference
            describe(out, inner);
            cbor_decref(&inner);
            break;
        }
        case CBOR_TYPE_FLOAT_CTRL: describe_number(out, item); break;
    }
    out += ")";
}

// libcbor reserves what a length announces before it looks whether the bytes are there.
constexpr std::size_t max_block = std::size_t{16} << 20;
void* limited_malloc(std::size_t size) { return size > max_block ? nullptr : std::malloc(size); }
void* limited_realloc(void* block, std::size_t size) { return size > max_block ? nullptr : std::realloc(block, size); }

Theirs ask_libcbor(ByteView bytes) {
    cbor_set_allocs(limited_malloc, limited_realloc, std::free);
    cbor_load_result result{};
    cbor_item_t* item = cbor_load(bytes.data(), bytes.size(), &result);
    Theirs out{.well_formed = item != nullptr && result.read == bytes.size()};
    if (out.well_formed) describe(out.described, item);
    if (item != nullptr) cbor_decref(&item);
    return out;
}

void describe_ours(std::string& out, const cbor::Value& value) {
    const bool simple_or_float = value.is(cbor::Type::Simple) || value.is(cbor::Type::Float);
    out += std::to_string(simple_or_float ? 7 : static_cast<int>(value.type)) + "(";
    if (value.is(cbor::Type::Bytes) || value.is(cbor::Type::Text)) out += to_hex(value.bytes);
    else if (value.is(cbor::Type::Tag)) out += std::to_string(value.number) + ":";
    else if (value.is(cbor::Type::Float)) {
        const double number = std::bit_cast<double>(value.number);
        out += number != number ? "NaN" : to_hex(as_bytes({reinterpret_cast<const char*>(&number), sizeof number}));
    } else if (value.items.empty() && !value.is(cbor::Type::Array) && !value.is(cbor::Type::Map)) {
        out += std::to_string(value.number);
    }
    for (const cbor::Value& item : value.items) describe_ours(out, item);
    out += ")";
}

// Where ours refuses what is well-formed CBOR, and libcbor does not know why.
bool is_our_own_rule(ErrorCode code) {
    return code == ErrorCode::CborBadUtf8 || code == ErrorCode::CborDuplicateKey || code == ErrorCode::CborTooDeep;
}

// libcbor 0.10 knows only false, true, null and undefined, no simple value in two bytes, and none of the tags 6 to 20.
bool is_unknown_to_libcbor(const cbor::Value& value) {
    const bool other_simple = value.is(cbor::Type::Simple) && (value.number < cbor::simple_false || value.number > cbor::simple_undefined);
    const bool other_tag = value.is(cbor::Type::Tag) && value.number >= 6 && value.number <= 20;
    return other_simple || other_tag || std::ranges::any_of(value.items, is_unknown_to_libcbor);
}

void compare(const Bytes& bytes) {
    INFO(to_hex(bytes));
    const Exact input(bytes);
    const auto ours = cbor::decode(input.view(), cbor::Rules::well_formed);
    if (!ours && is_our_own_rule(ours.error().code)) return;
    if (ours && is_unknown_to_libcbor(*ours)) return;
    const Theirs theirs = ask_libcbor(input.view());
    REQUIRE(ours.has_value() == theirs.well_formed);
    if (!ours) return;
    std::string described;
    describe_ours(described, *ours);
    REQUIRE(described == theirs.described);
}

std::vector<Bytes> all_vectors() {
    std::vector<Bytes> out;
    const auto ignore = [](Row& row) {
        for (const char* key : {"diagnostic", "deterministic", "well_formed", "encoded"})
            if (row.has(key)) (void)row.json(key);
    };
    for (const char* file : {"cbor_appendix_a.json", "cbor_appendix_f.json"})
        for_each_row(file, [&](Row& row) { out.push_back(row.hex("hex")), ignore(row); });
    for_each_row("cbor_own.json", [&](Row& row) { out.push_back(encode_edn(row.text("cbor")).bytes), ignore(row); });
    return out;
}

}  // namespace

TEST_CASE("cbor: agrees with libcbor on every vector", "[wire][second]") {
    for (const Bytes& bytes : all_vectors()) compare(bytes);
}

TEST_CASE("cbor: agrees with libcbor on mutated vectors", "[wire][second][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const std::vector<Bytes> vectors = all_vectors();
    for (int i = 0; i < 40'000; ++i) compare(mutated(random, vectors[random.below(vectors.size())]));
}

TEST_CASE("cbor: agrees with libcbor on random bytes", "[wire][second][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 40'000; ++i) compare(random.bytes(1 + random.below(12)));
}
